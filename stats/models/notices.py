"""What is said of some figures of a school: withdrawn, or contested, from a moment to another."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from stats.indicators import Route
from stats.translatable import gettext_noop

LONGEST_SENTENCE = 300


class FigureNotice(models.Model):
    """Some figures of one school, withdrawn or contested: in force until `ended_at`, whatever is delivered meanwhile.

    uai, course, cohort: codes, which need not name a row: a delivery may bring it later. course: diploma, where the scope is a
    course. route, cohort: "" for all; figures: names of indicators, [] for all. sentence: what the public reads. reason:
    why, for the journal.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "retire", "retiré"
        CONTESTED = "conteste", "contesté"

    class Scope(models.TextChoices):
        SCHOOL = "etablissement", "tout ce qui est publié de l’établissement"
        WHOLE = "ensemble", "toutes formations confondues seulement"
        COURSE = "formation", "une formation"

    kind = models.CharField("sorte", max_length=8, choices=Kind)
    uai = models.CharField("établissement", max_length=8)
    scope = models.CharField("portée", max_length=13, choices=Scope)
    course = models.CharField("formation", max_length=8, blank=True)
    route = models.CharField("voie", max_length=13, blank=True, choices=[(r.value, r.label) for r in Route])
    cohort = models.CharField("cohorte", max_length=9, blank=True)
    figures = models.JSONField("chiffres", default=list)
    sentence = models.CharField("phrase publique", max_length=LONGEST_SENTENCE)
    reason = models.TextField("motif")
    begun_at = models.DateTimeField("depuis le", auto_now_add=True)
    begun_by = models.CharField("par", max_length=200, blank=True)
    ended_at = models.DateTimeField("jusqu’au", null=True)
    ended_by = models.CharField("levé par", max_length=200, blank=True)
    end_reason = models.TextField("motif de la levée", blank=True)

    class Meta:
        verbose_name = "avis sur un chiffre"
        verbose_name_plural = "avis sur des chiffres"
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.uai}\u00a0: {self.get_kind_display()}"

    @property
    def is_in_force(self):
        return self.ended_at is None

    @property
    def outcomes(self):
        """The condition of the outcomes that it is about, whatever their source."""
        condition = Q(school=self.uai)
        if self.scope == self.Scope.WHOLE:
            condition &= Q(diploma=None)
        elif self.scope == self.Scope.COURSE:
            condition &= Q(diploma=self.course)
        if self.route:
            condition &= Q(route=self.route)
        if self.cohort:
            condition &= Q(cohort=self.cohort)
        return condition


# What is proposed to who writes the sentence, and is translated where it is kept.
DEFAULT_SENTENCES = {
    FigureNotice.Kind.WITHDRAWN: gettext_noop(
        "Ce chiffre est retiré le temps d’être vérifié avec l’établissement."
    ),
    FigureNotice.Kind.CONTESTED: gettext_noop(
        "L’établissement conteste ce chiffre, qui est en cours de vérification."
    ),
}
# Of a figure that would give a withdrawn one back.
SENTENCE_OF_TOTALS = gettext_noop(
    "Ce chiffre est retiré, car il laisserait retrouver celui d’un établissement, retiré."
)


class NoticeEntry(models.Model):
    """The journal of notices: one begun or ended. Chained by hash, as `accounts.hash_chain` says.

    user: who did it, by the name of that moment. told: the notice as it was. version: number of the version of the data
    that it made.
    """

    class Action(models.TextChoices):
        BEGUN = "debut", "mis"
        ENDED = "fin", "levé"

    notice = models.ForeignKey(FigureNotice, models.PROTECT, related_name="entries")
    action = models.CharField("quoi", max_length=5, choices=Action)
    at = models.DateTimeField("le", auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField("par", max_length=200, blank=True)
    told = models.JSONField("avis", default=dict)
    reason = models.TextField("motif", blank=True)
    version = models.PositiveBigIntegerField("version des données")
    previous = models.CharField("empreinte de l’entrée d’avant", max_length=64, blank=True)
    digest = models.CharField("empreinte", max_length=64, blank=True)

    class Meta:
        verbose_name = "entrée du journal des avis"
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_action_display()} {self.notice_id}"
