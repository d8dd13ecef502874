"""Secondary suppression: the further figures withheld so that no confidential group is disclosed (setting "enforce").

The confidential groups and all that additivity constraints tie to them fall into clusters (see `clusters`); each
cluster loses the fewest figures that leave all its groups open. The problem is that of cell suppression (Fischetti and Salazar,
"Solving the cell suppression problem on tabular data with linear constraints", Management Science, 2001).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.disclosure_control.audit import cell_bounds, is_exactly_disclosed, propagate_bounds
from stats.disclosure_control.cells import COLUMNS, SIZE, Cell
from stats.disclosure_control.clusters import SuppressionProblem
from stats.disclosure_control.hierarchies import AdditivityConstraints, Places, with_additivity_constraints
from stats.indicators import BY_NAME, FIGURES
from stats.reasons import SHOWN, Reason, complete


@dataclass(frozen=True)
class SecondarySuppression:
    """Facts after secondary suppression.

    facts: the facts given, in their order, less what is suppressed, with the reason for it. suppressed: one line a row
    that lost figures: `row`, `figures` (how many), `protects` (index labels of the confidential groups).
    """

    facts: pd.DataFrame
    suppressed: pd.DataFrame


def apply_secondary_suppression(facts: pd.DataFrame, places: Places = ()) -> SecondarySuppression:
    """Suppress what discloses confidential groups; arguments as in `hierarchies.with_additivity_constraints`."""
    table, constraints = with_additivity_constraints(facts, places)
    bounds = cell_bounds(table)
    low, high, contradicted = propagate_bounds(bounds, constraints)
    is_disclosed = is_exactly_disclosed(bounds, low, high)
    loose = _loose_pools(constraints, table["row"].notna().to_numpy(), is_disclosed)
    constraints = constraints.without(np.union1d(contradicted, loose))
    problem = SuppressionProblem(
        bounds, constraints, _shown_figures(table["reasons"]), (low[:, SIZE], high[:, SIZE])
    )
    protects: dict[int, set[int]] = {}
    for row in np.flatnonzero(problem.is_confidential).tolist():
        for cell in problem.protect(row):
            protects.setdefault(cell[0], set()).add(row)
    return _suppress(facts, table["row"].to_numpy(), problem.cells, protects)


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


def _shown_figures(reasons: Iterable[str]) -> list[set[str]]:
    return [
        {name for name, letter in zip(FIGURES, complete(text), strict=True) if letter == SHOWN}
        for text in reasons
    ]


def _suppress(
    facts: pd.DataFrame, labels: np.ndarray, cells: Iterable[Cell], protects: Mapping[int, set[int]]
) -> SecondarySuppression:
    """labels: index label of each row of the problem. protects: {row: the confidential rows it loses figures for}."""
    facts, lines = facts.copy(), []
    for place in sorted(protects):
        names = {name for row, outcome in cells if row == place for name in COLUMNS[outcome]}
        label = labels[place]
        before = complete(str(facts.at[label, "reasons"]))
        letters = list(before)
        for name in names & set(FIGURES):
            position = BY_NAME[name].position
            if letters[position] in {SHOWN, Reason.TOO_FEW_LEAVERS}:
                letters[position] = Reason.PROTECTS_OTHERS.value
        facts.loc[label, [name for name in facts.columns if name in names]] = pd.NA
        facts.at[label, "reasons"] = "".join(letters)
        lost = sum(old == SHOWN != new for old, new in zip(before, letters, strict=True))
        lines.append((label, lost, tuple(labels[row] for row in sorted(protects[place]))))
    return SecondarySuppression(facts, pd.DataFrame(lines, columns=["row", "figures", "protects"]))
