"""The diplomas that lead to a job: how long, by which routes, and what became of their pupils in France."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formations.lengths import is_too_new
from pages.figures import selection
from pages.figures.group import group_of
from pages.figures.national import national
from pages.figures.outcome import Situations, no_situations, situations
from pages.job.neighbours import CourseTraits, Neighbour, neighbours_of
from search.course_index import FoundCourse
from stats.indicators import Level
from stats.reasons import Reason
from stats.wording import first_capital, route_label


@dataclass(frozen=True)
class RouteFigures:
    """France by one route: RouteFigures(label="Au lycée", situations=Situations(…), place="France (15 régions sur 17)")."""

    label: str
    place: str
    situations: Situations


@dataclass(frozen=True)
class JobCourse:
    """A diploma that leads to the job.

    JobCourse(course=FoundCourse(…), years=(1, 2), routes=("pro", "apprentissage"), figures=(RouteFigures(…),),
    hole=Situations(…) or None, neighbours=(Neighbour(…),)). One of `figures` and `hole` is there.
    """

    course: FoundCourse
    years: tuple[int, ...]
    routes: tuple[str, ...]
    figures: tuple[RouteFigures, ...]
    hole: Situations | None
    neighbours: tuple[Neighbour, ...]

    @property
    def how(self):
        """ "En 2 ans, au lycée ou en apprentissage", of what is known."""
        longest = max(self.years, default=0)
        years = ngettext("en %(years)s an", "en %(years)s ans", longest) % {
            "years": _(" ou ").join(map(str, self.years))
        }
        routes = _(" ou ").join(route_label(route) for route in self.routes)
        return first_capital(", ".join(filter(None, (years if self.years else "", routes))))


def job_courses(courses, facts, routes_of):
    """[`JobCourse`] of these `FoundCourse`s, in their order.

    facts: their `JobFacts`. routes_of: {code: routes by which the course is taught}.
    """
    traits = {
        course.code: CourseTraits(
            level=course.level,
            years=facts.durations.get(course.code, ()),
            routes=tuple(selection.in_route_order(routes_of[course.code])),
            jobs=facts.other_jobs.get(course.code, frozenset()),
        )
        for course in courses
    }
    return [_job_course(course, courses, facts, traits) for course in courses]


def _job_course(course, courses, facts, traits):
    figures = tuple(_figures(facts.rows.get(course.code, {})))
    return JobCourse(
        course=course,
        years=traits[course.code].years,
        routes=traits[course.code].routes,
        figures=figures,
        hole=None if figures else _hole(course, facts),
        neighbours=neighbours_of(course, courses, traits),
    )


def _hole(course, facts):
    newest = facts.newest_cohort
    durations = facts.durations.get(course.code, ())
    is_new = is_too_new(course.opened_on, durations, newest.last_year if newest else None)
    return no_situations(Reason.TOO_NEW if is_new else Reason.NO_FIGURES, level=Level.COUNTRY)


def _figures(rows_by_route):
    """The newest cohort of France by each route: what a source gives for it, else the sum of its regions."""
    for route, rows in rows_by_route.items():
        if rows.national:
            attribution, place, note = rows.national, _("France"), ""
        elif rows.regional and (total := national(selection.newest_cohort(rows.regional))):
            attribution, place, note = total.attribution, total.label, total.note
        else:
            continue
        group = group_of(attribution, place, note)
        yield RouteFigures(first_capital(route_label(route)), place, situations(attribution, group))
