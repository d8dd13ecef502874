"""How long addresses and reports are kept; docs/exploitation.md and the page on personal data say the same."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from reports.models import Report

# Who was answered may answer in turn; a report that nobody ends does not keep an address for ever.
EMAIL_KEPT = timedelta(days=30)
EMAIL_KEPT_AT_MOST = timedelta(days=365)
REPORT_KEPT = timedelta(days=730)


def erase_old() -> None:
    """Erase the addresses that are of no more use, and the reports that ended long ago with all that was done."""
    now = timezone.now()
    is_over = Q(ended_at__lt=now - EMAIL_KEPT) | Q(at__lt=now - EMAIL_KEPT_AT_MOST)
    Report.objects.filter(is_over).exclude(email="").update(email="")
    Report.objects.filter(ended_at__lt=now - REPORT_KEPT).delete()
