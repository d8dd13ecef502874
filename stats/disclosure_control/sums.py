"""Sums that disclose nothing of a small group inside them (rules 3 and 5 of docs/donnees.md).

Rule 3 withholds a sum when the confidential groups inside it together hold 1 to 19 pupils, and allows to withhold it
whenever a part is withheld. The latter is done here: groups of 12 and 13 pupils hold 25, but a sum that leaves 24 of them
employed tells that each has at least 11, which no source did (tests/stats/disclosure_control/test_attack.py shows both).
It also decides prudently for groups whose head-count is unknown: they count as small.

For a figure over the published parts only, with how many they are, see `stats.totals`.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from stats.disclosure_control.primary import is_confidential
from stats.indicators import FIGURES, GROUP_SIZE, INDICATORS, Denominator, Indicator
from stats.reasons import SHOWN, Reason


class Mode(StrEnum):
    """What is done about confidential groups that published totals and parts disclose."""

    OFF = "off"
    REPORT = "report"
    ENFORCE = "enforce"


_FINAL_YEAR_FIGURES = [i for i in INDICATORS if i.denominator is Denominator.FINAL_YEAR]


def reason_letters(rows: pd.DataFrame, indicators: Sequence[Indicator]) -> np.ndarray:
    """The letters of some indicators in the `reasons` of published rows: an array of rows × indicators."""
    texts = np.array(rows["reasons"].tolist(), dtype=f"U{len(FIGURES)}")
    letters = texts.view("U1").reshape(len(rows), len(FIGURES))
    letters = letters[:, [indicator.position for indicator in indicators]]
    # As `reasons.complete` does, all rows at once.
    return np.where(letters == "", Reason.NOT_COVERED.value, letters)


def are_confidential(rows: pd.DataFrame) -> pd.Series:
    """Which published rows are confidential groups with somebody in them.

    A head-count of 1 to 19 is one. So is a row without a head-count whose shares its source withheld: it may hold
    anybody, and counts as the smallest group would. A row known to hold nobody is not: it has nobody to protect.
    """
    size = rows[GROUP_SIZE].astype("Float64")
    is_small = is_confidential(size) & (size > 0)
    letters = reason_letters(rows, _FINAL_YEAR_FIGURES)
    has_withheld_shares = (letters == Reason.TOO_FEW_PEOPLE).any(axis=1) & (letters != SHOWN).all(axis=1)
    return is_small.fillna(pd.Series(has_withheld_shares, rows.index)).astype(bool)


def suppressed_sum(
    groups: Iterable[Mapping[str, Any]], names: Sequence[str]
) -> tuple[dict[str, int | None], bool]:
    """Head-counts over groups that do not overlap: ({name: number or None}, whether it may be shown).

    groups: mappings with the head-counts `names`, GROUP_SIZE among them, and "is_withheld", whether the group is
    confidential. Groups known to hold nobody count for nothing. A number is None where a group does not publish its
    own; of a sum that would disclose a small group, only the size is given.
    """
    inhabited = [group for group in groups if group[GROUP_SIZE] != 0]
    sums = {name: _sum([group[name] for group in inhabited]) for name in names}
    size = sums[GROUP_SIZE]
    if size is None or is_confidential(size) or any(group["is_withheld"] for group in inhabited):
        return dict.fromkeys(names) | {GROUP_SIZE: size}, False
    return sums, True


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
