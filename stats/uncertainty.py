"""How precise a percentage is for its head-count, and whether two can be told apart.

Ranges are score intervals at 95 % (Wilson, "Probable inference, the law of succession, and statistical inference", JASA,
1927). Two figures are told apart when the interval of their difference leaves out 0, by the hybrid score method (Newcombe,
"Interval estimation for the difference between independent proportions", Statistics in Medicine, 1998, method 10). Where only
the threshold of publication is known, the group is taken to hold 20 people, the fewest: if two figures can be told apart then,
they can for any larger group. docs/adr/0006-fourchettes.md tells why these methods.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from stats.disclosure_control.primary import THRESHOLD

# Quantile of the normal law for 95 %.
Z = 1.959964


@dataclass(frozen=True)
class Measured:
    """A percentage and the people it is a share of: Measured(value=42, size=61), size None when not published."""

    value: int
    size: int | None

    @property
    def counted(self) -> int:
        """The people to reckon with: the fewest there can be, when their number is not published."""
        return THRESHOLD if self.size is None else self.size


class Verdict(StrEnum):
    MORE = "plus"
    LESS = "moins"
    CHANCE = "hasard"
    SIZES_UNKNOWN = "effectifs_non_publies"


def wilson(value: int, size: int) -> tuple[float, float]:
    """(low, high), in percent, of Wilson's interval for a whole percentage of `size` people."""
    p, spread = value / 100, Z * Z / size
    middle = (p + spread / 2) / (1 + spread)
    half = Z * sqrt(p * (1 - p) / size + spread / (4 * size)) / (1 + spread)
    return 100 * (middle - half), 100 * (middle + half)


def verdict(one: Measured, other: Measured) -> Verdict:
    """What can be said of `one` beside `other`."""
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


def standing(measured: Mapping[str, Measured]) -> Standing:
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


def _why(group: tuple[str, ...], verdicts: Mapping[tuple[str, str], Verdict]) -> Verdict:
    pairs = [verdicts[a, b] for a in group for b in group if a != b]
    return Verdict.SIZES_UNKNOWN if Verdict.SIZES_UNKNOWN in pairs else Verdict.CHANCE


def _groups(letters: list[str], alike: Collection[frozenset[str]]) -> list[tuple[str, ...]]:
    """The largest groups all of whose pairs are alike, in the order of `letters`; an item may be in several."""
    groups: list[tuple[str, ...]] = [(letter,) for letter in letters]
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
