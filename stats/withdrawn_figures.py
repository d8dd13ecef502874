"""Figures withdrawn because they are wrong, or doubted: what goes with one, so that nothing published gives it back.

Confidentiality (`stats.disclosure_control`) leaves a group open between several values. This removes a value that somebody
could otherwise compute exactly from what stands beside it, in the same row or in a total and its other parts.
"""

import numpy as np

from stats.disclosure_control.cells import COLUMNS, NUMBERS
from stats.disclosure_control.hierarchies import AdditivityConstraints
from stats.indicators import BY_NAME, COUNTS, FIGURES, Indicator


def withdrawn_with(name: str) -> frozenset[str]:
    """The columns, head-counts and figures, that go with a figure of this name, itself included.

    A share goes with the head-count that it is made from and all that this count tells; value added goes with the expected
    rate, as the rate stands beside them.
    """
    indicator = BY_NAME[name]
    of_counts = {number for count in _own_counts(indicator) for number in COLUMNS[NUMBERS.index(count)]}
    together = {
        one
        for points in BY_NAME.values()
        if points.difference_of and name in {points.name, points.difference_of[1]}
        for one in (points.name, points.difference_of[1])
    }
    return frozenset({name} | of_counts | together)


def _own_counts(indicator: Indicator) -> set[str]:
    """The head-count that a figure is made from; of the rest of others, that of the first of them."""
    if indicator.count:
        return {indicator.count}
    return {BY_NAME[indicator.rest_of[0]].count} if indicator.rest_of else set()


ALL_COLUMNS = frozenset((*COUNTS, *FIGURES))
# Figures × figures: which go with which.
_TOGETHER = np.array([[other in withdrawn_with(name) for other in FIGURES] for name in FIGURES])
# Those that a total and its other parts give, by their head-counts.
_IS_ADDITIVE = np.array([bool(i.count or i.rest_of) for i in BY_NAME.values()])


def revealing(
    is_shown: np.ndarray,
    is_withdrawn: np.ndarray,
    has_size: np.ndarray,
    is_empty: np.ndarray,
    constraints: AdditivityConstraints,
) -> np.ndarray:
    """Which shown figures would give a withdrawn one back exactly: booleans, rows × FIGURES.

    is_shown, is_withdrawn: booleans, rows × FIGURES. has_size: which rows have a head-count; is_empty: which have nobody, or
    are no group at all. A total goes where the withdrawn figures are the only ones that are missing among its parts, and its
    head-count and those of its other parts are known, or where it has no other part; and the only part of a total that
    is withdrawn. What goes so is withdrawn in its turn.
    """
    is_shown, gone = is_shown.copy(), is_withdrawn.copy()
    totals, count = constraints.totals, len(constraints.totals)
    inside = ~is_empty[constraints.parts]
    parts, of = constraints.parts[inside], constraints.constraint_of_part[inside]
    parts_of = np.bincount(of, minlength=count)
    while True:
        withdrawn, shown, missing, unsized = (
            _sum_of_parts(values[parts], of, count)
            for values in (gone, is_shown, ~gone & ~is_shown, is_shown & ~has_size[:, None])
        )
        is_computed = (unsized == 0) & has_size[totals][:, None] & _IS_ADDITIVE
        goes = is_shown[totals] & (withdrawn > 0) & (missing == 0) & ((shown == 0) | is_computed)
        found = np.zeros_like(gone)
        np.logical_or.at(found, totals, goes)
        # The only part of a withdrawn total is that total.
        is_alone = (parts_of == 1)[of]
        np.logical_or.at(found, parts[is_alone], gone[totals[of[is_alone]]] & is_shown[parts[is_alone]])
        found = (found.astype(int) @ _TOGETHER.astype(int) > 0) & is_shown
        if not found.any():
            return gone & ~is_withdrawn
        gone |= found
        is_shown &= ~found


def _sum_of_parts(values: np.ndarray, of: np.ndarray, count: int) -> np.ndarray:
    sums = np.zeros((count, values.shape[1]), int)
    np.add.at(sums, of, values.astype(int))
    return sums
