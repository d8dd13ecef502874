"""Sums that tell nothing of a small group inside them (rules 3 and 5 of docs/donnees.md). Pure: no Django.

Rule 3 withholds a sum when the confidential groups inside hold 1 to 19 pupils together, and allows to withhold
it whenever a part is withheld. The second is done here: two groups of 12 and 13 pupils hold 25, but a sum that
leaves 24 of them employed tells that each has at least 11, which no source did. tests/stats/disclosure_control/test_attack.py
shows both. It also settles the prudent choice for groups whose head-count is unknown: they count as small.

To show something over the published parts only, saying how many they are, see `references`.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from stats.disclosure_control.primary import is_confidential
from stats.indicators import FIGURES, GROUP_SIZE, INDICATORS, Denominator
from stats.reasons import SHOWN, Reason, complete


class Mode(StrEnum):
    """What is done of confidential groups that published totals and parts let one deduce."""

    OFF = "off"
    REPORT = "report"
    ENFORCE = "enforce"


def letters_of(rows, indicators):
    """The letters of some indicators in each row's `reasons`: an array of rows × indicators."""
    texts = np.array([complete(text) for text in rows["reasons"]], dtype=f"U{len(FIGURES)}")
    letters = texts.view("U1").reshape(len(rows), len(FIGURES))
    return letters[:, [indicator.position for indicator in indicators]]


_FINAL_YEAR = [i for i in INDICATORS if i.denominator is Denominator.FINAL_YEAR]


def confidential(rows):
    """Which published rows are confidential groups with somebody in them.

    A head-count of 1 to 19 is one. So is a row without a head-count whose shares its source withheld: it may hold
    anybody, and counts as the smallest group would. A row known to hold nobody is not: it hides nobody.
    """
    size = rows[GROUP_SIZE].astype("Float64")
    small = is_confidential(size) & (size > 0)
    letters = letters_of(rows, _FINAL_YEAR)
    shares_withheld = (letters == Reason.TOO_FEW_PEOPLE).any(axis=1) & (letters != SHOWN).all(axis=1)
    return small.fillna(pd.Series(shares_withheld, rows.index)).astype(bool)


def suppressed_sum(groups, names):
    """Head-counts over groups that do not overlap: ({name: number or None}, whether it may be shown).

    groups: mappings with the head-counts `names`, GROUP_SIZE among them, and "is_withheld", whether the group is
    confidential. Groups known to hold nobody count for nothing. A number is None where a group does not publish its
    own; of a sum that would tell of a small group, only the size is given.
    """
    inside = [group for group in groups if group[GROUP_SIZE] != 0]
    found = {name: _total(group[name] for group in inside) for name in names}
    size = found[GROUP_SIZE]
    if size is None or is_confidential(size) or any(group["is_withheld"] for group in inside):
        return dict.fromkeys(names) | {GROUP_SIZE: size}, False
    return found, True


def _total(values):
    values = list(values)
    return None if not values or None in values else sum(values)
