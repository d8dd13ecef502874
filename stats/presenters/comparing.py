"""The comparison: items by letter, figures side by side, and in words what makes it unfair."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stats import comparisons
from stats.addresses import compare_address, course_address, school_address
from stats.comparisons import Traits
from stats.indicators import INDICATORS, Indicator
from stats.presenters.catalogue import catalogue_of, problem_of, settled
from stats.presenters.compared import What, figure_of, found_of, perimeter_of
from stats.presenters.fairness import notes, traits_of, verdicts
from stats.presenters.figures import Figure
from stats.presenters.groups import Group, Origin, group_of
from stats.presenters.words import route_label


@dataclass(frozen=True)
class Problem:
    """A token that shows nothing: Problem(text="zzz", sentence="« zzz » n’est pas…")."""

    text: str
    sentence: str


@dataclass(frozen=True)
class Item:
    """One thing compared.

    Item(letter="A", title="CAP Cuisine", place="Lycée X, Rennes", route_label="au lycée", address="/formations/…",
    group=Group(…) or None, figures={"taux_…": Figure(…)}, remove="/comparer/?…", earlier="/comparer/?…"
    or "", later="" or address, traits=Traits(…))
    """

    letter: str
    title: str
    place: str
    address: str
    route: str
    group: Group | None
    figures: dict[str, Figure]
    remove: str
    earlier: str
    later: str
    traits: Traits

    @property
    def origin(self) -> Origin | None:
        return self.group.origin if self.group else None

    @property
    def route_label(self):
        return route_label(self.route) if self.route else ""

    @property
    def name(self):
        """ "A, CAP Cuisine, Lycée X, Rennes": what the letter stands for, read aloud."""
        return ", ".join((self.letter, self.title, self.place))


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
    def has_others_figures(self):
        """Whether an item shows the figures of another diploma or school."""
        return any(item.origin for item in self.items)

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
        cells = [figure for line in self.lines for _item, figure in line.cells if figure.reason]
        return list({(figure.reason, figure.reason_sentence): figure for figure in cells}.values())


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
    return Comparison(items, lines, notes([item.traits for item in items]), tuple(problems), tuple(kept))


def _item(texts, place, token, catalogue):
    year = catalogue.course_years.get(token.course_year)
    diploma = year.diploma if year else catalogue.diplomas.get(token.diploma)
    school = catalogue.schools.get(token.uai)
    region = catalogue.regions.get(token.region)
    what = What(token, diploma, school, region, year)
    found = found_of(what, catalogue)
    group = group_of(found.showing, note=found.note) if found.showing else None
    return Item(
        letter=comparisons.LETTERS[place],
        title=diploma.label if diploma else school.name,
        place=found.place,
        address=course_address(diploma, voie=found.route, region=token.region)
        if diploma
        else school_address(school),
        route=found.route,
        group=group,
        figures={indicator.name: figure_of(indicator.name, what, found, group) for indicator in INDICATORS},
        remove=compare_address(comparisons.without(texts, place)),
        earlier=compare_address(comparisons.moved(texts, place, -1)) if place else "",
        later=compare_address(comparisons.moved(texts, place, 1)) if place < len(texts) - 1 else "",
        traits=traits_of(
            comparisons.LETTERS[place],
            found.showing,
            found.route,
            perimeter_of(what),
            diploma.type.level if diploma and diploma.type else None,
        ),
    )
