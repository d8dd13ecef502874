"""The cells of published tables: the head-counts of a group, and the figures that disclose each of them.

All of it follows from the registry, so that an indicator that is declared is audited and suppressed.
"""

from collections.abc import Iterable, Sequence

from stats.indicators import (
    COUNTS,
    GROUP_SIZE,
    INDICATORS,
    LEAVERS,
    PART_OF,
    STUDYING,
    Indicator,
    head_counts_of,
)

# The head-counts of a group, in the order of the columns of its bounds.
NUMBERS = (GROUP_SIZE, *COUNTS)
SIZE, STUDY, LEAVE = (NUMBERS.index(name) for name in (GROUP_SIZE, STUDYING, LEAVERS))
# What became of people: the secrets. Leavers are those who do not study on, so that one tells the other.
OUTCOMES = tuple(number for number in range(len(NUMBERS)) if number not in {SIZE, LEAVE})
# (number, the larger one that it is a part of), beside those who study on and those who leave.
PARTS = tuple((number, NUMBERS.index(PART_OF[NUMBERS[number]])) for number in OUTCOMES if number != STUDY)
# No group is larger: the upper bound of head-counts that nobody published.
LARGEST = 10_000_000


def _rates_of(indicators: Iterable[Indicator]) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Published percentages: (numerator, denominator, figures that give it, best first)."""
    figures: dict[tuple[int, int], list[Indicator]] = {}
    for indicator in indicators:
        if indicator.count:
            ratio = NUMBERS.index(indicator.denominator), NUMBERS.index(indicator.count)
            figures.setdefault(ratio, []).append(indicator)
    # A percentage without a date is that of the count itself; one at a date may come from another survey.
    return tuple(
        (count, size, tuple(i.name for i in sorted(figures[size, count], key=lambda i: i.months or 0)))
        for size, count in sorted(figures)
    )


RATES = _rates_of(INDICATORS)

# (row, outcome): whatever is published of the outcome of one row is withheld together.
Cell = tuple[int, int]


def _columns_of(outcome: int) -> tuple[str, ...]:
    """What is withheld with an outcome, since it would disclose it: head-counts, and the figures made from them.

    Without the number of leavers, nothing says that their figures are those of enough people.
    """
    counts = (STUDYING, LEAVERS) if outcome == STUDY else (NUMBERS[outcome],)
    figures = (
        i.name
        for i in INDICATORS
        if head_counts_of(i).intersection(counts) or (i.needs_leavers and LEAVERS in counts)
    )
    return (*counts, *figures)


COLUMNS = {outcome: _columns_of(outcome) for outcome in OUTCOMES}


def numbers_of(outcomes: Sequence[int]) -> tuple[int, ...]:
    """The head-counts that a system about these outcomes needs."""
    return (SIZE, STUDY, LEAVE, *outcomes[1:]) if STUDY in outcomes else (SIZE, *outcomes)
