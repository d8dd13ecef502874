"""The comparison: figures side by side, what of them is shown, and in words what makes it unfair."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from pages.comparison.catalogue import catalogue_of, problem_of, settled
from pages.comparison.items import Item, Line, holes_together, item_of
from pages.comparison.options import choices_of, hidden_lines, without
from pages.comparison.snapshot_changes import Since, since_of
from pages.figures.caveats import caveats
from stats import comparison_tokens
from stats.indicators import INDICATORS, SITUATIONS
from stats.links import TEN_PEOPLE, ComparisonState, Links


@dataclass(frozen=True)
class Problem:
    """A token that shows nothing: Problem(text="zzz", sentence="« zzz » n’est pas…")."""

    text: str
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """The page: Comparison(asked=ComparisonState(…), items=(Item(…),), every=(Line(…),), notes=("A et B se font au lycée…",),
    problems=(Problem(…),), since=Since(…) or None). `every` has the lines that are hidden too."""

    asked: ComparisonState
    items: tuple[Item, ...]
    every: tuple[Line, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    since: Since | None

    @property
    def texts(self):
        return self.asked.texts

    @property
    def links(self):
        return Links(self.asked)

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
        return ComparisonState(self.texts, seen=self.asked.seen) == self.asked

    @property
    def has_several(self):
        return len(self.items) > 1

    @property
    def is_differences(self):
        """Whether only what tells items apart is shown: it takes two."""
        return self.asked.is_differences and self.has_several

    @cached_property
    def _told_apart(self):
        return {line.indicator.name for line in self.every if line.is_told_apart}

    @cached_property
    def lines(self):
        """The lines that are shown, those without any figure included."""
        return [
            line
            for line in self.every
            if line.indicator.name not in self.asked.hidden
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
        """The figures left out because nothing can be told apart by them, "" when there are none."""
        kept = {*self.asked.hidden, *(line.indicator.name for line in self.lines)}
        return _("\u00a0; ").join(line.first.label for line in self.every if line.indicator.name not in kept)

    @property
    def has_people(self):
        """Whether ten people of each item are drawn."""
        is_alike = self.is_differences and not self._told_apart & set(SITUATIONS)
        return not self.asked.is_table and TEN_PEOPLE not in self.asked.hidden and not is_alike

    @property
    def hide_people(self):
        return without(self.asked, TEN_PEOPLE)

    @property
    def by_item(self):
        """(Item, its figures that are shown, the `Holes` of the others) of each item, for one after another."""
        for item in self.items:
            figures = [item.figures[line.indicator.name] for line in self.lines_shown]
            yield (
                item,
                [figure for figure in figures if figure.is_shown],
                holes_together(
                    [(figure.label, figure) for figure in figures if figure.is_applicable],
                    _("\u00a0; ").join,
                ),
            )

    @property
    def choices(self):
        return choices_of(self.asked, self.has_several)

    @property
    def hidden_lines(self):
        return hidden_lines(self.asked)

    @property
    def show_everything(self):
        return self.asked.address(hidden=(), is_differences=False)

    @property
    def csv(self):
        """The address of the lines that are shown, as a file."""
        return self.asked.address("compare_csv", is_table=False, is_by_item=False, seen="")

    @property
    def share(self):
        """The address that leads to the one that remembers the figures of today; "" where this one does."""
        if not self.items or (self.since and self.since.is_today):
            return ""
        return self.asked.address("compare_share", seen="")

    @property
    def here(self):
        return self.asked.address()

    @property
    def address(self):
        """The one address of this comparison, whatever way it is shown."""
        return ComparisonState(self.texts).address()

    @property
    def title(self):
        names = " / ".join(f"{item.title}, {item.place}" for item in self.items)
        return (
            _("Comparer\u00a0: %(names)s") % {"names": names}
            if names
            else _("Comparer des formations et des établissements")
        )

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


def comparison(asked):
    """The `Comparison` of these tokens, at most ten; the others are problems, each with its sentence."""
    texts = asked.texts
    tokens = {text: comparison_tokens.read_token(text) for text in texts}
    catalogue = catalogue_of([token for token in tokens.values() if token])
    tokens = {text: settled(token, catalogue) for text, token in tokens.items()}
    problems = [
        Problem(text, sentence) for text in texts if (sentence := problem_of(text, tokens[text], catalogue))
    ]
    kept = [text for text in texts if text not in {problem.text for problem in problems}]
    for text in kept[comparison_tokens.LIMIT :]:
        sentence = _("«\u00a0%(text)s\u00a0» n’est pas montré\u00a0: une comparaison a dix éléments au plus.")
        problems.append(Problem(text, sentence % {"text": text}))
    asked = replace(asked, texts=tuple(kept[: comparison_tokens.LIMIT]))
    items = tuple(item_of(asked, place, tokens[text], catalogue) for place, text in enumerate(asked.texts))
    every = tuple(
        Line(
            indicator,
            tuple((item, item.figures[indicator.name]) for item in items),
            without(asked, indicator.name),
        )
        for indicator in INDICATORS
        if any(item.figures[indicator.name].is_applicable for item in items)
    )
    return Comparison(
        asked,
        items,
        every,
        caveats([item.traits for item in items]),
        tuple(problems),
        since_of(asked.seen, items),
    )
