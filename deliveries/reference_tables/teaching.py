"""Which schools teach which diplomas, and who trains and manages their apprentices."""

import pandas as pd

from deliveries.reference_tables import ReferenceTable, gathered, reference_table
from deliveries.source import Reference, Tables

_KEY = ("school_id", "diploma_id", "course_year_id", "route", "source")
_COLUMNS = (*_KEY, "year", "places", "first_wishes")
# Files of one campaign, the best first where several are of one school and year of a course.
_SAME_CAMPAIGN = {
    "affelnet_2nde": "attractivite_capacite",
    "affelnet_1re_pro": "attractivite_capacite",
}
_ENTRY = ("diploma", "site", "trainer", "manager")


def tables(frames: dict[str, Tables], reference: Reference) -> list[ReferenceTable]:
    """`Teaching`, one row per school, diploma, route and source, and `ApprenticeshipEntry`."""
    rows_of: dict[str, list[pd.DataFrame]] = {}
    for rank, (source, given) in enumerate(frames.items()):
        if "teaching" in given:
            newest = _newest(given["teaching"]).assign(rank=rank)
            rows_of.setdefault(_SAME_CAMPAIGN.get(source, source), []).append(newest)
    tables = [_of_source(pd.concat(parts), source) for source, parts in rows_of.items()]
    if not tables:
        tables = [pd.DataFrame({column: pd.Series(dtype="object") for column in _COLUMNS})]
    rows = pd.concat(tables, ignore_index=True)
    is_known = rows["school_id"].isin(reference.known.get("school", ()))
    is_known &= rows["diploma_id"].isin(reference.known.get("diploma", ()))
    entries = gathered(frames, "apprenticeship_entry", _ENTRY).fillna("")
    return [
        reference_table("stats.Teaching", _KEY, rows[is_known], _COLUMNS),
        reference_table("stats.ApprenticeshipEntry", _ENTRY, entries, _ENTRY),
    ]


def _newest(rows):
    """The rows of each school for the last school year in which the source has it: a file may hold some schools only."""
    return rows[rows["year"] == rows.groupby("school")["year"].transform("max")]


def _of_source(rows, source):
    """One row per school, diploma and route.

    Its places and wishes are those of the earliest year that the school offers: places in later years of the same
    course are not added to them, nor those of another file: the newest wins, then the best of one campaign. A sum with
    an unknown part is unknown.
    """
    group = ["school", "diploma", "route"]
    rows = rows[rows["entry"] == rows.groupby(group)["entry"].transform("min")]
    rows = rows[rows["year"] == rows.groupby(group)["year"].transform("max")]
    entries = rows[rows["rank"] == rows.groupby(group)["rank"].transform("min")]
    counts = (
        entries.assign(
            places=pd.to_numeric(entries["places"], errors="coerce").astype("Float64"),
            first_wishes=pd.to_numeric(entries["first_wishes"], errors="coerce").astype("Float64"),
        )
        .groupby(group, as_index=False)[["places", "first_wishes"]]
        .sum(skipna=False)
    )
    years = entries.drop_duplicates(group)[[*group, "year"]]
    return (
        years.merge(counts, on=group)
        .rename(columns={"school": "school_id", "diploma": "diploma_id"})
        .assign(course_year_id=None, source=source)
    )
