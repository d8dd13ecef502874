"""The one search field: a query understood as courses, jobs, schools and places, and what answers it."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import Count

from establishments.distance import LARGEST_RADIUS_KM
from establishments.models import School
from search.attributes import Facts
from search.courses import CourseSearch, Found
from search.facets import narrowed
from search.filters import course_questions, school_questions
from search.places import PlaceSearch
from search.query_parsing import understood
from search.query_words import SIGLES
from search.results import (
    COURSES,
    DISTANCE,
    JOBS,
    NAME,
    PLACES,
    SCHOOLS,
    FoundSchool,
    Group,
    NearCourse,
    Results,
)
from search.schools import SchoolSearch
from search.spellings import spelt_out, without_sigles
from stats.caching import OncePerDataVersion
from stats.models import Outcome, Teaching

_PREVIEW = {COURSES: 6, JOBS: 4, SCHOOLS: 6, PLACES: 5}
_A_PAGE = 20
# Where nothing is near enough, so many of the nearest are shown.
_NEAREST = 5
_QUESTIONS = {COURSES: course_questions, SCHOOLS: school_questions}
# Scores from which a match is what was meant, or probably.
_SURE, _LIKELY = 0.9, 0.5


def _course_search():
    taught = Teaching.objects.order_by().values_list("diploma").annotate(Count("school", distinct=True))
    weights = defaultdict(int, taught)
    for code in Outcome.objects.order_by().exclude(diploma=None).values_list("diploma", flat=True).distinct():
        weights[code] += 1
    return CourseSearch(weights)


class _Searches:
    """The three searches and the facts by which their results are narrowed."""

    def __init__(self):
        self.courses, self.schools, self.places = _course_search(), SchoolSearch(), PlaceSearch()
        self.facts = Facts(self.courses.index.courses, self.courses.index.newest)


searches = OncePerDataVersion(_Searches)


def find(asked, version):
    """The `Results` of what is asked; version: of the data, for the indexes."""
    return _Finder(asked, searches(version)).results()


class _Finder:
    """One search: what it found at each step, for the next one."""

    def __init__(self, asked, known):
        self._asked, self._known, self._facts = asked, known, known.facts
        self._understanding = understood(asked.query, known.courses, known.schools, known.places, asked.place)
        self._subject = self._understanding.subject
        self._place = self._understanding.place
        self._named, score = known.schools.search(without_sigles(asked.query), can_correct=False)
        self._is_name = bool(self._named) and score > _SURE
        self._found = known.courses.search(self._subject) if self._subject else Found()
        if self._is_name and not self._has_sigle() and (self._found.corrections or self._found.unknown):
            self._found = Found()
        self._distances = self._distances_of_schools()

    def results(self):
        found = self._found
        results = Results(
            self._asked,
            self._understanding,
            corrections=self._understanding.corrections | found.corrections,
            unknown=found.near,
        )
        schools, results.is_far = self._schools()
        lists = {
            COURSES: self._courses(schools),
            JOBS: found.jobs,
            SCHOOLS: schools,
            PLACES: self._places(),
        }
        order = self._order(lists)
        narrowed_lists = {kind: self._narrowed(kind, items) for kind, items in lists.items()}
        results.numbers = {kind: len(narrowed_lists[kind][0]) for kind in order}
        shown = [self._asked.kind] if self._asked.kind else [kind for kind in order if lists[kind]]
        results.groups = [self._group(kind, *narrowed_lists[kind]) for kind in shown]
        results.groups = [group for group in results.groups if group.number or group.facets]
        if results.is_far and schools:
            results.nearest = self._shown_schools(schools[:1])[0]
        return results

    def _has_sigle(self):
        return any(word in SIGLES for word in spelt_out(self._asked.query).split())

    def _distances_of_schools(self):
        if not self._place or not (self._place.has_point or self._place.territory):
            return {}
        return self._facts.distances(self._place, LARGEST_RADIUS_KM)

    def _is_near(self, uai):
        distance = self._distances.get(uai, LARGEST_RADIUS_KM + 1)
        return distance is None or distance <= self._asked.radius

    def _order(self, lists):
        """What was probably meant comes first."""
        best = self._found.best
        if lists[SCHOOLS] and (
            self._understanding.kinds is not None
            or self._is_name
            and best < _LIKELY
            or self._place
            and not self._subject
        ):
            return SCHOOLS, COURSES, JOBS, PLACES
        if self._understanding.wants_a_job and lists[JOBS]:
            return JOBS, COURSES, SCHOOLS, PLACES
        if best < _LIKELY and not lists[COURSES]:
            return PLACES, SCHOOLS, JOBS, COURSES
        if self._place:
            return COURSES, SCHOOLS, JOBS, PLACES
        return COURSES, JOBS, SCHOOLS, PLACES

    def _courses(self, schools):
        """Courses found; at a place without a subject, those taught around."""
        known = self._facts.courses
        if self._place and not self._subject:
            codes = {code for uai in schools for code in self._facts.schools[uai].courses if code in known}
            courses = [self._known.courses.index.courses[code] for code in codes]
            courses = sorted((course for course in courses if not course.is_closed), key=lambda c: c.rank)
        else:
            courses = self._found.courses
        items = [self._near_course(course) for course in courses]
        if self._asked.sort == NAME:
            return sorted(items, key=lambda item: item.course.label)
        if self._asked.sort == DISTANCE and self._distances:
            return sorted(items, key=lambda item: (item.distance is None, item.distance or 0))
        if self._place and self._subject:
            closest = {course.code for course in self._found.closest}
            return sorted(items, key=lambda item: (item.course.code not in closest, not item.schools))
        return items

    def _near_course(self, course):
        if not self._distances:
            return NearCourse(course)
        return NearCourse(course, *self._facts.near(course.code, self._distances, self._asked.radius))

    def _schools(self):
        """(UAIs, whether none is within the radius and they are the nearest ones)."""
        if not self._place:
            return self._schools_by_name(), False
        if self._is_name and self._subject and self._understanding.kinds is not None:
            return self._named, False
        wanted = self._wanted_schools()
        near = [uai for uai in wanted if self._is_near(uai)]
        # A word of a school's name may be a course too: "coiffure" near a town asks for the nearest place to learn it.
        if not wanted and self._is_name:
            return self._named, False
        is_far = not near
        ranked = sorted(
            near or wanted, key=lambda uai: (self._distances[uai] or 0, self._facts.schools[uai].name)
        )
        if self._asked.sort == NAME:
            ranked.sort(key=lambda uai: self._facts.schools[uai].name)
        return ranked[:_NEAREST] if is_far else ranked, is_far and bool(ranked)

    def _wanted_schools(self):
        """Schools around that teach what was found, of the kind asked for."""
        kinds = self._understanding.kinds
        wanted = list(self._distances)
        if self._subject:
            taught = {uai for course in self._found.closest for uai in self._schools_of(course)}
            wanted = [uai for uai in wanted if uai in taught]
        if kinds:
            of_kind = [uai for uai in wanted if self._facts.schools[uai].kind.startswith(kinds)]
            return of_kind or wanted
        return wanted

    def _schools_of(self, course):
        facts = self._facts.courses.get(course.code)
        return facts.schools if facts else ()

    def _schools_by_name(self):
        if self._named or self._found.courses:
            found = self._named
        else:
            found = self._known.schools.search(without_sigles(self._subject))[0] if self._subject else []
        if self._asked.sort == NAME:
            return sorted(found, key=lambda uai: self._facts.schools[uai].name)
        return found

    def _places(self):
        """Homonyms of the place; without one, places that look like the query when no course answers better."""
        if self._place:
            return self._understanding.homonyms
        if self._found.best > _LIKELY:
            return self._known.places.exact(self._asked.query)
        return self._known.places.search(self._asked.query)

    def _narrowed(self, kind, items):
        """(items, facets); only the kind shown whole can be narrowed."""
        questions = _QUESTIONS.get(kind)
        if kind != self._asked.kind or not questions:
            return items, []
        return narrowed(items, questions(self._facts), self._asked.chosen)

    def _group(self, kind, items, facets):
        is_whole = kind == self._asked.kind
        paginator = Paginator(items, _A_PAGE if is_whole else _PREVIEW[kind])
        page = paginator.get_page(self._asked.number if is_whole else 1)
        shown = list(page)
        if kind == SCHOOLS:
            shown = self._shown_schools(shown)
        return Group(kind, shown, page, paginator.count, is_whole, facets if is_whole else [])

    def _shown_schools(self, uais):
        """`FoundSchool`s in this order, each with its distance, in one query."""
        schools = School.objects.select_related("commune", "region").in_bulk(uais)
        closest = self._found.closest if self._place else ()
        shown = []
        for uai in uais:
            if uai in schools:
                schools[uai].distance = self._distances.get(uai)
                taught = tuple(course.label for course in closest if uai in self._schools_of(course))
                shown.append(FoundSchool(schools[uai], taught))
        return shown
