"""The page of a job: the diplomas that lead to it, what became of their pupils, where near, what each costs and gains."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formations.models import CourseYear, DiplomaJob
from pages.figures import selection
from pages.figures.group import group_of
from pages.figures.national import COUNTRY, national
from pages.figures.outcome import Situations, no_situations, situations
from stats import queries
from stats.indicators import Level, Route
from stats.models import Cohort
from stats.reasons import Reason
from stats.wording import first_capital, listed, route_label

# So many of the courses that one can still choose are told one by one, with their neighbours.
MOST_COURSES = 24
_MOST_NEIGHBOURS = 3
_MOST_JOBS = 3


@dataclass(frozen=True)
class RouteFigures:
    """France by one route: RouteFigures(label="Au lycée", situations=Situations(…), place="France (15 régions sur 17)")."""

    label: str
    place: str
    situations: Situations


@dataclass(frozen=True)
class Neighbour:
    """Another diploma that leads to the same job, and what it changes: Neighbour(course=FoundCourse(…),
    gains=("Niveau bac au lieu de CAP",), losses=("3 ans au lieu de 2",))."""

    course: object
    gains: tuple[str, ...]
    losses: tuple[str, ...]


@dataclass(frozen=True)
class JobCourse:
    """A diploma that leads to the job.

    JobCourse(course=FoundCourse(…), years=(1, 2), routes=("pro", "apprentissage"), figures=(RouteFigures(…),),
    hole=Situations(…) or None, neighbours=(Neighbour(…),)). One of `figures` and `hole` is there.
    """

    course: object
    years: tuple[int, ...]
    routes: tuple[str, ...]
    figures: tuple[RouteFigures, ...]
    hole: Situations | None
    neighbours: tuple[Neighbour, ...]

    @property
    def how(self):
        """ "en 2 ans, au lycée ou en apprentissage", of what is known."""
        longest = max(self.years, default=0)
        years = ngettext("en %(years)s an", "en %(years)s ans", longest) % {
            "years": _(" ou ").join(map(str, self.years))
        }
        routes = _(" ou ").join(route_label(route) for route in self.routes)
        return first_capital(", ".join(filter(None, (years if self.years else "", routes))))


@dataclass(frozen=True)
class _About:
    """What is known of a diploma, to set it beside another."""

    level: int | None
    years: tuple[int, ...]
    routes: tuple[str, ...]
    jobs: frozenset[str]


def job_courses(courses, routes_of, level_label, job_code):
    """[`JobCourse`] of these courses, in their order, in a fixed number of queries.

    courses: `FoundCourse`s. routes_of(course): routes by which it is taught. level_label(level): « Niveau bac ».
    """
    codes = [code for course in courses for code in course.codes]
    newest_of = {code: course.code for course in courses for code in course.codes}
    jobs = _jobs(codes, newest_of, job_code)
    shown = _shown([course.code for course in courses])
    figures = {code: tuple(_figures_of(routes)) for code, routes in shown.items()}
    years = _years(codes, newest_of) | {
        code: (duration,)
        for code, routes in shown.items()
        if (duration := routes.get(Route.SCHOOL, (None,))[0])
    }
    about = {
        course.code: _About(
            course.level,
            years.get(course.code, ()),
            tuple(selection.in_route_order(routes_of(course))),
            frozenset(jobs[course.code]),
        )
        for course in courses
    }
    newest = Cohort.objects.order_by("-last_year").first()
    return [
        JobCourse(
            course,
            about[course.code].years,
            about[course.code].routes,
            figures.get(course.code, ()),
            None if figures.get(course.code) else _hole(course, newest),
            _neighbours(course, courses, about, level_label),
        )
        for course in courses
    ]


def _hole(course, newest):
    is_new = course.opened_on and newest and course.opened_on.year >= newest.last_year
    return no_situations(Reason.TOO_NEW if is_new else Reason.NO_FIGURES, level=Level.COUNTRY)


def _shown(codes):
    """{code: {route: (duration, {place: attributions})}}: of each route, the duration that most regions have."""
    by_code = defaultdict(list)
    for one in queries.course_attributions(codes):
        by_code[one.diploma_id].append(one)
    return {code: _by_route(code, ones) for code, ones in by_code.items()}


def _by_route(code, attributions):
    found = defaultdict(lambda: defaultdict(dict))
    for key, rows in selection.rows_of_course(attributions, code).items():
        found[key.route][key.duration][key.place] = rows
    return {
        route: max(found[route].items(), key=lambda item: (len(item[1]), item[0] or 0))
        for route in selection.in_route_order(found)
    }


def _figures_of(routes):
    """The newest cohort of France by each route, given by a source or summed from its regions."""
    for route, (_duration, places) in routes.items():
        regional = [row for place, rows in places.items() for row in rows if place != COUNTRY]
        whole = national(selection.newest_cohort(regional)) if regional else None
        if COUNTRY in places:
            shown, name, note = places[COUNTRY][0], _("France"), ""
        elif whole:
            shown, name, note = whole.attribution, whole.label, whole.note
        else:
            continue
        group = group_of(shown, name, note)
        yield RouteFigures(first_capital(route_label(route)), name, situations(shown, group))


def _years(codes, newest_of):
    """{code: years that the course lasts in the school route, shortest first}, by the nomenclature."""
    found = defaultdict(set)
    rows = CourseYear.objects.filter(diploma__in=codes, duration__isnull=False).order_by()
    for code, duration in rows.values_list("diploma_id", "duration").distinct():
        found[newest_of[code]].add(duration)
    return {code: tuple(sorted(durations)) for code, durations in found.items()}


def _jobs(codes, newest_of, job_code):
    """{code: labels of the other jobs to which it leads}."""
    found = defaultdict(set)
    rows = DiplomaJob.objects.filter(diploma__in=codes).exclude(job=job_code).order_by()
    for code, label in rows.values_list("diploma_id", "job__label"):
        found[newest_of[code]].add(label)
    return found


def _neighbours(course, courses, about, level_label):
    """The courses nearest in level, of another kind first: what one would take instead."""
    others = [other for other in courses if other.code != course.code]
    others.sort(
        key=lambda other: (abs((other.level or 0) - (course.level or 0)), other.type_code == course.type_code)
    )
    found = (_neighbour(course, other, about, level_label) for other in others)
    return tuple(neighbour for neighbour in found if neighbour.gains or neighbour.losses)[:_MOST_NEIGHBOURS]


def _neighbour(course, other, about, level_label):
    here, there = about[course.code], about[other.code]
    gains, losses = [], []
    if here.level and there.level and here.level != there.level:
        text = _("%(there)s au lieu du %(here)s") % {
            "there": level_label(there.level),
            "here": str(level_label(here.level)).replace("Niveau", "niveau"),
        }
        (gains if there.level > here.level else losses).append(text)
    if len(here.years) == len(there.years) == 1 and here.years != there.years:
        (mine,), (other_years,) = here.years, there.years
        text = ngettext("%(there)d an au lieu de %(here)d", "%(there)d ans au lieu de %(here)d", other_years)
        (losses if other_years > mine else gains).append(text % {"there": other_years, "here": mine})
    for these, those, texts, words in (
        (there.routes, here.routes, gains, _("aussi %(routes)s")),
        (here.routes, there.routes, losses, _("pas %(routes)s, à notre connaissance")),
    ):
        if here.routes and there.routes and (more := [route for route in these if route not in those]):
            texts.append(first_capital(words % {"routes": listed([route_label(route) for route in more])}))
    if more := sorted(there.jobs - here.jobs)[:_MOST_JOBS]:
        gains.append(_("Mène aussi à\u00a0: %(jobs)s") % {"jobs": listed(more)})
    return Neighbour(other, tuple(gains), tuple(losses))
