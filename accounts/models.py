"""What is kept of the people of the desk, and the heads of the journals."""

from django.db import models

from accounts.hash_chain import START


class JournalHead(models.Model):
    """Where a chained journal stands: what its oldest entry follows, how many entries it has, its last digest.

    Without it, deleting the newest entries would not show.
    """

    name = models.CharField("journal", max_length=20, primary_key=True)
    first = models.CharField("empreinte de départ", max_length=64, default=START)
    last = models.CharField("dernière empreinte", max_length=64, default=START)
    entries = models.PositiveBigIntegerField("entrées", default=0)

    class Meta:
        verbose_name = "tête de journal"
        verbose_name_plural = "têtes de journal"
        default_permissions = ()

    def __str__(self):
        return self.name
