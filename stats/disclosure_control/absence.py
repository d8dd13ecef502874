"""Why each figure that is not there is not there: one reason a hole, found by the first of these tests that holds.

1. The source writes that the figure is without object (`na`).
2. The group is confidential: fewer than 20 final-year pupils, or a row of which the source hides everything.
3. It counts leavers, and they are known to be, or hidden as, fewer than 20.
4. It is a later share of final-year pupils of a group whose first share the source does not detail.
5. The cell holds a sign that something is hidden (`nd`, `ns`, `-`), or is blank in a column that has numbers for this cohort and
   route: the source does not detail this figure.
6. The column is there, blank throughout, and is of 12 months or later: not measured yet.
7. The source does not cover it.

A figure on final-year pupils is never "too few leavers", nor one on contracts; nothing is promised for later of a group
that is too small. `deliveries.measured_dates` decides between 6 and 7 again once every source of a level is known.
"""

import numpy as np
import pandas as pd

from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, INDICATORS, LEAVERS, Denominator, Indicator
from stats.reasons import Reason

# A column of this name holds the sign that a source writes in place of a figure, "" for a number or a blank cell.
_SIGN = "signe_{}"
WITHOUT_OBJECT = "na"
# What official files write where they hide a number.
_HIDES = {"nd", "n.d.", "ns", "-", "."}
_FIRST_SHARE, _FIRST_RATE = (
    BY_NAME[name].position for name in ("taux_en_emploi_6_mois", "taux_emploi_6_mois")
)
_ON_PEOPLE = [i.position for i in INDICATORS if i.denominator is not Denominator.CONTRACTS]
_OBSERVED_ON_LEAVERS = [i.position for i in INDICATORS if i.needs_leavers and not i.is_modelled]


def sign_column(name: str) -> str:
    """The column of the signs of a figure: "signe_taux_emploi_6_mois"."""
    return _SIGN.format(name)


class _Holes:
    """A table of groups of one cohort and route: what its source gave, and what is left of it once suppressed.

    Figures are told by position, in arrays of rows × FIGURES: pandas takes far longer over tables of a few rows.
    """

    def __init__(
        self, given: pd.DataFrame, shown: pd.DataFrame, few_people: np.ndarray, few_leavers: np.ndarray
    ) -> None:
        self.columns = given.columns
        self.is_shown = shown[list(FIGURES)].notna().to_numpy()
        self._signs = {
            place: given[sign_column(name)].fillna("").to_numpy(dtype=object)
            for place, name in enumerate(FIGURES)
            if sign_column(name) in given
        }
        self._no_sign = np.full(len(given), "", dtype=object)
        has_number = given.reindex(columns=list(FIGURES)).notna().any(axis=0).to_numpy()
        self.is_measured = [
            bool(has_number[place]) or not _HIDES.isdisjoint(self._signs.get(place, ()))
            for place in range(len(FIGURES))
        ]
        self.is_confidential = few_people | self._is_hidden_whole(shown)
        self.has_few_leavers = few_leavers | self._hides_leavers(shown)
        self.has_no_detail = self.is_measured[_FIRST_SHARE] & ~self.is_shown[:, _FIRST_SHARE]

    def sign(self, place: int) -> np.ndarray:
        return self._signs.get(place, self._no_sign)

    def _is_hidden_whole(self, shown: pd.DataFrame) -> np.ndarray:
        """Rows without any figure on people nor any head-count, in a file that has some for others."""
        has_count = shown[[GROUP_SIZE, *COUNTS]].notna().any(axis=1).to_numpy()
        has_none = ~self.is_shown[:, _ON_PEOPLE].any(axis=1) & ~has_count
        return has_none & any(self.is_measured[place] for place in _ON_PEOPLE)

    def _hides_leavers(self, shown: pd.DataFrame) -> np.ndarray:
        """Rows of which the source hides the first rate though it has it for others, and of which no rate is shown."""
        is_hidden = ~self.is_shown[:, _OBSERVED_ON_LEAVERS].any(axis=1) & (self.sign(_FIRST_RATE) != "-")
        return is_hidden & shown[LEAVERS].isna().to_numpy() & self.is_measured[_FIRST_RATE]


def reasons_of_absence(
    given: pd.DataFrame, shown: pd.DataFrame, few_people: np.ndarray, few_leavers: np.ndarray
) -> np.ndarray:
    """Letters of `Reason`, rows × FIGURES, as if no figure were shown.

    given: the groups of one cohort and route as their source has them, with the columns `sign_column` of the figures in
    whose place it writes a sign. shown: the same once suppressed. few_people, few_leavers: rows under the threshold by
    their head-counts.
    """
    holes = _Holes(given, shown, few_people, few_leavers)
    letters = np.empty((len(shown), len(FIGURES)), "U1")
    for place, indicator in enumerate(INDICATORS):
        _write_reasons(letters[:, place], indicator, holes)
    return letters


def _write_reasons(letters: np.ndarray, indicator: Indicator, holes: _Holes) -> None:
    """Write the reason of each row in `letters`, the last test first."""
    is_later = bool(indicator.months and indicator.months > 6)
    sign = holes.sign(indicator.position)
    letters[:] = _of_blank(indicator.name, is_later, holes).value
    letters[(sign != "") | holes.is_measured[indicator.position]] = Reason.NOT_DETAILED.value
    if indicator.denominator is Denominator.FINAL_YEAR and is_later:
        letters[holes.has_no_detail] = Reason.NOT_DETAILED.value
    if indicator.denominator is Denominator.LEAVERS:
        letters[holes.has_few_leavers] = Reason.TOO_FEW_LEAVERS.value
    letters[holes.is_confidential] = Reason.TOO_FEW_PEOPLE.value
    letters[sign == WITHOUT_OBJECT] = Reason.NOT_APPLICABLE.value


def _of_blank(name: str, is_later: bool, holes: _Holes) -> Reason:
    """The reason of a blank cell in a column without any number."""
    return Reason.NOT_MEASURED_YET if is_later and name in holes.columns else Reason.NOT_COVERED
