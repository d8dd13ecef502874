"""Which attributions stand for a course, a school or both: by route, duration and place, newest cohort first."""

from collections import defaultdict
from dataclasses import dataclass

from stats.indicators import Route
from stats.substitution.kinds import OriginKind

# The routes in the order in which pages offer them; a total of routes comes after its parts.
ROUTE_ORDER = (Route.SCHOOL, Route.APPRENTICESHIP, Route.AGRICULTURAL, Route.HIGHER, Route.ALL)


@dataclass(frozen=True)
class Key:
    """One group over its cohorts: Key(route="pro", duration=2, place="region-11"); place is a territory or a UAI."""

    route: str
    duration: int | None
    place: str


def in_route_order(routes):
    return sorted(routes, key=lambda route: ROUTE_ORDER.index(route))


def place_of(attribution):
    return attribution.territory_id or attribution.school_id


def duration_of(attribution):
    """Years that the course lasts in the school route; None by apprenticeship, for all courses and common years."""
    if not attribution.course_year or attribution.kind == OriginKind.COMMON_YEAR:
        return None
    return attribution.course_year.duration or attribution.course_year.year


def rows_of_course(attributions, code):
    """{Key: attributions newest first} of one course: one a cohort, its own figures before another's."""
    return _rows(
        (one, duration_of(one))
        for one in attributions
        if one.diploma_id == code and one.kind != OriginKind.COMMON_YEAR
    )


def rows_of_family(attributions, code):
    """{course: {Key: attributions newest first}} of a common year: those of each course of its family."""
    by_course = defaultdict(list)
    for one in attributions:
        if one.diploma_id == code and one.kind == OriginKind.COMMON_YEAR:
            by_course[one.outcome.diploma].append((one, duration_of(one)))
    return {
        course: _rows(by_course[course])
        for course in sorted(by_course, key=lambda item: (item.label, item.pk))
    }


def rows_of_all_courses(attributions):
    """{Key: attributions newest first} of schools as a whole."""
    return _rows((one, None) for one in attributions if one.diploma_id is None)


def _rows(attributions_and_durations):
    best = defaultdict(dict)
    for one, duration in attributions_and_durations:
        kept = best[Key(one.route, duration, place_of(one))]
        if one.cohort_id not in kept or (one.is_own and not kept[one.cohort_id].is_own):
            kept[one.cohort_id] = one
    return {key: newest_first(rows.values()) for key, rows in best.items()}


def newest_cohort(attributions, cohort=None):
    """Those of this cohort, else of the newest one."""
    found = newest_first(attributions)
    wanted = cohort or (found[0].cohort if found else None)
    return [one for one in found if one.cohort == wanted]


def newest_first(attributions):
    return sorted(attributions, key=lambda one: (one.cohort.last_year, one.cohort.first_year), reverse=True)


def school_words(school):
    """ "Rennes · public · Lycée professionnel": where and what a school is, of what is known."""
    sector = school.get_sector_display() if school.sector else ""
    return " · ".join(str(part) for part in (school.city, sector, school.kind) if part)
