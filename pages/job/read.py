"""Everything that the page of a job reads of the diplomas that lead to it, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from formations.models import CourseYear, DiplomaJob
from pages.figures import selection
from pages.figures.national import COUNTRY
from stats.indicators import Route
from stats.models import Attribution, Cohort

# Names of a job beyond the everyday ones: the ROME has up to a hundred.
_MOST_NAMES = 12


@dataclass(frozen=True)
class RouteRows:
    """What is shown of a course by one route: RouteRows(duration=2, national=Attribution or None, regional=[Attribution]).

    Of the duration that most places have, the longer of two. regional: of every cohort.
    """

    duration: int | None
    national: Attribution | None
    regional: list[Attribution]


@dataclass(frozen=True)
class JobFacts:
    """What is known of diplomas, by their code.

    JobFacts(rows={"50022139": {"pro": RouteRows(…)}}, durations={"50022139": (1, 2)}, other_jobs={"50022139":
    frozenset({"Boulangerie"})}, newest_cohort=Cohort or None)
    durations: in years, by the school route, shortest first. newest_cohort: of all that is published.
    """

    rows: dict[str, dict[str, RouteRows]]
    durations: dict[str, tuple[int, ...]]
    other_jobs: dict[str, frozenset[str]]
    newest_cohort: Cohort | None


def read_job_facts(courses, job_code):
    """The `JobFacts` of `FoundCourse`s; what is said of a former diploma counts for the one that replaced it."""
    newest_of = {code: course.code for course in courses for code in course.codes}
    rows = _rows([course.code for course in courses])
    return JobFacts(
        rows=rows,
        durations=_durations(newest_of) | _durations_of_figures(rows),
        other_jobs=_other_jobs(newest_of, job_code),
        newest_cohort=Cohort.objects.first(),
    )


def job_names(job):
    """(everyday names other than the label of the job, some of its other names), in alphabetical order."""
    names = list(job.names.order_by("name").values_list("name", "is_everyday"))
    label = job.label.casefold()
    everyday = tuple(name for name, is_everyday in names if is_everyday and name.casefold() != label)
    return everyday, tuple(name for name, is_everyday in names if not is_everyday)[:_MOST_NAMES]


def _rows(codes):
    by_code = defaultdict(list)
    for attribution in Attribution.objects.for_pages().of_courses(codes).in_territories():
        by_code[attribution.diploma_id].append(attribution)
    return {code: _by_route(code, attributions) for code, attributions in by_code.items()}


def _by_route(code, attributions):
    places_of = defaultdict(lambda: defaultdict(dict))
    for key, rows in selection.rows_of_course(attributions, code).items():
        places_of[key.route][key.duration][key.place] = rows
    return {route: _route_rows(places_of[route]) for route in selection.in_route_order(places_of)}


def _route_rows(by_duration):
    """The `RouteRows` of {duration: {place: attributions, newest first}}."""
    duration, places = max(by_duration.items(), key=lambda item: (len(item[1]), item[0] or 0))
    national = places[COUNTRY][0] if COUNTRY in places else None
    return RouteRows(
        duration, national, [row for place, rows in places.items() if place != COUNTRY for row in rows]
    )


def _durations(newest_of):
    """By the nomenclature."""
    durations_of = defaultdict(set)
    rows = CourseYear.objects.filter(diploma__in=newest_of, duration__isnull=False).order_by()
    for code, duration in rows.values_list("diploma_id", "duration").distinct():
        durations_of[newest_of[code]].add(duration)
    return {code: tuple(sorted(durations)) for code, durations in durations_of.items()}


def _durations_of_figures(rows):
    """By the figures of the school route: they tell which of the durations of the nomenclature is the usual one."""
    return {
        code: (routes[Route.SCHOOL].duration,)
        for code, routes in rows.items()
        if Route.SCHOOL in routes and routes[Route.SCHOOL].duration
    }


def _other_jobs(newest_of, job_code):
    labels_of = defaultdict(set)
    rows = DiplomaJob.objects.filter(diploma__in=newest_of).exclude(job=job_code).order_by()
    for code, label in rows.values_list("diploma_id", "job__label"):
        labels_of[newest_of[code]].add(label)
    return {code: frozenset(labels) for code, labels in labels_of.items()}
