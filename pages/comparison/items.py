"""The items of a comparison by letter, and each figure over them."""

from dataclasses import dataclass, replace

from pages.comparison.resolve import What, figure_of, found_of, perimeter_of, situations_of
from pages.figures.caveats import traits_of
from pages.figures.figure import Figure
from pages.figures.group import Group, Origin, group_of
from pages.figures.outcome import Holes, Situations
from pages.figures.verdicts import is_told_apart, verdicts
from stats import comparison_tokens
from stats.comparability import Traits
from stats.comparison_tokens import Token
from stats.indicators import INDICATORS, Indicator
from stats.links import Links
from stats.wording import listed, route_label


@dataclass(frozen=True)
class Item:
    """One thing compared.

    Item(token=Token(…), letter="A", title="CAP Cuisine", place="Lycée X, Rennes", route_label="au lycée", address="/formations/…",
    group=Group(…) or None, figures={"taux_…": Figure(…)}, situations=Situations(…), remove="/comparer/?…",
    earlier="/comparer/?…" or "", later="" or address, traits=Traits(…))
    """

    token: Token
    letter: str
    title: str
    place: str
    address: str
    route: str
    group: Group | None
    figures: dict[str, Figure]
    situations: Situations
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
    """One indicator over the items: Line(indicator=…, cells=((Item, Figure), …), hide="/comparer/?…&sans=taux_…")."""

    indicator: Indicator
    cells: tuple[tuple[Item, Figure], ...]
    hide: str

    @property
    def first(self):
        return self.cells[0][1]

    @property
    def verdicts(self):
        """What can be said of the items side by side, in sentences."""
        return verdicts(self._figures)

    @property
    def cells_shown(self):
        return [(item, figure) for item, figure in self.cells if figure.is_shown]

    @property
    def holes(self):
        """The `Holes` of the others, told once for all the items that have the same, by their letters."""
        return holes_together([(item.letter, figure) for item, figure in self.cells], listed)

    @property
    def is_told_apart(self):
        return is_told_apart(self._figures)

    @property
    def is_shown(self):
        """Whether any item has this figure."""
        return any(figure.is_shown for _item, figure in self.cells)

    @property
    def _figures(self):
        return {item.letter: figure for item, figure in self.cells}


def holes_together(labelled, joined):
    """Pairs (label, figure) that are not shown as `Holes`, one a reason; joined: labels → the text that names them."""
    by_reason = {}
    for label, figure in labelled:
        if not figure.is_shown:
            by_reason.setdefault((figure.reason, figure.level), []).append((label, figure))
    return [
        Holes(
            label=joined([label for label, _figure in same]),
            figure=replace(same[0][1], next_best=None),
            next_best=tuple((label, figure.next_best) for label, figure in same if figure.next_best),
        )
        for same in by_reason.values()
    ]


def item_of(asked, place, token, catalogue):
    """The `Item` of a token; asked: the `Asked` in which it has that place."""
    texts, links = asked.texts, Links(asked)
    year = catalogue.course_years.get(token.course_year)
    diploma = year.diploma if year else catalogue.diplomas.get(token.diploma)
    school = catalogue.schools.get(token.uai)
    region = catalogue.regions.get(token.region)
    what = What(token, diploma, school, region, year)
    found = found_of(what, catalogue)
    group = group_of(found.attribution, note=found.note) if found.attribution else None
    return Item(
        token=token,
        letter=comparison_tokens.LETTERS[place],
        title=diploma.label if diploma else school.name,
        place=found.place,
        address=links.course(diploma, voie=found.route, region=_region_code(token, school))
        if diploma
        else links.school(school),
        route=found.route,
        group=group,
        figures={indicator.name: figure_of(indicator.name, what, found, group) for indicator in INDICATORS},
        situations=situations_of(what, found, group),
        remove=asked.address(texts=comparison_tokens.without(texts, place)),
        earlier=asked.address(texts=comparison_tokens.moved(texts, place, -1)) if place else "",
        later=asked.address(texts=comparison_tokens.moved(texts, place, 1)) if place < len(texts) - 1 else "",
        traits=traits_of(
            comparison_tokens.LETTERS[place],
            found.attribution,
            found.route,
            perimeter_of(what),
            diploma.type.level if diploma and diploma.type else None,
        ),
    )


def _region_code(token, school):
    """The region where the page of the course shows the other places like this one, "" for the whole country."""
    return token.region or (school.region.code if school and school.region else "")
