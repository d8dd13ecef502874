"""The page of a comparison: items side by side, their figures, and what makes the comparison misleading."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from pages.comparison.catalogue import read_catalogue
from pages.comparison.items import Item, Line, is_part_of, item_of
from pages.comparison.options import address_without, choices_of, hidden_lines
from pages.comparison.requested import Problem, requested_items
from pages.comparison.resolve import resolve
from pages.comparison.snapshot_changes import SnapshotChanges, snapshot_changes
from pages.figures.caveats import caveats
from pages.figures.outcome import holes_of
from pages.figures.verdicts import standings_of
from stats import comparison_tokens
from stats.indicators import INDICATORS, SITUATIONS
from stats.links import TEN_PEOPLE, ComparisonState, Links, report_address


@dataclass(frozen=True)
class ComparisonPage:
    """Everything that the page shows.

    ComparisonPage(state=ComparisonState(…), items=(Item(…),), all_lines=(Line(…),), caveats=("Toutes ne se font pas…",),
    problems=(Problem(…),), snapshot_changes=SnapshotChanges(…) or None)
    state: its texts are those of the items. all_lines: those that the reader hides too.
    """

    state: ComparisonState
    items: tuple[Item, ...]
    all_lines: tuple[Line, ...]
    caveats: tuple[str, ...]
    problems: tuple[Problem, ...]
    snapshot_changes: SnapshotChanges | None

    @property
    def links(self):
        return Links(self.state)

    @property
    def is_full(self):
        return len(self.items) >= comparison_tokens.LIMIT

    @property
    def columns(self):
        """How many columns the table has."""
        return len(self.items) + 1

    @property
    def has_others_figures(self):
        """Whether an item shows the figures of another diploma or school."""
        return any(item.origin for item in self.items)

    @property
    def is_plain(self):
        """Whether nothing is shown otherwise than by default."""
        return ComparisonState(self.state.texts, seen=self.state.seen) == self.state

    @property
    def has_several(self):
        return len(self.items) > 1

    @property
    def is_differences(self):
        """Whether only the lines that tell items apart are shown: it takes two items."""
        return self.state.is_differences and self.has_several

    @cached_property
    def _told_apart(self):
        return {line.indicator.name for line in self.all_lines if line.is_told_apart}

    @cached_property
    def lines(self):
        """The lines that are shown, those without any figure included."""
        return [
            line
            for line in self.all_lines
            if line.indicator.name not in self.state.hidden
            and (not self.is_differences or line.indicator.name in self._told_apart)
        ]

    @property
    def lines_shown(self):
        return [line for line in self.lines if line.is_shown]

    @property
    def lines_without_figure(self):
        return [line for line in self.lines if not line.is_shown]

    @property
    def labels_alike(self):
        """The figures left out because they tell no items apart, "" when there are none."""
        kept = {*self.state.hidden, *(line.indicator.name for line in self.lines)}
        return _("\u00a0; ").join(
            line.first.label for line in self.all_lines if line.indicator.name not in kept
        )

    @property
    def has_people(self):
        """Whether ten people of each item are drawn."""
        is_alike = self.is_differences and not self._told_apart & set(SITUATIONS)
        return not self.state.is_table and TEN_PEOPLE not in self.state.hidden and not is_alike

    @property
    def hide_people(self):
        return address_without(self.state, TEN_PEOPLE)

    @property
    def by_item(self):
        """(Item, its figures that are shown, the `Holes` of the others) of each item, for one after another."""
        for item in self.items:
            figures = [item.figures[line.indicator.name] for line in self.lines_shown]
            missing = [(figure.label, figure) for figure in figures if figure.is_applicable]
            yield (
                item,
                [figure for figure in figures if figure.is_shown],
                holes_of(missing, _("\u00a0; ").join),
            )

    @property
    def choices(self):
        return choices_of(self.state, self.has_several)

    @property
    def hidden_lines(self):
        return hidden_lines(self.state)

    @property
    def show_everything(self):
        return self.state.address(hidden=(), is_differences=False)

    @property
    def csv(self):
        """The address of the lines that are shown, as a file."""
        return self.state.address("compare_csv", is_table=False, is_by_item=False, seen="")

    @property
    def share(self):
        """The address that leads to the one with a snapshot of today; "" where this one has it."""
        is_shared = self.snapshot_changes and self.snapshot_changes.is_up_to_date
        return "" if is_shared or not self.items else self.state.address("compare_share", seen="")

    @property
    def current_address(self):
        return self.state.address()

    @property
    def address(self):
        """The canonical address: the same whatever way the comparison is shown."""
        return ComparisonState(self.state.texts).address()

    @property
    def report(self):
        """Address by which an error of this comparison is reported."""
        return report_address(self.address)

    @property
    def title(self):
        if not self.items:
            return _("Comparer des formations et des établissements")
        names = " / ".join(f"{item.title}, {item.place}" for item in self.items)
        return _("Comparer\u00a0: %(names)s") % {"names": names}

    @property
    def description(self):
        return _(
            "Jusqu’à dix formations et établissements côte à côte\u00a0: ce que deviennent leurs élèves."
        )

    @property
    def crumbs(self):
        return ()

    @property
    def holes(self):
        """One figure for each reason of a hole, to tell it once under the table."""
        cells = [figure for line in self.lines_shown for _item, figure in line.cells if figure.reason]
        return list({(figure.reason, figure.reason_sentence): figure for figure in cells}.values())


def comparison_page(state):
    """The `ComparisonPage` of a `ComparisonState`, read in a fixed number of queries."""
    tokens = {text: comparison_tokens.read_token(text) for text in state.texts}
    return present(state, tokens, read_catalogue([token for token in tokens.values() if token]))


def present(state, tokens, catalogue):
    """The `ComparisonPage` of {text: `Token` or None}, from what `catalogue` read: it makes no query."""
    requested, problems = requested_items(tokens, catalogue)
    state = replace(state, texts=tuple(item.text for item in requested))
    items = tuple(
        item_of(item, resolve(item, catalogue), state, position) for position, item in enumerate(requested)
    )
    return ComparisonPage(
        state=state,
        items=items,
        all_lines=tuple(_lines(items, state)),
        caveats=caveats([item.traits for item in items]),
        problems=tuple(problems),
        snapshot_changes=snapshot_changes(state.seen, items),
    )


def _lines(items, state):
    """A `Line` for each indicator that applies to an item; those that the reader hides count among what is compared."""
    figures = {
        indicator: {item.letter: item.figures[indicator.name] for item in items}
        for indicator in INDICATORS
        if any(item.figures[indicator.name].is_applicable for item in items)
    }
    told = standings_of(figures, [(a.letter, b.letter) for a in items for b in items if is_part_of(a, b)])
    for indicator in figures:
        cells = tuple((item, item.figures[indicator.name]) for item in items)
        yield Line(indicator, cells, address_without(state, indicator.name), told[indicator])
