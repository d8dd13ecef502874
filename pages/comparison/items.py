"""The items of a comparison by letter, and each indicator over them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.figures.caveats import traits_of
from pages.figures.figure import Figure, figure, missing
from pages.figures.group import Group, Origin, group_of
from pages.figures.outcome import Situations, holes_of, no_situations, situations
from pages.figures.verdicts import verdict_sentences
from stats import comparison_tokens
from stats.comparability import Traits
from stats.comparison_tokens import Token
from stats.indicators import INDICATORS, Indicator, Level
from stats.links import Links
from stats.uncertainty import Standing
from stats.wording import listed, route_label

# What the figures of an item are about, as `Traits.place` has it.
_PLACES = {
    Level.SCHOOL_COURSE: "course_in_school",
    Level.SCHOOL: "school",
    Level.REGION: "region",
    Level.COUNTRY: "country",
}


@dataclass(frozen=True)
class Item:
    """One thing compared.

    Item(token=Token(…), letter="A", title="CAP Cuisine", place="Lycée X, Rennes", address="/formations/…", route="pro",
    group=Group(…) or None, figures={"taux_…": Figure(…)}, situations=Situations(…), remove="/comparer/?…",
    earlier="/comparer/?…" or "", later="/comparer/?…" or "", traits=Traits(…), replaced=(("CAP Cuisine (code 50022139)",
    "/formations/…"),))

    replaced: the diplomas that a course without figures replaced, which have theirs.
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
    replaced: tuple[tuple[str, str], ...] = ()

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
    """One indicator over the items: Line(indicator=…, cells=((Item, Figure), …), hide="/comparer/?…&sans=taux_…",
    standing=Standing(…)).

    standing: what can be said of the items, once all that the page compares is counted in.
    """

    indicator: Indicator
    cells: tuple[tuple[Item, Figure], ...]
    hide: str
    standing: Standing

    @property
    def first(self):
        return self.cells[0][1]

    @property
    def verdicts(self):
        """Sentences on which items are clearly above others."""
        return verdict_sentences(dict(self.figures), self.standing)

    @property
    def cells_shown(self):
        return [(item, figure) for item, figure in self.cells if figure.is_shown]

    @property
    def holes(self):
        """The `Holes` of the other cells, one a reason, with the letters of the items that have it."""
        return holes_of([(item.letter, figure) for item, figure in self.cells], listed)

    @property
    def is_told_apart(self):
        """Whether one of the items is clearly above another."""
        return bool(self.standing.above)

    @property
    def is_shown(self):
        """Whether any item has this figure."""
        return any(figure.is_shown for _item, figure in self.cells)

    @property
    def figures(self):
        """[(letter of the item, its `Figure`)]"""
        return [(item.letter, figure) for item, figure in self.cells]


def is_part_of(one, other):
    """Whether an item is a region of the country that another one is: same course, route and cohort."""
    places = (one.traits.place, other.traits.place)
    return places == (_PLACES[Level.REGION], _PLACES[Level.COUNTRY]) and _course_of(one) == _course_of(other)


def _course_of(item):
    cohort = item.group.cohort_code if item.group else ""
    return item.token.diploma, item.token.course_year, item.route, cohort


def item_of(requested, resolved, state, position):
    """The `Item` of a `RequestedItem` and its `ResolvedItem`, at this position of the comparison, from 0."""
    texts, links = state.texts, Links(state)
    diploma, school = requested.diploma, requested.school
    group = group_of(resolved.attribution, note=resolved.note) if resolved.attribution else None
    last = len(texts) - 1
    return Item(
        token=requested.token,
        letter=comparison_tokens.LETTERS[position],
        title=diploma.label if diploma else school.name,
        place=resolved.place,
        address=links.course(diploma, voie=resolved.route, region=_region_code(requested))
        if diploma
        else links.school(school),
        route=resolved.route,
        group=group,
        figures={item.name: _figure(item.name, requested, resolved, group) for item in INDICATORS},
        situations=_situations(requested, resolved, group),
        remove=state.address(texts=comparison_tokens.without(texts, position)),
        earlier=_address_of_move(state, position, -1) if position > 0 else "",
        later=_address_of_move(state, position, 1) if position < last else "",
        traits=traits_of(
            comparison_tokens.LETTERS[position],
            resolved.attribution,
            resolved.route,
            _PLACES[requested.level],
            diploma.type.level if diploma and diploma.type else None,
        ),
        replaced=tuple(
            (
                _("%(label)s (code %(code)s)") % {"label": former.label, "code": former.pk},
                links.course(former, voie=resolved.route, region=_region_code(requested)),
            )
            for former in resolved.replaced
        ),
    )


def _address_of_move(state, position, by):
    return state.address(texts=comparison_tokens.moved(state.texts, position, by))


def _figure(name, requested, resolved, group):
    if resolved.attribution:
        return figure(resolved.attribution, name, group, resolved.fallbacks)
    return missing(name, resolved.reason, resolved.fallbacks, requested.level, resolved.route)


def _situations(requested, resolved, group):
    if resolved.attribution:
        return situations(resolved.attribution, group, resolved.fallbacks)
    return no_situations(resolved.reason, resolved.fallbacks, requested.level)


def _region_code(requested):
    """The region in which the page of the course lists other places, "" for the whole country."""
    school = requested.school
    return requested.token.region or (school.region.code if school and school.region else "")
