"""Counts into shares, shares into ten people."""

from collections.abc import Collection, Sequence
from typing import Any, overload

import pandas as pd

from stats.indicators import GROUP_SIZE, INDICATORS, MONTHS, Denominator, employed_at

# A drawing of people shows this many.
PEOPLE = 10


@overload
def share(count: int, total: int) -> int: ...
@overload
def share(count: int | None, total: int | None) -> int | None: ...
@overload
def share(count: pd.Series, total: pd.Series) -> pd.Series: ...
def share(count: Any, total: Any) -> Any:
    """`count` in percent of `total`, whole, rounded half to even; missing when either is, or the total is 0.

    Dividing two whole numbers is exact at every half, so that rounding the quotient is rounding the ratio.
    """
    if isinstance(total, pd.Series):
        return (100 * count / total.where(total > 0)).round()
    return None if count is None or not total else round(100 * count / total)


@overload
def others(employed: int, studying: int) -> int: ...
@overload
def others(employed: pd.Series, studying: pd.Series) -> pd.Series: ...
def others(employed: Any, studying: Any) -> Any:
    """Percentage of those who neither work nor study; roundings may make the two others exceed 100."""
    rest = 100 - employed - studying
    return rest.clip(lower=0) if isinstance(rest, pd.Series) else max(0, rest)


def most_left_out(total: int, percent: int) -> int:
    """The most people of `total` that a share of `percent`, rounded to a whole, leaves out: 6 of 78 where 92 % are in it."""
    return min(total, total * (201 - 2 * percent) // 200)


def shares_of_counts(
    counts: pd.DataFrame, studying: pd.Series, months: Collection[int] = MONTHS
) -> dict[str, pd.Series]:
    """{figure: share of the final-year pupils} at these months, those who work and the others.

    counts: table with the head-counts GROUP_SIZE and `employed_at` each month. studying: percent who study on. A count
    that only later releases have, and that is empty throughout, gives nothing: its shares are not covered.
    """
    dated = [i for i in INDICATORS if i.denominator is Denominator.FINAL_YEAR and i.months in months]
    found = {
        i.name: share(counts[i.count], counts[GROUP_SIZE])
        for i in dated
        if i.months and i.count == employed_at(i.months) and not (i.since and counts[i.count].isna().all())
    }
    employed_of = {i.name: i.rest_of[0] for i in dated if i.rest_of}
    return found | {
        name: others(found[employed], studying) for name, employed in employed_of.items() if employed in found
    }


def tens(shares: Sequence[int]) -> tuple[int, ...]:
    """Shares in percent as numbers of people out of ten, in the same order; they sum to ten.

    Nobody who exists disappears: a share over 0 shows at least one person, taken from the largest share.
    """
    total = sum(shares)
    if not total:
        return tuple(0 for _ in shares)
    people = [PEOPLE * part // total for part in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(PEOPLE * shares[i] % total), i))
    for i in by_remainder[: PEOPLE - sum(people)]:
        people[i] += 1
    for i, part in enumerate(shares):
        largest = max(range(len(people)), key=lambda j: people[j])
        if part and not people[i] and people[largest] > 1:
            people[largest] -= 1
            people[i] += 1
    return tuple(people)
