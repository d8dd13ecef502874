"""Cohorts, and the journal of what was published from which file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
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


class DataVersionManager(models.Manager):
    def number(self):
        """Number of the published version, 0 before the first."""
        return self.values_list("number", flat=True).first() or 0

    def move(self):
        """Replace the version by the next one, and return its number.

        Last in the transaction that changes published rows, under the lock of `deliveries.writing`: whoever reads the
        new number reads the new rows.
        """
        number = self.number() + 1
        row = self.model(number=number, at=timezone.now())
        self.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["number", "at"])
        return number

    def move_texts(self):
        """Say that editors changed a text of the pages; returns False before the first version of the data."""
        return bool(self.update(texts=F("texts") + 1))


class DataVersion(models.Model):
    """The version of what is published: one row, whose number grows each time a writer changes what pages show.

    Caches, ETags, names of the open files and cursors of the API follow it. It is no key of any other row: a rebuild
    moves it without an entry in the journal, and keys are given before their transaction ends, in another order.
    texts: grows each time an editor changes an explanation, which moves pages and ETags but no cache of the data.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField("numéro")
    at = models.DateTimeField("le")
    texts = models.PositiveBigIntegerField("version des textes", default=0, editable=False)

    objects = DataVersionManager()

    class Meta:
        verbose_name = "version des données"
        verbose_name_plural = "versions des données"
        default_permissions = ()
        constraints = [models.CheckConstraint(name="one_data_version", condition=Q(id=1))]

    def __str__(self):
        return str(self.number)


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
    """One file published, or taken back, or the setting of disclosure applied again to the last one: the journal.

    user_name: who did it, by the name of that moment, "" on the command line. reason: why, where one was given.
    previous, digest: of the chain of the journal (`deliveries.journal_chain`), "" until the transaction ends. version: number of the version of the data that it made. approval: what was agreed to before it was published, as
    `deliveries.approval.Approval.as_dict`; {} when nobody had to agree, as on the command line. columns: what somebody said of
    the columns of the file, as `deliveries.columns.positions.Said`: it is read so each time.
    """

    class Action(models.TextChoices):
        PUBLISHED = "publication", "publication"
        TAKEN_BACK = "retrait", "retrait"
        AUDITED = "recoupement", "secret statistique"

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
    user_name = models.CharField("par (nom du moment)", max_length=200, blank=True, editable=False)
    version = models.PositiveBigIntegerField("version des données", null=True, editable=False)
    approval = models.JSONField("accord", default=dict, editable=False)
    columns = models.JSONField("colonnes indiquées", default=dict, editable=False)
    report = models.JSONField("rapport", default=dict)
    reason = models.TextField("motif", blank=True, editable=False)
    previous = models.CharField("empreinte de l’entrée d’avant", max_length=64, blank=True, editable=False)
    digest = models.CharField("empreinte", max_length=64, blank=True, editable=False)

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


class NamedInFile(models.Model):
    """The schools and the diplomas that a delivered file of figures names, as its source reads them.

    names: {"school" or "named_diploma": {"columns": […], "rows": [[…]]}}. `deliveries.names_in_files`
    fills it, so that no publication reads again the files of the former ones.
    """

    source = models.CharField("source", max_length=60)
    file = models.ForeignKey(DeliveredFile, models.CASCADE, related_name="+", verbose_name="contenu")
    names = models.JSONField("noms")

    class Meta:
        verbose_name = "noms d’un fichier"
        verbose_name_plural = "noms des fichiers"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "file"], name="names_of_a_file_once")]

    def __str__(self):
        return f"{self.source} {self.file_id}"


class ReferenceBuild(models.Model):
    """What the names in files of figures were when a stage of the reference tables was last rebuilt.

    stage: `deliveries.source.Stage`. fingerprint: of the names in live files, in order. left_over: [[table, [key]]], the rows
    that no live file names any more, and that published rows still refer to.
    """

    stage = models.PositiveSmallIntegerField("étape", primary_key=True)
    fingerprint = models.CharField("empreinte", max_length=64)
    left_over = models.JSONField("lignes gardées", default=list)

    class Meta:
        verbose_name = "étape des tables de référence"
        verbose_name_plural = "étapes des tables de référence"
        default_permissions = ()

    def __str__(self):
        return str(self.stage)


class AuditMemory(models.Model):
    """What the last audit of disclosure solved, so that the next one solves only what changed.

    cohort: the first of the cohorts that it was about, which are linked. solved: `SolvedSystems.known` of
    `stats.disclosure_control.proofs`.
    """

    cohort = models.CharField("cohorte", max_length=9, primary_key=True)
    solved = models.JSONField("calculs", default=dict)

    class Meta:
        verbose_name = "calculs d’un recoupement"
        verbose_name_plural = "calculs des recoupements"
        default_permissions = ()

    def __str__(self):
        return self.cohort
