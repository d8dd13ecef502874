"""What a query matches in each index, before anything is selected or ordered."""

from dataclasses import dataclass

from establishments.distance import LARGEST_RADIUS_KM
from search.courses import CourseMatches
from search.query_parsing import ParsedQuery, parse_query
from search.query_words import SIGLES
from search.spellings import spelt_out, without_sigles

# Score from which the words of a query are those of a school's name.
SURE = 0.9


@dataclass(frozen=True)
class Matches:
    """The courses and jobs of the query's subject, the schools of its name, those around its place.

    schools: UAIs whose name has the query's words as they are written, best first. is_school_name: whether the first of
    them has all of them. distances: {UAI: kilometres from the place, None inside an area}, {} without a place.
    """

    parsed_query: ParsedQuery
    courses: CourseMatches
    schools: list[str]
    is_school_name: bool
    distances: dict[str, float | None]

    @property
    def subject(self):
        return self.parsed_query.subject

    @property
    def place(self):
        return self.parsed_query.place


def match(request, indexes):
    """The `Matches` of a `SearchRequest` in `engine.Searches`."""
    parsed_query = parse_query(
        request.query, indexes.courses, indexes.schools, indexes.places, request.place, request.homonyms
    )
    schools, score = indexes.schools.search(without_sigles(request.query), can_correct=False)
    is_school_name = bool(schools) and score > SURE
    courses = indexes.courses.search(parsed_query.subject) if parsed_query.subject else CourseMatches()
    has_sigle = any(word in SIGLES for word in spelt_out(request.query).split())
    # A school of exactly this name: courses found by correcting its words are not what was meant.
    if is_school_name and not has_sigle and (courses.corrections or courses.unknown):
        courses = CourseMatches()
    place = parsed_query.place
    is_located = place and (place.has_point or place.territory)
    distances = indexes.attributes.distances(place, LARGEST_RADIUS_KM) if is_located else {}
    return Matches(parsed_query, courses, schools, is_school_name, distances)
