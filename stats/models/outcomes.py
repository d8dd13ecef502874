"""The published figures: what became of each group, and under which codes and places they are shown."""

from functools import reduce
from operator import and_, or_
from types import MappingProxyType

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.db.models.lookups import Exact, GreaterThanOrEqual

from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.disclosure_control.primary import THRESHOLD, is_confidential, wholes_of
from stats.indicators import (
    BY_NAME,
    COUNTS,
    FIGURES,
    GROUP_SIZE,
    INDICATORS,
    LEAVERS,
    STUDYING,
    Route,
    Unit,
)
from stats.models.deliveries import Cohort, Delivery
from stats.models.querysets import AttributionQuerySet, OutcomeQuerySet
from stats.reasons import SHOWN, Reason, reason_at
from stats.substitution.kinds import OriginKind


def _figure(indicator):
    """The column of an indicator; only points may be negative."""
    field = models.SmallIntegerField if indicator.unit is Unit.POINTS else models.PositiveSmallIntegerField
    return field(null=True)


def _all_null(names):
    return reduce(and_, (Q(**{f"{name}__isnull": True}) for name in names))


def _is_enough(number, *names):
    """Whether a number made from these columns is known and reaches the threshold. Unknown is False, not NULL."""
    are_known = reduce(and_, (Q(**{f"{name}__isnull": False}) for name in names))
    return are_known & Q(GreaterThanOrEqual(number, THRESHOLD))


def _has_enough(whole):
    """Whether a head-count reaches the threshold: itself, else what two others make it, else a part of it that is known.

    Where a source gives head-counts, a blank one is under the threshold (`primary.suppress` follows the same rule).
    """
    parts = [name for name in COUNTS if whole in wholes_of(name)]
    if whole == GROUP_SIZE:
        made = _is_enough(F(STUDYING) + F(LEAVERS), STUDYING, LEAVERS)
    else:
        made = _is_enough(F(GROUP_SIZE) - F(STUDYING), GROUP_SIZE, STUDYING)
    found = reduce(or_, (_is_enough(F(name), name) for name in parts), made)
    return _is_enough(F(whole), whole) | (Q(**{f"{whole}__isnull": True}) & found)


def _shown_or_reasoned(indicator):
    """A value and the letter "." go together.

    Beyond the end of an older row's text, both databases give "" for `Substr`: the row is valid and holds no value.
    """
    is_shown = Exact(Substr("reasons", indicator.position + 1, 1), SHOWN)
    has_value = Q(**{f"{indicator.name}__isnull": False})
    return models.CheckConstraint(
        name=f"shown_or_reasoned_{indicator.position}",
        condition=(has_value & Q(is_shown)) | (~has_value & ~Q(is_shown)),
    )


_LEAVERS_FIGURES = [i.name for i in INDICATORS if i.needs_leavers]
_PERCENTAGES = [i.name for i in INDICATORS if i.unit is Unit.PERCENT]


class Outcome(models.Model):
    """What became of one group: a cohort × route × course (or all courses) × school or territory.

    Holds only what may be shown; head-counts and figures are the columns that the registry declares. `reasons` has
    one letter a figure, in the registry's order: "." where the figure is shown, else why it is not (`reasons.Reason`).
    Rows stored before an indicator was declared lack its letter, which reads as "not covered": adding one changes no
    row. The database itself refuses a row that shows too much, or a hole without its reason.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="outcomes", verbose_name="livraison")
    source = models.CharField("source", max_length=60)
    is_preferred = models.BooleanField(default=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="outcomes")
    route = models.CharField("voie", max_length=13, choices=[(r.value, r.label) for r in Route])
    diploma = models.ForeignKey(Diploma, models.PROTECT, null=True, related_name="outcomes")
    course_year = models.ForeignKey(CourseYear, models.PROTECT, null=True, related_name="outcomes")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="outcomes")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="outcomes")
    level = models.CharField(
        "niveau de formation",
        max_length=60,
        blank=True,
        default="",
        help_text="Vide pour une formation, ou pour toutes\u00a0; une ligne de tout un niveau n’est pas montrée.",
    )
    duration = models.PositiveSmallIntegerField(
        "durée en années", null=True, help_text="Vide quand la source ne la dit pas."
    )

    reasons = models.CharField("raisons", max_length=len(FIGURES))
    # What notices in force say (`stats.models.notices`); `deliveries.figure_notices` writes them.
    withdrawn_note = models.TextField(blank=True, default="", db_default="")
    contested_note = models.TextField(blank=True, default="", db_default="")
    contested_figures = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Noms des chiffres contestés, séparés par des espaces.",
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "chiffres d’un groupe"
        verbose_name_plural = "chiffres par groupe"
        constraints = [
            models.CheckConstraint(
                name="confidential_group_shows_nothing",
                condition=_has_enough(GROUP_SIZE)
                | _all_null([GROUP_SIZE, *COUNTS])
                | _all_null([*COUNTS, *FIGURES]),
            ),
            models.CheckConstraint(
                name="too_few_leavers_show_no_rate",
                condition=_has_enough(LEAVERS)
                | _all_null([GROUP_SIZE, *COUNTS])
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

        Where fewer than 20 left, or nobody says how many, they stay out: they would give exactly the rate that is not
        shown.
        """
        hidden = COUNTS if self._hides_counts else ()
        return {name: None if name in hidden else getattr(self, name) for name in (GROUP_SIZE, *COUNTS)}

    @property
    def _hides_counts(self):
        leavers = self.nb_sortant
        if leavers is None and None not in (self.nb_annee_term, self.nb_poursuite_etudes):
            leavers = self.nb_annee_term - self.nb_poursuite_etudes
        return leavers is None or is_confidential(leavers)

    def numerator(self, indicator):
        """How many people a figure counts, exactly; None where `open_counts` does not tell."""
        parts = (indicator.count,) if indicator.count else [BY_NAME[name].count for name in indicator.rest_of]
        counts = [getattr(self, name) for name in parts]
        if not counts or None in counts or self._hides_counts:
            return None
        if indicator.count:
            return counts[0]
        return None if self.nb_annee_term is None else self.nb_annee_term - sum(counts)

    def reason(self, name):
        """Why the figure `name` is not there, None when it is."""
        return reason_at(self.reasons, name)

    def note(self, name):
        """What a notice says of the figure `name`, withdrawn or contested; "" where none does."""
        if self.withdrawn_note and self.reason(name) is Reason.REMOVED:
            return self.withdrawn_note
        return self.contested_note if name in self.contested_figures.split() else ""


