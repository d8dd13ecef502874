"""Additivity constraints between published rows: places in wider places, courses, routes of training, pooled cohorts.

Such hierarchies between tables are what lets a suppressed cell be recalculated by subtraction (Hundepool et al., Statistical
Disclosure Control, 2012, chapter 4).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from stats.indicators import INDICATORS, Route
from stats.reasons import Reason

# What identifies a group; `course` is "" for all courses together.
IDENTITY = ("cohort", "route", "course", "place")

# {place: the wider place that it is in}, narrowest places first: schools of a region, regions of a country.
Places = Sequence[Mapping[str, str]]


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
    facts = _with_single_years(facts.reset_index(names="row"), places)
    pools = sorted({cohort for cohort in facts["cohort"] if "_" in cohort})
    facts = _with_steps(facts, places, pools).sort_values(list(IDENTITY), kind="stable", ignore_index=True)
    keys = facts[list(IDENTITY)]
    position = pd.Series(range(len(facts)), index=pd.MultiIndex.from_frame(keys))
    totals, parts, constraint_of_part = [], [], []
    kinds: list[str] = []
    for kind, widen in _ways(places, pools):
        wider = widen(keys)
        found = position.reindex(pd.MultiIndex.from_frame(wider)).to_numpy(dtype=float)
        inside = wider.index.to_numpy()[~np.isnan(found)]
        totals_of_kind, numbers = np.unique(found[~np.isnan(found)].astype(int), return_inverse=True)
        constraint_of_part.append(numbers + len(kinds))
        totals.append(totals_of_kind)
        parts.append(inside)
        kinds += [kind] * len(totals_of_kind)
    constraints = AdditivityConstraints(
        np.concatenate(totals), np.concatenate(parts), np.concatenate(constraint_of_part), tuple(kinds)
    )
    return facts, constraints


def _ways(places: Places, pools: list[str]) -> list[tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]]:
    """The ways to widen groups: (kind, keys of groups → keys of the wider groups, indexed as the groups that they widen)."""
    of_places = [("place", partial(_in_wider_place, mapping=mapping)) for mapping in places]
    of_pools = [("cohort", partial(_in_pool, pool=pool)) for pool in pools]
    return [*of_places, ("course", _of_all_courses), ("route", _of_every_route), *of_pools]


def _in_wider_place(keys: pd.DataFrame, mapping: Mapping[str, str]) -> pd.DataFrame:
    return _widened(keys, "place", keys["place"].map(mapping))


def _of_all_courses(keys: pd.DataFrame) -> pd.DataFrame:
    return _widened(keys, "course", pd.Series("", keys.index).where(keys["course"] != ""))


def _of_every_route(keys: pd.DataFrame) -> pd.DataFrame:
    is_single = keys["route"].isin([Route.SCHOOL.value, Route.APPRENTICESHIP.value])
    return _widened(keys, "route", pd.Series(Route.ALL.value, keys.index).where(is_single))


def _in_pool(keys: pd.DataFrame, pool: str) -> pd.DataFrame:
    return _widened(keys, "cohort", pd.Series(pool, keys.index).where(keys["cohort"].isin(_years(pool))))


def _widened(keys: pd.DataFrame, name: str, values: pd.Series) -> pd.DataFrame:
    return keys.assign(**{name: values.astype("object")})[values.notna()]


def _with_steps(facts: pd.DataFrame, places: Places, pools: list[str]) -> pd.DataFrame:
    """Add the groups between published ones and a published total above them: places, then courses, routes, cohorts."""
    published = facts[list(IDENTITY)]
    reached, steps = published, []
    for _kind, widen in _ways(places, pools):
        wider = widen(reached)
        steps.append((reached.loc[wider.index], wider))
        reached = pd.concat([reached, wider]).drop_duplicates(ignore_index=True)
    index = pd.MultiIndex.from_frame(reached)
    is_published = pd.Series(index.isin(pd.MultiIndex.from_frame(published)), index)
    is_below_published = pd.Series(False, index)
    for narrower, wider in reversed(steps):
        above = pd.MultiIndex.from_frame(wider)
        is_inside = is_published[above].to_numpy() | is_below_published[above].to_numpy()
        is_below_published[pd.MultiIndex.from_frame(narrower[is_inside])] = True
    missing = reached[(is_below_published & ~is_published).to_numpy()]
    return _with_unknown(facts, missing)


def _with_unknown(facts: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    if missing.empty:
        return facts
    unknown = missing.assign(reasons=Reason.NO_FIGURES.value * len(INDICATORS))
    return pd.concat([facts, unknown], ignore_index=True)


def _years(cohort: str) -> list[str]:
    first, last = int(cohort[:4]), int(cohort[-4:])
    return [str(year) for year in range(first, last + 1)]


def _with_single_years(facts: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Add the single years of pools that share one, or that have one beside them, where the table lacks them.

    A year that is published at all for groups of that kind is not lacking: the group did not exist that year.
    """
    group = [name for name in IDENTITY if name != "cohort"]
    kind = ["year", "level", "is_whole", "is_every_route"]
    keys = facts[list(IDENTITY)].rename(columns={"cohort": "year"})
    keys["level"] = sum(keys["place"].isin(mapping) * 2**i for i, mapping in enumerate(places))
    keys["is_whole"], keys["is_every_route"] = keys["course"] == "", keys["route"] == Route.ALL.value
    is_pool = keys["year"].str.contains("_")
    single = keys.loc[~is_pool, [*group, "year"]].assign(is_there=True)
    of_kind = keys.loc[~is_pool, kind].drop_duplicates().assign(is_of_kind=True)
    pools = keys[is_pool].assign(cohort=keys["year"], year=keys["year"].map(_years)).explode("year")
    pools = pools.merge(single, how="left", on=[*group, "year"]).merge(of_kind, how="left", on=kind)
    is_there = pools["is_there"].eq(True)
    is_linked = is_there | pools.duplicated([*group, "year"], keep=False)
    is_lacking = ~is_there & pools["is_of_kind"].isna()
    is_added = is_linked.groupby([pools[name] for name in IDENTITY]).transform("any") & is_lacking
    missing = pools.loc[is_added, [*group, "year"]].drop_duplicates().rename(columns={"year": "cohort"})
    return _with_unknown(facts, missing)
