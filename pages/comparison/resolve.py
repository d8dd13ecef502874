"""What is shown of one item of a comparison, and where to look for what is not."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.figures import selection
from pages.figures.figure import figure, missing
from pages.figures.national import COUNTRY, national
from pages.figures.outcome import no_situations, situations
from stats import comparison_tokens
from stats.disclosure_control.primary import level_of


@dataclass(frozen=True)
class What:
    """What a token names."""

    token: comparison_tokens.Token
    diploma: object
    school: object
    region: object
    year: object


@dataclass(frozen=True)
class Found:
    """What is shown of it; near: where to look for what is not."""

    route: str
    attribution: object
    place: str
    near: object
    note: str = ""


def found_of(what, catalogue):
    """The `Found` of an item."""
    return _course_rows(what, catalogue) if what.diploma else _school_rows(what, catalogue)


def figure_of(name, what, found, group):
    if found.attribution:
        return figure(found.attribution, name, group, found.near)
    return missing(name, near=found.near, level=_level_of(what), route=found.route)


def situations_of(what, found, group):
    """The three situations of an item, as `Situations`."""
    if found.attribution:
        return situations(found.attribution, group, found.near)
    return no_situations(near=found.near, level=_level_of(what))


def _level_of(what):
    return level_of(bool(what.school), bool(what.diploma), not what.region)


def _school_rows(what, catalogue):
    """The school as a whole, by the first route that has figures when none is asked."""
    found = {
        key.route: rows
        for key, rows in selection.rows_of_all_courses(catalogue.shown).items()
        if key.place == what.school.pk
    }
    route = what.token.route or next(iter(selection.in_route_order(found)), "")
    rows = found.get(route, [None])
    place = what.school.city or _("toutes les formations")
    near = (
        catalogue.fallbacks.of_row(rows[0])
        if rows[0]
        else catalogue.fallbacks.of_school(what.school.pk, route)
    )
    return Found(route, rows[0], place, near)


def _course_rows(what, catalogue):
    """The course in its place, by the first route that has figures when none is asked; see `_most_figures`."""
    diploma, fallbacks = what.diploma, catalogue.fallbacks
    wanted = what.school.pk if what.school else what.region.pk if what.region else COUNTRY
    place = _place_words(what)
    every = {
        key: rows
        for key, rows in selection.rows_of_course(catalogue.shown, diploma.pk).items()
        if _is_wanted(key, what.token.route, what.year)
    }
    here = [(key, rows) for key, rows in every.items() if key.place == wanted]
    if here:
        key, rows = min(here, key=_most_figures)
        return Found(key.route, rows[0], place, fallbacks.of_row(rows[0]))
    if wanted == COUNTRY and every and (summed := _summed(every)):
        return Found(
            summed.attribution.route,
            summed.attribution,
            summed.label,
            fallbacks.of_row(summed.attribution),
            summed.note,
        )
    if family := _of_family(what, wanted, catalogue):
        return Found(what.token.route, None, place, family)
    # What is next best is the same course as it is found elsewhere, by the route asked for.
    key = min(every.items(), key=_most_figures)[0] if every else None
    route = what.token.route or (key.route if key else "")
    near = fallbacks.of_course(wanted, route, diploma.pk, key.duration if key else None)
    return Found(what.token.route, None, place, near)


def _of_family(what, wanted, catalogue):
    """(label, outcome) of each course that follows a common year, in the place asked for."""
    family = selection.rows_of_family(catalogue.shown, what.diploma.pk)
    return tuple(
        (
            _("%(course)s, cohorte %(cohort)s") % {"course": course.label, "cohort": rows[0].cohort},
            rows[0].outcome,
        )
        for course, by_key in family.items()
        for key, rows in by_key.items()
        if key.place == wanted
    )


def _summed(every):
    """France as the sum of the regions, by the route and duration that the most of them have."""
    regional = defaultdict(list)
    for key, rows in every.items():
        if rows[0].territory_id:
            regional[key.route, key.duration] += rows
    if not regional:
        return None
    route, duration = min(
        regional,
        key=lambda item: (selection.ROUTE_ORDER.index(item[0]), -len(regional[item]), -(item[1] or 0)),
    )
    return national(selection.newest_cohort(regional[route, duration]))


def _most_figures(key_and_rows):
    key, rows = key_and_rows
    return selection.ROUTE_ORDER.index(key.route), -len(rows), -(key.duration or 0)


def _is_wanted(key, route, year):
    is_duration = year is None or key.duration in (None, year.duration or year.year)
    return is_duration and (not route or key.route == route)


def _place_words(what):
    if what.school:
        return f"{what.school.name}, {what.school.city}" if what.school.city else what.school.name
    return what.region.name if what.region else _("France")


def perimeter_of(what):
    if what.school:
        return "course_in_school" if what.diploma else "school"
    return "region" if what.region else "country"
