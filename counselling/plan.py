"""A plan: what a counsellor prepares for a class, a family or a forum, in order. Pure: it imports no Django.

Every change returns another plan. `as_compact` is what is kept in addresses, files and tables; `read` is its inverse, and
takes whatever somebody may have made of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from unicodedata import category

from stats.comparison_tokens import LIMIT, read_token

MOST_ITEMS = 20
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE = 120, 500, 1_500
SMALLEST_RADIUS_KM, USUAL_RADIUS_KM, LARGEST_RADIUS_KM = 1, 30, 200
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Of the compact form: another one is read by the code that knows it.
FORMAT = 1


class Audience(StrEnum):
    CLASS = "classe"
    FAMILY = "famille"
    FORUM = "forum"


class Kind(StrEnum):
    """What an item is: a course, in a place or not, or a school (one token); a comparison (several); words."""

    FIGURES = "f"
    COMPARISON = "c"
    QUESTION = "q"
    TEXT = "t"


class Unreadable(ValueError):
    """What was read is no plan."""


@dataclass(frozen=True)
class Item:
    """tokens: as `stats.comparison_tokens` writes them. text: of a question or a text. private: note for the counsellor,
    handed out to nobody. handout: note that goes with the item.
    """

    kind: Kind
    tokens: tuple[str, ...] = ()
    text: str = ""
    private: str = ""
    handout: str = ""

    @property
    def has_figures(self) -> bool:
        return self.kind in {Kind.FIGURES, Kind.COMPARISON}


@dataclass(frozen=True)
class Plan:
    """title: "" until somebody gives one. on: the day, None where nobody said. town: code of the commune that every item
    uses, "" for none. radius: in kilometres around it. private, handout: notes for the counsellor and for everybody.
    """

    title: str = ""
    audience: Audience = Audience.CLASS
    on: date | None = None
    town: str = ""
    radius: int = USUAL_RADIUS_KM
    items: tuple[Item, ...] = ()
    private: str = ""
    handout: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Plan()

    @property
    def is_full(self) -> bool:
        return len(self.items) >= MOST_ITEMS

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every token of the items, once, in order."""
        return tuple(dict.fromkeys(token for item in self.items for token in item.tokens))

    def with_item(self, item: Item) -> "Plan":
        """With one more item, last; the same plan where it holds it already, or is full."""
        if self.is_full or (item.has_figures and any(item.tokens == known.tokens for known in self.items)):
            return self
        return replace(self, items=(*self.items, item))

    def without_item(self, position: int) -> "Plan":
        return replace(self, items=self.items[:position] + self.items[position + 1 :])

    def with_moved(self, position: int, to: int) -> "Plan":
        """With the item of a position at another one, as far as the ends."""
        if not 0 <= position < len(self.items):
            return self
        items = list(self.items)
        moved = items.pop(position)
        items.insert(max(0, min(len(items), to)), moved)
        return replace(self, items=tuple(items))

    def with_compared(self, positions: Sequence[int]) -> "Plan":
        """With a comparison of the items of these positions, after the last of them; the same plan where there are not two."""
        chosen = [self.items[position] for position in positions if 0 <= position < len(self.items)]
        tokens = tuple(dict.fromkeys(token for item in chosen for token in item.tokens))[:LIMIT]
        if len(tokens) < 2 or self.is_full:
            return self
        after = max(positions) + 1
        comparison = Item(Kind.COMPARISON, tokens)
        return replace(self, items=(*self.items[:after], comparison, *self.items[after:]))

    def as_compact(self) -> dict[str, Any]:
        """As JSON, short: what is as by default is left out."""
        kept = {
            "t": self.title,
            "a": "" if self.audience == Audience.CLASS else self.audience.value,
            "d": self.on.isoformat() if self.on else "",
            "l": self.town,
            "r": 0 if self.radius == USUAL_RADIUS_KM else self.radius,
            "i": [_compact_item(item) for item in self.items],
            "n": self.private,
            "h": self.handout,
        }
        return {"v": FORMAT} | {name: value for name, value in kept.items() if value}


def _compact_item(item: Item) -> list[str]:
    parts = [item.kind.value, " ".join(item.tokens), item.text, item.private, item.handout]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def read(compact: object) -> Plan:
    """The plan of its compact form, every text within its bounds. Raises Unreadable."""
    if not isinstance(compact, Mapping) or compact.get("v") != FORMAT:
        raise Unreadable
    items = compact.get("i", [])
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Unreadable
    audience, radius = compact.get("a") or Audience.CLASS, compact.get("r") or USUAL_RADIUS_KM
    if audience not in list(Audience) or not isinstance(radius, int):
        raise Unreadable
    return Plan(
        title=text_of(compact.get("t"), LONGEST_TITLE),
        audience=Audience(audience),
        on=day_of(compact.get("d")),
        town=text_of(compact.get("l"), 10),
        radius=radius_of(radius),
        items=tuple(map(_read_item, items)),
        private=text_of(compact.get("n"), LONGEST_NOTE),
        handout=text_of(compact.get("h"), LONGEST_NOTE),
    )


def _read_item(parts: object) -> Item:
    if not isinstance(parts, list) or not parts or len(parts) > 5 or parts[0] not in list(Kind):
        raise Unreadable
    kind, tokens, text, private, handout = parts + [""] * (5 - len(parts))
    read_tokens = [read_token(token) for token in text_of(tokens, 1_000).split()]
    item = Item(
        Kind(kind),
        tuple(token.text for token in read_tokens if token),
        text_of(text, LONGEST_TEXT),
        text_of(private, LONGEST_NOTE),
        text_of(handout, LONGEST_NOTE),
    )
    wanted = {Kind.FIGURES: (1, 1), Kind.COMPARISON: (2, LIMIT)}.get(item.kind, (0, 0))
    if None in read_tokens or not wanted[0] <= len(item.tokens) <= wanted[1]:
        raise Unreadable
    return item


def text_of(value: object, longest: int) -> str:
    """A text without what no page can show, cut at its longest; raises Unreadable for what is no text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable
    kept = "".join(char for char in value.replace("\r\n", "\n") if char == "\n" or _can_show(char))
    return kept.strip()[:longest]


def _can_show(char: str) -> bool:
    """Neither a control character nor one that turns the direction of what follows; joiners of scripts stay."""
    return category(char) not in {"Cc", "Cs", "Co", "Cn"} and char not in _DIRECTIONS


def day_of(value: object) -> date | None:
    """A day written "2026-12-03", None for no day; raises Unreadable."""
    if not value:
        return None
    try:
        return date.fromisoformat(text_of(value, 10))
    except ValueError as error:
        raise Unreadable from error


def radius_of(value: int) -> int:
    return max(SMALLEST_RADIUS_KM, min(LARGEST_RADIUS_KM, value))
