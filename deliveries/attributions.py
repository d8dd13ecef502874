"""Rebuild `Attribution`: under which codes and at which places each preferred outcome is shown."""

import json
from collections import Counter
from collections.abc import Iterable

import pandas as pd
from django.db import transaction

from deliveries.loading import insert
from deliveries.sources import apprenticeship
from establishments.models import School
from formations.models import CourseYear, Diploma, Renewal, TradeFamilyMember
from stats.models import ApprenticeshipEntry, Attribution, Outcome
from stats.substitution import GROUP, derive, renewed_diplomas
from stats.substitution.kinds import OriginKind, Role
from stats.substitution.teaching_sites import Catalogue

# The only sources of the stage of teaching that attributions depend on.
SOURCES = frozenset(source.name for source in apprenticeship.SOURCES)
_NOBODY = "[]"
_COLUMNS = tuple(field.attname for field in Attribution._meta.concrete_fields if not field.primary_key)


def clear(cohorts: Iterable[str] | None = None) -> None:
    """Delete the attributions of these cohorts (all by default). Call it before outcomes change."""
    attributions = (
        Attribution.objects.all() if cohorts is None else Attribution.objects.filter(cohort__in=cohorts)
    )
    attributions._raw_delete(attributions.db)


@transaction.atomic
def rebuild(cohorts: Iterable[str] | None = None) -> Counter[str]:
    """Rebuild the attributions of these cohorts (all by default).

    Returns how many rows are reachable, by kind: {"self": 40322, "ancienne": 11906, …}. A site that shows the figures
    of its trainer or manager counts under their role.
    """
    clear(cohorts)
    # The order of the files, so that lists are in the same order in every database.
    outcomes = Outcome.objects.published().order_by("pk")
    if cohorts is not None:
        outcomes = outcomes.filter(cohort__in=cohorts)
    rows = _rows(outcomes)
    if rows.empty:
        return Counter()
    insert(Attribution, _as_they_are(rows[rows["code"] == ""]))
    rows = rows[rows["code"] != ""]
    counts = Counter()
    if rows.empty:
        return counts
    known, diploma_of = nomenclature()
    of_school = rows["school_id"] != ""
    for level, is_school in ((rows[of_school], True), (rows[~of_school], False)):
        if len(level):
            derived = derive.derive(level, known, _catalogue(known) if is_school else None)
            insert(Attribution, _attributions(derived, level, diploma_of, is_school))
            counts += derived.counts
    return counts


def _rows(outcomes):
    """Outcomes as `stats.substitution` takes them, indexed by id; "" for what is absent."""
    names = ("pk", "cohort", "route", "diploma", "course_year", "school", "territory")
    table = pd.DataFrame.from_records(list(outcomes.values_list(*names)), columns=list(names)).fillna("")
    table = table.astype(dict.fromkeys(names[1:], "str")).set_index("pk")
    table["code"] = table["course_year"].where(table["course_year"] != "", table["diploma"])
    table["place"] = table["school"].where(table["school"] != "", table["territory"])
    return table.rename(columns={"school": "school_id"})


def nomenclature():
    """(`derive.Nomenclature`, {code of a diploma or of a year of course: diploma}) of what is published."""
    diplomas = Diploma.objects.values_list("pk", flat=True)
    years = _table(
        CourseYear.objects.values_list("pk", "diploma_id", "course_type", "year", "duration"),
        {"code": "str", "diploma": "str", "course_type": "str", "year": "Int64", "duration": "Int64"},
    )
    diploma_of = dict(zip(years["code"], years["diploma"], strict=True))
    members = _table(
        TradeFamilyMember.objects.values_list("family_id", "diploma_id", "is_common_year"),
        {"family": "str", "diploma": "str", "is_common": "bool"},
    ).merge(years[["code", "diploma"]], on="diploma")
    known = derive.Nomenclature(
        links=_links(years),
        years=years[["code", "diploma", "year", "duration"]],
        members=members.loc[~members["is_common"], ["family", "code"]],
        common=members.loc[members["is_common"], ["family", "code"]],
        known=frozenset([*diplomas, *years["code"]]),
    )
    return known, diploma_of | {code: code for code in diplomas}


def _links(years):
    """Renewals of diplomas and of their years of courses: see `renewed_diplomas.all_links`."""
    columns = {"former": "str", "new": "str", "forks": "bool"}
    links = _table(Renewal.objects.values_list("former_id", "new_id", "forks_outside"), columns)
    return renewed_diplomas.all_links(links, years)


def _catalogue(known):
    columns = ("diploma", "site", "trainer", "manager")
    entries = _table(ApprenticeshipEntry.objects.values_list(*columns), dict.fromkeys(columns, "str"))
    return Catalogue(entries, known.links, known.known)


def _table(rows, columns):
    """Rows of a query as a table of these columns, {name: type}, in the order in which they were stored."""
    return pd.DataFrame.from_records(list(rows.order_by("pk")), columns=list(columns)).astype(columns)


def _attributions(derived, rows, diploma_of, is_school):
    """Rows of `Attribution`, for schools or for territories."""
    shown = derived.shown.rename(columns={"shown_row": "outcome_id"})
    if is_school:
        roles = derived.roles
        shown = shown.assign(
            role=roles["data_role"],
            place_role=roles["role"],
            trainers=roles["trainers"],
            managers=roles["managers"],
        )
    sites = derived.sites.rename(columns={"row": "outcome_id", "data_role": "role"})
    sites = sites.assign(place_role=Role.SITE.value)
    if is_school:
        sites = sites[sites["place"].isin(set(School.objects.values_list("pk", flat=True)))]
    years = derived.years.rename(columns={"row": "outcome_id", "terminal": "terminal_id"})
    kept = ["outcome_id", "kind", "code", *GROUP, "role", "place_role", "trainers", "managers", "terminal_id"]
    parts = [part.reindex(columns=kept).astype("object") for part in (shown, sites, years) if len(part)]
    table = pd.concat(parts)
    code = table["code"]
    diploma = code.map(diploma_of)
    none = pd.Series([None] * len(table), index=table.index, dtype="object")
    places = ("school_id", "territory_id") if is_school else ("territory_id", "school_id")
    return table.assign(
        cohort_id=table["cohort"],
        diploma_id=diploma,
        course_year_id=code.where(code != diploma, none),
        role=table["role"].fillna(""),
        place_role=table["place_role"].fillna(""),
        is_first=~table.duplicated(["code", *GROUP]),
        trainers=_as_json(table["trainers"]),
        managers=_as_json(table["managers"]),
        **{places[0]: table["place"], places[1]: none},
    )[list(_COLUMNS)]


def _as_json(lists):
    """Most lists are of one school, the same in many rows."""
    texts = {}
    return [_json_of(value, texts) if isinstance(value, tuple) and value else _NOBODY for value in lists]


def _json_of(value, texts):
    if value not in texts:
        texts[value] = json.dumps(value)
    return texts[value]


def _as_they_are(rows):
    """Figures of all courses together are shown at their own place only."""
    return pd.DataFrame(
        {
            "outcome_id": rows.index,
            "kind": OriginKind.OWN.value,
            "cohort_id": rows["cohort"],
            "route": rows["route"],
            "school_id": rows["school_id"].replace("", None),
            "territory_id": rows["territory"].replace("", None),
            "role": "",
            "place_role": "",
            "trainers": _NOBODY,
            "managers": _NOBODY,
            "is_first": True,
        }
    )
