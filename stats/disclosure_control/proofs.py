"""Which confidential groups published figures disclose, proved one cluster at a time, and which figures tell.

The bounds of `audit` miss what several figures disclose only together. The proof is that of secondary suppression, with
nothing withheld: an outcome of a group is disclosed when no two solutions of all constraints differ on it. The figures that
tell are enough to, and all needed: without any one of them, the others leave the outcome open. There may be other such sets.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np

from stats.disclosure_control.audit import PublishedTables, audit_tables
from stats.disclosure_control.cells import COLUMNS, LARGEST, LEAVE, OUTCOMES, SIZE, STUDY, Cell, numbers_of
from stats.disclosure_control.clusters import CAPS, SuppressionProblem
from stats.disclosure_control.integer_solver import BUDGET, ConstraintSystem, Undecided
from stats.disclosure_control.problems import problem_of
from stats.indicators import COUNTS, FIGURES

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


@dataclass
class SolvedSystems:
    """What a former proof solved, so that the next one solves only what changed; it holds no outcome.

    known: {digest of a system and of its sums: (work that it took, positions of the sums that are fixed, None where nothing was
    decided)}. used: the same, of this proof.
    """

    known: dict[str, tuple[int, list[int] | None]] = field(default_factory=dict)
    used: dict[str, tuple[int, list[int] | None]] = field(default_factory=dict)

    def fixed_sums(
        self, system: ConstraintSystem, sums: Sequence[tuple[int, ...]]
    ) -> tuple[int, list[int] | None]:
        """(work, positions of the sums that have one value in all solutions, None where nothing is decided)."""
        content = (system.budget, system.low, system.high, system.constraints, sums)
        digest = blake2b(repr(content).encode(), digest_size=16).hexdigest()
        if digest not in self.used:
            self.used[digest] = self.known.get(digest) or _solved(system, sums)
        return self.used[digest]


def _solved(system: ConstraintSystem, sums: Sequence[tuple[int, ...]]) -> tuple[int, list[int] | None]:
    budget, positions = system.budget, {variables: place for place, variables in enumerate(sums)}
    try:
        fixed = [positions[tuple(variables)] for variables in system.fixed_sums(sums)]
    except Undecided:
        return budget - system.budget, None
    return budget - system.budget, fixed


def prove(tables: PublishedTables, solved: SolvedSystems | None = None) -> Proofs:
    """The `Proofs` of published tables. solved: what is known of former ones, which is filled with what these take."""
    search = problem_of(tables, ProofSearch)
    search.solved = solved or SolvedSystems()
    search.run()
    names, report = _Names(tables), audit_tables(tables)
    deductions = [names.deduction(rows, cells) for rows, cells in search.found.items()]
    proved = {label for deduction in deductions for label in deduction.rows}
    sure = report.deduced[report.deduced["is_certain"] & ~report.deduced["row"].isin(proved)]
    alone = sure.loc[sure["together"] == 1, "row"].drop_duplicates()
    joint = sure[(sure["together"] > 1) & ~sure["row"].isin(alone)].groupby(["total", "kind"])["row"]
    deductions += [names.by_bounds([label]) for label in alone]
    deductions += [names.by_bounds(rows.tolist()) for _, rows in joint]
    certain = {label for deduction in deductions for label in deduction.rows}
    approached = dict.fromkeys(report.deduced["row"])
    undecided = (names.labels[row] for row in sorted(search.undecided))
    return Proofs(
        tuple(deductions),
        tuple(label for label in undecided if label not in certain),
        tuple(label for label in approached if label not in certain),
        report.contradicted,
    )


class _Names:
    """Positions of rows and cells of published tables as labels and names of columns; all is read once."""

    def __init__(self, tables: PublishedTables) -> None:
        self.labels = tables.table["row"].tolist()
        self.position = {label: row for row, label in enumerate(self.labels)}
        self.columns = [name for name in (*COUNTS, *FIGURES) if name in tables.table]
        self.is_there = tables.table[self.columns].notna().to_numpy()
        self.is_published = tables.bounds.is_published & ~tables.bounds.is_confidential[:, None]
        constraints = tables.constraints
        self.members: list[list[int]] = [[total] for total in constraints.totals.tolist()]
        self.constraints_of: dict[int, list[int]] = {}
        for part, number in zip(
            constraints.parts.tolist(), constraints.constraint_of_part.tolist(), strict=True
        ):
            self.members[number].append(part)
        for number, rows in enumerate(self.members):
            for row in rows:
                self.constraints_of.setdefault(row, []).append(number)

    def deduction(self, rows: Iterable[int], cells: Iterable[Cell]) -> Deduction:
        """The `Deduction` of these rows by these cells."""
        names_of: dict[int, dict[str, None]] = {}
        for row, outcome in sorted(cells):
            names_of.setdefault(row, {}).update(dict.fromkeys(COLUMNS[outcome]))
        figures = []
        for row, names in names_of.items():
            there = {
                name for name, is_there in zip(self.columns, self.is_there[row], strict=True) if is_there
            }
            figures.append((self.labels[row], tuple(name for name in names if name in there)))
        return Deduction(tuple(self.labels[row] for row in rows), tuple(figures))

    def by_bounds(self, secret: list[Any]) -> Deduction:
        """What bounds disclose where the proof does not go, in large clusters and long chains of cohorts.

        The figures are all those of the nearest rows, through the groups of which nothing is published.
        """
        rows = [self.position[label] for label in secret]
        reached, last = set(rows), set(rows)
        cells: list[Cell] = []
        while last and not cells:
            touched = {number for row in last for number in self.constraints_of.get(row, ())}
            last = {row for number in touched for row in self.members[number]} - reached
            reached |= last
            cells = [
                (row, outcome) for row in last for outcome in OUTCOMES if self.is_published[row, outcome]
            ]
        return self.deduction(rows, cells)


class ProofSearch(SuppressionProblem):
    """found: {rows of a secret: the cells that tell it}. undecided: rows of which nothing is proved.

    solved: what is known of former searches.
    """

    solved: SolvedSystems

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
        sums = {tuple(variables[member, n] for member in secret): (secret, n) for secret, n in secrets}
        work, fixed = self.solved.fixed_sums(system, list(sums))
        self.work -= work
        if fixed is None:
            raise Undecided
        found = list(sums.values())
        return [found[place] for place in fixed]
