"""Models of plans, one file each, adapted to a town: `all_points`, `started`.

A file gives title, audience, about, and its items in order. kind: "question" or "text", with their text; "near", the courses of
some types that most schools around the town teach; "both_routes", such a course by both routes in its region; "family", the
courses that follow one common year; "comparison", of all the courses that stand before it.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.editing import Edited, with_town
from counselling.plan import LARGEST_RADIUS_KM, USUAL_RADIUS_KM, Audience, Item, Kind, Plan
from formations.models import TradeFamilyMember
from search.engine import Searches
from search.places import FoundPlace
from stats import comparison_tokens
from stats.indicators import Route

_FOLDER = Path(__file__).parent
_REGION = "region-"
# Tried in turn: around an isolated town, the usual radius holds no school.
_RADII = (USUAL_RADIUS_KM, 60, 100, LARGEST_RADIUS_KM)


@dataclass(frozen=True)
class StartingPoint:
    """StartingPoint(name="decouvrir", title="Découvrir…", audience=Audience.CLASS, about="Trois CAP…", items=({…},))"""

    name: str
    title: str
    audience: Audience
    about: str
    items: tuple[dict[str, Any], ...]

    @property
    def shown_title(self) -> str:
        return _(self.title)

    @property
    def shown_about(self) -> str:
        return _(self.about)


@cache
def all_points() -> tuple[StartingPoint, ...]:
    """Every model, by name."""
    points = []
    for path in sorted(_FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        points.append(
            StartingPoint(
                path.stem,
                content["title"],
                Audience(content["audience"]),
                content["about"],
                tuple(content["items"]),
            )
        )
    return tuple(points)


def started(form: QueryDict, searches: Searches) -> Edited:
    """The plan of the model and the town of a form; without a known town, a sentence says so and nothing is lost."""
    point = next((point for point in all_points() if point.name == form.get("modele")), None)
    problems: list[str] = []
    if point is None:
        return Edited(Plan(), (_("Ce modèle n’existe pas\u00a0: choisissez-en un dans la liste."),))
    plan = Plan(title=_(point.title), audience=point.audience)
    plan, homonyms = with_town(plan, form, searches.places, problems)
    place = searches.places.get(plan.town) if plan.town else None
    if place is None or not (place.has_point or place.territory):
        problems = problems or [
            _("Donnez une ville\u00a0: les formations du modèle sont choisies autour d’elle.")
        ]
        return Edited(plan, tuple(problems), homonyms)
    return Edited(adapted(point, plan, place, searches), tuple(problems), homonyms)


def adapted(point: StartingPoint, plan: Plan, place: FoundPlace, searches: Searches) -> Plan:
    """The plan with the items of a model, around a place, in the smallest area that holds all its courses."""
    for radius, schools in _areas(searches, place):  # noqa: B007
        around = _Around(searches, schools)
        items = [item for wanted in point.items for item in _items(wanted, around)]
        if around.has_all:
            break
    return replace(plan, radius=radius, items=tuple(_with_comparisons(items)))


def _areas(searches, place):
    """(radius in kilometres, schools): wider and wider circles, then the département and the region, where schools whose
    position nobody knows are too."""
    attributes = searches.attributes
    for radius in _RADII:
        yield radius, attributes.distances(place, radius).keys()
    if place.territory:
        return
    inside = _schools_in(attributes, {_departement(place.code)})
    regions = {key for uai in inside for key in attributes.schools[uai].places if key.startswith(_REGION)}
    yield _RADII[-2], inside
    yield _RADII[-1], _schools_in(attributes, regions)


def _departement(code):
    """Key of the département of a commune: "departement-035", "departement-02A", "departement-974"."""
    number = code[:3] if code.startswith(("97", "98")) else f"0{code[:2]}"
    return f"departement-{number}"


def _schools_in(attributes, keys):
    today = timezone.localdate()
    return {
        uai
        for uai, school in attributes.schools.items()
        if keys & school.places and not school.is_closed(today)
    }


class _Around:
    """The courses that some schools teach. has_all: whether every item found its courses."""

    def __init__(self, searches, schools):
        self.attributes = searches.attributes
        self.courses = searches.courses.index.courses
        self.schools = schools
        self.region = self._region()
        self.common_years = set(
            TradeFamilyMember.objects.filter(is_common_year=True).values_list("diploma", flat=True)
        )
        self.taken: set[str] = set()
        self.has_all = True

    def _region(self):
        """Code of the region of most of the schools, "" where nobody knows it."""
        keys = Counter(
            key
            for uai in self.schools
            for key in self.attributes.schools[uai].places
            if key.startswith(_REGION)
        )
        return keys.most_common(1)[0][0].removeprefix(_REGION) if keys else ""

    def best(self, wanted, routes=frozenset()):
        """Codes of the courses of a wanted item by all these routes: those with figures first, then by how many schools
        teach them, then by name."""
        types = {name.lower() for name in wanted.get("types", ())}
        found = []
        for code, course in self.attributes.courses.items():
            known = self.courses.get(code)
            near = len(course.schools & self.schools)
            is_wanted = near and known and not known.is_closed and code not in self.taken | self.common_years
            if is_wanted and routes <= course.routes and (not types or course.type.lower() in types):
                found.append((not course.has_figures, -near, known.label, code))
        return [code for *_order, code in sorted(found)]

    def take(self, codes, count):
        """The first `count` of these codes, which no other item takes."""
        chosen = codes[:count]
        self.has_all &= len(chosen) == count
        self.taken |= set(chosen)
        return chosen

    def item(self, code, routes=()):
        """A course in the region, by one route or by several."""
        course = self.attributes.courses[code]
        routes = routes or sorted(course.routes, key=lambda route: route != Route.SCHOOL)[:1] or ("",)
        tokens = tuple(
            comparison_tokens.token(diploma=code, route=route, region=self.region).text for route in routes
        )
        return Item(Kind.FIGURES if len(tokens) == 1 else Kind.COMPARISON, tokens)


def _items(wanted, around) -> Iterator[Item]:
    kind = wanted["kind"]
    if kind in {"question", "text"}:
        yield Item(Kind.QUESTION if kind == "question" else Kind.TEXT, text=_(wanted["text"]))
    elif kind == "comparison":
        yield Item(Kind.COMPARISON)
    elif kind == "near":
        for code in around.take(around.best(wanted), wanted["count"]):
            yield around.item(code)
    elif kind == "both_routes":
        routes = frozenset({Route.SCHOOL.value, Route.APPRENTICESHIP.value})
        for code in around.take(around.best(wanted, routes), 1):
            yield around.item(code, tuple(sorted(routes, key=lambda route: route != Route.SCHOOL)))
    else:
        for code in around.take(_family(around), wanted["count"]):
            yield around.item(code)


def _family(around):
    """Codes of the courses of the family of which most are taught around."""
    families: dict[str, list[str]] = {}
    best = around.best({})
    for family, code in TradeFamilyMember.objects.filter(
        family__kind="TG01", is_common_year=False, diploma__in=best
    ).values_list("family", "diploma"):
        families.setdefault(family, []).append(code)
    if not families:
        return []
    name = min(families, key=lambda family: (-len(families[family]), family))
    return [code for code in best if code in families[name]]


def _with_comparisons(items):
    """A comparison of all the courses before it takes the place of each empty one; with fewer than two, nothing does."""
    tokens: list[str] = []
    for item in items:
        if item.kind is Kind.COMPARISON and not item.tokens:
            if len(tokens) > 1:
                yield replace(item, tokens=tuple(tokens[: comparison_tokens.LIMIT]))
        else:
            tokens += item.tokens
            yield item
