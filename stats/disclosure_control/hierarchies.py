"""Which published groups are totals of which others: territories, courses, routes, pooled cohorts. Pure: no Django."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.indicators import INDICATORS, Route
from stats.reasons import Reason

IDENTITY = ("cohort", "route", "course", "place")


@dataclass(frozen=True)
class Relations:
    """Totals and their parts, as places of rows in a table.

    Relations(totals=array([4]), parts=array([0, 1, 2]), of=array([0, 0, 0]), kinds=("place",)): row 4 is the sum
    of rows 0, 1 and 2, which are three places of one. `of` tells the relation of each part.
    """

    totals: np.ndarray
    parts: np.ndarray
    of: np.ndarray
    kinds: tuple[str, ...]

    def without(self, dropped):
        """The same, less those relations."""
        kept = np.setdiff1d(np.arange(len(self.totals)), dropped)
        places = np.full(len(self.totals), -1)
        places[kept] = np.arange(len(kept))
        stay = places[self.of] >= 0
        return Relations(
            self.totals[kept], self.parts[stay], places[self.of][stay], tuple(self.kinds[i] for i in kept)
        )


def facts_and_relations(facts, places=()):
    """The table of facts in its stable order, and every relation between a total and its parts in it.

    facts: published rows, one a group, with the columns IDENTITY, head-counts, figures and `reasons`; `course` is ""
    for all courses together. places: mappings {place: the wider place it is in}, narrowest places first, each a
    partition of the wider places: schools of a region, regions of a country. Parts that the table lacks are taken not
    to exist, which deduces more than less. Rows of which nothing is published are added where a published total
    stands above them, and for the years that pooled cohorts share; `row` is the index label of the others.
    """
    facts = _with_single_years(facts.reset_index(names="row"), places)
    pools = sorted({cohort for cohort in facts["cohort"] if "_" in cohort})
    facts = _with_steps(facts, places, pools).sort_values(list(IDENTITY), kind="stable", ignore_index=True)
    keys = facts[list(IDENTITY)]
    position = pd.Series(range(len(facts)), index=pd.MultiIndex.from_frame(keys))
    totals, parts, of, kinds = [], [], [], []
    for kind, wanted in _wider(keys, places, pools):
        found = position.reindex(pd.MultiIndex.from_frame(wanted)).to_numpy(dtype=float)
        inside = wanted.index.to_numpy()[~np.isnan(found)]
        of_these, numbers = np.unique(found[~np.isnan(found)].astype(int), return_inverse=True)
        of.append(numbers + len(kinds))
        totals.append(of_these)
        parts.append(inside)
        kinds += [kind] * len(of_these)
    return facts, Relations(np.concatenate(totals), np.concatenate(parts), np.concatenate(of), tuple(kinds))


def _wider(keys, places, pools):
    """For each way to widen, (kind, keys of the wider groups) of the groups that it widens."""
    for mapping in places:
        yield "place", _widened(keys, "place", keys["place"].map(mapping))
    yield "course", _widened(keys, "course", pd.Series("", keys.index).where(keys["course"] != ""))
    single = keys["route"].isin([Route.SCHOOL.value, Route.APPRENTICESHIP.value])
    yield "route", _widened(keys, "route", pd.Series(Route.ALL.value, keys.index).where(single))
    for pool in pools:
        inside = keys["cohort"].isin(_years(pool))
        yield "cohort", _widened(keys, "cohort", pd.Series(pool, keys.index).where(inside))


def _widened(keys, name, values):
    return keys.assign(**{name: values.astype("object")})[values.notna()]


def _with_steps(facts, places, pools):
    """Add the groups between published ones and a published total above them: places, then courses, routes, cohorts."""
    published = facts[list(IDENTITY)].assign(is_published=True)
    reached, steps = published[list(IDENTITY)], []
    for number in range(len(places) + 2 + len(pools)):
        wide = list(_wider(reached, places, pools))[number][1]
        steps.append((reached.loc[wide.index], wide))
        reached = pd.concat([reached, wide]).drop_duplicates(ignore_index=True)
    index = pd.MultiIndex.from_frame(reached)
    is_published = pd.Series(index.isin(pd.MultiIndex.from_frame(published[list(IDENTITY)])), index)
    is_below = pd.Series(False, index)
    for narrow, wide in reversed(steps):
        above = pd.MultiIndex.from_frame(wide)
        told = is_published[above].to_numpy() | is_below[above].to_numpy()
        is_below[pd.MultiIndex.from_frame(narrow[told])] = True
    missing = reached[(is_below & ~is_published).to_numpy()]
    return _with_unknown(facts, missing)


def _with_unknown(facts, missing):
    if missing.empty:
        return facts
    return pd.concat(
        [facts, missing.assign(reasons=Reason.NO_FIGURES.value * len(INDICATORS))], ignore_index=True
    )


def _years(cohort):
    first, last = int(cohort[:4]), int(cohort[-4:])
    return [str(year) for year in range(first, last + 1)]


def _with_single_years(facts, places):
    """Add the single years of pools that share one, or that have one beside them, where the table lacks them.

    A year that is published at all for groups of that kind is not lacking: the group did not exist that year.
    """
    group = [name for name in IDENTITY if name != "cohort"]
    kind = ["year", "level", "is_whole", "is_every_route"]
    keys = facts[list(IDENTITY)].rename(columns={"cohort": "year"})
    keys["level"] = sum(keys["place"].isin(mapping) * 2**i for i, mapping in enumerate(places))
    keys["is_whole"], keys["is_every_route"] = keys["course"] == "", keys["route"] == Route.ALL.value
    is_pool = keys["year"].str.contains("_")
    beside = keys.loc[~is_pool, [*group, "year"]].assign(is_there=True)
    of_kind = keys.loc[~is_pool, kind].drop_duplicates().assign(is_of_kind=True)
    pools = keys[is_pool].assign(cohort=keys["year"], year=keys["year"].map(_years)).explode("year")
    pools = pools.merge(beside, how="left", on=[*group, "year"]).merge(of_kind, how="left", on=kind)
    is_there = pools["is_there"].eq(True)
    is_linked = is_there | pools.duplicated([*group, "year"], keep=False)
    is_lacking = ~is_there & pools["is_of_kind"].isna()
    wanted = is_linked.groupby([pools[name] for name in IDENTITY]).transform("any") & is_lacking
    missing = pools.loc[wanted, [*group, "year"]].drop_duplicates().rename(columns={"year": "cohort"})
    return _with_unknown(facts, missing)
