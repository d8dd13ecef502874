"""The comparison: items by letter, figures side by side, and in words what makes it unfair."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from establishments.models import Territory
from stats import comparisons
from stats.addresses import compare_address, course_address, school_address
from stats.comparisons import Traits
from stats.confidentiality import level_of
from stats.indicators import INDICATORS, Indicator
from stats.presenters import choices
from stats.presenters.catalogue import catalogue_of, problem_of, settled
from stats.presenters.fairness import note, verdicts
from stats.presenters.figures import Figure, Group, Origin, figure, group_of, missing, route_label
from stats.presenters.outcomes import older


@dataclass(frozen=True)
class Problem:
    """A token that shows nothing: Problem(text="zzz", sentence="« zzz » n’est pas…")."""

    text: str
    sentence: str


@dataclass(frozen=True)
class Item:
    """One thing compared.

    Item(letter="A", title="CAP Cuisine", place="Lycée X, Rennes", route_label="au lycée", address="/formations/…",
    group=Group(…) or None, figures={"taux_…": Figure(…)}, origin=None, remove="/comparer/?…", earlier="/comparer/?…"
    or "", later="" or address, level=3, perimeter="course-school")
    """

    letter: str
    title: str
    place: str
    address: str
    route: str
    group: Group | None
    origin: Origin | None
    figures: dict[str, Figure]
    remove: str
    earlier: str
    later: str
    level: int | None
    perimeter: str

    @property
    def route_label(self):
        return route_label(self.route) if self.route else ""

    @property
    def name(self):
        """ "A, CAP Cuisine, Lycée X, Rennes": what the letter stands for, read aloud."""
        return ", ".join((self.letter, self.title, self.place))

    @property
    def traits(self):
        return Traits(
            letter=self.letter,
            route=self.route,
            level=self.level,
            cohort=self.group.cohort if self.group else "",
            is_pooled=self.group.is_pooled if self.group else None,
            perimeter=self.perimeter if self.group else "",
        )


@dataclass(frozen=True)
class Line:
    """One indicator over the items: Line(indicator=…, first=Figure(…), cells=((Item, Figure), …))."""

    indicator: Indicator
    cells: tuple[tuple[Item, Figure], ...]

    @property
    def first(self):
        return self.cells[0][1]

    @property
    def verdicts(self):
        """What can be said of the items side by side, in sentences."""
        return verdicts({item.letter: figure for item, figure in self.cells})

    @property
    def is_shown(self):
        """Whether any item has this figure."""
        return any(figure.is_shown for _item, figure in self.cells)


@dataclass(frozen=True)
class Comparison:
    """Comparison(items=(Item(…),), lines=(Line(…),), notes=("A et B se font au lycée…",), problems=(Problem(…),),
    csv="/comparer.csv?e=…", is_full=False)"""

    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    texts: tuple[str, ...]

    @property
    def is_full(self):
        return len(self.items) >= comparisons.LIMIT

    @property
    def csv(self):
        return compare_address(self.texts, "compare_csv")

    @property
    def lines_shown(self):
        return [line for line in self.lines if line.is_shown]

    @property
    def lines_without_figure(self):
        return [line for line in self.lines if not line.is_shown]

    @property
    def address(self):
        return compare_address(self.texts)

    @property
    def title(self):
        names = " / ".join(f"{item.title}, {item.place}" for item in self.items)
        return (
            _("Comparer : %(names)s") % {"names": names}
            if names
            else _("Comparer des formations et des établissements")
        )

    @property
    def description(self):
        return _("Jusqu’à dix formations et établissements côte à côte : ce que deviennent leurs élèves.")

    @property
    def crumbs(self):
        return ()

    @property
    def holes(self):
        """One figure for each reason of a hole, to tell it once under the table."""
        return list(
            {
                figure.reason: figure for line in self.lines for _item, figure in line.cells if figure.reason
            }.values()
        )


def comparison(texts):
    """The `Comparison` of these tokens, at most ten; the others are problems, each with its sentence."""
    texts = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    tokens = {text: comparisons.read_token(text) for text in texts}
    catalogue = catalogue_of([token for token in tokens.values() if token])
    tokens = {text: settled(token, catalogue) for text, token in tokens.items()}
    problems = [
        Problem(text, sentence) for text in texts if (sentence := problem_of(text, tokens[text], catalogue))
    ]
    kept = [text for text in texts if text not in {problem.text for problem in problems}]
    for text in kept[comparisons.LIMIT :]:
        sentence = _("« %(text)s » n’est pas montré : une comparaison a dix éléments au plus.")
        problems.append(Problem(text, sentence % {"text": text}))
    kept = kept[: comparisons.LIMIT]
    items = tuple(_item(kept, place, tokens[text], catalogue) for place, text in enumerate(kept))
    lines = tuple(
        Line(indicator, tuple((item, item.figures[indicator.name]) for item in items))
        for indicator in INDICATORS
        if any(item.figures[indicator.name].is_applicable for item in items)
    )
    notes = tuple(map(note, comparisons.differences([item.traits for item in items])))
    return Comparison(items, lines, notes, tuple(problems), tuple(kept))


def _item(texts, place, token, catalogue):
    year = catalogue.course_years.get(token.course_year)
    diploma = year.diploma if year else catalogue.diplomas.get(token.diploma)
    school = catalogue.schools.get(token.uai)
    region = catalogue.regions.get(token.region)
    route, rows, others = _rows(token, diploma, year, catalogue)
    chain = catalogue.chains[diploma.pk] if diploma else None
    origin = _origin(rows, chain, catalogue)
    group = group_of(rows[0], origin=origin) if rows else None
    return Item(
        letter=comparisons.LETTERS[place],
        title=diploma.label if diploma else school.name,
        place=_place(diploma, school, region),
        address=course_address(diploma, voie=route, region=token.region)
        if diploma
        else school_address(school),
        route=route,
        group=group,
        origin=origin,
        figures={
            indicator.name: figure(rows[0], indicator.name, group, others)
            if rows
            else missing(
                indicator.name,
                others=others,
                level=level_of(bool(school), bool(diploma), not region),
                route=route,
            )
            for indicator in INDICATORS
        },
        remove=compare_address(comparisons.without(texts, place)),
        earlier=compare_address(comparisons.moved(texts, place, -1)) if place else "",
        later=compare_address(comparisons.moved(texts, place, 1)) if place < len(texts) - 1 else "",
        level=diploma.type.level if diploma and diploma.type else None,
        perimeter=_perimeter(diploma, school, region),
    )


def _rows(token, diploma, year, catalogue):
    """(route, rows newest first, next best rows) of an item; the first route that has figures when none is asked."""
    place = token.uai or (catalogue.regions[token.region].pk if token.region else None)
    whole = choices.rows_of_all_courses(row for row in catalogue.outcomes if row.school_id)
    if not diploma:
        found = {key.route: rows for key, rows in whole.items() if key.place == token.uai}
        route = token.route or next(iter(choices.in_route_order(found)), "")
        return route, found.get(route, []), older(found.get(route, [])[1:])
    of_course = choices.rows_of_course(catalogue.outcomes, catalogue.chains[diploma.pk])
    found = [
        (key, rows) for key, rows in of_course.items() if _is_wanted(key, rows, place, token.route, year)
    ]
    found.sort(
        key=lambda pair: (choices.ROUTE_ORDER.index(pair[0].route), -len(pair[1]), -(pair[0].duration or 0))
    )
    key, rows = found[0] if found else (None, [])
    route = key.route if key else token.route
    others = older(rows[1:])
    if token.uai:
        others += choices.whole_school_labels(choices.whole_school(whole, token.uai, route)[:1])
    return route, rows, others


def _is_wanted(key, rows, place, route, year):
    if place is None:
        is_there = bool(rows[0].territory and rows[0].territory.level == Territory.Level.COUNTRY)
    else:
        is_there = key.place == place
    is_duration = year is None or key.duration in (None, year.duration or year.year)
    return is_there and is_duration and (not route or key.route == route)


def _origin(rows, chain, catalogue):
    if not rows or not chain:
        return None
    return choices.origin_of(rows[0], chain, catalogue.labels)


def _place(diploma, school, region):
    if school:
        where = f"{school.name}, {school.city}" if school.city else school.name
        return where if diploma else (school.city or _("toutes les formations"))
    return region.name if region else _("France")


def _perimeter(diploma, school, region):
    if school:
        return "course_in_school" if diploma else "school"
    return "region" if region else "country"
