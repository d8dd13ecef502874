"""The route on which the page of a course opens: one that tells what became of most of those who took it."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from establishments.models import Territory
from stats.models import Attribution
from stats.totals import LEAST_COVERED_PERCENT

_PUBLISHED = Q(outcome__taux_en_emploi_6_mois__isnull=False)
_IN_COUNTRY = Q(territory__level=Territory.Level.COUNTRY)


@dataclass(frozen=True)
class Coverage:
    """What is published of a course by one route, for its newest cohort.

    Coverage(national=0, regions=1, parts=13, people=324, shown=80): how many rows of the country and of regions publish
    the share employed, how many regions there are, the pupils known in them, and those in regions that publish it.
    """

    national: int
    regions: int
    parts: int
    people: int | None
    shown: int | None

    @property
    def is_told(self):
        """Whether France can be told."""
        shown, people = self.shown or 0, self.people or 0
        # One region of several is no country, even where nobody knows how many pupils the others have.
        is_sum = self.regions > 1 or self.regions == self.parts > 0
        return bool(self.national or (is_sum and 100 * shown >= LEAST_COVERED_PERCENT * people))


def default_route(chain, routes):
    """The first of these routes for which France can be told, of the course, else of a diploma that it replaced.

    Where there is none: the route with the most pupils in regions that publish figures, else the first with a row, else
    the first. chain: the `Chain` of the course.
    """
    if len(routes) < 2:
        return routes[0] if routes else ""
    others = (*chain.formers, *chain.merged, *chain.split)
    of_codes = [_coverage(codes) for codes in ((chain.code,), others) if codes]
    for coverage in of_codes:
        if route := next((route for route in routes if route in coverage and coverage[route].is_told), ""):
            return route
    for coverage in of_codes:
        shown = [route for route in routes if route in coverage and coverage[route].regions]
        if shown:
            return max(shown, key=lambda route: coverage[route].shown or 0)
    return next((route for coverage in of_codes for route in routes if route in coverage), routes[0])


def _coverage(codes):
    """{route: `Coverage`} of these diplomas together, in one query."""
    rows = Attribution.objects.for_pages().in_territories().of_courses(codes).order_by()
    sums = (
        rows.values("route", "cohort__last_year")
        .annotate(
            national=Count("pk", filter=_IN_COUNTRY & _PUBLISHED),
            regions=Count("pk", filter=~_IN_COUNTRY & _PUBLISHED),
            parts=Count("pk", filter=~_IN_COUNTRY),
            people=Sum("outcome__nb_annee_term", filter=~_IN_COUNTRY),
            shown=Sum("outcome__nb_annee_term", filter=~_IN_COUNTRY & _PUBLISHED),
        )
        .order_by("cohort__last_year")
    )
    # The newest cohort comes last.
    fields = ("national", "regions", "parts", "people", "shown")
    return {row["route"]: Coverage(*(row[name] for name in fields)) for row in sums}
