"""All substitutions, in their order: from the published rows to the reachable ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from stats.substitution import GROUP, renewed_diplomas, teaching_sites, terminal_years
from stats.substitution.kinds import OriginKind


@dataclass(frozen=True)
class Nomenclature:
    """The parts of the nomenclature that substitution uses.

    links: table of former and new codes, CFD and MEFSTAT11 together (see `renewed_diplomas.course_year_links`).
    years: table of code (MEFSTAT11), diploma, year, duration. members: table of family and code (MEFSTAT11) of its courses.
    common: the same for the years that all courses of a family share. known: all codes, of diplomas and of years.
    """

    links: pd.DataFrame
    years: pd.DataFrame
    members: pd.DataFrame
    common: pd.DataFrame
    known: frozenset


@dataclass(frozen=True)
class Derived:
    """Every pointer, with the published row that it shows.

    own: the published rows. renewed: see `renewed_diplomas.derive`. shown: both together (see `with_renewed`).
    roles: see `teaching_sites.roles`, on the index of `shown`. sites, years: see `teaching_sites.derive` and
    `terminal_years`, with `row` (index of the published row) and `kind`. counts: reachable rows, by kind or role.
    """

    own: pd.DataFrame
    renewed: pd.DataFrame
    shown: pd.DataFrame
    sites: pd.DataFrame
    roles: pd.DataFrame
    years: pd.DataFrame
    counts: Counter = field(default_factory=Counter)

    @property
    def reachable(self) -> int:
        """How many rows are reachable: published rows and pointers."""
        return sum(self.counts.values())

    @property
    def factor(self) -> float | None:
        """Reachable rows per published row, None without published rows."""
        return self.reachable / len(self.own) if len(self.own) else None


def derive(
    rows: pd.DataFrame, nomenclature: Nomenclature, catalogue: teaching_sites.Catalogue | None
) -> Derived:
    """All pointers to the published rows of schools, or of one level of territories (without a catalogue).

    Renewed diplomas come first: teaching sites and earlier years may then point to their rows too.
    """
    renewed = renewed_diplomas.derive(rows, nomenclature.links, nomenclature.known)
    shown = with_renewed(rows, renewed, nomenclature.years)
    roles, sites = _of_sites(shown, catalogue)
    # Only a MEFSTAT11 tells which year of the course it is.
    of_years = shown[shown["code"].isin(nomenclature.years["code"])]
    previous = terminal_years.previous_years(of_years, nomenclature.years, nomenclature.known)
    years = terminal_years.derive(of_years, previous).assign(kind=OriginKind.TERMINAL_YEAR.value)
    common = terminal_years.derive_common(rows, nomenclature.members, nomenclature.common)
    years = pd.concat([years, common.assign(kind=OriginKind.COMMON_YEAR.value)], ignore_index=True)
    derived = Derived(rows, renewed, shown, sites, roles, _with_rows(years, shown))
    derived.counts.update(_counts(derived))
    return derived


def _with_rows(years: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Years of courses, with the published row of the terminal year that each points to."""
    rows = shown[["code", *GROUP, "shown_row"]].rename(columns={"code": "terminal", "shown_row": "row"})
    return years.merge(rows, on=["terminal", *GROUP])


def with_renewed(rows: pd.DataFrame, renewed: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Published rows and those of renewed diplomas, as one table with an index of its own.

    years: table of code (MEFSTAT11) and diploma. Returns code, diploma, cohort, route, place, shown_row (index of the
    published row) and kind.
    """
    columns = ["code", "diploma", *GROUP]
    own = rows[columns].assign(shown_row=rows.index, kind=OriginKind.OWN.value)
    diplomas = years.drop_duplicates("code").set_index("code")["diploma"]
    # A code that is no year of a course is the CFD itself.
    added = renewed.assign(diploma=renewed["code"].map(diplomas).astype("str").fillna(renewed["code"]))
    added = added.rename(columns={"row": "shown_row"})[[*columns, "shown_row", "kind"]]
    return pd.concat([own, added], ignore_index=True)


def _of_sites(
    shown: pd.DataFrame, catalogue: teaching_sites.Catalogue | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if catalogue is None:
        none = ["row", "code", *GROUP, "data_school", "data_role", "trainers", "managers", "kind"]
        return pd.DataFrame(), pd.DataFrame(columns=none)
    roles = teaching_sites.roles(shown, catalogue)
    sites = teaching_sites.derive(shown, catalogue, roles)
    # A site points to a row of `shown`, which in turn names the published row.
    of_site = shown.reindex(sites["row"])
    return roles, sites.assign(row=of_site["shown_row"].to_numpy(), kind=of_site["kind"].to_numpy())


def _counts(derived: Derived) -> Iterator[str]:
    yield from [OriginKind.OWN.value] * len(derived.own)
    yield from derived.renewed["kind"]
    yield from derived.sites["data_role"]
    once = derived.years.drop_duplicates(["code", *GROUP])
    yield from once["kind"]
