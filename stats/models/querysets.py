"""The vocabulary of reading: what rows of the figures and of what schools teach can be asked for."""

from dataclasses import dataclass

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Sum,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, NullIf

from establishments.models import Territory
from stats.disclosure_control.primary import THRESHOLD
from stats.indicators import BY_NAME, GROUP_SIZE, LEAVERS, Denominator, Route
from stats.models.deliveries import Delivery
from stats.substitution.kinds import OriginKind
from stats.totals import COUNTED, STUDYING_SHARE, needs_studying, published_columns


@dataclass(frozen=True)
class AttributionGroup:
    """A course, route, cohort and duration for which attributions exist, and in how many places.

    AttributionGroup(cohort="2022_2023", last_year=2023, first_year=2022, route="pro", course="50022139", duration=2,
    is_common=False, places=17, published=14). is_common: the figures are those of the courses that follow a common
    year, which has no duration of its own. published: the number of these places that publish further study.
    """

    cohort: str
    last_year: int
    first_year: int
    route: str
    course: str
    duration: int | None
    is_common: bool
    places: int
    published: int


class OutcomeQuerySet(models.QuerySet):
    def published(self):
        """Where two sources give the same group, only the row of the better one."""
        return self.filter(is_preferred=True)

    def region_sums_by_type(self):
        """Sums over the courses of each diploma type: one row a cohort, route, type and region.

        {"cohort": "2022_2023", "route": "pro", "diploma__type": "500", "territory": "region-53", "parts": 41, "known": 4300,
        "taux_emploi_6_mois_parts": 31, "taux_emploi_6_mois_people": …, …}: what `totals.Sums` holds, with the fields of
        `totals.Counted` for each figure, under the same conditions as `totals.sums_of`; None for a sum of nothing.
        """
        sums = {"parts": Count("pk"), "known": Sum(GROUP_SIZE)}
        for name in COUNTED:
            indicator = BY_NAME[name]
            published = Q(**{f"{column}__isnull": False for column in published_columns(name)})
            sums |= {
                f"{name}_parts": Count("pk", filter=published),
                f"{name}_people": Sum(GROUP_SIZE, filter=published),
                f"{name}_size": Sum(indicator.denominator.value, filter=published),
                f"{name}_number": Sum(_number(indicator), filter=published),
            }
            if needs_studying(name):
                sums[f"{name}_studying"] = Sum(_number(BY_NAME[STUDYING_SHARE]), filter=published)
        return (
            self.filter(territory__level=Territory.Level.REGION, diploma__type__isnull=False)
            .order_by()
            .values("cohort", "route", "diploma__type", "territory")
            .annotate(**sums)
        )


def _number(indicator):
    """How many a figure counts, as `totals.sums_of` has it. Both databases divide whole numbers into a whole number."""
    if indicator.denominator is not Denominator.FINAL_YEAR:
        return F(indicator.count)
    is_open = Q(**{f"{indicator.count}__isnull": False, f"{LEAVERS}__gte": THRESHOLD})
    told = (F(indicator.name) * F(GROUP_SIZE) + 50) / 100
    return Case(When(is_open, then=F(indicator.count)), default=told, output_field=models.IntegerField())


class _TaughtQuerySet(models.QuerySet):
    """Rows that tie a diploma to a place by a route of training."""

    def of_courses(self, codes):
        return self.filter(diploma__in=codes)

    def routes(self):
        """The distinct routes of these rows, in no order: can be united with those of another table."""
        return self.order_by().values_list("route", flat=True).distinct()

    def routes_and_types(self):
        """The distinct pairs (route, code of a diploma type) of these rows, in no order."""
        rows = self.filter(diploma__type__isnull=False).order_by()
        return rows.values_list("route", "diploma__type").distinct()

    def school_codes(self):
        """The UAI of these rows, as a subquery."""
        return self.filter(school__isnull=False).order_by().values("school")

    def diploma_codes(self):
        """The diplomas of these rows, as a subquery."""
        return self.filter(diploma__isnull=False).order_by().values("diploma")


class TeachingQuerySet(_TaughtQuerySet):
    """What schools teach."""


class AttributionQuerySet(_TaughtQuerySet):
    def for_pages(self):
        """Attributions as pages present them, newest cohort first.

        Years before the last of a course are left out: they repeat the figures of the terminal years.
        """
        return (
            self.exclude(kind=OriginKind.TERMINAL_YEAR)
            .select_related(
                "cohort",
                "course_year",
                "outcome__delivery",
                "outcome__diploma",
                "outcome__school",
            )
            .defer("outcome__delivery__report", "trainers", "managers")
            .order_by(
                "-cohort__last_year",
                "-cohort__first_year",
                "route",
                F("course_year_id").asc(nulls_first=True),
                "pk",
            )
        )

    def in_territories(self):
        return self.filter(territory__isnull=False)

    def without_joins(self):
        """The same rows in the same order, with their outcome only: for `attach_related_rows`."""
        return self.select_related(None).select_related("outcome")

    def at_schools(self, schools, codes):
        """What these schools show for all courses together, and for these diplomas."""
        return self.filter(Q(diploma=None) | Q(diploma__in=codes), school__in=schools)

    def of_course_or_formers(self, code, formers):
        """Those of a course in territories, and what its former diplomas had there that it does not show itself."""
        also_shown = self.model.objects.filter(
            diploma=code, territory=OuterRef("territory"), outcome=OuterRef("outcome")
        )
        only_of_formers = Q(diploma__in=formers, kind=OriginKind.OWN) & ~Exists(also_shown)
        return self.in_territories().filter(Q(diploma=code) | only_of_formers)

    def by_route(self, route):
        """By this route, and by all routes together."""
        return self.filter(route__in=(route, Route.ALL))

    def groups(self):
        """[`AttributionGroup`] of these attributions, in one query."""
        is_common = Q(kind=OriginKind.COMMON_YEAR)
        years = Coalesce(NullIf("course_year__duration", 0), "course_year__year")
        rows = (
            self.order_by()
            .annotate(is_common=Case(When(is_common, then=True), default=False))
            .annotate(years=Case(When(is_common, then=None), default=years))
            .values_list(
                "cohort",
                "cohort__last_year",
                "cohort__first_year",
                "route",
                "diploma",
                "years",
                "is_common",
            )
            .annotate(places=Count("pk"), published=Count(f"outcome__{STUDYING_SHARE}"))
        )
        return [AttributionGroup(*row) for row in rows]


def attach_related_rows(attributions, attached=()):
    """Read what these attributions and their outcomes point to: at most 5 queries, whatever their number.

    Joins would make the same delivery, cohort and diploma again for each row, which takes most of the time of a page
    that reads hundreds of them. Call it once for all that a page reads, or give it in `attached` the attributions for
    which it was called already: what they point to is not read again.
    """
    _share_related_rows(attributions, attached, "cohort", "course_year")
    outcomes, known = ([row.outcome for row in rows] for rows in (attributions, attached))
    _share_related_rows(outcomes, known, "diploma", "school", "delivery")
    deliveries = Prefetch("outcome__delivery", queryset=Delivery.objects.defer("report"))
    prefetch_related_objects(
        attributions, "cohort", "course_year", "outcome__diploma", "outcome__school", deliveries
    )


def _share_related_rows(rows, known, *names):
    for name in names:
        related = {getattr(row, f"{name}_id"): getattr(row, name) for row in known}
        for row in rows:
            if (key := getattr(row, f"{name}_id")) in related:
                setattr(row, name, related[key])
