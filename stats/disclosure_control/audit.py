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
from stats.disclosure_control.hierarchies import AdditivityConstraints, Places, with_additivity_constraints
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
    component = constraints.components(len(low))
    is_held, rounds = np.ones(len(constraints.totals), bool), np.zeros(len(low), int)
    is_pooled = np.array([kind == "cohort" for kind in constraints.kinds], bool)
    is_open = np.ones(len(low), bool)
    while is_open.any():
        positions = np.flatnonzero(is_held & is_open[constraints.totals])
        has_moved = _propagate_round(low, high, start.rates, constraints.at(positions), is_open)
        is_crossed = is_open & np.any(low > high, axis=1)
        is_wrong = constraints.touching(is_crossed) & is_held
        # A year that two releases hold may have been revised in between: what it makes of them is doubted first.
        has_pooled = _whole(component, constraints.totals[is_wrong & is_pooled])
        is_wrong &= is_pooled | ~has_pooled[constraints.totals]
        is_held &= ~is_wrong
        restarts = _whole(component, constraints.totals[is_wrong])
        low[restarts], high[restarts] = start.low[restarts], start.high[restarts]
        # A row that crosses by itself contradicts itself: it tells nothing.
        is_alone = is_crossed & ~restarts
        low[is_alone], high[is_alone] = 0, LARGEST
        rounds = np.where(restarts, 0, rounds + 1)
        is_open = restarts | (_whole(component, has_moved & ~is_alone) & (rounds < ROUNDS))
    return low, high, np.flatnonzero(~is_held)


def _propagate_round(
    low: np.ndarray,
    high: np.ndarray,
    rates: np.ndarray,
    constraints: AdditivityConstraints,
    is_open: np.ndarray,
) -> np.ndarray:
    """Propagate once, in open rows and then along constraints between them; returns which rows moved."""
    rows = np.flatnonzero(is_open)
    former_low, former_high = low[rows], high[rows]
    row_low, row_high = former_low.copy(), former_high.copy()
    _propagate_within_rows(row_low, row_high, rates[rows])
    low[rows], high[rows] = row_low, row_high
    _propagate_sums(low, high, constraints)
    has_moved = np.zeros(len(low), bool)
    has_moved[rows] = np.any((low[rows] != former_low) | (high[rows] != former_high), axis=1)
    return has_moved


def _whole(component: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Whether each row is in the connected component of some of these rows, given by position or marked."""
    is_reached = np.zeros(len(component), bool)
    is_reached[component[rows]] = True
    return is_reached[component]


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
