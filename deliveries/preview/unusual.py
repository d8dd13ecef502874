"""Which moves of a figure are more than chance explains for its head-counts, and the range of what it was.

The ranges and the tests are those of the pages (`stats.uncertainty`, docs/adr/0006); no number of points decides.
"""

from statistics import NormalDist

import numpy as np
import pandas as pd

from deliveries.preview.shown import NUMBERS, Shown
from stats.disclosure_control.primary import THRESHOLD, is_confidential
from stats.indicators import FIGURES, INDICATORS, LEAVERS, Indicator, Unit
from stats.uncertainty import ERRORS, Measured, Verdict, Z, verdicts, wilson

# Moments beside which places of outcomes are given.
Side = tuple[Shown, np.ndarray]
# How many times less likely than what decides a move may be by the normal law, to be left to it.
_WIDE = 100
# More people than any group has.
_MANY = 10**9


# For each indicator, the column of NUMBERS that its figures are a share of, -1 where no range is given.
_WHOLES = np.array([NUMBERS.index(i.denominator.value) if i.is_share_of_people else -1 for i in INDICATORS])


def ranges(indicator: np.ndarray, moment: Shown, outcomes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(low, high) in whole percents of the figures of these indicators and outcomes; -1 where pages give no range.

    indicator: places in INDICATORS; outcomes: places, -1 for none.
    """
    low, high = np.full((2, len(outcomes)), -1, dtype="int8")
    asked = np.flatnonzero((outcomes >= 0) & (_WHOLES[indicator] >= 0))
    values = moment.figures[outcomes[asked], indicator[asked]]
    sizes = moment.numbers[outcomes[asked], _WHOLES[indicator[asked]]]
    is_known = sizes > 0
    asked, values, sizes = asked[is_known], values[is_known], sizes[is_known]
    codes, known = pd.factorize(values.astype("int64") * _MANY + sizes.astype("int64"))
    found = [wilson(*divmod(int(code), _MANY)) for code in known]
    rounded = np.rint(np.array(found).reshape(-1, 2)).astype("int8")
    low[asked], high[asked] = rounded[codes, 0], rounded[codes, 1]
    return low, high


def unusual(lines: pd.DataFrame, before: Shown, after: Shown) -> np.ndarray:
    """Whether each line moves more than chance explains, all those that a reader sees decided together.

    lines: as `compare` makes them, with "old" and "new", the places of their outcomes. A figure that stands in for another is
    looked at once; figures that are not to be compared are not.
    """
    is_asked = lines["status"].eq(0) & lines["caveat"].eq(0) & ~lines["is_repeat"]
    is_asked &= lines["indicator"].isin([i.position for i in INDICATORS if _is_tested(i)])
    asked, found = lines[is_asked], np.zeros(len(lines), dtype=bool)
    pairs, places = [], []
    for indicator in filter(_is_tested, INDICATORS):
        of_indicator = asked[asked["indicator"].eq(indicator.position)]
        old = before, of_indicator["old"].to_numpy(dtype="int64")
        new = after, of_indicator["new"].to_numpy(dtype="int64")
        for place in np.flatnonzero(_may_be(indicator, old, new, _least(len(asked)))).tolist():
            pairs.append((_measured(indicator, old, place), _measured(indicator, new, place)))
            places.append(of_indicator.index[place])
    told = verdicts(pairs, among=len(asked))
    found[places] = [verdict in {Verdict.MORE, Verdict.LESS} for verdict in told]
    return found


def _is_tested(indicator: Indicator) -> bool:
    return indicator.is_share_of_people or indicator.unit is Unit.POINTS


def _least(number: int) -> float:
    """The least distance, in deviations of the normal law, worth an exact test among so many; wide by far."""
    return max(Z - 0.1, NormalDist().inv_cdf(1 - min(1.0, _WIDE * ERRORS / max(1, number)) / 2))


def _may_be(indicator: Indicator, before: Side, after: Side, least: float) -> np.ndarray:
    """Whether the normal law leaves room for more than chance: a first look, before the exact tests."""
    if indicator.unit is Unit.POINTS:
        return np.ones(len(before[1]), dtype=bool)
    shares, sizes = [], []
    for moment, outcomes in (before, after):
        shares.append(moment.figures[outcomes, indicator.position].astype("float64") / 100)
        counted = _sizes(indicator, moment, outcomes)
        sizes.append(np.where(np.isnan(counted), THRESHOLD, counted))
    pooled = (shares[0] * sizes[0] + shares[1] * sizes[1]) / (sizes[0] + sizes[1])
    spread = np.sqrt(pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1]))
    return np.abs(shares[0] - shares[1]) > least * spread


def _sizes(indicator: Indicator, moment: Shown, outcomes: np.ndarray) -> np.ndarray:
    """The people of whom the figure is a share, NaN where their number is not published."""
    return moment.numbers[outcomes, NUMBERS.index(indicator.denominator.value)]


def _measured(indicator: Indicator, side: Side, place: int) -> Measured:
    moment, outcomes = side
    outcome = outcomes[place]
    value, size = moment.figures[outcome, indicator.position], _sizes(indicator, *side)[place]
    expected = None
    if indicator.unit is Unit.POINTS:
        expected = moment.figures[outcome, FIGURES.index("taux_emploi_6_mois_attendu")]
    return Measured(
        int(value),
        None if np.isnan(size) else int(size),
        _count(indicator, moment, outcome),
        None if expected is None else 50 if np.isnan(expected) else int(expected),
    )


def _count(indicator: Indicator, moment: Shown, outcome: int) -> int | None:
    """The exact numerator, where pages may tell it (`stats.models.Outcome.numerator`)."""
    leavers = moment.numbers[outcome, NUMBERS.index(LEAVERS)]
    if not indicator.count or np.isnan(leavers) or is_confidential(int(leavers)):
        return None
    count = moment.numbers[outcome, NUMBERS.index(indicator.count)]
    return None if np.isnan(count) else int(count)
