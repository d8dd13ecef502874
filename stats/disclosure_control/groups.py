"""Groups as whole numbers: a million of them are sorted, widened and looked up in a second, where texts take ten.

The number of a group is made of the places of its cohort, route, course and place among the sorted texts of each, so that
numbers are in the order of the texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import pandas as pd

from stats.indicators import Route

# What identifies a group; `course` is "" for all courses together.
IDENTITY = ("cohort", "route", "course", "place")
COHORT, ROUTE, COURSE, PLACE = range(4)

# {place: the wider place that it is in}, narrowest places first: schools of a region, regions of a country.
Places = Sequence[Mapping[str, str]]
# (kind of constraint, which part of the identity is wider, for each of its texts the place of the wider one, -1 for none).
Way = tuple[str, int, np.ndarray]
_SINGLE_ROUTES = (Route.SCHOOL.value, Route.APPRENTICESHIP.value)
_NONE = -1


@dataclass(frozen=True)
class Groups:
    """texts: for each part of the identity, all its texts, sorted. places: as `with_additivity_constraints` takes them."""

    texts: tuple[pd.Index, ...]
    places: Places

    @classmethod
    def of(cls, facts: pd.DataFrame, places: Places) -> "Groups":
        """The numbers of the groups of these facts, of the wider ones, and of the single years of pooled cohorts."""
        found = [set(facts[name]) for name in IDENTITY]
        found[COHORT] |= {year for cohort in found[COHORT] if "_" in cohort for year in _years(cohort)}
        found[ROUTE].add(Route.ALL.value)
        found[COURSE].add("")
        for mapping in places:
            found[PLACE] |= {mapping[place] for place in found[PLACE] if place in mapping}
        return cls(tuple(pd.Index(sorted(texts), dtype="object") for texts in found), places)

    def keys(self, facts: pd.DataFrame) -> np.ndarray:
        """The number of the group of each row."""
        total = np.zeros(len(facts), np.int64)
        for name, texts in zip(IDENTITY, self.texts, strict=True):
            total = total * len(texts) + texts.get_indexer(pd.Index(facts[name], dtype="object")).astype(
                np.int64
            )
        return total

    def identities(self, keys: np.ndarray) -> pd.DataFrame:
        """The texts of these groups."""
        return pd.DataFrame(
            {
                name: self.texts[axis].take(self.codes(keys, axis)).to_numpy()
                for axis, name in enumerate(IDENTITY)
            },
            dtype="object",
        )

    def codes(self, keys: np.ndarray, axis: int) -> np.ndarray:
        """For each group, the place of one part of its identity among its texts."""
        return keys // self._stride(axis) % len(self.texts[axis])

    def widened(self, keys: np.ndarray, axis: int, wider_of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(positions of the groups that are part of a wider one, numbers of these)."""
        codes = self.codes(keys, axis)
        wider = wider_of[codes]
        inside = np.flatnonzero(wider != _NONE)
        return inside, keys[inside] + (wider - codes)[inside] * self._stride(axis)

    @property
    def ways(self) -> list[Way]:
        """The ways to widen groups."""
        of_places: list[Way] = [("place", PLACE, self._wider(PLACE, mapping)) for mapping in self.places]
        of_courses = self._wider(COURSE, dict.fromkeys(set(self.texts[COURSE]) - {""}, ""))
        of_routes = self._wider(ROUTE, dict.fromkeys(_SINGLE_ROUTES, Route.ALL.value))
        pools = self.texts[COHORT][self.is_pool]
        of_pools: list[Way] = [
            ("cohort", COHORT, self._wider(COHORT, dict.fromkeys(_years(pool), pool))) for pool in pools
        ]
        return [*of_places, ("course", COURSE, of_courses), ("route", ROUTE, of_routes), *of_pools]

    @property
    def is_pool(self) -> np.ndarray:
        """For each cohort, whether it pools several years."""
        return np.array(["_" in cohort for cohort in self.texts[COHORT]], bool)

    def years_of(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The single years of groups of pools: (position of the group, number of the same group in one year), year by year."""
        cohorts = self.codes(keys, COHORT)
        rows, years = [np.array([], int)], [np.array([], np.int64)]
        for pool in np.unique(cohorts):
            own = np.flatnonzero(cohorts == pool)
            for year in self.texts[COHORT].get_indexer(pd.Index(_years(self.texts[COHORT][pool]))):
                rows.append(own)
                years.append(keys[own] + (year - pool) * self._stride(COHORT))
        return np.concatenate(rows), np.concatenate(years)

    def sorts(self, keys: np.ndarray) -> np.ndarray:
        """A number for each group, the same for those of one year, one width of place, all courses or one, all routes or one."""
        levels = np.zeros(len(self.texts[PLACE]), np.int64)
        for number, mapping in enumerate(self.places):
            levels += self.texts[PLACE].isin(list(mapping)) * 2**number
        sort = self.codes(keys, COHORT) * 2 ** len(self.places) + levels[self.codes(keys, PLACE)]
        is_whole = self.codes(keys, COURSE) == self.texts[COURSE].get_loc("")
        is_every_route = self.codes(keys, ROUTE) == self.texts[ROUTE].get_loc(Route.ALL.value)
        return (sort * 2 + is_whole) * 2 + is_every_route

    def _stride(self, axis: int) -> int:
        return prod(len(texts) for texts in self.texts[axis + 1 :])

    def _wider(self, axis: int, mapping: Mapping[str, str]) -> np.ndarray:
        texts = self.texts[axis]
        wider = np.full(len(texts), _NONE)
        narrow, wide = (pd.Index(list(given), dtype="object") for given in (mapping.keys(), mapping.values()))
        own = texts.get_indexer(narrow)
        wider[own[own != _NONE]] = texts.get_indexer(wide)[own != _NONE]
        return wider


def distinct(*numbers: np.ndarray) -> np.ndarray:
    """The different ones of these numbers, sorted. `np.unique` looks for them by hash, fifty times slower for such numbers."""
    together = np.sort(np.concatenate(numbers), kind="stable")
    is_first = np.ones(len(together), bool)
    is_first[1:] = together[1:] != together[:-1]
    return together[is_first]


def are_among(numbers: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which of these numbers are among the others, which are sorted."""
    if not len(others):
        return np.zeros(len(numbers), bool)
    return others[np.minimum(np.searchsorted(others, numbers), len(others) - 1)] == numbers


def _years(cohort: str) -> list[str]:
    first, last = int(cohort[:4]), int(cohort[-4:])
    return [str(year) for year in range(first, last + 1)]
