"""How sure a percentage is for its head-count, and whether two can be told apart. Pure: no Django.

Ranges are Wilson's score intervals at 95 %; two figures are told apart when Newcombe's interval for their
difference, made of both ranges, leaves out 0 (docs/adr/0006-fourchettes.md). Where only the threshold of
publication is known, the group is taken at 20, its smallest: being told apart then holds for any larger one.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from stats.disclosure_control.primary import THRESHOLD

Z = 1.959964


@dataclass(frozen=True)
class Measured:
    """A percentage and the people it is a share of: Measured(value=42, size=61), size None when not published."""

    value: int
    size: int | None

    @property
    def counted(self):
        return THRESHOLD if self.size is None else self.size


class Verdict(StrEnum):
    MORE = "plus"
    LESS = "moins"
    CHANCE = "hasard"
    SIZES_UNKNOWN = "effectifs_non_publies"


def wilson(value, size):
    """(low, high) in percent between which the figure lies, for a whole percentage of `size` people."""
    p, spread = value / 100, Z * Z / size
    middle = (p + spread / 2) / (1 + spread)
    half = Z * sqrt(p * (1 - p) / size + spread / (4 * size)) / (1 + spread)
    return 100 * (middle - half), 100 * (middle + half)


def verdict(one, other):
    """What can be said of `one` beside `other`, two `Measured`."""
    difference = one.value - other.value
    (low, high), (other_low, other_high) = wilson(one.value, one.counted), wilson(other.value, other.counted)
    below = sqrt((one.value - low) ** 2 + (other_high - other.value) ** 2)
    above = sqrt((high - one.value) ** 2 + (other.value - other_low) ** 2)
    if difference - below > 0:
        return Verdict.MORE
    if difference + above < 0:
        return Verdict.LESS
    return Verdict.CHANCE if one.size is not None and other.size is not None else Verdict.SIZES_UNKNOWN


@dataclass(frozen=True)
class Standing:
    """What can be said of several figures.

    Standing(above=(("C", ("A", "B")),), together=((("A", "B"), Verdict.CHANCE),)): C is clearly more than A and
    B, which cannot be told apart. Letters are in the order given.
    """

    above: tuple[tuple[str, tuple[str, ...]], ...]
    together: tuple[tuple[tuple[str, ...], Verdict], ...]


def standing(measured):
    """The `Standing` of {letter: Measured}; never an order between those that cannot be told apart."""
    letters = list(measured)
    verdicts = {
        (a, b): verdict(measured[a], measured[b])
        for a in letters
        for b in letters
        if letters.index(a) != letters.index(b)
    }
    above = tuple(
        (a, below)
        for a in letters
        if (below := tuple(b for b in letters if verdicts.get((a, b)) is Verdict.MORE))
    )
    alike = {
        frozenset(pair)
        for pair, found in verdicts.items()
        if found in {Verdict.CHANCE, Verdict.SIZES_UNKNOWN}
    }
    together = tuple((group, _why(group, verdicts)) for group in _groups(letters, alike))
    return Standing(above, together)


def _why(group, verdicts):
    pairs = [verdicts[a, b] for a in group for b in group if a != b]
    return Verdict.SIZES_UNKNOWN if Verdict.SIZES_UNKNOWN in pairs else Verdict.CHANCE


def _groups(letters, alike):
    """The largest groups all of whose pairs are alike, in the order of `letters`; an item may be in several."""
    groups = [(letter,) for letter in letters]
    for letter in letters:
        grown = [
            (*group, letter)
            for group in groups
            if letters.index(group[-1]) < letters.index(letter)
            and all(frozenset((member, letter)) in alike for member in group)
        ]
        groups += grown
    wide = [group for group in groups if len(group) > 1]
    return [group for group in wide if not any(set(group) < set(other) for other in wide)]
