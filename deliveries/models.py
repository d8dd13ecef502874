"""Files that somebody prepares for publication, and the work done for them in the background.

A `Submission` is what is being prepared; `stats.Delivery`, the journal, is what was published. States move in
`deliveries.operations.transitions` only.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from deliveries.preview.models import Preview, PreviewPage, SchoolLink
from stats.models import DeliveredFile, Delivery

__all__ = ["Operation", "Preview", "PreviewPage", "SchoolLink", "Submission", "SubmittedFile"]


class Submission(models.Model):
    """One or several files, sent together by somebody, on their way to publication.

    version: number of the version of the data that the reports compare with, None before the first check. revision:
    grows with each change of the files and each report, so that a form says which ones were read. approval: what was
    agreed to when publication was asked, as `deliveries.approval.Approval.as_dict`; {} before. publish_at: when the worker
    publishes it, scheduled_by: who asked that; both None where nobody did. outcome: a sentence,
    what happened last.
    """

    class State(models.TextChoices):
        RECEIVED = "recu", "reçu"
        CHECKING = "controle_en_cours", "contrôle en cours"
        CHECKED = "controle", "contrôlé"
        TO_APPROVE = "a_approuver", "à approuver"
        APPROVED = "approuve", "approuvé"
        SCHEDULED = "programme", "programmé"
        PUBLISHING = "publication_en_cours", "publication en cours"
        PUBLISHED = "publie", "publié"
        CANCELLED = "abandonne", "abandonné"
        REFUSED = "refuse", "refusé"
        FAILED = "en_echec", "en échec"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    state = models.CharField("état", max_length=20, choices=State, default=State.RECEIVED)
    note = models.TextField("note", blank=True)
    created_at = models.DateTimeField("reçu le", auto_now_add=True)
    updated_at = models.DateTimeField("modifié le", auto_now=True)
    version = models.PositiveBigIntegerField("version des données", null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    approval = models.JSONField("accord", default=dict, editable=False)
    publish_at = models.DateTimeField("à publier le", null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    outcome = models.TextField("suite", blank=True, editable=False)

    class Meta:
        verbose_name = "dépôt"
        ordering = ["-id"]
        # Those of the journal: stats.view_delivery, add_delivery and delete_delivery.
        default_permissions = ()

    def __str__(self):
        return f"Dépôt n°\u00a0{self.pk}"


class SubmittedFile(models.Model):
    """A file of a submission.

    file: its bytes, None once they are erased. source, cohort: as `deliveries.candidates.File`, "" where nobody said
    them. address: where a service gave it, "" where somebody sent it. columns: {column of the source: position in the file}, as somebody said. report: `Report.as_dict` of its last
    check, {} before. accepted: its warnings that somebody accepted, each as `deliveries.approval.Accepted.as_dict`.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille en octets")
    file = models.ForeignKey(
        DeliveredFile, models.SET_NULL, null=True, related_name="submitted", verbose_name="contenu"
    )
    source = models.CharField("source", max_length=60, blank=True)
    cohort = models.CharField("cohorte", max_length=9, blank=True)
    address = models.TextField("adresse", blank=True)
    columns = models.JSONField("colonnes", default=dict, blank=True)
    report = models.JSONField("rapport", default=dict, editable=False)
    accepted = models.JSONField("avertissements acceptés", default=list, editable=False)

    class Meta:
        verbose_name = "fichier déposé"
        verbose_name_plural = "fichiers déposés"
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="one_file_once_a_submission")
        ]

    def __str__(self):
        return self.name


