"""What one gains and loses by taking another diploma that leads to the same job."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formations.levels import level_label
from search.course_index import FoundCourse
from stats.wording import first_capital, listed, route_label

_MOST_NEIGHBOURS = 3
_MOST_JOBS = 3


@dataclass(frozen=True)
class Neighbour:
    """Another diploma that leads to the same job, and what it changes: Neighbour(course=FoundCourse(…),
    gains=("Niveau bac au lieu de CAP",), losses=("3 ans au lieu de 2",))."""

    course: FoundCourse
    gains: tuple[str, ...]
    losses: tuple[str, ...]


@dataclass(frozen=True)
class CourseTraits:
    """What two diplomas are compared by: CourseTraits(level=3, years=(2,), routes=("pro",), jobs=frozenset({"Boulangerie"})).

    level: None where it has none. years: durations, () where they are not known. jobs: the other jobs to which it leads.
    """

    level: int | None
    years: tuple[int, ...]
    routes: tuple[str, ...]
    jobs: frozenset[str]


def neighbours_of(course, courses, traits):
    """The `Neighbour`s of a course among `courses`: nearest in level, then of another type first.

    traits: {code: `CourseTraits`} of all of them. A course that changes nothing is left out.
    """
    others = [other for other in courses if other.code != course.code]
    others.sort(
        key=lambda other: (abs((other.level or 0) - (course.level or 0)), other.type_code == course.type_code)
    )
    neighbours = (_neighbour(other, traits[course.code], traits[other.code]) for other in others)
    return tuple(item for item in neighbours if item.gains or item.losses)[:_MOST_NEIGHBOURS]


def _neighbour(other, here, there):
    """other: the neighbouring course. here, there: the `CourseTraits` of the course of the reader, and of `other`."""
    gains, losses = [], []
    if here.level and there.level and here.level != there.level:
        (gains if there.level > here.level else losses).append(_level_change(here.level, there.level))
    if len(here.years) == len(there.years) == 1 and here.years != there.years:
        (losses if there.years > here.years else gains).append(_years_change(here.years[0], there.years[0]))
    if here.routes and there.routes:
        if more := [route for route in there.routes if route not in here.routes]:
            gains.append(first_capital(_("aussi %(routes)s") % {"routes": _routes(more)}))
        if fewer := [route for route in here.routes if route not in there.routes]:
            losses.append(
                first_capital(_("pas %(routes)s, à notre connaissance") % {"routes": _routes(fewer)})
            )
    if jobs := sorted(there.jobs - here.jobs)[:_MOST_JOBS]:
        gains.append(_("Mène aussi à\u00a0: %(jobs)s") % {"jobs": listed(jobs)})
    return Neighbour(other, tuple(gains), tuple(losses))


def _level_change(here, there):
    return _("%(there)s au lieu du %(here)s") % {
        "there": level_label(there),
        "here": str(level_label(here)).replace("Niveau", "niveau"),
    }


def _years_change(here, there):
    text = ngettext("%(there)d an au lieu de %(here)d", "%(there)d ans au lieu de %(here)d", there)
    return text % {"there": there, "here": here}


def _routes(routes):
    return listed([route_label(route) for route in routes])
