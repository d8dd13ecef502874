"""All derivations in their order, and what they add: rows published → rows that can be asked. Pure: no Django."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from stats.derivation import GROUP, continuum, teaching_sites, terminal_years

TERMINAL_YEAR = "annee_terminale"
COMMON_YEAR = "annee_commune"


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
    """Every pointer, as the modules of the package return them; `renewed` and `sites` show a row, `years` codes."""

    own: pd.DataFrame
    renewed: pd.DataFrame
    sites: pd.DataFrame
    roles: pd.DataFrame
    years: pd.DataFrame
    counts: Counter = field(default_factory=Counter)

    @property
    def askable(self):
        """How many rows can be asked: own ones and pointers."""
        return sum(self.counts.values())

    @property
    def factor(self):
        """Rows that can be asked for one published, None when none is published."""
        return self.askable / len(self.own) if len(self.own) else None


def derive(rows, nomenclature, catalogue):
    """Derive everything from own rows of schools, or of one level of territories (then `catalogue` is None).

    Renewed diplomas come first, so that sites and first years profit from them.
    """
    renewed = continuum.derive(rows, nomenclature.links, nomenclature.known)
    shown = with_renewed(rows, renewed, nomenclature.years)
    found, sites = _of_sites(shown, catalogue)
    previous = terminal_years.previous_years(shown, nomenclature.years, nomenclature.known)
    years = terminal_years.derive(shown, previous).assign(kind=TERMINAL_YEAR)
    common = terminal_years.derive_common(rows, nomenclature.members, nomenclature.common)
    years = pd.concat([years, common.assign(kind=COMMON_YEAR)], ignore_index=True)
    # What a site takes names a row of `shown`: the published one behind it.
    sites["row"] = shown["shown_row"].reindex(sites["row"]).to_numpy()
    derived = Derived(rows, renewed, sites, found, years)
    derived.counts.update(_counts(derived))
    return derived


def with_renewed(rows, renewed, years):
    """Own rows and those of renewed diplomas, as one table with an index of its own.

    shown_row is the published row behind each; years: table of code (MEFSTAT11) and diploma.
    """
    columns = ["code", "diploma", *GROUP]
    own = rows[columns].assign(shown_row=rows.index, kind=continuum.Kind.OWN.value)
    diplomas = years.drop_duplicates("code").set_index("code")["diploma"]
    # A code that is no year of a course is the CFD itself.
    added = renewed.assign(diploma=renewed["code"].map(diplomas).astype("str").fillna(renewed["code"]))
    added = added.rename(columns={"row": "shown_row"})[[*columns, "shown_row", "kind"]]
    return pd.concat([own, added], ignore_index=True)


def _of_sites(shown, catalogue):
    if catalogue is None:
        none = pd.DataFrame(columns=["row", "code", *GROUP, "data_school", "data_role"])
        return pd.DataFrame(), none
    found = teaching_sites.roles(shown, catalogue)
    return found, teaching_sites.derive(shown, catalogue, found)


def _counts(derived):
    yield from [continuum.Kind.OWN.value] * len(derived.own)
    yield from derived.renewed["kind"]
    yield from derived.sites["data_role"]
    once = derived.years.drop_duplicates(["code", *GROUP])
    yield from once["kind"]
