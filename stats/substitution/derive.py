"""All derivations in their order, and what they add: rows published → rows that can be asked. Pure: no Django."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from stats.substitution import GROUP, renewed_diplomas, teaching_sites, terminal_years
from stats.substitution.kinds import OriginKind


@dataclass(frozen=True)
class Nomenclature:
    """What derivation needs of the nomenclature.

    links: former and new codes, CFD and MEFSTAT11 together (see `continuum.course_year_links`).
    years: code (MEFSTAT11), diploma, year. members, common: family and code (MEFSTAT11) of its courses and of the
    years that all of them share. known: all codes.
    """

    links: pd.DataFrame
    years: pd.DataFrame
    members: pd.DataFrame
    common: pd.DataFrame
    known: frozenset


@dataclass(frozen=True)
class Derived:
    """Every pointer, as the modules of the package return them, each with the published row that it shows.

    shown: own rows and those of renewed diplomas (see `with_renewed`). roles: on the index of `shown`. sites and
    years: see `teaching_sites.derive` and `terminal_years`; both with row (index of the published one) and kind.
    """

    own: pd.DataFrame
    renewed: pd.DataFrame
    shown: pd.DataFrame
    sites: pd.DataFrame
    roles: pd.DataFrame
    years: pd.DataFrame
    counts: Counter = field(default_factory=Counter)

    @property
    def reachable(self):
        """How many rows can be asked: own ones and pointers."""
        return sum(self.counts.values())

    @property
    def factor(self):
        """Rows that can be asked for one published, None when none is published."""
        return self.reachable / len(self.own) if len(self.own) else None


def derive(rows, nomenclature, catalogue):
    """Derive everything from own rows of schools, or of one level of territories (then `catalogue` is None).

    Renewed diplomas come first, so that sites and first years profit from them.
    """
    renewed = renewed_diplomas.derive(rows, nomenclature.links, nomenclature.known)
    shown = with_renewed(rows, renewed, nomenclature.years)
    found, sites = _of_sites(shown, catalogue)
    # Only a MEFSTAT11 tells which year of the course it is.
    of_years = shown[shown["code"].isin(nomenclature.years["code"])]
    previous = terminal_years.previous_years(of_years, nomenclature.years, nomenclature.known)
    years = terminal_years.derive(of_years, previous).assign(kind=OriginKind.TERMINAL_YEAR.value)
    common = terminal_years.derive_common(rows, nomenclature.members, nomenclature.common)
    years = pd.concat([years, common.assign(kind=OriginKind.COMMON_YEAR.value)], ignore_index=True)
    derived = Derived(rows, renewed, shown, sites, found, _with_rows(years, shown))
    derived.counts.update(_counts(derived))
    return derived


def _with_rows(years, shown):
    """Years of courses with the published row of the terminal year that each points to."""
    rows = shown[["code", *GROUP, "shown_row"]].rename(columns={"code": "terminal", "shown_row": "row"})
    return years.merge(rows, on=["terminal", *GROUP])


def with_renewed(rows, renewed, years):
    """Own rows and those of renewed diplomas, as one table with an index of its own.

    shown_row is the published row behind each; years: table of code (MEFSTAT11) and diploma.
    """
    columns = ["code", "diploma", *GROUP]
    own = rows[columns].assign(shown_row=rows.index, kind=OriginKind.OWN.value)
    diplomas = years.drop_duplicates("code").set_index("code")["diploma"]
    # A code that is no year of a course is the CFD itself.
    added = renewed.assign(diploma=renewed["code"].map(diplomas).astype("str").fillna(renewed["code"]))
    added = added.rename(columns={"row": "shown_row"})[[*columns, "shown_row", "kind"]]
    return pd.concat([own, added], ignore_index=True)


def _of_sites(shown, catalogue):
    if catalogue is None:
        none = ["row", "code", *GROUP, "data_school", "data_role", "trainers", "managers", "kind"]
        return pd.DataFrame(), pd.DataFrame(columns=none)
    found = teaching_sites.roles(shown, catalogue)
    sites = teaching_sites.derive(shown, catalogue, found)
    of_site = shown.reindex(sites["row"])
    # What a site takes names a row of `shown`: the published one is behind it.
    return found, sites.assign(row=of_site["shown_row"].to_numpy(), kind=of_site["kind"].to_numpy())


def _counts(derived):
    yield from [OriginKind.OWN.value] * len(derived.own)
    yield from derived.renewed["kind"]
    yield from derived.sites["data_role"]
    once = derived.years.drop_duplicates(["code", *GROUP])
    yield from once["kind"]
