"""Where to look for the nearest figure when one is not there, in the order of this registry. Pure: no Django."""

from dataclasses import dataclass, replace
from enum import StrEnum

from stats.indicators import Route


class Step(StrEnum):
    """How far the next best figure is from the one that was asked, the nearest first: this order is the registry's.

    The place widens before the time goes back: what families ask is this course today. A former diploma is another
    course; all the courses of the school tell of the school and not of the course; another place at another time is
    the last resort.
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
    """Whose figure it is: GroupKey(cohort="2022_2023", route="pro", course="50022146", duration=2, place="0350030H").

    cohort: "" where nothing is published at all. course: "" for all courses together. place: a school or a
    territory, by the key that the reader's rows have.
    """

    cohort: str
    route: str
    course: str
    duration: int | None
    place: str


@dataclass(frozen=True)
class Surroundings:
    """What is around: Surroundings(region="region-53", country="pays-FR", cohorts=("2022_2023", "2021_2022"), formers=("50022139",)).

    region and country are "" where the group is that wide already. cohorts: all that exist, newest first.
    formers: the diplomas that the course replaced, nearest first.
    """

    region: str = ""
    country: str = ""
    cohorts: tuple[str, ...] = ()
    formers: tuple[str, ...] = ()


def places_to_look(asked, around):
    """(Step, GroupKey) of every group that may have the figure, the nearest first.

    A figure of all courses together is not looked for in a region: courses differ too much from place to place.
    """
    now, older = _times(asked.cohort, around.cohorts)
    is_school = bool(around.region)
    wider = [(Step.REGION, around.region), (Step.COUNTRY, around.country)] if asked.course else []
    wider = [(step, place) for step, place in wider if place]
    found = []
    if is_school:
        together = replace(asked, route=Route.ALL.value, duration=None)
        found += [(Step.WHOLE_SCHOOL, replace(together, cohort=cohort)) for cohort in now]
    found += [(step, replace(asked, place=place, cohort=cohort)) for step, place in wider for cohort in now]
    found += [(Step.OLDER, replace(asked, cohort=cohort)) for cohort in older or now]
    if asked.course:
        found += [
            (Step.FORMER, replace(asked, course=course, cohort=cohort))
            for course in around.formers
            for cohort in (*now, *older)
        ]
    if asked.course and is_school:
        whole = replace(asked, course="", duration=None)
        found += [
            (Step.ALL_COURSES, replace(whole, cohort=cohort, route=route))
            for cohort in (*now, *older)
            for route in dict.fromkeys((asked.route, Route.ALL.value))
        ]
    found += [
        (Step.ELSEWHERE_OLDER, replace(asked, place=place, cohort=cohort))
        for _step, place in wider
        for cohort in older
    ]
    return [(step, group) for step, group in found if group != asked]


def _times(cohort, cohorts):
    """(cohorts to look at first, those to look at then): all at once where nothing is published for any."""
    if not cohort:
        return cohorts, ()
    later = cohorts.index(cohort) + 1 if cohort in cohorts else 0
    return (cohort,), tuple(other for other in cohorts[later:] if other != cohort)
