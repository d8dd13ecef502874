"""Apprenticeship: a teaching site without figures shows those of its trainer, else of its manager.

The catalogue of apprenticeship says which schools teach, train and manage each course; a source publishes the figures
under one of the three. Lists of schools are tuples without repetition, in the order of the catalogue.
"""

from collections import defaultdict
from collections.abc import Collection

import numpy as np
import pandas as pd

from stats.indicators import Route
from stats.substitution.kinds import Role
from stats.substitution.renewed_diplomas import chains

NOBODY = ()
_NOWHERE = -1
LISTS = ["sites", "trainers", "managers"]
_SAME_GROUP = ["code", "cohort", "route"]
_POINTER = ["row", "code", "cohort", "route", "place", "data_school", "data_role", "trainers", "managers"]


class Catalogue:
    """Who teaches, trains and manages each course, the same course under all codes of its renewals.

    entries: table of diploma (CFD), site, trainer, manager (UAI, "" when not given).
    links: former and new CFD; a fork stops them. known: codes of the nomenclature, None when all are.
    """

    def __init__(
        self, entries: pd.DataFrame, links: pd.DataFrame, known: Collection[str] | None = None
    ) -> None:
        self._chains = chains(links, known)["chain"]
        schools = entries[["site", "trainer", "manager"]].fillna("")
        self.entries = schools.assign(course=self.course(entries["diploma"])).drop_duplicates()
        self._courses = pd.Index(self.entries["course"].unique())
        self._schools = pd.Index(pd.unique(self.entries[["site", "trainer", "manager"]].to_numpy().ravel()))

    def course(self, diplomas: pd.Series) -> pd.Series:
        """The oldest CFD of the chain of each diploma, which identifies the course under all its codes."""
        return diplomas.map(self._chains).astype("str").fillna(diplomas)

    def others(self, rows: pd.DataFrame, role: str) -> pd.DataFrame:
        """Entries of the catalogue in which the school of a row is the `role` ("trainer" or "manager") of another one.

        The other one is a site for a trainer, a trainer for a manager. Returns the columns of `rows`, with site and
        trainer, one row per entry.
        """
        dependent = {"trainer": "site", "manager": "trainer"}[role]
        entries = rows.merge(self.entries.rename(columns={role: "place"}), on=["course", "place"], sort=False)
        return entries[(entries[dependent] != entries["place"]) & (entries[dependent] != "")]

    def lists(self, rows: pd.DataFrame, by: str, of: str) -> pd.Series:
        """Schools in role `of` ("site", "trainer", "manager") where the school of each row is in role `by`."""
        given = self.entries[(self.entries[by] != "") & (self.entries[of] != "")]
        asked = self.numbers(rows["course"], rows["place"])
        numbers = self.numbers(given["course"], given[by])
        is_asked = np.isin(numbers, asked)
        pairs = given.loc[is_asked, [of]].assign(number=numbers[is_asked]).drop_duplicates()
        return _looked_up(pd.Series(asked, rows.index), _tuples(pairs["number"], pairs[of]))

    def are_in(self, rows: pd.DataFrame, by: str) -> np.ndarray:
        """Which rows have their school in role `by` for their course."""
        entries = self.numbers(self.entries["course"], self.entries[by])
        asked = self.numbers(rows["course"], rows["place"])
        return np.isin(asked, entries) & (asked != _NOWHERE)

    def numbers(self, courses: pd.Series, schools: pd.Series) -> np.ndarray:
        """A number for each course in a school, the same for the same ones, `_NOWHERE` for those that no entry has."""
        course, school = self._courses.get_indexer(courses), self._schools.get_indexer(schools)
        number = course.astype(np.int64) * len(self._schools) + school
        return np.where((course < 0) | (school < 0), _NOWHERE, number)

    def only(self, role: str) -> pd.DataFrame:
        """Table of course, site and holder: the only school in `role` for the site, "" with several or without a name."""
        pairs = self.entries[["course", "site", role]].drop_duplicates()
        holder = pairs[role].mask(pairs.duplicated(["course", "site"], keep=False), "")
        return pairs.assign(holder=holder)[["course", "site", "holder"]].drop_duplicates()


