"""The same figure for a wider group, made only from the published counts of its parts.

A part whose figure or counts are withheld stays out, and the total says how many parts it covers: it holds nothing that the
published parts do not, so that nothing can be subtracted from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from stats.indicators import BY_NAME, INDICATORS, Indicator
from stats.rates import others, share


@dataclass(frozen=True)
class Total:
    """A figure over several groups.

    Total(value=34, size=4100, covered=14, parts=17): whole percentage, people it is a share of, how many groups are in it
    and how many there are. `value` is None where no part can be counted.
    """

    value: int | None
    size: int
    covered: int
    parts: int

    @property
    def is_whole(self) -> bool:
        return self.covered == self.parts


class Sums(Protocol):
    """Sums over the rows that have what a figure needs.

    covered, parts: how many rows those are, and how many there are. size: people. counts: numerators, as `needed` orders them.
    """

    covered: int
    parts: int
    size: int
    counts: Sequence[int]


def total(name: str, rows: Sequence[Any]) -> Total:
    """The `Total` of the figure `name` over `rows`, objects with the columns of the facts table as attributes.

    Only figures that are a count out of a head-count have one; the others (value added, expected rate, broken
    contracts, salaries) are never averaged.
    """
    indicator = BY_NAME[name]
    if indicator.rest_of:
        return _rest(indicator, rows)
    if not indicator.count:
        return Total(None, 0, 0, len(rows))
    return _ratio(indicator, rows)


def _ratio(indicator: Indicator, rows: Sequence[Any]) -> Total:
    columns = (indicator.name, indicator.count, indicator.denominator.value)
    counted = [row for row in rows if all(getattr(row, column) is not None for column in columns)]
    people = sum(getattr(row, indicator.denominator.value) for row in counted)
    number = sum(getattr(row, indicator.count) for row in counted)
    return Total(share(number, people), people, len(counted), len(rows))


def _rest(indicator: Indicator, rows: Sequence[Any]) -> Total:
    """Other situations are what employment and studies leave, over the parts that have both."""
    shown = [row for row in rows if getattr(row, indicator.name) is not None]
    employed, studying = (total(name, shown) for name in indicator.rest_of)
    if employed.value is None or studying.value is None or employed.size != studying.size:
        return Total(None, 0, 0, len(rows))
    return Total(others(employed.value, studying.value), employed.size, employed.covered, len(rows))


SUMMABLE = tuple(i.name for i in INDICATORS if i.count or i.rest_of)


def needed(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """(figures, counts, head-count): the columns without which a row stays out of the total of `name`."""
    indicator = BY_NAME[name]
    if indicator.rest_of:
        counts = tuple(BY_NAME[part].count for part in indicator.rest_of)
        return (name, *indicator.rest_of), counts, indicator.denominator.value
    return (name,), (indicator.count,), indicator.denominator.value


def total_of_sums(name: str, sums: Iterable[Sums]) -> Total:
    """The `Total` of `name` from the sums over several sets of rows."""
    sums = list(sums)
    covered, parts, size = (
        sum(getattr(item, part) for item in sums) for part in ("covered", "parts", "size")
    )
    if not size:
        return Total(None, 0, 0, parts)
    counts = (sum(column) for column in zip(*(item.counts for item in sums), strict=True))
    shares = [share(count, size) for count in counts]
    return Total(others(*shares) if BY_NAME[name].rest_of else shares[0], size, covered, parts)
