"""Which confidential groups published figures disclose, proved one cluster at a time, and which figures tell.

The bounds of `audit` miss what several figures disclose only together. The proof is that of secondary suppression, with
nothing withheld: an outcome of a group is disclosed when no two solutions of all constraints differ on it. The figures that
tell are enough to, and all needed: without any one of them, the others leave the outcome open. There may be other such sets.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stats.disclosure_control.audit import PublishedTables, audit_tables
from stats.disclosure_control.cells import COLUMNS, LARGEST, LEAVE, OUTCOMES, SIZE, STUDY, Cell, numbers_of
from stats.disclosure_control.clusters import CAPS, SuppressionProblem
from stats.disclosure_control.integer_solver import BUDGET, Undecided
from stats.disclosure_control.problems import problem_of

# Constraints examined for all clusters together, about half a minute, beyond which the others stay undecided.
WORK = 800 * BUDGET
# How many times longer a cluster is tried again, if a first try decides nothing.
PATIENCE = 50

# The rows of one group, or of several that are fewer than 20 together, and one of their outcomes.
Secret = tuple[tuple[int, ...], int]


@dataclass(frozen=True)
class Deduction:
    """Confidential groups that published figures disclose for certain, alone or as one; it holds no outcome.

    rows: index labels of the groups. figures: ((index label of a row, names of its columns that tell), …).
    """

    rows: tuple[Any, ...]
    figures: tuple[tuple[Any, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Proofs:
    """Deductions: all that are certain. undecided: labels of the groups of which the work allowed proves nothing.

    approached: labels of the others that are the only group withheld of a published total: whoever knows head-counts that are
    not published comes close to its outcomes. contradicted: how many totals are not the sum of their parts.
    """

    deductions: tuple[Deduction, ...]
    undecided: tuple[Any, ...]
    approached: tuple[Any, ...]
    contradicted: int

    @property
    def certain(self) -> set[Any]:
        return {label for deduction in self.deductions for label in deduction.rows}


def prove(tables: PublishedTables) -> Proofs:
    """The `Proofs` of published tables."""
    search = problem_of(tables, ProofSearch)
    search.run()
    labels, report = tables.table["row"].to_numpy(), audit_tables(tables)
    deductions = [_deduction(tables.table, rows, cells) for rows, cells in search.found.items()]
    proved = {label for deduction in deductions for label in deduction.rows}
    sure = report.deduced[report.deduced["is_certain"] & ~report.deduced["row"].isin(proved)]
    alone = sure.loc[sure["together"] == 1, "row"].drop_duplicates().tolist()
    deductions += [_by_bounds(tables, [label]) for label in alone]
    joint = sure[(sure["together"] > 1) & ~sure["row"].isin(alone)]
    deductions += [_by_bounds(tables, rows.tolist()) for _, rows in joint.groupby(["total", "kind"])["row"]]
    certain = {label for deduction in deductions for label in deduction.rows}
    approached = dict.fromkeys(report.deduced["row"])
    undecided = (labels[row] for row in sorted(search.undecided))
    return Proofs(
        tuple(deductions),
        tuple(label for label in undecided if label not in certain),
        tuple(label for label in approached if label not in certain),
        report.contradicted,
    )


def _deduction(table: pd.DataFrame, rows: Iterable[int], cells: Iterable[Cell]) -> Deduction:
    """Positions of rows and cells as labels and names of the columns that are published."""
    outcomes: dict[int, list[int]] = {}
    for row, outcome in sorted(cells):
        outcomes.setdefault(row, []).append(outcome)
    labels = table["row"].to_numpy()
    figures = []
    for row, some in outcomes.items():
        names = dict.fromkeys(name for outcome in some for name in COLUMNS[outcome] if name in table)
        figures.append((labels[row], tuple(name for name in names if pd.notna(table.at[row, name]))))
    return Deduction(tuple(labels[row] for row in rows), tuple(figures))


def _by_bounds(tables: PublishedTables, secret: list[Any]) -> Deduction:
    """What bounds disclose where the proof does not go, in large clusters and long chains of cohorts.

    The figures are all those of the nearest rows, through the groups of which nothing is published.
    """
    constraints, bounds, labels = tables.constraints, tables.bounds, tables.table["row"].to_numpy()
    is_open = ~bounds.is_confidential & bounds.is_published[:, OUTCOMES].any(axis=1)
    is_reached = np.isin(labels, secret)
    rows = np.flatnonzero(is_reached)
    while not (is_reached & is_open).any():
        touched = constraints.at(np.flatnonzero(constraints.touching(is_reached)))
        around = np.concatenate([touched.totals, touched.parts])
        if is_reached[around].all():
            break
        is_reached[around] = True
    near = np.flatnonzero(is_reached & is_open).tolist()
    cells = [(row, outcome) for row in near for outcome in OUTCOMES if bounds.is_published[row, outcome]]
    return _deduction(tables.table, rows.tolist(), cells)


class ProofSearch(SuppressionProblem):
    """found: {rows of a secret: the cells that tell it}. undecided: rows of which nothing is proved."""

    def run(self) -> None:
        self.found: dict[tuple[int, ...], set[Cell]] = {}
        self.undecided: set[int] = set()
        self.work = WORK
        everybody = np.flatnonzero(self.is_confidential).tolist()
        undecided = self._prove_each(everybody, OUTCOMES)
        self.patience = PATIENCE
        self.undecided = self._prove_each(sorted(undecided), OUTCOMES)
        for outcome in OUTCOMES:
            # What one outcome alone discloses is disclosed; what it does not may still be.
            self._prove_each(sorted(self.undecided), (outcome,))
        told = {row for rows in self.found if len(rows) == 1 for row in rows}
        self.found = {
            rows: cells for rows, cells in self.found.items() if len(rows) == 1 or not told.issuperset(rows)
        }

    def _prove_each(self, rows: Iterable[int], outcomes: Sequence[int]) -> set[int]:
        """Prove what can be in the clusters of these rows; those of which nothing is decided."""
        decided: set[int] = set()
        undecided: set[int] = set()
        for row in rows:
            if row not in decided:
                try:
                    decided |= self._prove(row, outcomes)
                except Undecided:
                    undecided.add(row)
        return undecided - decided

    def _prove(self, row: int, outcomes: Sequence[int]) -> set[int]:
        """Find what is disclosed in the cluster of `row`; the rows of the cluster. Raises Undecided."""
        rows, constraints = self._cluster(row, (), numbers_of(outcomes))
        cells = self._published_cells(self._rows_of(constraints), outcomes)
        published = {outcome for _row, outcome in cells}
        numbers = tuple(n for n in numbers_of(outcomes) if n in published | {SIZE, STUDY, LEAVE})
        suspects = [(secret, n) for secret in self._secrets(rows, constraints) for n in sorted(published)]
        largest = max((max(low) for low, _high, _rates in rows.values()), default=0)
        for least, times in CAPS:
            if suspects:
                with suppress(Undecided):
                    # Two solutions among small numbers are two solutions.
                    suspects = self._fixed(suspects, numbers, frozenset(), max(least, times * largest))
        for secret, n in self._fixed(suspects, numbers, frozenset(), LARGEST) if suspects else ():
            told = self.found.setdefault(secret, set())
            told |= self._telling((secret, n), numbers, cells)
        return set(rows)

    def _telling(self, secret: Secret, numbers: Sequence[int], cells: set[Cell]) -> frozenset[Cell]:
        """A smallest set of these cells that tells the secret: figures of the largest groups are left out first."""
        left_out: frozenset[Cell] = frozenset()
        for cell in sorted(cells, key=lambda cell: (-self.bounds.low[cell[0], SIZE], cell)):
            with suppress(Undecided):
                if self._fixed([secret], numbers, left_out | {cell}, LARGEST):
                    left_out |= {cell}
        return frozenset(cells) - left_out

    def _fixed(
        self, secrets: list[Secret], numbers: Sequence[int], withheld: frozenset[Cell], most: int
    ) -> list[Secret]:
        """Those of these secrets, all of one cluster, that have one value once these cells are withheld.

        numbers: the head-counts to reason on. most: the largest number that unknown ones may be. Raises Undecided, also for
        constraints that contradict each other.
        """
        if self.work < 0:
            raise Undecided
        rows, constraints = self._cluster(secrets[0][0][0], withheld, numbers)
        system, variables = self._system(rows, constraints, withheld, numbers, most)
        budget = system.budget
        sums = {tuple(variables[member, n] for member in secret): (secret, n) for secret, n in secrets}
        try:
            return [sums[variables] for variables in system.fixed_sums(list(sums))]
        finally:
            self.work -= budget - system.budget