class Operation(models.Model):
    """Work asked by somebody and done by a worker, one at a time: each writes the tables that the others read.

    submission: what is checked or published, of which pages are rendered for a preview, or what was fetched, once it is;
    delivery: what is taken back, for the reason given, along: keys of the later deliveries that are taken back with it; service, cohort: what is fetched, as
    `deliveries.fetching.catalogue`. stages: [[title, rows done, rows in all, 0 where nobody knows, then the name of what is
    counted, if it is not rows], …], the last one being under way. heartbeat_at: when the worker last said that it is alive; on
    SQLite a file says it (`deliveries.operations.heartbeat`). first_results: of each file, while it runs, what the checks made so far
    give (`checking.presentation.first_results_of`). attempts: how many times it was started. outcome: a sentence.
    """

    class Kind(models.TextChoices):
        CHECK = "controle", "contrôle"
        PUBLISH = "publication", "publication"
        TAKE_BACK = "retrait", "retrait"
        FETCH = "recuperation", "récupération"
        PREVIEW = "apercu", "aperçu"

    class State(models.TextChoices):
        WAITING = "en_attente", "en attente"
        RUNNING = "en_cours", "en cours"
        DONE = "fait", "fait"
        CANCELLED = "annule", "annulé"
        FAILED = "en_echec", "en échec"

    kind = models.CharField("opération", max_length=12, choices=Kind)
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="operations")
    delivery = models.ForeignKey(Delivery, models.CASCADE, null=True, related_name="operations")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le", auto_now_add=True)
    reason = models.TextField("motif", blank=True)
    along = models.JSONField("livraisons retirées avec", default=list)
    service = models.CharField(max_length=60, blank=True)
    cohort = models.CharField("cohorte", max_length=9, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    worker = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField("commencé le", null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField("fini le", null=True)
    is_cancel_asked = models.BooleanField(default=False)
    stages = models.JSONField("étapes", default=list)
    first_results = models.JSONField(default=list)
    outcome = models.TextField("suite", blank=True)

    class Meta:
        verbose_name = "opération"
        verbose_name_plural = "opérations"
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="en_cours"), name="one_running_operation"
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state__in=["en_attente", "en_cours"]) & ~Q(kind="apercu"),
                name="one_operation_at_once_a_submission",
            ),
            # It moves no submission, and renders all that is asked for when it starts.
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state="en_attente", kind="apercu"),
                name="one_preview_waits_a_submission",
            ),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(state__in=["en_attente", "en_cours"]),
                name="one_operation_at_once_a_delivery",
            ),
            models.UniqueConstraint(
                fields=["service", "cohort"],
                condition=Q(kind="recuperation", state__in=["en_attente", "en_cours"]),
                name="one_fetch_at_once_a_service",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} n°\u00a0{self.pk}"

    @property
    def is_over(self):
        return self.state not in {self.State.WAITING, self.State.RUNNING}


class ExpectedDelivery(models.Model):
    """A delivery that managers expect. source: name of one of `deliveries.sources`. cohort: "2022_2023", or the school year
    "2025"; "" for whichever comes. `deliveries.calendar` tells what came for it."""

    source = models.CharField("source", max_length=60)
    cohort = models.CharField("cohorte ou rentrée", max_length=9, blank=True)
    expected_on = models.DateField("attendue le")
    note = models.TextField("note", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "livraison attendue"
        verbose_name_plural = "calendrier"
        ordering = ["expected_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "cohort", "expected_on"],
                name="one_expected_delivery",
                violation_error_message="Cette livraison est déjà attendue ce jour-là.",
            )
        ]

    def __str__(self):
        return f"{self.source} {self.cohort}".strip()


class ColumnMapping(models.Model):
    """What somebody said of the columns of a file, for the next one of the same source and header.

    header: its cells in order, as `reading.header_key` writes them, "" for one without a name. columns: as
    `SubmittedFile.columns`. author: who said it last.
    """

    name = models.CharField("nom", max_length=120, unique=True)
    source = models.CharField("source", max_length=60, editable=False)
    header = models.JSONField("en-tête", default=list, editable=False)
    columns = models.JSONField("colonnes", default=dict, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="par",
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "colonnes d’un fichier"
        verbose_name_plural = "colonnes des fichiers"
        ordering = ["name"]
        default_permissions = ("view", "change", "delete")

    def __str__(self):
        return self.name
