"""The suppression problem of published tables: their rows, and the constraints that are worth proving."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from stats.disclosure_control.audit import PublishedTables
from stats.disclosure_control.cells import SIZE
from stats.disclosure_control.clusters import SuppressionProblem
from stats.disclosure_control.hierarchies import AdditivityConstraints
from stats.indicators import FIGURES
from stats.reasons import SHOWN, complete

Problem = TypeVar("Problem", bound=SuppressionProblem)


def problem_of(tables: PublishedTables, kind: type[Problem]) -> Problem:
    """The problem of these tables, of the class `kind`."""
    is_disclosed = tables.is_disclosed
    loose = _loose_pools(tables.constraints, tables.table["row"].notna().to_numpy(), is_disclosed)
    constraints = tables.constraints.without(loose)
    sizes = tables.low[:, SIZE], tables.high[:, SIZE]
    return kind(tables.bounds, constraints, _shown_figures(tables.table["reasons"].tolist()), sizes)


def _loose_pools(
    constraints: AdditivityConstraints, is_published: np.ndarray, is_disclosed: np.ndarray
) -> np.ndarray:
    """Pools of years of which nothing is published by itself, unless they reach a group that is disclosed already.

    Pools that only share such years disclose each other when all or nobody works or studies, near one another: bounds
    find that. Proving it for every other chain of pools would take most of the time, and suppress what cannot be proved
    in time.
    """
    totals, parts, of = constraints.totals, constraints.parts, constraints.constraint_of_part
    has_published = is_published.copy()
    while True:
        before = has_published.copy()
        np.logical_or.at(has_published, totals[of], has_published[parts])
        if np.array_equal(before, has_published):
            break
    is_loose = np.array([kind == "cohort" for kind in constraints.kinds], dtype=bool)
    np.logical_and.at(is_loose, of, ~has_published[parts])
    return np.flatnonzero(is_loose & ~constraints.reached(is_disclosed)[totals])


def _shown_figures(reasons: Sequence[str]) -> list[set[str]]:
    """Rows have few different texts of reasons: those of one text share a set."""
    shown: dict[str, set[str]] = {}
    for text in reasons:
        if text not in shown:
            letters = zip(FIGURES, complete(text), strict=True)
            shown[text] = {name for name, letter in letters if letter == SHOWN}
    return [shown[text] for text in reasons]
