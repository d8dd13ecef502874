"""Additivity constraints between published rows: places in wider places, courses, routes of training, pooled cohorts.

Such hierarchies between tables are what lets a suppressed cell be recalculated by subtraction (Hundepool et al., Statistical
Disclosure Control, 2012, chapter 4).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.disclosure_control.bounds import CellBounds
from stats.disclosure_control.cells import SIZE
from stats.disclosure_control.groups import COHORT, Groups, Places, are_among, distinct
from stats.indicators import INDICATORS
from stats.reasons import Reason


@dataclass(frozen=True)
class AdditivityConstraints:
    """Totals and the parts that they are the sum of, as positions of rows in a table.

    AdditivityConstraints(totals=array([4]), parts=array([0, 1, 2]), constraint_of_part=array([0, 0, 0]),
    kinds=("place",)): row 4 is the sum of rows 0, 1 and 2, which are three places of one. totals and kinds have one
    item a constraint, parts and constraint_of_part one item a part.
    """

    totals: np.ndarray
    parts: np.ndarray
    constraint_of_part: np.ndarray
    kinds: tuple[str, ...]

    def without(self, dropped: np.ndarray) -> "AdditivityConstraints":
        """The same constraints, less those at the positions `dropped`."""
        return self.at(np.setdiff1d(np.arange(len(self.totals)), dropped))

    def at(self, kept: np.ndarray) -> "AdditivityConstraints":
        """The constraints at the positions `kept`."""
        positions = np.full(len(self.totals), -1)
        positions[kept] = np.arange(len(kept))
        stays = positions[self.constraint_of_part] >= 0
        return AdditivityConstraints(
            self.totals[kept],
            self.parts[stays],
            positions[self.constraint_of_part][stays],
            tuple(self.kinds[i] for i in kept),
        )

    def among(self, is_row: np.ndarray, is_kept: np.ndarray) -> "AdditivityConstraints":
        """These constraints in a table of these rows alone, all of whose members are among them; both are marked."""
        kept, positions = self.at(np.flatnonzero(is_kept)), np.cumsum(is_row) - 1
        return AdditivityConstraints(
            positions[kept.totals], positions[kept.parts], kept.constraint_of_part, kept.kinds
        )

    def touching(self, is_row: np.ndarray) -> np.ndarray:
        """Which constraints hold some of these rows, as total or part; is_row: one boolean a row."""
        is_touching = is_row[self.totals]
        is_touching[self.constraint_of_part[is_row[self.parts]]] = True
        return is_touching

    def components(self, rows: int) -> np.ndarray:
        """For each of so many rows, the first row of its connected component."""
        component, totals = np.arange(rows), self.totals[self.constraint_of_part]
        while True:
            before = component.copy()
            np.minimum.at(component, totals, component[self.parts])
            np.minimum.at(component, self.parts, component[totals])
            if np.array_equal(before, component):
                return component

    def reached(self, marks: np.ndarray) -> np.ndarray:
        """Marks of each row or of any row of its connected component; marks: booleans, one a row or rows × columns."""
        component = self.components(len(marks))
        found = np.zeros(marks.shape, bool)
        np.logical_or.at(found, component, marks)
        return found[component]


def with_additivity_constraints(
    facts: pd.DataFrame, places: Places = ()
) -> tuple[pd.DataFrame, AdditivityConstraints]:
    """The facts in a stable order, and every constraint between a total and its parts among them.

    facts: published rows, one a group, with the columns IDENTITY, head-counts, figures and `reasons`. Each mapping of
    `places` is a partition of the wider places. Parts that the table lacks are taken not to exist, which discloses more
    rather than less. Rows of which nothing is published are added where a published total stands above them, and for
    the years that pooled cohorts share; `row` is the index label of the given rows, missing in the added ones.
    """
    facts = facts.reset_index(names="row")
    groups = Groups.of(facts, places)
    keys = groups.keys(facts)
    if len(distinct(keys)) < len(keys):
        raise ValueError("two rows of one group")
    keys = distinct(keys, _lacking_years(keys, groups))
    keys = distinct(keys, _steps(keys, groups))
    facts = _at(facts, groups, keys)
    totals, parts, constraint_of_part = [], [], []
    kinds: list[str] = []
    for kind, axis, wider_of in groups.ways:
        inside, wider = groups.widened(keys, axis, wider_of)
        is_there = are_among(wider, keys)
        totals_of_kind, numbers = np.unique(np.searchsorted(keys, wider[is_there]), return_inverse=True)
        constraint_of_part.append(numbers + len(kinds))
        totals.append(totals_of_kind)
        parts.append(inside[is_there])
        kinds += [kind] * len(totals_of_kind)
    constraints = AdditivityConstraints(
        np.concatenate(totals), np.concatenate(parts), np.concatenate(constraint_of_part), tuple(kinds)
    )
    return facts, constraints


def _at(facts: pd.DataFrame, groups: "Groups", keys: np.ndarray) -> pd.DataFrame:
    """The facts in the order of these keys, with a row of which nothing is published for those that they lack."""
    known = groups.keys(facts)
    missing = keys[~are_among(keys, np.sort(known))]
    if len(missing):
        unknown = groups.identities(missing).assign(reasons=Reason.NO_FIGURES.value * len(INDICATORS))
        facts = pd.concat([facts, unknown], ignore_index=True)
    order = np.argsort(np.concatenate([known, missing]), kind="stable")
    return facts.take(order).reset_index(drop=True)


def _steps(keys: np.ndarray, groups: "Groups") -> np.ndarray:
    """The groups between published ones and a published total above them: places, then courses, routes, cohorts."""
    reached, steps = keys, []
    for _kind, axis, wider_of in groups.ways:
        inside, wider = groups.widened(reached, axis, wider_of)
        steps.append((reached[inside], wider))
        reached = distinct(reached, wider)
    is_published = are_among(reached, keys)
    is_below_published = np.zeros(len(reached), bool)
    for narrower, wider in reversed(steps):
        above = np.searchsorted(reached, wider)
        is_inside = is_published[above] | is_below_published[above]
        is_below_published[np.searchsorted(reached, narrower[is_inside])] = True
    return reached[is_below_published & ~is_published]


def _lacking_years(keys: np.ndarray, groups: "Groups") -> np.ndarray:
    """The single years of pools that share one, or that have one beside them, where the table lacks them.

    A year that is published at all for groups of that kind is not lacking: the group did not exist that year.
    """
    cohorts = groups.codes(keys, COHORT)
    is_pool = groups.is_pool[cohorts]
    single = np.sort(keys[~is_pool])
    rows, years = groups.years_of(keys[is_pool])
    is_there = are_among(years, single)
    _years, number, times = np.unique(years, return_inverse=True, return_counts=True)
    is_linked = is_there | (times[number] > 1)
    is_lacking = ~is_there & ~are_among(groups.sorts(years), np.sort(groups.sorts(single)))
    has_link = np.bincount(rows, is_linked, int(is_pool.sum())) > 0
    return distinct(years[has_link[rows] & is_lacking])


def published_around(bounds: CellBounds, constraints: AdditivityConstraints) -> np.ndarray:
    """Rows × NUMBERS: whether it is published of the row or of any row of its connected component."""
    is_published = constraints.reached(bounds.is_published & ~bounds.is_confidential[:, None])
    is_published[:, SIZE] = True
    return is_published
