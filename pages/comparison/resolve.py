"""Which of the published figures a requested item shows, and where to look for those that are missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from formations.models import Diploma
from pages.figures import selection
from pages.figures.national import COUNTRY, national
from stats.models import Attribution, Outcome
from stats.reasons import Reason


@dataclass(frozen=True)
class ResolvedItem:
    """The published figures of a `RequestedItem`.

    ResolvedItem(route="pro", attribution=Attribution, place="Lycée X, Rennes", fallbacks=Fallbacks(…), note="",
    reason=Reason.NO_FIGURES)
    route: "" where none was asked for and nothing is published. attribution: None where nothing is published; that of
    a sum of regions is never saved. fallbacks: (label, outcome), the nearest first. note: how the portal made the sum.
    reason: why there is no attribution. replaced: the diplomas that it replaced, whose figures are theirs; () where it has some.
    """

    route: str
    attribution: Attribution | None
    place: str
    fallbacks: Iterable[tuple[str, Outcome]]
    note: str = ""
    reason: Reason = Reason.NO_FIGURES
    replaced: tuple[Diploma, ...] = ()


def resolve(item, catalogue):
    """The `ResolvedItem` of a `RequestedItem`, by the first route that has figures where the token names none."""
    return _resolve_course(item, catalogue) if item.diploma else _resolve_school(item, catalogue)


def _resolve_school(item, catalogue):
    """The school as a whole."""
    attributions = {
        key.route: rows[0]
        for key, rows in selection.rows_of_all_courses(catalogue.attributions).items()
        if key.place == item.school.pk
    }
    route = item.token.route or next(iter(selection.in_route_order(attributions)), "")
    attribution = attributions.get(route)
    finder = catalogue.fallbacks
    return ResolvedItem(
        route,
        attribution,
        item.school.city or _("toutes les formations"),
        finder.of_row(attribution) if attribution else finder.of_school(item.school.pk, route),
    )


def _resolve_course(item, catalogue):
    """The course in its place: its own figures, else France as a sum, else those of its family as fallbacks."""
    finder, place, route = catalogue.fallbacks, _place(item), item.token.route
    candidates = {
        key: rows
        for key, rows in selection.rows_of_course(catalogue.attributions, item.diploma.pk).items()
        if _has_route_and_duration(item, key)
    }
    in_place = [(key, rows) for key, rows in candidates.items() if key.place == place]
    if in_place:
        key, rows = min(in_place, key=_preference)
        return ResolvedItem(key.route, rows[0], _place_name(item), finder.of_row(rows[0]))
    if place == COUNTRY and (total := _sum_of_regions(candidates)):
        fallbacks = finder.of_row(total.attribution)
        return ResolvedItem(total.attribution.route, total.attribution, total.label, fallbacks, total.note)
    if family := _family_outcomes(item, place, catalogue):
        return ResolvedItem(route, None, _place_name(item), family)
    best = min(candidates.items(), key=_preference)[0] if candidates else None
    fallbacks = finder.of_course(
        place, route or (best.route if best else ""), item.diploma.pk, best.duration if best else None
    )
    is_too_new = item.diploma.pk in catalogue.too_new and not candidates
    reason = Reason.TOO_NEW if is_too_new else Reason.NO_FIGURES
    replaced = tuple(catalogue.replaced.get(item.diploma.pk, ()))
    return ResolvedItem(route, None, _place_name(item), fallbacks, reason=reason, replaced=replaced)


def _has_route_and_duration(item, key):
    year = item.course_year
    has_duration = year is None or key.duration in (None, year.duration or year.year)
    return has_duration and (not item.token.route or key.route == item.token.route)


def _preference(key_and_rows):
    """Sorts the rows of a course: by the order of routes, then most cohorts first, then longest duration first."""
    key, rows = key_and_rows
    return selection.ROUTE_ORDER.index(key.route), -len(rows), -(key.duration or 0)


def _sum_of_regions(candidates):
    """The `National` of the regions, by the route and duration that most of them have; None where there is no region."""
    regional = defaultdict(list)
    for key, rows in candidates.items():
        if rows[0].territory_id:
            regional[key.route, key.duration] += rows
    if not regional:
        return None
    route, duration = min(
        regional,
        key=lambda item: (selection.ROUTE_ORDER.index(item[0]), -len(regional[item]), -(item[1] or 0)),
    )
    return national(selection.newest_cohort(regional[route, duration]))


def _family_outcomes(item, place, catalogue):
    """((label, outcome) of each course that follows a common year, in this place)."""
    family = selection.rows_of_family(catalogue.attributions, item.diploma.pk)
    return tuple(
        (
            _("%(course)s, cohorte %(cohort)s") % {"course": course.label, "cohort": rows[0].cohort},
            rows[0].outcome,
        )
        for course, by_key in family.items()
        for key, rows in by_key.items()
        if key.place == place
    )


def _place(item):
    """The place of a course as the rows have it: UAI, key of a region, or COUNTRY."""
    if item.school:
        return item.school.pk
    return item.region.pk if item.region else COUNTRY


def _place_name(item):
    if item.school:
        return f"{item.school.name}, {item.school.city}" if item.school.city else item.school.name
    return item.region.name if item.region else _("France")
