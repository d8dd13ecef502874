"""What published totals and parts disclose of confidential groups, without ever storing an answer.

Whatever is published becomes bounds on the head-counts of each group: final-year pupils, those who study on, leavers, and
those employed at each date. Totals are sums of their parts; bounds are propagated from one to the other, for all groups at
once, until nothing moves. A confidential group whose bounds meet is exactly disclosed: this is the audit of a protected table
(Hundepool et al., Statistical Disclosure Control, 2012, chapter 4), with propagation in the place of linear programs.
What is listed really is disclosed. What several totals disclose only together is proved by `proofs`.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from stats.disclosure_control.bounds import CellBounds, cell_bounds
from stats.disclosure_control.cells import LARGEST, LEAVE, NUMBERS, OUTCOMES, PARTS, RATES, SIZE, STUDY
from stats.disclosure_control.groups import Places
from stats.disclosure_control.hierarchies import AdditivityConstraints, with_additivity_constraints
from stats.disclosure_control.primary import THRESHOLD

# Bounds that creep by one a round tell nothing more that is worth the wait.
ROUNDS = 100


def propagate_bounds(
    bounds: CellBounds, constraints: AdditivityConstraints
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(low, high, contradicted): bounds propagated until nothing moves, and positions of constraints that cannot hold.

    low, high: integers, rows × NUMBERS. A total that is not the sum of its parts tells nothing of them: it is set aside,
    and its connected component is done again. What moves in one component tells nothing of the others.
    """
    start = _without_contradictory_rows(bounds)
    low, high = start.low.copy(), start.high.copy()
    is_held = np.ones(len(constraints.totals), bool)
    rows, positions = np.arange(len(low)), np.arange(len(is_held))
    open_components = _Components(start, constraints, constraints.components(len(low)))
    while len(rows):
        open_components.propagate()
        low[rows], high[rows] = open_components.low, open_components.high
        is_held[positions] = open_components.is_held
        is_open, is_kept = (
            open_components.is_open,
            open_components.is_open[open_components.constraints.totals],
        )
        rows, positions = rows[is_open], positions[is_kept]
        open_components = open_components.among(is_open, is_kept)
    return low, high, np.flatnonzero(~is_held)


class _Components:
    """Connected components whose bounds still move, without the rows and constraints of the others.

    low, high: their bounds so far. is_held: which constraints are not set aside. rounds: how many were done since a row's
    component last began. is_open: rows of components that are not done.
    """

    def __init__(self, start: CellBounds, constraints: AdditivityConstraints, component: np.ndarray) -> None:
        self.start, self.constraints, self.component = start, constraints, component
        self.low, self.high = start.low.copy(), start.high.copy()
        self.is_held = np.ones(len(constraints.totals), bool)
        self.rounds = np.zeros(len(component), int)
        self.is_open = np.ones(len(component), bool)
        self.is_pooled = np.array([kind == "cohort" for kind in constraints.kinds], bool)

    def among(self, is_row: np.ndarray, is_constraint: np.ndarray) -> "_Components":
        """The same state of whole components: those of these rows and constraints."""
        constraints = self.constraints.among(is_row, is_constraint)
        some = _Components(self.start.at(is_row), constraints, _numbered(self.component[is_row]))
        some.low, some.high = self.low[is_row], self.high[is_row]
        some.is_held, some.rounds = self.is_held[is_constraint], self.rounds[is_row]
        return some

    def propagate(self) -> None:
        """Propagate until half of the rows are done."""
        held = self.constraints.at(np.flatnonzero(self.is_held))
        while 2 * self.is_open.sum() > len(self.is_open):
            has_moved = self._propagate_round(held)
            if self._set_aside(has_moved):
                held = self.constraints.at(np.flatnonzero(self.is_held))

    def _propagate_round(self, constraints: AdditivityConstraints) -> np.ndarray:
        """Propagate once, in rows and then along constraints between them; returns which rows moved."""
        former_low, former_high = self.low.copy(), self.high.copy()
        _propagate_within_rows(self.low, self.high, self.start.rates)
        _propagate_sums(self.low, self.high, constraints)
        is_done = ~self.is_open
        self.low[is_done], self.high[is_done] = former_low[is_done], former_high[is_done]
        return np.any((self.low != former_low) | (self.high != former_high), axis=1)

    def _set_aside(self, has_moved: np.ndarray) -> bool:
        """Set aside the constraints that cannot hold, and begin their components again; whether there are any."""
        totals = self.constraints.totals
        is_crossed = self.is_open & np.any(self.low > self.high, axis=1)
        is_wrong = self.constraints.touching(is_crossed) & self.is_held
        # A year that two releases hold may have been revised in between: what it makes of them is doubted first.
        has_pooled = self._whole(totals[is_wrong & self.is_pooled])
        is_wrong &= self.is_pooled | ~has_pooled[totals]
        self.is_held &= ~is_wrong
        restarts = self._whole(totals[is_wrong])
        self.low[restarts], self.high[restarts] = self.start.low[restarts], self.start.high[restarts]
        # A row that crosses by itself contradicts itself: it tells nothing.
        is_alone = is_crossed & ~restarts
        self.low[is_alone], self.high[is_alone] = 0, LARGEST
        self.rounds = np.where(restarts, 0, self.rounds + 1)
        moves = self._whole(has_moved & ~is_alone)
        self.is_open = restarts | (moves & (self.rounds < ROUNDS))
        return bool(is_wrong.any())

    def _whole(self, rows: np.ndarray) -> np.ndarray:
        """Whether each row is in the connected component of some of these rows, given by position or marked."""
        is_reached = np.zeros(len(self.component), bool)
        is_reached[self.component[rows]] = True
        return is_reached[self.component]


