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
from stats.indicators import Route
from stats.models.deliveries import Delivery
from stats.substitution.kinds import OriginKind
from stats.totals import SUMMABLE, needed


@dataclass(frozen=True)
class AttributionGroup:
    """A course, route, cohort and duration for which attributions exist, and in how many places.

    AttributionGroup(cohort="2022_2023", last_year=2023, first_year=2022, route="pro", course="50022139", duration=2,
    is_common=False, places=17, published=14). is_common: the figures are those of the courses that follow a common
    year, which has no duration of its own. published: the number of these places that publish the share employed.
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

        {"cohort": "2022_2023", "route": "pro", "diploma__type": "500", "territory": "region-53", "parts": 41,
        "taux_emploi_6_mois_covered": 31, "taux_emploi_6_mois_count_0": …, "taux_emploi_6_mois_size": …, …}: for each
        figure that can be summed, how many courses publish it, its counts and its head-count, under the same
        conditions as `totals.total`.
        """
        sums = {"parts": Count("pk")}
        for name in SUMMABLE:
            figures, counts, size = needed(name)
            published = Q(**{f"{column}__isnull": False for column in (*figures, *counts, size)})
            sums[f"{name}_covered"] = Count("pk", filter=published)
            sums[f"{name}_size"] = Sum(size, filter=published)
            for place, column in enumerate(counts):
                sums[f"{name}_count_{place}"] = Sum(column, filter=published)
        return (
            self.filter(territory__level=Territory.Level.REGION, diploma__type__isnull=False)
            .order_by()
            .values("cohort", "route", "diploma__type", "territory")
            .annotate(**sums)
        )


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
            .annotate(places=Count("pk"), published=Count("outcome__taux_en_emploi_6_mois"))
        )
        return [AttributionGroup(*row) for row in rows]


def attach_related_rows(attributions):
    """Read what these attributions and their outcomes point to: at most 5 queries, whatever their number.

    Joins would make the same delivery, cohort and diploma again for each row, which takes most of the time of a page
    that reads hundreds of them. Call it once for all that a page reads.
    """
    deliveries = Prefetch("outcome__delivery", queryset=Delivery.objects.defer("report"))
    prefetch_related_objects(
        attributions, "cohort", "course_year", "outcome__diploma", "outcome__school", deliveries
    )
