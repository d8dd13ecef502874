"""How precise a percentage is for its head-count, and what can be told apart when several figures are looked at together.

Ranges are score intervals at 95 % (Wilson, "Probable inference, the law of succession, and statistical inference", JASA,
1927). Two figures are told apart by the exact tests of `stats.exact_tests`. Whatever a reader sees at once is decided at
once: the chance that a single verdict of a map or of a comparison is false stays under 5 %, however many it gives (Holm,
"A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics, 1979). Where only the
threshold of publication is known, the group is taken to hold 20 people, the fewest. docs/adr/0006-fourchettes.md tells why.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import ceil, erfc, floor, sqrt

from stats.disclosure_control.primary import THRESHOLD
from stats.exact_tests import same_as_expected, same_proportion

# Quantile of the normal law for 95 %.
Z = 1.959964
# The chance that any verdict among those that a reader sees together is false.
ERRORS = 0.05
# Points of value added that make no difference worth telling.
SAME_WITHIN = 2


@dataclass(frozen=True)
class Measured:
    """A figure and the people in whom chance plays: Measured(value=42, size=61, count=26, expected=None).

    size: None when it is not published. count: the exact numerator, None where only the whole percentage is known.
    expected: where `value` is points, the percentage that a model expects and to which they are added.
    """

    value: int
    size: int | None
    count: int | None = None
    expected: int | None = None

    @property
    def counted(self) -> int:
        """The people to reckon with: the fewest there can be, when their number is not published."""
        return THRESHOLD if self.size is None else self.size

    @property
    def is_points(self) -> bool:
        return self.expected is not None

    @property
    def percent(self) -> float:
        """What was seen of these people, as exactly as it is known."""
        if self.expected is not None:
            return min(100, max(0, self.expected + self.value))
        return self.value if self.count is None else 100 * self.count / self.counted

    @property
    def height(self) -> float:
        """By what figures of one kind are put in order."""
        return self.value if self.is_points else self.percent

    def count_beside(self, other: float) -> int:
        """People that the percentage stands for: of those that it may be rounded from, the nearest to another one."""
        if self.count is not None:
            return self.count
        people, rounding = self.counted * self.percent / 100, 0 if self.is_points else self.counted / 200
        if self.percent > other:
            return max(0, min(floor(people), ceil(people - rounding)))
        return min(self.counted, max(ceil(people), floor(people + rounding)))


class Verdict(StrEnum):
    MORE = "plus"
    LESS = "moins"
    CHANCE = "hasard"
    SIZES_UNKNOWN = "effectifs_non_publies"


class Expectation(StrEnum):
    """How a school does for pupils like its own; SAME also where there are too few of them to say."""

    BETTER = "mieux"
    SAME = "comme"
    WORSE = "moins_bien"


def wilson(value: int, size: int) -> tuple[float, float]:
    """(low, high), in percent, of Wilson's interval for a whole percentage of `size` people."""
    p, spread = value / 100, Z * Z / size
    middle = (p + spread / 2) / (1 + spread)
    half = Z * sqrt(p * (1 - p) / size + spread / (4 * size)) / (1 + spread)
    return 100 * (middle - half), 100 * (middle + half)


def expectation(measured: Measured) -> Expectation:
    """The `Expectation` that a value added stands for, alone; up to SAME_WITHIN points either way is the same."""
    if measured.expected is None or not 0 < measured.expected < 100 or abs(measured.value) <= SAME_WITHIN:
        return Expectation.SAME
    count = measured.count_beside(measured.expected)
    if same_as_expected(count, measured.counted, measured.expected / 100) > ERRORS:
        return Expectation.SAME
    return Expectation.BETTER if measured.value > 0 else Expectation.WORSE


def verdict(one: Measured, other: Measured) -> Verdict:
    """What can be said of `one` beside `other`, when nothing else is compared."""
    return verdicts([(one, other)])[0]


def verdicts(pairs: Sequence[tuple[Measured, Measured]], among: int = 0) -> list[Verdict]:
    """What can be said of the first of each pair beside the second, for all the pairs that a reader sees together.

    among: how many those are, where others that chance surely explains are left out of `pairs`.
    """
    chances = [_chance(one, other) for one, other in pairs]
    found = [
        Verdict.SIZES_UNKNOWN if one.size is None or other.size is None else Verdict.CHANCE
        for one, other in pairs
    ]
    for done, place in enumerate(sorted(range(len(pairs)), key=chances.__getitem__)):
        if chances[place] > ERRORS / (max(len(pairs), among) - done):
            break
        one, other = pairs[place]
        found[place] = Verdict.MORE if one.height > other.height else Verdict.LESS
    return found


