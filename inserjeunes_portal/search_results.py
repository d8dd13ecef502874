"""What the results page shows: the one search field understood as courses, jobs, schools and places."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from establishments.distance import DEFAULT_RADIUS_KM, LARGEST_RADIUS_KM, near
from establishments.models import School
from establishments.search import FoundPlace, PlaceSearch, SchoolSearch
from formations.search import CourseSearch, Found
from formations.spellings import spelt_out, without_sigles
from inserjeunes_portal.caching import OncePerDataVersion
from inserjeunes_portal.word_index import words_of
from stats.models import Outcome, Teaching

COURSES, JOBS, SCHOOLS, PLACES = "formations", "metiers", "etablissements", "lieux"
TITLES = {
    COURSES: _("Formations"),
    JOBS: _("Métiers"),
    SCHOOLS: _("Établissements"),
    PLACES: _("Lieux"),
}
_PREVIEW = {COURSES: 8, JOBS: 3, SCHOOLS: 5, PLACES: 5}
_A_PAGE = 20
_COURSES_NEAR = 12
# Scores from which a match is what was meant, or probably.
_SURE, _LIKELY = 0.9, 0.5
RADII = (5, 10, 20, 50, 100)


@dataclass(frozen=True)
class FoundSchool:
    """A school found, with the labels of the courses asked for that it teaches."""

    school: School
    taught: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Results of one kind in a section of their own: some of them, or a page of the whole list.

    Group(kind="formations", items=[FoundCourse(…)], page=Page(…), number=12, is_whole=False)
    """

    kind: str
    items: list
    page: Page
    number: int
    is_whole: bool

    @property
    def title(self):
        return TITLES[self.kind]


@dataclass
class Results:
    """Groups with results, the most likely first, and how the query was understood.

    place: the place named in the query beside other words, or the only one asked for. corrections: {word typed:
    word understood}. unknown: words that nothing has.
    """

    query: str
    kind: str = ""
    groups: list[Group] = field(default_factory=list)
    place: FoundPlace | None = None
    radius: int = DEFAULT_RADIUS_KM
    courses_near: tuple = ()
    corrections: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def has_schools(self):
        return any(group.kind == SCHOOLS for group in self.groups)


def _course_search():
    taught = Teaching.objects.order_by().values_list("diploma").annotate(Count("school", distinct=True))
    weights = defaultdict(int, taught)
    for code in Outcome.objects.order_by().exclude(diploma=None).values_list("diploma", flat=True).distinct():
        weights[code] += 1
    return CourseSearch(weights)


course_search = OncePerDataVersion(_course_search)
school_search = OncePerDataVersion(SchoolSearch)
place_search = OncePerDataVersion(PlaceSearch)


def find(query, version, kind="", number=1, place_code="", radius=DEFAULT_RADIUS_KM):
    """Results of a query; `kind` shows one whole group, page `number` of it.

    version: of the data, for the indexes. place_code: INSEE code of the place chosen among several.
    """
    results = Results(query, kind, radius=min(max(radius, 1), LARGEST_RADIUS_KM))
    results.place, rest = _split(query, version, place_code)
    named, name_score = school_search(version).search(without_sigles(query), can_correct=False)
    found = course_search(version).search(rest) if rest else Found()
    if name_score > _SURE and (found.corrections or found.unknown):
        found = Found()
    results.corrections, results.unknown = found.corrections, found.unknown
    results.courses_near = tuple(found.closest[:_COURSES_NEAR]) if results.place else ()
    homonyms = place_search(version).exact(query)
    lists = {
        COURSES: found.courses,
        JOBS: found.jobs,
        SCHOOLS: _schools(results, rest, named, name_score, found, version),
        PLACES: _places(results, rest, homonyms, found, version),
    }
    results.groups = [
        _group(results, name, lists[name], number)
        for name in _order(results, rest, homonyms, name_score, found.best)
        if lists[name] and kind in {"", name}
    ]
    return results


def _order(results, rest, homonyms, name_score, course_score):
    """What was probably meant comes first."""
    if results.place and not rest:
        return SCHOOLS, PLACES, COURSES, JOBS
    if results.place and course_score > _LIKELY:
        return COURSES, SCHOOLS, JOBS, PLACES
    if homonyms and course_score < _SURE:
        return PLACES, SCHOOLS, COURSES, JOBS
    if name_score > _SURE and course_score < _LIKELY:
        return SCHOOLS, COURSES, JOBS, PLACES
    if course_score < _LIKELY:
        return PLACES, COURSES, JOBS, SCHOOLS
    return COURSES, JOBS, SCHOOLS, PLACES


def _split(query, version, place_code):
    """(place, rest of the query): the place chosen, else the one named beside other words or alone."""
    places, courses = place_search(version), course_search(version)
    words = words_of(spelt_out(query))
    place, rest = places.in_query(words, courses.has_all)
    if chosen := places.get(place_code):
        if place:
            return chosen, " ".join(rest)
        return chosen, "" if chosen in places.exact(query) else query
    if place:
        return place, " ".join(rest)
    alone = places.exact(query)
    if alone and (len(alone) == 1 or query.isdigit()) and not courses.has_all(words):
        return alone[0], ""
    return None, query


def _schools(results, rest, named, name_score, found, version):
    """Schools of this name; near a place, those that teach the courses found, or all."""
    place = results.place
    if rest and name_score > _SURE:
        return named
    if not place or not place.has_point:
        return named if found.courses or named else school_search(version).search(without_sigles(rest))[0]
    schools = School.objects.filter(closed_on=None)
    if rest:
        codes = [code for course in results.courses_near for code in (course.code, *course.successor_of)]
        taught = Teaching.objects.filter(diploma__in=codes).order_by()
        schools = schools.filter(pk__in=taught.values("school"))
    return near(schools.select_related("commune"), place.latitude, place.longitude, results.radius)


def _places(results, rest, homonyms, found, version):
    """All places that look like the query, but only exact names when a course answers better."""
    if results.place:
        return [] if rest else [place for place in homonyms if place != results.place]
    return homonyms if homonyms or found.best > _LIKELY else place_search(version).search(results.query)


def _group(results, kind, found, number):
    is_whole = kind == results.kind
    found = _InOrder(found) if kind == SCHOOLS and isinstance(found, list) else found
    paginator = Paginator(found, _A_PAGE if is_whole else _PREVIEW[kind])
    page = paginator.get_page(number if is_whole else 1)
    items = list(page)
    if kind == SCHOOLS:
        taught = _courses_taught(items, results.courses_near)
        items = [FoundSchool(school, tuple(taught[school.pk])) for school in items]
    return Group(kind, items, page, paginator.count, is_whole)


class _InOrder:
    """Schools in the order of their codes, read a page at a time."""

    def __init__(self, codes):
        self._codes = codes

    def __len__(self):
        return len(self._codes)

    def __getitem__(self, part):
        schools = School.objects.select_related("commune", "region").in_bulk(self._codes[part])
        return [schools[code] for code in self._codes[part] if code in schools]


def _courses_taught(schools, courses):
    """{school: labels of those of `courses` that it teaches}, the best results first."""
    taught = defaultdict(list)
    if not courses:
        return taught
    labels = {code: course.label for course in courses for code in (course.code, *course.successor_of)}
    links = Teaching.objects.filter(school__in=[school.pk for school in schools], diploma__in=labels)
    pairs = set(links.order_by().values_list("school_id", "diploma_id"))
    for code, label in labels.items():
        for school in schools:
            if (school.pk, code) in pairs and label not in taught[school.pk]:
                taught[school.pk].append(label)
    return taught