def _numbered(component: np.ndarray) -> np.ndarray:
    """The same components, each named by a position among these rows."""
    _names, first, numbers = np.unique(component, return_index=True, return_inverse=True)
    return first[numbers]


def is_exactly_disclosed(bounds: CellBounds, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Which rows are confidential groups with an outcome to which propagated bounds leave a single value."""
    return bounds.is_confidential & (low[:, OUTCOMES] == high[:, OUTCOMES]).any(axis=1)


def _without_contradictory_rows(bounds: CellBounds) -> CellBounds:
    """The same bounds, without those of rows whose own figures contradict each other."""
    low, high, rates = bounds.low.copy(), bounds.high.copy(), bounds.rates.copy()
    for _round in range(3):
        _propagate_within_rows(low, high, rates)
    is_wrong = (low > high).any(axis=1)
    low, high = bounds.low.copy(), bounds.high.copy()
    low[is_wrong], high[is_wrong], rates[is_wrong] = 0, LARGEST, -1
    return replace(bounds, low=low, high=high, rates=rates)


def _propagate_within_rows(low: np.ndarray, high: np.ndarray, rates: np.ndarray) -> None:
    """Who studies on and who leaves make the final year; parts are no larger than the whole; percentages are rounded."""
    np.minimum(high[:, SIZE], high[:, STUDY] + high[:, LEAVE], out=high[:, SIZE])
    np.maximum(low[:, SIZE], low[:, STUDY] + low[:, LEAVE], out=low[:, SIZE])
    for one, other in ((STUDY, LEAVE), (LEAVE, STUDY)):
        np.minimum(high[:, one], high[:, SIZE] - low[:, other], out=high[:, one])
        np.maximum(low[:, one], low[:, SIZE] - high[:, other], out=low[:, one])
    for part, whole in PARTS:
        np.minimum(high[:, part], high[:, whole], out=high[:, part])
        np.maximum(low[:, whole], low[:, part], out=low[:, whole])
    for column, (numerator, denominator, _names) in enumerate(RATES):
        rows = np.flatnonzero(rates[:, column] >= 0)
        # A whole percentage p stands for p ± 1/2: numerator / denominator is between least / 200 and most / 200.
        most, least = 2 * rates[rows, column] + 1, np.maximum(2 * rates[rows, column] - 1, 0)
        high[rows, numerator] = np.minimum(high[rows, numerator], most * high[rows, denominator] // 200)
        low[rows, numerator] = np.maximum(low[rows, numerator], -(-least * low[rows, denominator] // 200))
        low[rows, denominator] = np.maximum(low[rows, denominator], -(-200 * low[rows, numerator] // most))
        bounded = np.where(least > 0, 200 * high[rows, numerator] // np.maximum(least, 1), LARGEST)
        high[rows, denominator] = np.minimum(high[rows, denominator], bounded)


def _propagate_sums(low: np.ndarray, high: np.ndarray, constraints: AdditivityConstraints) -> None:
    totals, parts, of = constraints.totals, constraints.parts, constraints.constraint_of_part
    for number in range(len(NUMBERS)):
        least, most = (np.bincount(of, side[parts, number], len(totals)).astype(int) for side in (low, high))
        np.maximum.at(low[:, number], totals, least)
        np.minimum.at(high[:, number], totals, most)
        total_low, total_high = low[totals, number][of], high[totals, number][of]
        part_low, part_high = low[parts, number], high[parts, number]
        np.maximum.at(low[:, number], parts, total_low - (most[of] - part_high))
        np.minimum.at(high[:, number], parts, total_high - (least[of] - part_low))


@dataclass(frozen=True)
class AuditReport:
    """What the published figures disclose; it holds no outcome of anybody.

    deduced: one row a confidential group and a total that it is in, or is: `row` and `total` (index labels of the facts),
    `kind` of constraint, `together` (how many confidential groups are disclosed as one), `is_certain`. Where it is not,
    the group is the only one withheld of a total, and whoever knows the head-counts comes close to its outcomes.
    contradicted: how many totals are not the sum of their parts.
    """

    deduced: pd.DataFrame
    contradicted: int

    @property
    def certain(self) -> int:
        """How many confidential groups are disclosed for certain, alone or together with fewer than 20."""
        return self.deduced.loc[self.deduced["is_certain"], "row"].nunique()

    @property
    def approached(self) -> int:
        """How many more are the only group withheld of a published total."""
        certain = self.deduced.loc[self.deduced["is_certain"], "row"]
        return self.deduced.loc[~self.deduced["row"].isin(certain), "row"].nunique()


@dataclass(frozen=True)
class PublishedTables:
    """Published rows with what follows from them.

    table: the facts in a stable order, with the groups between them (see `hierarchies`). constraints: those that hold.
    bounds: what is published of each row. low, high: bounds propagated, rows × NUMBERS. contradicted: how many totals
    are not the sum of their parts.
    """

    table: pd.DataFrame
    constraints: AdditivityConstraints
    bounds: CellBounds
    low: np.ndarray
    high: np.ndarray
    contradicted: int

    @property
    def is_disclosed(self) -> np.ndarray:
        """Which rows are confidential groups with somebody in them, and an outcome that bounds leave one value."""
        return is_exactly_disclosed(self.bounds, self.low, self.high) & (self.high[:, SIZE] > 0)


def published_tables(facts: pd.DataFrame, places: Places = ()) -> PublishedTables:
    """The `PublishedTables` of facts; arguments as in `hierarchies.with_additivity_constraints`."""
    table, constraints = with_additivity_constraints(facts, places)
    bounds = cell_bounds(table)
    low, high, contradicted = propagate_bounds(bounds, constraints)
    held = constraints.without(contradicted)
    return PublishedTables(table, held, bounds, low, high, len(contradicted))


def audit_facts(facts: pd.DataFrame, places: Places = ()) -> AuditReport:
    """The `AuditReport` of published rows; arguments as in `hierarchies.with_additivity_constraints`."""
    return audit_tables(published_tables(facts, places))


def audit_tables(tables: PublishedTables) -> AuditReport:
    """The `AuditReport` of tables, from their bounds alone."""
    table, constraints, bounds, low, high = (
        tables.table,
        tables.constraints,
        tables.bounds,
        tables.low,
        tables.high,
    )
    inside = bounds.is_confidential[constraints.parts] & (high[constraints.parts, SIZE] > 0)
    parts, of = constraints.parts[inside], constraints.constraint_of_part[inside]
    number = np.bincount(of, minlength=len(constraints.totals))[of]
    is_disclosed = tables.is_disclosed
    is_alone = is_disclosed[parts]
    is_joint = _are_disclosed_together(low, high, constraints, inside)[of] & (number > 1)
    is_approached = _has_one_hole(bounds, constraints)[of] & (number == 1)
    rows, kinds = table["row"].to_numpy(), np.array(constraints.kinds, dtype=object)
    of_parts = pd.DataFrame(
        {
            "row": rows[parts],
            "total": rows[constraints.totals[of]],
            "kind": kinds[of],
            "together": np.where(is_joint & ~is_alone, number, 1),
            "is_certain": is_alone | is_joint,
        }
    )[is_alone | is_joint | is_approached]
    totals = rows[constraints.totals]
    of_totals = pd.DataFrame(
        {"row": totals, "total": totals, "kind": kinds, "together": 1, "is_certain": True}
    )
    of_totals = of_totals[is_disclosed[constraints.totals]]
    found = [some for some in (of_parts, of_totals) if len(some)] or [of_parts]
    return AuditReport(pd.concat(found, ignore_index=True), tables.contradicted)


def _are_disclosed_together(
    low: np.ndarray, high: np.ndarray, constraints: AdditivityConstraints, inside: np.ndarray
) -> np.ndarray:
    """Whether each total less its published parts is some outcome of confidential groups of 1 to 19 pupils together.

    inside: which parts are confidential groups.
    """
    totals, count = constraints.totals, len(constraints.totals)
    published, of = constraints.parts[~inside], constraints.constraint_of_part[~inside]
    least, most = np.zeros((count, len(NUMBERS)), int), np.zeros((count, len(NUMBERS)), int)
    np.add.at(least, of, low[published])
    np.add.at(most, of, high[published])
    rest_low, rest_high = low[totals] - most, high[totals] - least
    sizes = low[constraints.parts[inside], SIZE]
    together = np.bincount(constraints.constraint_of_part[inside], sizes, count)
    are_few = (rest_low[:, SIZE] < THRESHOLD) & (together < THRESHOLD)
    return are_few & (rest_low[:, OUTCOMES] == rest_high[:, OUTCOMES]).any(axis=1)


def _has_one_hole(bounds: CellBounds, constraints: AdditivityConstraints) -> np.ndarray:
    """Whether some outcome is published of each total and of all its parts that are not confidential."""
    is_published = bounds.is_published[:, OUTCOMES] & ~bounds.is_confidential[:, None]
    is_published |= bounds.high[:, [SIZE]] == 0
    missing = np.zeros((len(constraints.totals), len(OUTCOMES)), int)
    is_open = ~bounds.is_confidential[constraints.parts]
    np.add.at(missing, constraints.constraint_of_part[is_open], ~is_published[constraints.parts[is_open]])
    return (is_published[constraints.totals] & (missing == 0)).any(axis=1)
