"""The figures: cohorts, what schools teach, facts, and the journal of what was published from which file."""

from functools import reduce
from operator import and_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.confidentiality import SHOWN, THRESHOLD, is_confidential, reason_at
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, INDICATORS, Denominator, Route, Unit


class Cohort(models.Model):
    """Leaving year ("2023") or two pooled ones ("2022_2023"); the two are never put on one axis."""

    code = models.CharField(_("code"), max_length=9, primary_key=True)
    first_year = models.PositiveSmallIntegerField(_("première année"))
    last_year = models.PositiveSmallIntegerField(_("dernière année"))

    class Meta:
        verbose_name = _("cohorte")
        ordering = ["-last_year", "-first_year"]

    def __str__(self):
        return self.label

    @property
    def is_pooled(self):
        return self.first_year != self.last_year

    @property
    def label(self):
        if self.is_pooled:
            return _("%(first)s et %(last)s") % {"first": self.first_year, "last": self.last_year}
        return str(self.last_year)


class DeliveredFile(models.Model):
    """A file as it was delivered, kept so that it can be read again; content is gzipped."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("taille en octets"))
    content = models.BinaryField()
    tried_at = models.DateTimeField(_("reçu le"), auto_now_add=True)

    class Meta:
        verbose_name = _("fichier livré")
        verbose_name_plural = _("fichiers livrés")

    def __str__(self):
        return self.sha256


class Delivery(models.Model):
    """One file published, or taken back: the journal. Its highest id is the version of the data."""

    class Action(models.TextChoices):
        PUBLISHED = "publication", _("publication")
        TAKEN_BACK = "retrait", _("retrait")

    source = models.CharField(_("source"), max_length=60)
    action = models.CharField(_("action"), max_length=11, choices=Action, default=Action.PUBLISHED)
    file_name = models.CharField(_("fichier"), max_length=255)
    file = models.ForeignKey(
        DeliveredFile, models.PROTECT, related_name="deliveries", verbose_name=_("contenu")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("par"),
        related_name="+",
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)
    report = models.JSONField(_("rapport"), default=dict)

    class Meta:
        verbose_name = _("livraison")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.file_name} ({self.source})"


class Slice(models.Model):
    """The part of a source that a delivery replaced; `cohort` is empty when the source has no cohort.

    At most one slice of a source and cohort is live: its delivery holds the published rows.
    """

    class State(models.TextChoices):
        LIVE = "en_ligne", _("en ligne")
        SUPERSEDED = "remplacee", _("remplacée")
        TAKEN_BACK = "retiree", _("retirée")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="slices")
    source = models.CharField(_("source"), max_length=60)
    cohort = models.CharField(_("cohorte"), max_length=9, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.LIVE)

    class Meta:
        verbose_name = _("tranche")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "cohort"], condition=Q(state="en_ligne"), name="one_live_delivery_a_slice"
            ),
            models.UniqueConstraint(fields=["delivery", "cohort"], name="one_slice_a_delivery"),
        ]

    def __str__(self):
        return f"{self.source} {self.cohort}".strip()


class Teaching(models.Model):
    """A school teaches a diploma by a route, as one source says it, with places and first wishes if known."""

    school = models.ForeignKey(School, models.PROTECT, related_name="teachings")
    diploma = models.ForeignKey(Diploma, models.PROTECT, related_name="teachings")
    course_year = models.ForeignKey(CourseYear, models.PROTECT, null=True, related_name="teachings")
    route = models.CharField(_("voie"), max_length=13, choices=[(r.value, r.label) for r in Route])
    source = models.CharField(_("source"), max_length=60)
    year = models.PositiveSmallIntegerField(_("rentrée"))
    places = models.PositiveIntegerField(_("places"), null=True)
    first_wishes = models.PositiveIntegerField(_("premiers vœux"), null=True)

    class Meta:
        verbose_name = _("enseignement")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "diploma", "course_year", "route", "source"],
                name="one_teaching",
                nulls_distinct=None,
            ),
        ]
        indexes = [models.Index(fields=["diploma", "route"])]

    def __str__(self):
        return f"{self.school_id} – {self.diploma_id}"


class OutcomeQuerySet(models.QuerySet):
    def published(self):
        """Where two sources give the same group, the row of the better one."""
        return self.filter(is_preferred=True)

    def for_school(self, school):
        return self.filter(school=school)

    def all_courses(self):
        return self.filter(diploma=None)

    def by_course(self):
        return self.filter(diploma__isnull=False)

    def with_labels(self):
        return self.select_related(
            "cohort", "diploma__type", "course_year", "school", "territory", "delivery"
        )


def _figure(indicator):
    """The column of an indicator; its words stay in the registry, so that rewording it is no migration."""
    kind = models.SmallIntegerField if indicator.unit is Unit.POINTS else models.PositiveSmallIntegerField
    return kind(null=True)


def _all_null(names):
    return reduce(and_, (Q(**{f"{name}__isnull": True}) for name in names))


def _shown_or_reasoned(indicator):
    is_shown = Exact(Substr("reasons", indicator.position + 1, 1), SHOWN)
    has_value = Q(**{f"{indicator.name}__isnull": False})
    return models.CheckConstraint(
        name=f"shown_or_reasoned_{indicator.position}",
        condition=(has_value & Q(is_shown)) | (~has_value & ~Q(is_shown)),
    )


_LEAVERS_FIGURES = [i.name for i in INDICATORS if i.denominator is Denominator.LEAVERS]
_PERCENTAGES = [i.name for i in INDICATORS if i.unit is Unit.PERCENT]


class Outcome(models.Model):
    """What became of one group: a cohort × route × course (or all courses) × school or territory.

    Holds only what may be shown. `reasons` has one letter a figure, in the registry's order: "." where the
    figure is shown, else why it is not (`confidentiality.Reason`). The database itself refuses a row that
    shows too much, or a hole without its reason.
    """

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="outcomes", verbose_name=_("livraison")
    )
    source = models.CharField(_("source"), max_length=60)
    is_preferred = models.BooleanField(default=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="outcomes")
    route = models.CharField(_("voie"), max_length=13, choices=[(r.value, r.label) for r in Route])
    diploma = models.ForeignKey(Diploma, models.PROTECT, null=True, related_name="outcomes")
    course_year = models.ForeignKey(CourseYear, models.PROTECT, null=True, related_name="outcomes")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="outcomes")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="outcomes")

    nb_annee_term = models.PositiveIntegerField(_("en dernière année"), null=True)
    nb_poursuite_etudes = models.PositiveIntegerField(_("poursuivent leurs études"), null=True)
    nb_sortant = models.PositiveIntegerField(_("sortants"), null=True)
    nb_en_emploi_6_mois = models.PositiveIntegerField(_("en emploi à 6 mois"), null=True)
    nb_en_emploi_12_mois = models.PositiveIntegerField(_("en emploi à 12 mois"), null=True)
    nb_en_emploi_18_mois = models.PositiveIntegerField(_("en emploi à 18 mois"), null=True)
    nb_en_emploi_24_mois = models.PositiveIntegerField(_("en emploi à 24 mois"), null=True)

    reasons = models.CharField(_("raisons"), max_length=len(FIGURES))

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("chiffres d’un groupe")
        verbose_name_plural = _("chiffres par groupe")
        constraints = [
            models.CheckConstraint(
                name="confidential_group_shows_nothing",
                condition=Q(**{f"{GROUP_SIZE}__isnull": True})
                | Q(**{f"{GROUP_SIZE}__gte": THRESHOLD})
                | _all_null([*COUNTS, *FIGURES]),
            ),
            models.CheckConstraint(
                name="too_few_leavers_show_no_rate",
                condition=Q(nb_sortant__isnull=True)
                | Q(nb_sortant__gte=THRESHOLD)
                | _all_null(_LEAVERS_FIGURES),
            ),
            models.CheckConstraint(
                name="percentages_within_0_and_100",
                condition=reduce(
                    and_,
                    (Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": 100}) for name in _PERCENTAGES),
                ),
            ),
            models.CheckConstraint(
                name="school_or_territory",
                condition=Q(school__isnull=True, territory__isnull=False)
                | Q(school__isnull=False, territory__isnull=True),
            ),
            *map(_shown_or_reasoned, INDICATORS),
        ]
        indexes = [
            models.Index(fields=["diploma", "territory"], name="outcome_by_diploma"),
            models.Index(fields=["school", "diploma"], name="outcome_by_school"),
            models.Index(fields=["source", "cohort"], name="outcome_by_slice"),
        ]

    def __str__(self):
        return f"{self.cohort_id} {self.route} {self.diploma_id or '*'} {self.school_id or self.territory_id}"

    @property
    def open_counts(self):
        """Head-counts for the open data: {column: number}.

        Where fewer than 20 left, the counts of leavers stay out: they would give exactly the rate that is not shown.
        """
        is_unreliable = self.nb_sortant is not None and is_confidential(self.nb_sortant)
        hidden = COUNTS if is_unreliable else ()
        return {name: None if name in hidden else getattr(self, name) for name in (GROUP_SIZE, *COUNTS)}

    def reason(self, name):
        """Why the figure `name` is not there, None when it is."""
        return reason_at(self.reasons, name)


for _indicator in INDICATORS:
    Outcome.add_to_class(_indicator.name, _figure(_indicator))