def beside_the_rest(parts: Mapping[str, Measured]) -> dict[str, Verdict]:
    """What can be said of each part of a whole beside all the others together, for all of them at once.

    Parts without a head-count are left out. A part is never set beside a whole that holds it: it would be compared with
    itself, all the more as it is large.
    """
    known = {name: part for name, part in parts.items() if part.size is not None}
    people, count = (sum(each) for each in zip((0, 0), *map(_people, known.values()), strict=True))
    whole = Measured(round(100 * count / max(1, people)), people, count)
    pairs = {name: (part, rest) for name, part in known.items() if (rest := _without(whole, part))}
    return dict(zip(pairs, verdicts(list(pairs.values())), strict=True))


def _people(measured: Measured) -> tuple[int, int]:
    """(people, how many of them), the second to the nearest where only a whole percentage is known."""
    return measured.counted, round(measured.percent * measured.counted / 100)


def _without(whole: Measured, part: Measured) -> Measured | None:
    """The rest of a whole of which this is a part; None where nobody is left, or where it cannot be a part of it."""
    (people, count), (fewer, less) = _people(whole), _people(part)
    if fewer >= people or not 0 <= count - less <= people - fewer:
        return None
    return Measured(round(100 * (count - less) / (people - fewer)), people - fewer, count - less)


def _chance(one: Measured, other: Measured) -> float:
    """The chance of a difference as large or larger between groups that do not differ, from 0 to 1."""
    if one.is_points or other.is_points:
        return _chance_of_points(one, other)
    if one.percent == other.percent:
        return 1.0
    first, second = one.count_beside(other.percent), other.count_beside(one.percent)
    # Roundings may hide which of the two is higher.
    if (first * other.counted - second * one.counted) * (one.percent - other.percent) <= 0:
        return 1.0
    return same_proportion(first, one.counted, second, other.counted)


def _chance_of_points(one: Measured, other: Measured) -> float:
    """Two values added: what each group did beside what was expected of it, by the normal law with its continuity correction."""
    variance = step = 0.0
    for measured in (one, other):
        share = (50 if measured.expected is None else measured.expected) / 100
        variance += share * (1 - share) / measured.counted
        step += 1 / (2 * measured.counted)
    distance = abs(one.value - other.value) / 100 - step
    return 1.0 if distance <= 0 or not variance else erfc(distance / sqrt(2 * variance))


@dataclass(frozen=True)
class Standing:
    """What can be said of several figures.

    Standing(above=(("C", ("A", "B")),), together=((("A", "B"), Verdict.CHANCE),)): C is clearly more than A and
    B, which cannot be told apart. Letters are in the order given.
    """

    above: tuple[tuple[str, tuple[str, ...]], ...]
    together: tuple[tuple[tuple[str, ...], Verdict], ...]


def standing(measured: Mapping[str, Measured]) -> Standing:
    """The `Standing` of {letter: Measured}, when no other figure is compared."""
    return standings({"": measured})[""]


def standings(
    lines: Mapping[str, Mapping[str, Measured]], parts: Collection[tuple[str, str]] = ()
) -> dict[str, Standing]:
    """{line: `Standing`} of {line: {letter: Measured}}, decided together: all of them are read on one page.

    parts: (letter, letter of the whole that holds it); the part is set beside the rest of it. Lines that hold the same
    figures ask the same questions: they count once.
    """
    asked = {
        (name, a, b): _question(line, a, b, parts)
        for name, line in lines.items()
        for a, b in combinations(line, 2)
    }
    pairs = list(dict.fromkeys(asked.values()))
    told = dict(zip(pairs, verdicts(pairs), strict=True))
    return {
        name: _standing(list(line), {(a, b): told[asked[name, a, b]] for a, b in combinations(line, 2)})
        for name, line in lines.items()
    }


def _question(
    line: Mapping[str, Measured], a: str, b: str, parts: Collection[tuple[str, str]]
) -> tuple[Measured, Measured]:
    one, other = line[a], line[b]
    if one.size is None or other.size is None or one.is_points:
        return one, other
    if (a, b) in parts:
        return one, _without(other, one) or other
    return (_without(one, other) or one, other) if (b, a) in parts else (one, other)


_OPPOSITE = {Verdict.MORE: Verdict.LESS, Verdict.LESS: Verdict.MORE}


def _standing(letters: list[str], told: Mapping[tuple[str, str], Verdict]) -> Standing:
    """Never an order between those that cannot be told apart."""
    found = dict(told) | {(b, a): _OPPOSITE.get(how, how) for (a, b), how in told.items()}
    above = tuple(
        (a, below)
        for a in letters
        if (below := tuple(b for b in letters if found.get((a, b)) is Verdict.MORE))
    )
    alike = {frozenset(pair) for pair, how in found.items() if how not in _OPPOSITE}
    together = tuple((group, _why(group, found)) for group in _groups(letters, alike))
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
