"""Secondary suppression, one connected component at a time.

In each cluster, the smallest set of further cells to withhold so that no confidential group has a single possible value,
outcome by outcome, by best-first search. That a group stays open is proved by two solutions of the constraints that
differ (`integer_solver`). A cluster too large to prove loses every total above its confidential groups, which leaves
nothing to subtract from.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from stats.disclosure_control.bounds import CellBounds
from stats.disclosure_control.cells import (
    COLUMNS,
    LARGEST,
    LEAVE,
    NUMBERS,
    OUTCOMES,
    PARTS,
    RATES,
    SIZE,
    STUDY,
    Cell,
    numbers_of,
)
from stats.disclosure_control.hierarchies import AdditivityConstraints, published_around
from stats.disclosure_control.integer_solver import BUDGET, ConstraintSystem, Undecided
from stats.disclosure_control.primary import THRESHOLD

# Rows of a cluster, and sets of cells tried in it, beyond which it is too large.
LARGEST_CLUSTER = 60
TRIES = 100
# Constraints examined for a cluster, about a second, beyond which it counts as too large.
WORK = 10 * BUDGET
# Solutions are looked for among numbers up to this, or so many times the largest known one: they are found sooner.
CAPS = ((300, 3), (1_500, 10))

# (low, high, rates) of one row, in the orders of NUMBERS and RATES.
RowBounds = tuple[list[int], list[int], list[int]]


class SuppressionProblem:
    """Rows, the constraints between them, and the `cells` withheld so far.

    shown: names of the figures that each row shows. sizes: (low, high) head-counts of the rows, after propagation.
    """

    def __init__(
        self,
        bounds: CellBounds,
        constraints: AdditivityConstraints,
        shown: Sequence[set[str]],
        sizes: tuple[np.ndarray, np.ndarray],
    ) -> None:
        self.bounds, self.shown = bounds, shown
        self.cells: frozenset[Cell] = frozenset()
        self.is_confidential = bounds.is_confidential & (bounds.high[:, SIZE] > 0)
        self.members: list[tuple[int, list[int]]] = [(total, []) for total in constraints.totals.tolist()]
        # Most rows of a national table are in none.
        self.constraints_as_part: defaultdict[int, list[int]] = defaultdict(list)
        self.constraints_as_total: defaultdict[int, list[int]] = defaultdict(list)
        for number, (total, _parts) in enumerate(self.members):
            self.constraints_as_total[total].append(number)
        for part, number in zip(
            constraints.parts.tolist(), constraints.constraint_of_part.tolist(), strict=True
        ):
            self.members[number][1].append(part)
            self.constraints_as_part[part].append(number)
        self.published_around = published_around(bounds, constraints)
        self.proved: set[int] = set()
        self.too_large: dict[tuple[int, ...], set[int]] = {}  # {numbers: rows of clusters not to walk again}
        # `patience`: how many times BUDGET each system may take.
        self.work, self.patience = WORK, 1
        self.small_groups = self._small_groups(*sizes)

    def protect(self, row: int) -> frozenset[Cell]:
        """Withhold what leaves open every confidential group of the cluster of `row`; the cells that this takes."""
        found: frozenset[Cell] = frozenset()
        if row in self.proved:
            return found
        self.work = WORK
        try:
            for outcomes in (*((outcome,) for outcome in OUTCOMES), OUTCOMES):
                found = self._fewest(row, found, outcomes)
        except Undecided:
            found = self._all_that_may_hold(row) - self.cells
        else:
            rows, _constraints = self._cluster(row, self.cells | found, range(len(NUMBERS)))
            self.proved |= {member for member in rows if self.is_confidential[member]}
        self.cells |= found
        return found

    def _small_groups(self, low: np.ndarray, high: np.ndarray) -> list[tuple[int, ...]]:
        """For each total, its confidential parts when there are several and they may be fewer than 20 together, else ()."""
        confidential = set(np.flatnonzero(self.is_confidential).tolist())
        groups = []
        for total, parts in self.members:
            inside = tuple(part for part in parts if part in confidential)
            is_small = False
            if len(inside) > 1:
                rest = low[total] - sum(high[part] for part in parts if part not in confidential)
                is_small = max(sum(low[part] for part in inside), rest) < THRESHOLD
            groups.append(inside if is_small else ())
        return groups

    def _fewest(self, row: int, found: frozenset[Cell], outcomes: Sequence[int]) -> frozenset[Cell]:
        """`found` and the fewest figures on these outcomes to withhold with it, of the smallest groups first."""
        waiting: list[tuple[int, int, tuple[Cell, ...]]] = [(0, 0, ())]
        seen: set[tuple[Cell, ...]] = set()
        while waiting and len(seen) < TRIES:
            *_cost, more = heapq.heappop(waiting)
            if more in seen:
                continue
            seen.add(more)
            cells = found | set(more)
            is_closed, numbers = self._may_be_disclosed(row, cells, outcomes)
            if not is_closed:
                return cells
            for cell in self._published_cells(self._rows_of(numbers), outcomes) - cells - self.cells:
                wider = tuple(sorted((*more, cell)))
                heapq.heappush(waiting, (*self._cost(found | set(wider)), wider))
        raise Undecided

    def _rows_of(self, numbers: Iterable[int]) -> set[int]:
        """The rows that these constraints are about."""
        return {
            member for number in numbers for member in (self.members[number][0], *self.members[number][1])
        }

    def _published_cells(self, rows: Iterable[int], outcomes: Sequence[int]) -> set[Cell]:
        return {
            (row, outcome)
            for row in rows
            if not self.bounds.is_confidential[row]
            for outcome in outcomes
            if self.bounds.is_published[row, outcome]
        }

    def _cost(self, cells: frozenset[Cell]) -> tuple[int, int]:
        """How many figures that were shown go with these cells, and how many people they were about."""
        lost = {(row, name) for row, outcome in cells | self.cells for name in COLUMNS[outcome]}
        people = sum(self.bounds.low[row, SIZE] for row in {row for row, _outcome in cells})
        return sum(name in self.shown[row] for row, name in lost), int(people)

    def _all_that_may_hold(self, row: int) -> frozenset[Cell]:
        """The cells of every group that may hold a pupil of this one.

        Once they are withheld, any of its pupils may change situation and nothing that remains published moves.
        """
        inside: set[int] = set()
        waiting = [row]
        while waiting:
            part = waiting.pop()
            inside.add(part)
            waiting += [
                other
                for number in self.constraints_as_total[part]
                for other in self.members[number][1]
                if other not in inside
            ]
        fresh = set(inside)
        while fresh:
            above = {self.members[number][0] for part in fresh for number in self.constraints_as_part[part]}
            above -= inside
            inside |= above
            fresh = above or self._other_parts(inside)
            inside |= fresh
        return frozenset(self._published_cells(inside, OUTCOMES))

    def _other_parts(self, inside: set[int]) -> set[int]:
        """The parts of a total that is inside where nobody knows which part holds the pupils."""
        for total, parts in self.members:
            if total in inside and not inside.intersection(parts):
                return set(parts)
        return set()

    def _row_bounds(self, row: int, cells: Collection[Cell]) -> RowBounds:
        """The bounds of a row once these cells are withheld."""
        low, high = self.bounds.low[row].tolist(), self.bounds.high[row].tolist()
        rates = self.bounds.rates[row].tolist()
        gone = {outcome for other, outcome in cells if other == row}
        if STUDY in gone:
            gone.add(LEAVE)
        for number in gone:
            low[number], high[number] = 0, LARGEST
        for column, (numerator, denominator, _names) in enumerate(RATES):
            if numerator in gone or denominator in gone:
                rates[column] = -1
        return low, high, rates

    def _cluster(
        self, row: int, cells: Collection[Cell], numbers: Iterable[int]
    ) -> tuple[dict[int, RowBounds], list[int]]:
        """(bounds of each unknown row that constraints tie `row` to, those constraints). Raises Undecided if too large."""
        numbers, rows, constraints, waiting = tuple(numbers), {}, set(), [row]
        while waiting:
            member = waiting.pop()
            if member in rows:
                continue
            bounds = low, high, _rates = self._row_bounds(member, cells)
            if all(low[n] == high[n] for n in numbers if self.published_around[member, n]):
                continue
            rows[member] = bounds
            if len(rows) > LARGEST_CLUSTER or member in self.too_large.get(numbers, ()):
                if not cells:
                    self.too_large.setdefault(numbers, set()).update(rows)
                raise Undecided
            for number in (*self.constraints_as_part[member], *self.constraints_as_total[member]):
                if number not in constraints:
                    constraints.add(number)
                    waiting += [self.members[number][0], *self.members[number][1]]
        return rows, sorted(constraints)

    def _may_be_disclosed(
        self, row: int, more: frozenset[Cell], outcomes: Sequence[int]
    ) -> tuple[bool, list[int]]:
        """Whether some confidential group of the cluster of `row` may have but one possible outcome once `more` is
        withheld, and the constraints of the cluster. What cannot be decided may.
        """
        cells = self.cells | more
        numbers = numbers_of(outcomes)
        rows, constraints = self._cluster(row, cells, numbers)
        tied = self._rows_of(constraints)
        published = {outcome for _row, outcome in self._published_cells(tied, outcomes) - cells}
        if not published:
            return False, constraints
        numbers = tuple(n for n in numbers if n in published or n in {SIZE, STUDY, LEAVE})
        secrets = self._secrets(rows, constraints)
        largest = max(low[n] for low, _high, _rates in rows.values() for n in numbers)
        for least, times in CAPS:
            system, variables = self._system(rows, constraints, cells, numbers, max(least, times * largest))
            sums = {
                tuple(variables[member, n] for member in secret if (member, n) in variables)
                for secret in secrets
                for n in published
            }
            try:
                if not system.is_some_sum_fixed(sorted(sums)):
                    return False, constraints
            except Undecided:
                pass
            finally:
                self.work -= BUDGET - system.budget
            if self.work < 0:
                raise Undecided
        return True, constraints

    def _secrets(self, rows: Iterable[int], constraints: Iterable[int]) -> list[tuple[int, ...]]:
        """The confidential groups among these rows, and those that are fewer than 20 together in a total."""
        alone = [(member,) for member in rows if self.is_confidential[member]]
        return alone + [self.small_groups[number] for number in constraints if self.small_groups[number]]

    def _system(
        self,
        rows: dict[int, RowBounds],
        constraints: list[int],
        cells: Collection[Cell],
        numbers: Sequence[int],
        most: int,
    ) -> tuple[ConstraintSystem, dict[tuple[int, int], int]]:
        """These rows and constraints with no unknown number above `most`, and {(row, number): its variable}."""
        system = ConstraintSystem(BUDGET * self.patience)
        variables: dict[tuple[int, int], int] = {}
        for row, bounds in rows.items():
            variables |= _add_row(system, row, bounds, numbers, most)
        for constraint in constraints:
            total, parts = self.members[constraint]
            for n in numbers:
                terms, known = {}, 0
                for row, sign in ((total, 1), *((part, -1) for part in parts)):
                    if (row, n) in variables:
                        terms[variables[row, n]] = sign
                    else:
                        known += sign * self._row_bounds(row, cells)[0][n]
                system.add_constraint(terms, -known, -known)
        return system, variables


def _add_row(
    system: ConstraintSystem, row: int, bounds: RowBounds, numbers: Sequence[int], most: int
) -> dict[tuple[int, int], int]:
    """Add what is known of one row to the system; {(row, number): its variable}."""
    low, high, rates = bounds
    of = {n: system.add_variable(low[n], max(low[n], min(high[n], most))) for n in numbers}
    has_studies = STUDY in of
    if has_studies:
        system.add_constraint({of[STUDY]: 1, of[LEAVE]: 1, of[SIZE]: -1}, 0, 0)
    for part, whole in PARTS:
        if part in of:
            system.add_constraint({of[part]: 1, of[whole if whole in of else SIZE]: -1}, -LARGEST, 0)
    for percent, (numerator, denominator, _names) in zip(rates, RATES, strict=True):
        if percent >= 0 and numerator in of and denominator in of:
            count, people = of[numerator], of[denominator]
            system.add_constraint({count: 200, people: -2 * percent - 1}, -200 * LARGEST, 0)
            system.add_constraint({count: 200, people: 1 - 2 * percent}, 0, 200 * LARGEST)
    return {(row, n): variable for n, variable in of.items()}
