"""The same figure for a wider group, made only from the published counts of its parts. Pure: no Django.

A part whose figure or counts are withheld stays out, and the reference says how many parts it covers: it
holds nothing that the published parts do not, so that nothing can be subtracted from it.
"""

from dataclasses import dataclass

from stats.indicators import BY_NAME, INDICATORS, Indicator
from stats.rates import others, share


@dataclass(frozen=True)
class Total:
    """A figure over several groups.

    Total(value=34, size=4100, covered=14, parts=17): whole percentage, people it is a share of, how many
    groups are in it and how many there are. `value` is None where no part can be counted.
    """

    value: int | None
    size: int
    covered: int
    parts: int

    @property
    def is_whole(self):
        return self.covered == self.parts


def total(name, rows):
    """The `Total` of the figure `name` over `rows`, objects or rows with the columns of the facts table.

    Only figures that are a count out of a head-count have one; the others (value added, expected rate,
    broken contracts, salaries) are never averaged.
    """
    indicator = BY_NAME[name]
    if indicator.rest_of:
        return _rest(indicator, rows)
    if not indicator.count:
        return Total(None, 0, 0, len(rows))
    return _sum(name, indicator.count, indicator.denominator.value, rows)


def _sum(name, count, size, rows):
    counted = [
        row
        for row in rows
        if getattr(row, name) is not None
        and getattr(row, count) is not None
        and getattr(row, size) is not None
    ]
    people = sum(getattr(row, size) for row in counted)
    return Total(share(sum(getattr(row, count) for row in counted), people), people, len(counted), len(rows))


def _rest(indicator: Indicator, rows):
    """Other situations are what employment and studies leave, over the parts that have both."""
    both = [row for row in rows if getattr(row, indicator.name) is not None]
    employed, studying = (total(name, both) for name in indicator.rest_of)
    if employed.value is None or studying.value is None or employed.size != studying.size:
        return Total(None, 0, 0, len(rows))
    return Total(others(employed.value, studying.value), employed.size, employed.covered, len(rows))


SUMMABLE = tuple(i.name for i in INDICATORS if i.count or i.rest_of)


def needed(name):
    """(figures, counts, head-count): the columns without which a row stays out of the total of `name`."""
    indicator = BY_NAME[name]
    if indicator.rest_of:
        counts = tuple(BY_NAME[part].count for part in indicator.rest_of)
        return (name, *indicator.rest_of), counts, indicator.denominator.value
    return (name,), (indicator.count,), indicator.denominator.value


def total_of_sums(name, sums):
    """The `Total` of `name` from sums over the rows that have what it needs.

    sums: objects of (covered, parts, size, counts), counts in the order of `needed`; one for each set of rows.
    """
    covered, parts, size = (sum(getattr(one, part) for one in sums) for part in ("covered", "parts", "size"))
    if not size:
        return Total(None, 0, 0, parts)
    shares = [share(sum(column), size) for column in zip(*(one.counts for one in sums), strict=True)]
    return Total(others(*shares) if BY_NAME[name].rest_of else shares[0], size, covered, parts)
