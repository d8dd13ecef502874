"""Cohorts, and the journal of what was published from which file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext


class Cohort(models.Model):
    """Leaving year ("2023") or two pooled ones ("2022_2023"); the two are never put on one axis."""

    code = models.CharField("code", max_length=9, primary_key=True)
    first_year = models.PositiveSmallIntegerField("première année")
    last_year = models.PositiveSmallIntegerField("dernière année")

    class Meta:
        verbose_name = "cohorte"
        ordering = ["-last_year", "-first_year"]

    def __str__(self):
        return self.label

    @property
    def is_pooled(self):
        return self.first_year != self.last_year

    @property
    def label(self):
        if self.is_pooled:
            return gettext("%(first)s et %(last)s") % {"first": self.first_year, "last": self.last_year}
        return str(self.last_year)


class DeliveredFile(models.Model):
    """A file as it was delivered, kept so that it can be read again; content is gzipped."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("taille en octets")
    content = models.BinaryField()
    tried_at = models.DateTimeField("reçu le", auto_now_add=True)

    class Meta:
        verbose_name = "fichier livré"
        verbose_name_plural = "fichiers livrés"

    def __str__(self):
        return self.sha256


class Delivery(models.Model):
    """One file published, or taken back: the journal. Its highest id is the version of the data."""

    class Action(models.TextChoices):
        PUBLISHED = "publication", "publication"
        TAKEN_BACK = "retrait", "retrait"

    source = models.CharField("source", max_length=60)
    action = models.CharField("action", max_length=11, choices=Action, default=Action.PUBLISHED)
    file_name = models.CharField("fichier", max_length=255)
    file = models.ForeignKey(DeliveredFile, models.PROTECT, related_name="deliveries", verbose_name="contenu")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="par",
        related_name="+",
    )
    at = models.DateTimeField("le", auto_now_add=True)
    report = models.JSONField("rapport", default=dict)

    class Meta:
        verbose_name = "livraison"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.file_name} ({self.source})"


class Slice(models.Model):
    """The part of a source that a delivery replaced; `cohort` is empty when the source has no cohort.

    At most one slice of a source and cohort is live: its delivery holds the published rows.
    """

    class State(models.TextChoices):
        LIVE = "en_ligne", "en ligne"
        SUPERSEDED = "remplacee", "remplacée"
        TAKEN_BACK = "retiree", "retirée"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="slices")
    source = models.CharField("source", max_length=60)
    cohort = models.CharField("cohorte", max_length=9, blank=True)
    state = models.CharField("état", max_length=9, choices=State, default=State.LIVE)

    class Meta:
        verbose_name = "tranche"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "cohort"], condition=Q(state="en_ligne"), name="one_live_delivery_a_slice"
            ),
            models.UniqueConstraint(fields=["delivery", "cohort"], name="one_slice_a_delivery"),
        ]

    def __str__(self):
        return f"{self.source} {self.cohort}".strip()
