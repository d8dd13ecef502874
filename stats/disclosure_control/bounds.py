"""What is published of each group, as bounds on its head-counts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.disclosure_control.cells import LARGEST, LEAVE, NUMBERS, RATES, SIZE, STUDY
from stats.disclosure_control.primary import THRESHOLD
from stats.disclosure_control.sums import are_confidential, reason_letters
from stats.indicators import INDICATORS, Denominator
from stats.reasons import SHOWN, Reason

_FINAL_YEAR_SHARES = [i.name for i in INDICATORS if i.count and i.denominator is Denominator.FINAL_YEAR]
_LEAVERS_FIGURES = [i for i in INDICATORS if i.needs_leavers]


@dataclass(frozen=True)
class CellBounds:
    """What is published of each row, as bounds on its head-counts.

    low, high: integers, rows × NUMBERS. rates: percentages, rows × RATES, -1 where there is none or where counts tell more.
    is_confidential: one boolean a row. is_published: rows × NUMBERS, whether a count or a percentage of it is published.
    """

    low: np.ndarray
    high: np.ndarray
    rates: np.ndarray
    is_confidential: np.ndarray
    is_published: np.ndarray

    def at(self, rows: np.ndarray) -> "CellBounds":
        """The bounds of these rows, given by position or marked."""
        return CellBounds(
            self.low[rows],
            self.high[rows],
            self.rates[rows],
            self.is_confidential[rows],
            self.is_published[rows],
        )


def cell_bounds(facts: pd.DataFrame) -> CellBounds:
    """The `CellBounds` of published rows: one row a group, with head-counts, figures and `reasons`."""
    table = facts.reindex(columns=[*NUMBERS, *(name for *_, names in RATES for name in names)])
    values = table.astype("Float64").astype("float64").to_numpy()
    counts, figures = values[:, : len(NUMBERS)], values[:, len(NUMBERS) :]
    is_confidential = are_confidential(facts).to_numpy()
    size = counts[:, SIZE]
    has_share = facts.reindex(columns=_FINAL_YEAR_SHARES).notna().any(axis=1)
    at_least = np.where(has_share, THRESHOLD, is_confidential)
    at_most = np.where(is_confidential, THRESHOLD - 1, LARGEST)
    low, high = np.zeros(counts.shape, int), np.full(counts.shape, LARGEST)
    low[:, SIZE] = np.where(np.isnan(size), at_least, np.nan_to_num(size))
    high[:, SIZE] = np.where(np.isnan(size), at_most, np.nan_to_num(size))
    letters = reason_letters(facts, _LEAVERS_FIGURES)
    has_rate = (letters == SHOWN).any(axis=1)
    has_too_few = (letters == Reason.TOO_FEW_LEAVERS).any(axis=1) & ~has_rate
    low[has_rate, LEAVE], high[has_too_few, LEAVE] = THRESHOLD, THRESHOLD - 1
    is_counted = ~np.isnan(counts)
    low[is_counted], high[is_counted] = counts[is_counted], counts[is_counted]
    rates = _informative_rates(figures, is_counted)
    is_published = is_counted.copy()
    for column, (numerator, _denominator, _names) in enumerate(RATES):
        is_published[:, numerator] |= rates[:, column] >= 0
    # The size less the leavers are those who study on.
    is_published[:, STUDY] |= is_published[:, LEAVE]
    return CellBounds(low, high, rates, is_confidential, is_published)


def _informative_rates(figures: np.ndarray, is_counted: np.ndarray) -> np.ndarray:
    """The percentage of each of RATES, where its numerator and denominator are not both published as counts."""
    rates, place = np.full((len(figures), len(RATES)), -1), 0
    for column, (numerator, denominator, names) in enumerate(RATES):
        percent = figures[:, place]
        for other in range(1, len(names)):
            percent = np.where(np.isnan(percent), figures[:, place + other], percent)
        place += len(names)
        is_useful = ~np.isnan(percent) & ~(is_counted[:, numerator] & is_counted[:, denominator])
        rates[is_useful, column] = percent[is_useful]
    return rates
