"""Reference tables computed from the live files: one module per stage, with a pure function `tables`.

`frames`, their first argument, is {name of a source: {target: table}}, the best source first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from deliveries.source import Tables


@dataclass(frozen=True)
class ReferenceTable:
    """All the rows that a database table must hold.

    model: "app.Model". key: columns that identify a row. rows: one column per database column, None for null.
    """

    model: str
    key: tuple[str, ...]
    rows: pd.DataFrame


def gathered(frames: dict[str, Tables], target: str, columns: Iterable[str]) -> pd.DataFrame:
    """The rows that all sources give for a target, best source first, with at least these columns."""
    tables = [tables[target] for tables in frames.values() if target in tables]
    if not tables:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    rows = pd.concat(tables, ignore_index=True).astype("object")
    return rows.reindex(columns=list(dict.fromkeys([*columns, *rows.columns])))


def merged_by_target(frames: dict[str, list[Tables]]) -> dict[str, Tables]:
    """{source: {target: rows of all its files}}, from {source: [tables of a file]}."""
    return {
        name: {
            target: pd.concat([tables[target] for tables in files if target in tables])
            for target in {target for tables in files for target in tables}
        }
        for name, files in frames.items()
    }


def reference_table(
    model: str, key: Sequence[str], rows: pd.DataFrame, columns: Sequence[str]
) -> ReferenceTable:
    """A ReferenceTable of these columns, with the first row of each key and None for missing values."""
    rows = rows.drop_duplicates(list(key))[list(columns)].astype("object").reset_index(drop=True)
    return ReferenceTable(model, tuple(key), rows.where(rows.notna(), None))


def looked_up(keys: pd.Series, values: pd.Series, absent: object = "") -> pd.Series:
    """The value of each key in `values`, a Series indexed by key; `absent` for an unknown key or a missing value."""
    value_of = values.astype("object").where(values.notna(), absent).to_dict()
    return pd.Series([value_of.get(key, absent) for key in keys], index=keys.index, dtype="object")


def first_of(*columns: pd.Series) -> pd.Series:
    """Row by row, the first value that is not missing, None where all are."""
    values, *fallbacks = (column.astype("object") for column in columns)
    for fallback in fallbacks:
        values = values.where(values.notna(), fallback)
    return values.where(values.notna(), None)