# Their words stay in the registry, so that rewording one is no migration.
for _count in (GROUP_SIZE, *COUNTS):
    Outcome.add_to_class(_count, models.PositiveIntegerField(null=True))
for _indicator in INDICATORS:
    Outcome.add_to_class(_indicator.name, _figure(_indicator))


def _link(model, on_delete, **options):
    return models.ForeignKey(model, on_delete, **{"db_constraint": False, "db_index": False} | options)


class Attribution(models.Model):
    """The outcome that is shown under one code, cohort, route and place: its own, or one that stands in for it.

    Rebuilt after each delivery from the preferred outcomes (`deliveries.attributions`), with all courses together too. One
    row a group, except for years of a course before the last, which have one row for each terminal year that they lead
    to. Figures stay in the outcome.

    The database checks none of its links: they are always written together, from the tables that they point to, and
    checking a million of them at each delivery would take three times as long.
    """

    outcome = _link(Outcome, models.CASCADE, related_name="attributions")
    kind = models.CharField("origine", max_length=15)
    cohort = _link(Cohort, models.PROTECT, related_name="+", db_index=True)
    route = models.CharField("voie", max_length=13, choices=[(r.value, r.label) for r in Route])
    diploma = _link(Diploma, models.PROTECT, null=True, related_name="attributions")
    course_year = _link(CourseYear, models.PROTECT, null=True, related_name="attributions")
    school = _link(School, models.PROTECT, null=True, related_name="attributions")
    territory = _link(Territory, models.PROTECT, null=True, related_name="attributions")
    terminal = _link(CourseYear, models.PROTECT, null=True, related_name="+", verbose_name="année terminale")
    role = models.CharField(
        "rôle de l’établissement dont viennent les chiffres",
        max_length=14,
        blank=True,
    )
    place_role = models.CharField(
        "rôle de l’établissement lui-même",
        max_length=14,
        blank=True,
    )
    trainers = models.JSONField("formateurs", default=list, blank=True)
    managers = models.JSONField("gestionnaires", default=list, blank=True)
    is_first = models.BooleanField(
        default=True, help_text="Faux pour les autres années terminales d’un même groupe."
    )

    # A sum of attributions, never saved, says whether it mixes figures of several diplomas, and of how many people each
    # figure is counted where the others are taken to be like them: {figure: people}.
    has_several_origins = False
    counted_people = MappingProxyType({})

    objects = AttributionQuerySet.as_manager()

    class Meta:
        db_table = "stats_showing"
        verbose_name = "chiffres montrés"
        verbose_name_plural = "chiffres montrés"
        indexes = [
            models.Index(fields=["diploma", "territory"], name="showing_by_diploma"),
            models.Index(fields=["school", "diploma"], name="showing_by_school"),
            models.Index(fields=["course_year", "territory"], name="showing_by_year"),
            models.Index(fields=["territory", "diploma"], name="showing_by_territory"),
        ]

    def __str__(self):
        place = self.school_id or self.territory_id
        return f"{self.cohort_id} {self.route} {self.course_year_id or self.diploma_id or '*'} {place}"

    @property
    def is_own(self):
        """Whether the figures are those of this very code and place."""
        return self.kind == OriginKind.OWN and self.school_id == self.outcome.school_id
