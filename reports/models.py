"""Errors that visitors and schools report, and what was done about each of them."""

from django.conf import settings
from django.db import models


class Report(models.Model):
    """An error that somebody reports, from a public page.

    nonce: of the form, so that a form sent twice makes one report. page: address of the page, without its language; ""
    where nobody said it. place: its name on that day. diploma, school, region, route, job: the codes that the page is
    about, "" without one; they are no keys, since a delivery may take away what they name. figure: name of an indicator.
    email: of who wants an answer, erased some time after the end (`reports.upkeep`). ended_at: None while open.
    """

    class What(models.TextChoices):
        FIGURE = "chiffre", "un chiffre"
        NAME = "nom", "un nom ou un libellé"
        PLACE = "lieu", "une adresse ou un lieu"
        TEACHING = "enseignement", "ce qui est enseigné, et où"
        OTHER = "autre", "autre chose"

    class Who(models.TextChoices):
        FAMILY = "famille", "élève ou famille"
        SCHOOL = "etablissement", "établissement"
        PROFESSIONAL = "professionnel", "professionnel de l’orientation, de l’éducation ou des données"

    class State(models.TextChoices):
        NEW = "nouveau", "nouveau"
        STARTED = "en_cours", "en cours"
        ANSWERED = "repondu", "répondu"
        DISMISSED = "sans_suite", "clos sans suite"

    nonce = models.CharField(max_length=32, unique=True, editable=False)
    at = models.DateTimeField("reçu le", auto_now_add=True)
    what = models.CharField("sujet", max_length=12, choices=What)
    page = models.CharField("page", max_length=600, blank=True)
    place = models.CharField("où", max_length=300, blank=True)
    diploma = models.CharField("formation", max_length=8, blank=True)
    school = models.CharField("établissement", max_length=8, blank=True)
    region = models.CharField("région", max_length=3, blank=True)
    route = models.CharField("voie", max_length=13, blank=True)
    job = models.CharField("métier", max_length=5, blank=True)
    figure = models.CharField("chiffre", max_length=60, blank=True)
    text = models.TextField("message")
    who = models.CharField("qui signale", max_length=13, choices=Who)
    language = models.CharField("langue", max_length=8)
    wants_answer = models.BooleanField("attend une réponse", default=False)
    email = models.EmailField("adresse électronique", blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="confié à"
    )
    ended_at = models.DateTimeField("fini le", null=True)

    class Meta:
        verbose_name = "signalement"
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"Signalement n°\u00a0{self.pk}"

    @property
    def is_open(self):
        return self.ended_at is None


class Step(models.Model):
    """Something done about a report: an internal note, an answer, or another state. who: by the name of that moment.

    sent_at: when an answer left, None before, and of what is no answer.
    """

    class Kind(models.TextChoices):
        NOTE = "note", "note interne"
        ANSWER = "reponse", "réponse envoyée"
        CHANGE = "suite", "suite"

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    at = models.DateTimeField("le", auto_now_add=True)
    kind = models.CharField("quoi", max_length=7, choices=Kind)
    who = models.CharField("par", max_length=200)
    text = models.TextField("texte", blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "étape d’un signalement"
        verbose_name_plural = "étapes d’un signalement"
        ordering = ["id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
