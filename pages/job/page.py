"""Pages of jobs: what a job is called, the diplomas that lead to it and where near; the list of all jobs."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from establishments.distance import LARGEST_RADIUS_KM
from formations.levels import level_label
from formations.models import Job
from pages.content import content
from pages.job.courses import JobCourse, job_courses
from pages.job.read import job_names, read_job_facts
from pages.texts.shown import shown
from search.course_index import FoundCourse
from search.places import FoundPlace
from search.results import NearCourse
from stats.links import job_address, report_address
from stats.wording import years_sentence

# So many of the courses that are open are shown with their figures and neighbours; the others by name.
_MOST_COURSES = 24


@dataclass(frozen=True)
class PlacedCourse:
    """A diploma that leads to the job, and where near: PlacedCourse(lead=JobCourse(…), near=NearCourse(…))."""

    lead: JobCourse
    near: NearCourse


@dataclass(frozen=True)
class LevelCourses:
    """Diplomas of one level: LevelCourses(label="Niveau CAP", courses=(PlacedCourse(…),))."""

    label: str
    courses: tuple[PlacedCourse, ...]


@dataclass(frozen=True)
class JobPage:
    """Everything that the page of a job shows.

    JobPage(job=Job, names=("coiffeur / coiffeuse",), other_names=("Visagiste", …), levels=(LevelCourses(…),),
    others=(FoundCourse(…),), closed=(FoundCourse(…),), number=12, years=(2021, 2020), place=FoundPlace(…) or None,
    radius=20)
    number: of the courses that are open and taught, shown whole or by name. years: of the lists of schools. others: courses that nobody teaches, as far as is known, or that come after many better known.
    """

    job: Job
    names: tuple[str, ...]
    other_names: tuple[str, ...]
    levels: tuple[LevelCourses, ...]
    others: tuple[FoundCourse, ...]
    closed: tuple[FoundCourse, ...]
    number: int
    years: tuple[int, ...]
    place: FoundPlace | None
    radius: int

    @property
    def title(self):
        return _("%(job)s\u00a0: quelle formation\u00a0?") % {"job": self.job.label}

    @property
    def report(self):
        """Address by which an error of this page is reported."""
        return report_address(job_address(self.job))

    @property
    def years_sentence(self):
        """Which year the schools near are of."""
        return years_sentence(self.years)


def job_page(job, request, index, attributes):
    """The `JobPage` of a job.

    request: the `SearchRequest` of the address, for its place and radius. index, attributes: those of the search, of the
    courses by code and job, and of what each can be narrowed by.
    """
    courses = index.courses_of_job(job.pk)
    offered = index.offered_for_job(job.pk)
    shown = sorted(
        offered[:_MOST_COURSES], key=lambda course: (course.level or 9, -course.weight, course.label)
    )
    routes_of = {course.code: attributes.courses[course.code].routes for course in shown}
    everyday_names, other_names = job_names(job)
    return JobPage(
        job=job,
        names=everyday_names,
        other_names=other_names,
        levels=_by_level(
            _placed_courses(job_courses(shown, read_job_facts(shown, job.pk), routes_of), attributes, request)
        ),
        others=tuple(course for course in courses if not course.is_closed and course not in shown),
        closed=tuple(course for course in courses if course.is_closed and course.weight),
        number=len(offered),
        years=tuple(sorted(attributes.teaching_years)),
        place=request.place,
        radius=request.radius,
    )


def job_fields(index):
    """[(label of a field, [Job to which a course that is open leads])] in the order of the nomenclature.

    index: of the courses of the search.
    """
    fields = defaultdict(list)
    for job in Job.objects.order_by("label", "code"):
        # The first letter of a ROME code is its field.
        if any(not index.courses[code].is_closed for code in index.diplomas_of_job.get(job.pk, ())):
            fields[job.pk[0]].append(job)
    labels = content("job_fields")
    return [(shown(labels[letter]), fields[letter]) for letter in labels if fields[letter]]


def _placed_courses(leads, attributes, request):
    """A `PlacedCourse` of each `JobCourse`; without distances where no place is asked for."""
    place = request.place
    is_somewhere = place and (place.has_point or place.territory)
    distances = attributes.distances(place, LARGEST_RADIUS_KM) if is_somewhere else {}
    for lead in leads:
        near = attributes.near(lead.course.code, distances, request.radius) if distances else ()
        yield PlacedCourse(lead, NearCourse(lead.course, *near))


def _by_level(placed_courses):
    """A `LevelCourses` of each level, the lowest first; courses without a level come last."""
    levels = defaultdict(list)
    for placed in placed_courses:
        levels[placed.lead.course.level].append(placed)
    return tuple(
        LevelCourses(level_label(level), tuple(levels[level]))
        for level in sorted(levels, key=lambda level: level or 9)
    )
