"""The attributes of courses and schools that facets and distances use, read once per version of the data."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from establishments.distance import distance_km
from establishments.models import School
from formations.models import DiplomaDomain, DiplomaType
from formations.renewals import replaced_by
from stats.indicators import Route
from stats.models import Attribution, Teaching
from stats.reasons import SHOWN

# Degrees of latitude in a kilometre (1 / 111.2), rounded up: schools further north or south need no exact distance.
_DEGREES_A_KM = 1 / 110


@dataclass(frozen=True, slots=True)
class CourseAttributes:
    """type: (code, "CAP"). domains: labels of the widest domains. routes: « pro », « apprentissage »… unplaced_routes:
    those by which no source says where."""

    level: int | None
    type: str
    domains: frozenset[str]
    routes: frozenset[str]
    has_figures: bool
    schools: frozenset[str]
    unplaced_routes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SchoolAttributes:
    """places: keys of the territories it is in."""

    name: str
    sector: str
    kind: str
    latitude: float | None
    longitude: float | None
    places: frozenset[str]
    closed_on: date | None
    routes: frozenset[str]
    has_figures: bool
    has_boarding: bool
    courses: frozenset[str]

    def is_closed(self, day):
        return self.closed_on is not None and self.closed_on <= day


class Attributes:
    """Attributes of courses and schools by code; a diploma has those of the codes that it replaced, too.

    courses: {code: `FoundCourse`}. newest: {former code: code that replaced it}.
    """

    def __init__(self, courses, newest):
        self._newest = newest
        self._replaced_by = replaced_by()
        self._taught_at, self._routes, self._school_routes = (defaultdict(set) for _ in range(3))
        self._placed_routes, self.teaching_years = defaultdict(set), set()
        self._figured, self._figured_schools, self._taught_by = set(), set(), defaultdict(set)
        self._read_teachings()
        self._read_figures()
        domains = self._domains()
        types = dict(DiplomaType.objects.order_by().values_list("code", "short_label"))
        self.courses = {
            code: CourseAttributes(
                course.level,
                types.get(course.type_code, ""),
                frozenset(domains[code]),
                frozenset(self._routes[code]),
                code in self._figured,
                frozenset(self._taught_at[code]),
                frozenset(self._routes[code] - self._placed_routes[code]),
            )
            for code, course in courses.items()
        }
        self.schools = {row.uai: self._school(row) for row in _rows_of_schools()}

    def distances(self, place, km):
        """{UAI: kilometres} of the open schools within `km` of a place; {UAI: None} of those inside an area."""
        today = timezone.localdate()
        if place.territory:
            return {
                uai: None
                for uai, school in self.schools.items()
                if (place.is_country or place.territory in school.places) and not school.is_closed(today)
            }
        height = km * _DEGREES_A_KM
        found = {}
        for uai, school in self.schools.items():
            if (
                school.latitude is None
                or school.is_closed(today)
                or abs(school.latitude - place.latitude) > height
            ):
                continue
            distance = distance_km(place.latitude, place.longitude, school.latitude, school.longitude)
            if distance <= km:
                found[uai] = distance
        return found

    def near(self, code, distances, km):
        """(number of schools within `km` that teach a course, kilometres to the nearest one or None, whether it is taught
        by apprenticeship where nobody says), among `distances`.

        (None, None, False) when nothing is known of the course.
        """
        if code not in self.courses:
            return None, None, False
        taught = [distances[uai] for uai in self.courses[code].schools & distances.keys()]
        number = sum(distance is None or distance <= km for distance in taught)
        nearest = min((distance for distance in taught if distance is not None), default=None)
        return number, nearest, Route.APPRENTICESHIP in self.courses[code].unplaced_routes

    def schools_of(self, code):
        """UAIs of the schools that teach a course; none for a code that is not known."""
        return self.courses[code].schools if code in self.courses else frozenset()

    def _read_teachings(self):
        rows = Teaching.objects.order_by().values_list("diploma_id", "school_id", "route", "year").distinct()
        for code, uai, route, year in rows:
            self.teaching_years.add(year)
            self._link(code, uai, route)

    def _read_figures(self):
        rows = Attribution.objects.order_by().filter(outcome__reasons__contains=SHOWN)
        for code, uai, route in rows.values_list("diploma_id", "school_id", "route").distinct():
            if uai:
                self._figured_schools.add(uai)
            if code:
                self._figured.add(self._newest.get(code, code))
                self._link(code, uai, route)

    def _link(self, code, uai, route):
        # The diploma that replaced several is taught where they are.
        for shown_code in {self._newest.get(code, code), self._replaced_by.get(code, code)}:
            self._routes[shown_code].add(route)
            if uai:
                self._placed_routes[shown_code].add(route)
                self._taught_at[shown_code].add(uai)
                self._taught_by[uai].add(shown_code)
                self._school_routes[uai].add(route)

    def _domains(self):
        domains = defaultdict(set)
        rows = DiplomaDomain.objects.order_by().values_list(
            "diploma_id", "domain__label", "domain__parent__label"
        )
        for code, label, parent in rows:
            domains[self._newest.get(code, code)].add(parent or label)
        return domains

    def _school(self, row):
        places = frozenset((row.region_id, row.territory_id, row.commune__departement_id)) - {None}
        return SchoolAttributes(
            row.name,
            row.sector,
            row.kind,
            row.latitude,
            row.longitude,
            places,
            row.closed_on,
            frozenset(self._school_routes[row.uai]),
            row.uai in self._figured_schools,
            bool(row.has_boarding),
            frozenset(self._taught_by[row.uai]),
        )


def _rows_of_schools():
    return School.objects.order_by().values_list(
        "uai",
        "name",
        "sector",
        "kind",
        "latitude",
        "longitude",
        "region_id",
        "territory_id",
        "commune__departement_id",
        "closed_on",
        "has_boarding",
        named=True,
    )
