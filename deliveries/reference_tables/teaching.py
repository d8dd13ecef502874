"""Which school teaches what, and who trains and manages apprentices, from the live files. Pure: no Django."""

import pandas as pd

from deliveries.reference_tables import gathered, reference_table

_KEY = ("school_id", "diploma_id", "course_year_id", "route", "source")
_COLUMNS = (*_KEY, "year", "places", "first_wishes")
_ENTRY = ("diploma", "site", "trainer", "manager")


def tables(frames, reference):
    """`Teaching`, one row a school, diploma, route and source, and `ApprenticeshipEntry`."""
    tables = [
        _one_source(tables["teaching"], source) for source, tables in frames.items() if "teaching" in tables
    ]
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


def _one_source(rows, source):
    """Years of one diploma in a school become one row, for the last school year.

    Its places are those of the first year that one enters: a second year taken after a common one, else the
    first; places in several years of the same course are never added. A sum with an unknown part is unknown.
    """
    group = ["school", "diploma", "route"]
    rows = rows[rows["year"] == rows.groupby(group)["year"].transform("max")]
    entries = rows[rows["entry"] == rows.groupby(group)["entry"].transform("min")]
    counts = (
        entries.assign(
            places=pd.to_numeric(entries["places"], errors="coerce").astype("Float64"),
            first_wishes=pd.to_numeric(entries["first_wishes"], errors="coerce").astype("Float64"),
        )
        .groupby(group, as_index=False)[["places", "first_wishes"]]
        .sum(skipna=False)
    )
    years = rows.drop_duplicates(group)[[*group, "year"]]
    return (
        years.merge(counts, on=group)
        .rename(columns={"school": "school_id", "diploma": "diploma_id"})
        .assign(course_year_id=None, source=source)
    )
