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
        (attribution, duration_of(attribution))
        for attribution in attributions
        if attribution.diploma_id == code and attribution.kind != OriginKind.COMMON_YEAR
    )


def rows_of_family(attributions, code):
    """{course: {Key: attributions newest first}} of a common year: those of each course of its family."""
    by_course = defaultdict(list)
    for attribution in attributions:
        if attribution.diploma_id == code and attribution.kind == OriginKind.COMMON_YEAR:
            by_course[attribution.outcome.diploma].append((attribution, duration_of(attribution)))
    return {
        course: _rows(by_course[course])
        for course in sorted(by_course, key=lambda course: (course.label, course.pk))
    }


def rows_of_all_courses(attributions):
    """{Key: attributions newest first} of schools as a whole."""
    return _rows((attribution, None) for attribution in attributions if attribution.diploma_id is None)


def _rows(attributions_and_durations):
    best = defaultdict(dict)
    for attribution, duration in attributions_and_durations:
        by_cohort = best[Key(attribution.route, duration, place_of(attribution))]
        kept = by_cohort.get(attribution.cohort_id)
        if kept is None or (attribution.is_own and not kept.is_own):
            by_cohort[attribution.cohort_id] = attribution
    return {key: newest_first(by_cohort.values()) for key, by_cohort in best.items()}


def newest_cohort(attributions, cohort=None):
    """Those of this `Cohort`, else of the newest one that they have."""
    ordered = newest_first(attributions)
    cohort = cohort or (ordered[0].cohort if ordered else None)
    return [attribution for attribution in ordered if attribution.cohort == cohort]


def newest_first(attributions):
    def years(attribution):
        return attribution.cohort.last_year, attribution.cohort.first_year

    return sorted(attributions, key=years, reverse=True)


def school_words(school):
    """ "Rennes · public · Lycée professionnel": where and what a school is, of what is known."""
    sector = school.get_sector_display() if school.sector else ""
    return " · ".join(str(part) for part in (school.city, sector, school.kind) if part)
