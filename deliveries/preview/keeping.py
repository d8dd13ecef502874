"""Previews are read while they are true, and erased when they are not: they hold figures that are published no more."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from deliveries.models import Submission
from deliveries.preview.kept import Lines, decode
from deliveries.preview.models import Preview, PreviewPage
from stats.models import DataVersion

State = Submission.State
# How long what a publication changed can still be read, where nothing was published since.
KEPT_AFTER_PUBLICATION = timedelta(days=30)
# Where what was checked may still be published.
PREPARED = (State.CHECKED, State.TO_APPROVE, State.APPROVED, State.SCHEDULED)


def current() -> Q:
    """The previews that still tell what changes, or changed last."""
    number = DataVersion.objects.number()
    is_published = Q(submission__state=State.PUBLISHED)
    return (Q(version=number) & ~is_published) | (Q(version=number - 1) & is_published)


def preview_of(submission: Submission) -> Preview | None:
    """The preview of a submission without its lines; None where it has none that is still true of its files and of the data."""
    if submission.state not in (*PREPARED, State.PUBLISHING, State.PUBLISHED):
        return None
    return Preview.objects.filter(current(), submission=submission).defer("lines").first()


def lines_of(preview: Preview) -> Lines:
    """The lines of a preview; none where nothing changes."""
    return decode(bytes(preview.lines))


def may_be_prepared(submission: Submission) -> bool:
    """Whether pages can be rendered from what is prepared."""
    return submission.state in PREPARED


def erase_stale() -> None:
    """Erase the previews that are not true any more, of what was given up, and of what was published long ago."""
    last = timezone.now() - KEPT_AFTER_PUBLICATION
    is_old = Q(submission__state=State.PUBLISHED, submission__updated_at__lt=last)
    is_over = Q(submission__state=State.CANCELLED) | is_old
    kept = Preview.objects.filter(current()).exclude(is_over)
    Preview.objects.exclude(pk__in=kept.values("pk")).delete()
    prepared = kept.exclude(submission__state=State.PUBLISHED)
    PreviewPage.objects.exclude(submission__in=prepared.values("submission")).delete()
