"""Secondary suppression: the further figures withheld so that no confidential group is disclosed (setting "enforce").

The confidential groups and all that additivity constraints tie to them fall into clusters (see `clusters`); each
cluster loses the fewest figures that leave all its groups open. The problem is that of cell suppression (Fischetti and Salazar,
"Solving the cell suppression problem on tabular data with linear constraints", Management Science, 2001).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.disclosure_control.audit import PublishedTables, published_tables
from stats.disclosure_control.cells import COLUMNS, Cell
from stats.disclosure_control.clusters import SuppressionProblem
from stats.disclosure_control.groups import Places
from stats.disclosure_control.problems import problem_of
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
    return suppress_tables(facts, published_tables(facts, places))


def suppress_tables(facts: pd.DataFrame, tables: PublishedTables) -> SecondarySuppression:
    """Suppress what discloses confidential groups; tables: those of the same facts."""
    problem = problem_of(tables, SuppressionProblem)
    protects: dict[int, set[int]] = {}
    for row in np.flatnonzero(problem.is_confidential).tolist():
        for cell in problem.protect(row):
            protects.setdefault(cell[0], set()).add(row)
    return _suppress(facts, tables.table["row"].to_numpy(), problem.cells, protects)


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
