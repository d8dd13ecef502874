"""The vocabulary of reading types of diploma and renewals."""

from django.db import models
from django.db.models import Q


class DiplomaTypeQuerySet(models.QuerySet):
    def taught(self):
        """Types of diploma that some school teaches, for people who browse instead of searching."""
        return self.filter(diplomas__teachings__isnull=False).distinct()


class RenewalQuerySet(models.QuerySet):
    def touching(self, diploma):
        """Renewals that this diploma came from or led to."""
        return self.filter(Q(former=diploma) | Q(new=diploma)).select_related("former", "new").order_by("pk")

    def new_of(self, formers):
        """{former code: codes that replaced it} of these codes; without a query for none."""
        news = {}
        rows = self.filter(former__in=formers).order_by("new") if formers else self.none()
        for former, new in rows.values_list("former_id", "new_id"):
            news.setdefault(former, []).append(new)
        return news
