"""What a plan shows: its items with the figures that the public pages show, and the schools near its town.

`read_sheet` makes a fixed number of queries, however many items there are.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from counselling.plan import Item as PlanItem
from counselling.plan import Kind, Plan
from pages.comparison.catalogue import read_catalogue
from pages.comparison.items import Item as ShownItem
from pages.comparison.page import ComparisonPage, present
from pages.course.question_rules import QuestionContext, questions
from search.engine import Searches
from search.places import FoundPlace
from stats.comparison_tokens import read_token
from stats.links import ComparisonState

# Schools near the town that an item names, the nearest ones.
MOST_SCHOOLS = 5
MOST_SUGGESTIONS = 6


@dataclass(frozen=True)
class NearSchool:
    """NearSchool(uai="0350030H", name="Lycée X", distance=3.2); distance: kilometres, None inside an area."""

    uai: str
    name: str
    distance: float | None


@dataclass(frozen=True)
class SheetItem:
    """An item of the plan as it is shown.

    comparison: the page of its tokens, None of words. schools: the nearest that teach its course, around the town; total: how
    many there are. problems: sentences on tokens that name nothing any more.
    """

    number: int
    item: PlanItem
    comparison: ComparisonPage | None = None
    schools: tuple[NearSchool, ...] = ()
    total: int | None = None

    @property
    def shown(self) -> tuple[ShownItem, ...]:
        return self.comparison.items if self.comparison else ()

    @property
    def problems(self) -> list[str]:
        return [problem.sentence for problem in self.comparison.problems] if self.comparison else []

    @property
    def title(self) -> str:
        """What the item is called in a list."""
        if self.item.kind is Kind.QUESTION:
            return _("Question\u00a0: %(text)s") % {"text": self.item.text}
        if not self.shown:
            return self.item.text or ", ".join(self.item.tokens)
        names = [", ".join(filter(None, (one.title, one.place, one.route_label))) for one in self.shown]
        if self.item.kind is Kind.COMPARISON:
            return _("Comparaison\u00a0: %(names)s") % {"names": " / ".join(names)}
        return names[0]


@dataclass(frozen=True)
class Sheet:
    """A plan and what it shows. place: its town, None where there is none or nobody knows it any more."""

    plan: Plan
    items: tuple[SheetItem, ...]
    place: FoundPlace | None
    suggestions: tuple[str, ...]

    @property
    def figures(self) -> list[SheetItem]:
        return [item for item in self.items if item.item.has_figures]

    @property
    def title(self) -> str:
        return self.plan.title or _("Ma séance")


def read_sheet(plan: Plan, searches: Searches) -> Sheet:
    """The `Sheet` of a plan, from the published data of now."""
    tokens = {text: read_token(text) for text in plan.tokens}
    catalogue = read_catalogue([token for token in tokens.values() if token]) if tokens else None
    place = searches.places.get(plan.town) if plan.town else None
    distances = searches.attributes.distances(place, plan.radius) if place and place.has_point else {}
    items = []
    for number, item in enumerate(plan.items, 1):
        if not item.has_figures:
            items.append(SheetItem(number, item))
            continue
        state = ComparisonState(texts=item.tokens)
        comparison = present(state, {text: tokens[text] for text in item.tokens}, catalogue)
        near = _near_schools(comparison.items, searches, distances) if item.kind is Kind.FIGURES else []
        total = len(near) if distances and item.kind is Kind.FIGURES else None
        items.append(SheetItem(number, item, comparison, tuple(near[:MOST_SCHOOLS]), total))
    return Sheet(plan, tuple(items), place, _suggestions(plan, items))


def _near_schools(shown, searches, distances):
    """The schools around the town that teach the course of an item, the nearest first; none of a school."""
    attributes = searches.attributes
    diploma = shown[0].token.diploma if shown else ""
    if not diploma or diploma not in attributes.courses:
        return []
    near = [
        NearSchool(uai, attributes.schools[uai].name, distances[uai])
        for uai in attributes.courses[diploma].schools & distances.keys()
    ]
    return sorted(near, key=lambda school: (school.distance is None, school.distance or 0, school.name))


def _suggestions(plan, items):
    """Questions to discuss that the figures call for, those of the plan left out."""
    known = {item.text for item in plan.items if item.kind is Kind.QUESTION}
    asked = []
    for item in items:
        for shown in item.shown:
            asked += [_(question.text) for question in questions(_context(shown)) if question.because]
    return tuple(text for text in dict.fromkeys(asked) if text not in known)[:MOST_SUGGESTIONS]


def _context(shown):
    return QuestionContext(
        values={name: figure.value for name, figure in shown.figures.items() if figure.is_shown},
        reasons={name: figure.reason for name, figure in shown.figures.items() if not figure.is_shown},
        route=shown.route,
        is_stand_in=bool(shown.origin),
    )
