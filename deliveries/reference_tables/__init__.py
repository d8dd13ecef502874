"""The reference tables as they follow from the live files: pure functions, one module a stage."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ReferenceTable:
    """The exact rows of a table.

    model: "app.Model"; key: columns that identify a row; rows: one column a database column, None for null.
    """

    model: str
    key: tuple[str, ...]
    rows: pd.DataFrame


def gathered(frames, target, columns):
    """The tables that the sources give under a name, best source first, with these columns at least."""
    tables = [tables[target] for tables in frames.values() if target in tables]
    if not tables:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    rows = pd.concat(tables, ignore_index=True).astype("object")
    return rows.reindex(columns=list(dict.fromkeys([*columns, *rows.columns])))


def reference_table(model, key, rows, columns):
    """A ReferenceTable table of these columns only, one row a key, missing values as None."""
    rows = rows.drop_duplicates(list(key))[list(columns)].astype("object").reset_index(drop=True)
    return ReferenceTable(model, tuple(key), rows.where(rows.notna(), None))


def looked_up(keys, values, absent=""):
    """What `values` (a Series by key) has for each key, `absent` where it has nothing."""
    found = values.astype("object").where(values.notna(), absent).to_dict()
    return pd.Series([found.get(key, absent) for key in keys], index=keys.index, dtype="object")


def first_of(*columns):
    """Row by row, the first value that is not missing."""
    first, *others = (column.astype("object") for column in columns)
    for other in others:
        first = first.where(first.notna(), other)
    return first.where(first.notna(), None)
