"""The one search field: what a query matches, which results answer it, and how they are grouped on the page."""

from collections import defaultdict

from django.db.models import Count

from search.attributes import Attributes
from search.courses import CourseSearch
from search.groups import group_results
from search.matching import match
from search.places import PlaceSearch
from search.results import Results
from search.schools import SchoolSearch
from search.selection import Selection
from stats.caching import OncePerDataVersion
from stats.models import Outcome, Teaching


class Searches:
    """The indexes of courses, schools and places, and the attributes by which their results are narrowed."""

    def __init__(self):
        self.courses = CourseSearch(_weights_of_courses())
        self.schools, self.places = SchoolSearch(), PlaceSearch()
        self.attributes = Attributes(self.courses.index.courses, self.courses.index.newest)


def _weights_of_courses():
    """{code: number of schools that teach the diploma, one more when it has figures}."""
    taught = Teaching.objects.order_by().values_list("diploma").annotate(Count("school", distinct=True))
    weights = defaultdict(int, taught)
    for code in Outcome.objects.order_by().exclude(diploma=None).values_list("diploma", flat=True).distinct():
        weights[code] += 1
    return weights


searches = OncePerDataVersion(Searches)


def find(request, version):
    """The `Results` of a `SearchRequest`; version: that of the data, by which the indexes are cached."""
    indexes = searches(version)
    matches = match(request, indexes)
    selection = Selection(request, matches, indexes)
    results = Results(
        request,
        matches.parsed_query,
        corrections=matches.parsed_query.corrections | matches.courses.corrections,
        unknown=matches.courses.near,
        is_far=selection.is_far,
        teaching_years=tuple(sorted(indexes.attributes.teaching_years)),
    )
    group_results(results, selection)
    return results
