"""Which courses, jobs, schools and places answer a query, in which order, and which kind comes first."""

from establishments.distance import LARGEST_RADIUS_KM
from search.results import COURSES, DISTANCE, JOBS, NAME, PLACES, SCHOOLS, NearCourse
from search.spellings import without_sigles

# Where nothing is near enough, so many of the nearest are shown.
_NEAREST = 5
# Score from which a course is probably what was meant.
LIKELY = 0.5


class Selection:
    """The results of each kind, whole, and the order of the kinds.

    items: {kind: list of results}; courses are `NearCourse`s, schools UAIs, jobs `FoundJob`s, places `FoundPlace`s.
    is_far: no school is within the radius, and the nearest ones are given instead. order: kinds, the likeliest first.
    """

    def __init__(self, request, matches, indexes):
        self.request, self.matches, self.indexes = request, matches, indexes
        self.attributes = indexes.attributes
        schools, self.is_far = self._schools()
        self.items = {
            COURSES: self._courses(schools),
            JOBS: matches.courses.jobs,
            SCHOOLS: schools,
            PLACES: self._places(),
        }
        self.order = self._order()

    def _order(self):
        matches, best = self.matches, self.matches.courses.best
        is_for_schools = (
            matches.parsed_query.kinds is not None
            or (matches.is_school_name and best < LIKELY)
            or (matches.place and not matches.subject)
        )
        if self.items[SCHOOLS] and is_for_schools:
            return SCHOOLS, COURSES, JOBS, PLACES
        if matches.parsed_query.wants_a_job and self.items[JOBS]:
            return JOBS, COURSES, SCHOOLS, PLACES
        if best < LIKELY and not self.items[COURSES]:
            return PLACES, SCHOOLS, JOBS, COURSES
        if matches.place:
            return COURSES, SCHOOLS, JOBS, PLACES
        return COURSES, JOBS, SCHOOLS, PLACES

    def _courses(self, schools):
        """Courses that match; at a place without a subject, those taught around."""
        place, subject = self.matches.place, self.matches.subject
        courses = self._courses_of(schools) if place and not subject else self.matches.courses.courses
        items = [self._near_course(course) for course in courses]
        if self.request.sort == NAME:
            return sorted(items, key=lambda item: (item.course.label, item.course.code))
        if self.request.sort == DISTANCE and self.matches.distances:
            return sorted(items, key=lambda item: (item.distance is None, item.distance or 0))
        if place and subject:
            closest = {course.code for course in self.matches.courses.closest}
            return sorted(items, key=lambda item: (item.course.code not in closest, not item.schools))
        return items

    def _courses_of(self, schools):
        """Open courses that these schools teach, the best known first."""
        known = self.attributes.courses
        codes = {code for uai in schools for code in self.attributes.schools[uai].courses if code in known}
        courses = [self.indexes.courses.index.courses[code] for code in codes]
        return sorted((course for course in courses if not course.is_closed), key=lambda course: course.rank)

    def _near_course(self, course):
        distances = self.matches.distances
        if not distances:
            return NearCourse(course)
        return NearCourse(course, *self.attributes.near(course.code, distances, self.request.radius))

    def _schools(self):
        """(UAIs, whether none is within the radius and they are the nearest ones)."""
        matches, distances = self.matches, self.matches.distances
        if not matches.place:
            return self._schools_by_name(), False
        if matches.is_school_name and matches.subject and matches.parsed_query.kinds is not None:
            return matches.schools, False
        candidates = self._schools_around()
        near = [uai for uai in candidates if self._is_near(uai)]
        # A word of a school's name may be a course too: "coiffure" near a town asks for the nearest place to learn it.
        if not candidates and matches.is_school_name:
            return matches.schools, False
        is_far = not near
        ranked = sorted(near or candidates, key=lambda uai: (distances[uai] or 0, *self._name(uai)))
        if self.request.sort == NAME:
            ranked.sort(key=self._name)
        return ranked[:_NEAREST] if is_far else ranked, is_far and bool(ranked)

    def _is_near(self, uai):
        distance = self.matches.distances.get(uai, LARGEST_RADIUS_KM + 1)
        return distance is None or distance <= self.request.radius

    def _schools_around(self):
        """Schools around the place that teach the subject, of the kind asked for when there are any."""
        kinds = self.matches.parsed_query.kinds
        schools = list(self.matches.distances)
        if self.matches.subject:
            closest = self.matches.courses.closest
            teaching = {uai for course in closest for uai in self.attributes.schools_of(course.code)}
            schools = [uai for uai in schools if uai in teaching]
        if kinds:
            return [uai for uai in schools if self.attributes.schools[uai].kind.startswith(kinds)] or schools
        return schools

    def _schools_by_name(self):
        if self.matches.schools or self.matches.courses.courses:
            schools = self.matches.schools
        elif self.matches.subject:
            schools = self.indexes.schools.search(without_sigles(self.matches.subject))[0]
        else:
            schools = []
        return sorted(schools, key=self._name) if self.request.sort == NAME else schools

    def _name(self, uai):
        """Sort key of a school by its name; its code parts homonyms, in the same order on every database."""
        return self.attributes.schools[uai].name, uai

    def _places(self):
        """Homonyms of the place; without one, places that look like the query when no course answers better."""
        if self.matches.place:
            return self.matches.parsed_query.homonyms
        if self.matches.courses.best > LIKELY:
            return self.indexes.places.exact(self.request.query)
        return self.indexes.places.search(self.request.query)
