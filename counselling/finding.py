"""Courses and schools looked for from the page of a plan, around its town."""

from dataclasses import dataclass

from counselling.plan import Plan
from search.engine import find
from search.places import FoundPlace
from search.results import COURSES, SCHOOLS, SearchRequest
from search.translation import in_french
from stats.comparison_tokens import token


@dataclass(frozen=True)
class Choice:
    """Choice(token="50022146", label="CAP Cuisine", about=""): what can be ticked to be added."""

    token: str
    label: str
    about: str


def choices(query: str, plan: Plan, place: FoundPlace | None, version: str) -> list[Choice]:
    """What a query finds first, courses then schools; [] for an empty query."""
    if not query:
        return []
    results = find(SearchRequest(query=in_french(query), place=place, radius=plan.radius), version)
    items = {group.kind: group.items for group in results.groups}
    courses = [
        Choice(token(diploma=found.course.code).text, found.course.label, found.course.speciality or "")
        for found in items.get(COURSES, [])
    ]
    schools = [
        Choice(found.school.pk, found.school.name, found.school.city) for found in items.get(SCHOOLS, [])
    ]
    return courses + schools
