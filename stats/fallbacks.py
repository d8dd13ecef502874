"""Where to look for the nearest published figure when the requested one is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from stats.indicators import Route


class Step(StrEnum):
    """How far a fallback is from the group that was asked for; the members are in the order in which they are tried.

    The place widens before the time goes back, because families ask for this course today. A former diploma is
    another course. All the courses of the school tell of the school and not of the course. Another place at another
    time comes last.
    """

    WHOLE_SCHOOL = "etablissement_voies_reunies"
    REGION = "region"
    COUNTRY = "pays"
    OLDER = "cohorte_precedente"
    FORMER = "ancien_diplome"
    ALL_COURSES = "toutes_formations"
    ELSEWHERE_OLDER = "ailleurs_cohorte_precedente"


@dataclass(frozen=True)
class GroupKey:
    """The group that a figure counts.

    GroupKey(cohort="2022_2023", route="pro", course="50022146", duration=2, place="0350030H")
    cohort: "" where nothing is published for any cohort. course: "" for all courses together. duration: in years, None
    where it is not known. place: a school or a territory, by the key of the caller's rows.
    """

    cohort: str
    route: str
    course: str
    duration: int | None
    place: str


@dataclass(frozen=True)
class Alternatives:
    """The places, cohorts and diplomas that may replace those of a group.

    Alternatives(region="region-53", country="pays-FR", cohorts=("2022_2023", "2021_2022"), formers=("50022139",))
    region: "" where the group is not a school's. country: "" where the group is the country. cohorts: every cohort,
    newest first. formers: the diplomas that the course replaced, nearest first.
    """

    region: str = ""
    country: str = ""
    cohorts: tuple[str, ...] = ()
    formers: tuple[str, ...] = ()


_Groups = Iterator[tuple[Step, GroupKey]]


def fallback_groups(requested: GroupKey, alternatives: Alternatives) -> list[tuple[Step, GroupKey]]:
    """Every group that may have the figure in place of `requested`, the nearest first."""
    same_time, before = _cohorts_to_try(requested.cohort, alternatives.cohorts)
    fallbacks = [
        *_whole_school(requested, alternatives, same_time),
        *_wider_places(requested, alternatives, same_time),
        *((Step.OLDER, replace(requested, cohort=cohort)) for cohort in before or same_time),
        *_former_diplomas(requested, alternatives, (*same_time, *before)),
        *_all_courses(requested, alternatives, (*same_time, *before)),
        *((Step.ELSEWHERE_OLDER, group) for _step, group in _wider_places(requested, alternatives, before)),
    ]
    return [(step, group) for step, group in fallbacks if group != requested]


def _whole_school(requested: GroupKey, alternatives: Alternatives, cohorts: tuple[str, ...]) -> _Groups:
    """The same course in the same school, by all routes together."""
    if alternatives.region:
        for cohort in cohorts:
            yield (
                Step.WHOLE_SCHOOL,
                replace(requested, route=Route.ALL.value, duration=None, cohort=cohort),
            )


def _wider_places(requested: GroupKey, alternatives: Alternatives, cohorts: tuple[str, ...]) -> _Groups:
    """The same course in the region, then in the country.

    All courses together are not looked for there: the courses on offer differ too much from place to place.
    """
    if requested.course:
        for step, place in ((Step.REGION, alternatives.region), (Step.COUNTRY, alternatives.country)):
            if place:
                for cohort in cohorts:
                    yield step, replace(requested, place=place, cohort=cohort)


def _former_diplomas(requested: GroupKey, alternatives: Alternatives, cohorts: tuple[str, ...]) -> _Groups:
    if requested.course:
        for course in alternatives.formers:
            for cohort in cohorts:
                yield Step.FORMER, replace(requested, course=course, cohort=cohort)


def _all_courses(requested: GroupKey, alternatives: Alternatives, cohorts: tuple[str, ...]) -> _Groups:
    """All the courses of the same school, by the route that was asked for, then by all routes together."""
    if requested.course and alternatives.region:
        for cohort in cohorts:
            for route in dict.fromkeys((requested.route, Route.ALL.value)):
                yield (
                    Step.ALL_COURSES,
                    replace(requested, course="", duration=None, cohort=cohort, route=route),
                )


def _cohorts_to_try(cohort: str, cohorts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(cohorts of the same time, cohorts before it, newest first); all are of the same time where `cohort` is ""."""
    if not cohort:
        return cohorts, ()
    later = cohorts.index(cohort) + 1 if cohort in cohorts else 0
    return (cohort,), tuple(other for other in cohorts[later:] if other != cohort)