def roles(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """What the school of each row does for its course, and the other schools of that course.

    In the school route, one school is site, trainer and manager. In apprenticeship, the figures of a school are those
    of its own site, unless it trains for another site that has none: they are then those of a trainer, for all its
    sites. In the same way they are those of a manager when one of its trainers has none. Roles are unknown in higher
    education.

    rows: rows of schools (see the package), own or of a renewed diploma. Optional columns `role`, `sites`, `trainers`
    and `managers` hold what is already known (role "" when it is not).
    Returns a table on the index of `rows`: role, data_school (UAI), data_role, sites, trainers, managers.
    """
    state = _settled(rows, catalogue)
    state = _base_roles(state, catalogue)
    state = _stand_for_trainees(state, catalogue)
    state = _stand_for_trainers(state, catalogue)
    return state[["role", "data_school", "data_role", *LISTS]]


def derive(rows: pd.DataFrame, catalogue: Catalogue, known_roles: pd.DataFrame) -> pd.DataFrame:
    """Pointers of sites without figures to those of their only trainer, else of their only manager.

    rows: as given to `roles`. known_roles: what it returned.
    Returns a table: row (index of the row shown), code, cohort, route, place (the site), data_school, data_role,
    trainers, managers.
    """
    rows = _with_course(rows, catalogue).join(known_roles.drop(columns=["data_school"]))
    by_trainer = _sites_without(rows, catalogue, Role.TRAINER, "trainer", rows)
    by_trainer["trainers"] = _alone(by_trainer["data_school"])
    taken = pd.concat([rows[["place", *_SAME_GROUP]], by_trainer[["place", *_SAME_GROUP]]])
    by_manager = _sites_without(rows, catalogue, Role.MANAGER, "manager", taken)
    by_manager["managers"] = _alone(by_manager["data_school"])
    by_manager["trainers"] = _trainers_for(by_manager, catalogue)
    return pd.concat([by_trainer, by_manager], ignore_index=True)[_POINTER]


def _settled(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    state = _with_course(rows, catalogue)
    state["role"] = rows["role"].fillna("") if "role" in rows else ""
    state["data_school"], state["data_role"] = "", ""
    for name in LISTS:
        state[name] = rows[name] if name in rows else _nobody(rows.index)
    return state


def _with_course(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    return rows[["place", *_SAME_GROUP]].assign(course=catalogue.course(rows["diploma"]))


def _base_roles(state: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The most precise role of a school in the catalogue; see `roles`."""
    is_new = state["role"] == ""
    is_apprentice = state["route"] == Route.APPRENTICESHIP
    is_pupil = is_new & ~is_apprentice & (state["route"] != Route.HIGHER)
    unknown = is_new & ~is_pupil
    alone = _alone(state.loc[is_pupil, "place"])
    _fill(state, is_pupil, Role.SITE, trainers=alone, managers=alone)
    for role, by in ((Role.SITE, "site"), (Role.TRAINER, "trainer"), (Role.MANAGER, "manager")):
        waiting = state[unknown & is_apprentice]
        is_it = pd.Series(catalogue.are_in(waiting, by), waiting.index)
        mask = is_it.reindex(state.index, fill_value=False)
        others = {"site": "sites", "trainer": "trainers", "manager": "managers"}
        del others[by]
        lists = {name: catalogue.lists(waiting[is_it], by, of) for of, name in others.items()}
        _fill(state, mask, role, **lists)
        unknown &= ~mask
    _fill(state, unknown, Role.UNKNOWN)
    return state


def _stand_for_trainees(state: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Sites that are their own trainer become trainers, where another site of theirs has no row."""
    is_alone = (state["route"] == Route.APPRENTICESHIP) & (state["role"] == Role.SITE)
    is_alone &= _is_only(state, "trainers")
    others = _rows_of(catalogue.others(_numbered(state[is_alone]), "trainer"), "site", state)
    lacking = _lacking(others)
    sites = _joined(others, "site", lacking)
    sites = (_alone(state.loc[lacking, "place"]) + sites).map(_once) if len(lacking) else sites
    _change(state, lacking, Role.TRAINER, sites=sites)
    return state


def _stand_for_trainers(state: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Sites and trainers that are their own manager become managers, where a trainer of theirs has no figures."""
    is_own = (state["route"] == Route.APPRENTICESHIP) & _is_only(state, "managers")
    is_site = (state["role"] == Role.SITE) & _is_only(state, "trainers")
    candidates = state[is_own & (is_site | (state["role"] == Role.TRAINER))]
    sites = _rows_of(
        catalogue.others(_numbered(candidates[candidates["role"] == Role.SITE]), "trainer"), "site", state
    )
    candidates = candidates.drop(sites.loc[sites["has_row"], "row"].unique())
    others = catalogue.others(_numbered(candidates), "manager")
    others = _rows_of(others, "trainer", state[state["role"] == Role.TRAINER])
    others["has_row"] |= _all_sites_have_rows(others, catalogue, state)
    lacking = _lacking(others)
    if len(lacking):
        place = _alone(state.loc[lacking, "place"])
        own_sites = state.loc[lacking, "sites"].where(state.loc[lacking, "sites"].map(bool), place)
        _change(
            state,
            lacking,
            Role.MANAGER,
            trainers=(place + _joined(others, "trainer", lacking)).map(_once),
            sites=(own_sites + _joined(others, "site", lacking)).map(_once),
        )
    return state


def _lacking(others: pd.DataFrame) -> pd.Index:
    """The values of "row" for which some other school has no row."""
    have_all = others.groupby("row")["has_row"].all()
    return have_all.index[~have_all]


def _all_sites_have_rows(others: pd.DataFrame, catalogue: Catalogue, state: pd.DataFrame) -> np.ndarray:
    """Whether all sites of the trainer of each row of `others` have figures of this course."""
    asked = others[["course", "trainer", *_SAME_GROUP]].drop_duplicates()
    sites = asked.merge(catalogue.entries[["course", "trainer", "site"]], on=["course", "trainer"])
    sites = _rows_of(sites[sites["site"] != ""], "site", state)
    lacking = sites.loc[~sites["has_row"], ["course", "trainer", *_SAME_GROUP]].drop_duplicates()
    lacking = others.merge(lacking.assign(lacks=True), "left", ["course", "trainer", *_SAME_GROUP])
    return lacking["lacks"].isna().to_numpy()


def _sites_without(
    rows: pd.DataFrame, catalogue: Catalogue, role: Role, by: str, taken: pd.DataFrame
) -> pd.DataFrame:
    """Sites of the schools in `role`, but for those with a row in `taken` or with another school in this role."""
    sites = _numbered(rows[(rows["role"] == role) & (rows["route"] == Route.APPRENTICESHIP)])
    sites = sites.rename(columns={"place": "data_school"}).explode("sites").rename(columns={"sites": "place"})
    sites = sites[sites["place"].notna() & (sites["place"] != sites["data_school"])]
    holders = catalogue.only(by).rename(columns={"site": "place"})
    sites = sites.merge(holders, "left", ["course", "place"])
    sites = sites[sites["holder"].isna() | (sites["holder"] == sites["data_school"])]
    sites = _rows_of(sites, "place", taken)
    return sites[~sites["has_row"]].drop_duplicates(["place", *_SAME_GROUP]).reset_index(drop=True)


def _trainers_for(sites: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """The trainers of each site that work for its manager."""
    entries = catalogue.entries[catalogue.entries["trainer"] != ""].drop_duplicates()
    key = entries["course"] + " " + entries["manager"] + " " + entries["site"]
    lists = _tuples(key, entries["trainer"])
    return _looked_up(sites["course"] + " " + sites["data_school"] + " " + sites["place"], lists)


def _rows_of(table: pd.DataFrame, column: str, rows: pd.DataFrame) -> pd.DataFrame:
    """`table` with has_row: whether the school in `column` has a row of the same code, cohort and route."""
    keys = rows[["place", *_SAME_GROUP]].drop_duplicates().rename(columns={"place": column})
    merged = table.merge(keys.assign(is_there=True), "left", [column, *_SAME_GROUP])
    return merged.assign(has_row=merged["is_there"].notna()).drop(columns="is_there")


def _fill(state: pd.DataFrame, mask: pd.Series, role: Role, **lists: pd.Series) -> None:
    state.loc[mask, "role"] = state.loc[mask, "data_role"] = role.value
    state.loc[mask, "data_school"] = state.loc[mask, "place"]
    for name, values in lists.items():
        state.loc[mask, name] = values


def _change(state: pd.DataFrame, index: pd.Index, role: Role, **lists: pd.Series) -> None:
    state.loc[index, ["role", "data_role"]] = role.value
    for name, values in lists.items():
        state.loc[index, name] = values


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename_axis("row").reset_index()


def _joined(table: pd.DataFrame, column: str, index: pd.Index) -> pd.Series:
    """The schools in `column` for each row number of `index`, as tuples."""
    given = table[table[column] != ""]
    return _looked_up(pd.Series(index, index=index), _tuples(given["row"], given[column]))


def _tuples(keys: pd.Series, schools: pd.Series) -> dict[object, tuple[str, ...]]:
    """{key: its schools}. Not a pandas group-by, which is far slower into tuples."""
    lists = defaultdict(list)
    for key, school in zip(keys.tolist(), schools.tolist(), strict=True):
        lists[key].append(school)
    return {key: tuple(schools_of_key) for key, schools_of_key in lists.items()}


def _looked_up(keys: pd.Series, lists: dict[object, tuple[str, ...]]) -> pd.Series:
    return pd.Series([lists.get(key, NOBODY) for key in keys.tolist()], index=keys.index, dtype="object")


def _nobody(index: pd.Index) -> pd.Series:
    return pd.Series([NOBODY] * len(index), index=index, dtype="object")


def _alone(schools: pd.Series) -> pd.Series:
    return pd.Series([(school,) for school in schools.tolist()], index=schools.index, dtype="object")


def _is_only(state: pd.DataFrame, name: str) -> pd.Series:
    """Whether the list `name` is the school of the row and nobody else."""
    is_one = state[name].str.len() == 1
    return is_one & (state[name].str[0] == state["place"])


def _once(schools: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(schools))
