"""Pages of jobs: what a job is called, the diplomas that lead to it and where near; the list of all jobs."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from establishments.distance import LARGEST_RADIUS_KM
from formations.levels import level_label
from formations.models import Job
from pages.job.courses import MOST_COURSES, JobCourse, job_courses
from search.engine import searches
from search.places import FoundPlace
from search.results import NearCourse

_MOST_NAMES = 12
# The first letter of a ROME code → its field.
FIELDS = {
    "A": gettext_lazy("Agriculture, pêche, espaces naturels et verts, soins aux animaux"),
    "B": gettext_lazy("Arts et façonnage d’ouvrages d’art"),
    "C": gettext_lazy("Banque, assurance, immobilier"),
    "D": gettext_lazy("Commerce, vente, grande distribution"),
    "E": gettext_lazy("Communication, médias, multimédia"),
    "F": gettext_lazy("Construction, bâtiment, travaux publics"),
    "G": gettext_lazy("Hôtellerie-restauration, tourisme, loisirs, animation"),
    "H": gettext_lazy("Industrie"),
    "I": gettext_lazy("Installation et maintenance"),
    "J": gettext_lazy("Santé"),
    "K": gettext_lazy("Services à la personne et à la collectivité"),
    "L": gettext_lazy("Spectacle"),
    "M": gettext_lazy("Support à l’entreprise"),
    "N": gettext_lazy("Transport et logistique"),
}


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
    others=(FoundCourse(…),), closed=(FoundCourse(…),), place=FoundPlace(…) or None, radius=20)
    others: courses that nobody teaches, as far as is known, or that come after many better known.
    """

    job: Job
    names: tuple[str, ...]
    other_names: tuple[str, ...]
    levels: tuple[LevelCourses, ...]
    others: tuple
    closed: tuple
    place: FoundPlace | None
    radius: int

    @property
    def title(self):
        return _("%(job)s\u00a0: quelle formation\u00a0?") % {"job": self.job.label}

    @property
    def number(self):
        return sum(len(level.courses) for level in self.levels)


def job_page(job, asked, version):
    """The `JobPage` of a job around what `asked` names."""
    known = searches(version)
    courses = known.courses.index.courses_of_job(job.pk)
    offered = [course for course in courses if not course.is_closed and course.weight]
    shown = sorted(
        offered[:MOST_COURSES], key=lambda course: (course.level or 9, -course.weight, course.label)
    )
    leads = job_courses(shown, lambda course: known.facts.courses[course.code].routes, level_label, job.pk)
    distances = known.facts.distances(asked.place, LARGEST_RADIUS_KM) if _is_somewhere(asked.place) else {}
    everyday, other = _names(job)
    return JobPage(
        job,
        everyday,
        other,
        _by_level(leads, known.facts, distances, asked.radius),
        tuple(course for course in courses if not course.is_closed and course not in shown),
        tuple(course for course in courses if course.is_closed and course.weight),
        asked.place,
        asked.radius,
    )


def job_fields(version):
    """[(label of a field, [FoundJob-like jobs to which a known course leads])] in the order of the nomenclature."""
    index = searches(version).courses.index
    fields = defaultdict(list)
    for job in Job.objects.order_by("label"):
        if any(not index.courses[code].is_closed for code in index.diplomas_of_job.get(job.pk, ())):
            fields[job.pk[0]].append(job)
    return [(FIELDS[letter], fields[letter]) for letter in FIELDS if fields[letter]]


def _is_somewhere(place):
    return bool(place and (place.has_point or place.territory))


def _names(job):
    names = list(job.names.order_by("name").values_list("name", "is_everyday"))
    label = job.label.casefold()
    everyday = tuple(name for name, is_everyday in names if is_everyday and name.casefold() != label)
    return everyday, tuple(name for name, is_everyday in names if not is_everyday)[:_MOST_NAMES]


def _by_level(leads, facts, distances, radius):
    levels = defaultdict(list)
    for lead in leads:
        near = facts.near(lead.course.code, distances, radius) if distances else (None, None)
        levels[lead.course.level].append(PlacedCourse(lead, NearCourse(lead.course, *near)))
    return tuple(
        LevelCourses(level_label(level), tuple(levels[level]))
        for level in sorted(levels, key=lambda item: item or 9)
    )
