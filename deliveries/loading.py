"""Read, compare and write whole tables: COPY on PostgreSQL, executemany on SQLite, no model instances."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import CharField, DateField, IntegerField, Model

BATCH = 5_000


@dataclass(frozen=True)
class Changes:
    """How many rows of a table are new, changed, unchanged, and removed by a new version of it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.new or self.changed or self.removed)


def plain(frame: pd.DataFrame) -> Iterator[tuple]:
    """The rows as tuples of Python values, None for a missing value; made as they are asked for, a million take half a gigabyte."""
    for start in range(0, len(frame), BATCH):
        part = frame.iloc[start : start + BATCH]
        yield from zip(*(_values(part[name]) for name in frame.columns), strict=True)


def _values(column):
    values = column.tolist()
    for position in np.flatnonzero(column.isna().to_numpy()):
        values[position] = None
    return values


@contextmanager
def _without_values(table: str) -> Iterator[None]:
    """Faults of the database without the row that they quote, which may be that of a small group."""
    try:
        yield
    except (DatabaseError, connection.Database.Error) as error:
        raise type(error)(f"{table}: {type(error.__cause__ or error).__name__}") from None


def insert(model: type[Model], frame: pd.DataFrame) -> None:
    """Insert the rows of `frame`, whose columns are database columns of `model`."""
    if frame.empty:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(map(quote, frame.columns))
    with _without_values(table), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in plain(frame):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(frame.columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain(frame))


def read(model: type[Model], columns: Sequence[str], where: dict | None = None) -> pd.DataFrame:
    """The rows of a model as a table of these columns, typed by its fields. where: arguments of `filter`."""
    rows = list(model.objects.filter(**(where or {})).order_by().values_list(*columns))
    values = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
    return pd.DataFrame({name: _of_field(_field(model, name), values[name]) for name in columns})


def _of_field(field, values):
    """What a database gives for a field, typed as `typed` does."""
    if isinstance(field, IntegerField):
        numbers = np.array(values, dtype="float64")
        is_missing = np.isnan(numbers)
        return pd.arrays.IntegerArray(np.where(is_missing, 1, numbers).astype("int64"), is_missing)
    series = pd.Series(values, dtype="object")
    return _as_dates(series) if isinstance(field, DateField) else series


def typed(model: type[Model], frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with the types of the model's fields, so that `compare` can compare values."""
    columns = {name: _of_type(_field(model, name), frame[name]) for name in frame.columns}
    return pd.DataFrame(columns, index=frame.index)


def _of_type(field, values):
    """Whole numbers and texts that are so already go through as they are: small tables have many such columns."""
    if isinstance(field, IntegerField):
        if values.dtype == "Int64":
            return values
        return pd.to_numeric(values, errors="coerce").astype("Int64")
    if isinstance(field, DateField):
        return _as_dates(values)
    is_missing = values.isna()
    values = values.astype("object")
    return values.where(~is_missing, None) if is_missing.any() else values


def _as_dates(values):
    dates = pd.to_datetime(values, errors="coerce")
    return dates.dt.date.astype("object").where(dates.notna(), None)


@cache
def _field(model, name):
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.target_field if field.is_relation else field


def key_of(frame: pd.DataFrame, key: Sequence[str]) -> pd.Index:
    """One text per row that identifies it; missing parts of a key are equal."""
    return pd.Index(
        ["\x1f".join(texts) for texts in zip(*(_texts(frame[name]) for name in key), strict=True)],
        dtype="object",
    )


def _texts(values: pd.Series) -> list[str]:
    texts = list(map(str, values.to_numpy(dtype="object").tolist()))
    for position in np.flatnonzero(values.isna().to_numpy()):
        texts[position] = ""
    return texts


@dataclass(frozen=True)
class Comparison:
    """The changes between two tables. added, changed: positions of rows of the new one; removed: of the old one."""

    changes: Changes
    added: np.ndarray
    changed: np.ndarray
    removed: np.ndarray


def compare(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str]) -> Comparison:
    """The `Comparison` of two tables of the same columns; of rows of one key, the first one is compared."""
    old_keys, new_keys = key_of(old, key), key_of(new, key)
    if old.empty:
        return Comparison(Changes(new=new_keys.nunique()), np.arange(len(new)), _NONE, _NONE)
    is_first = ~old_keys.duplicated()
    found = np.flatnonzero(is_first)
    places = old_keys[is_first].get_indexer(new_keys)
    is_common = (places >= 0) & ~new_keys.duplicated()
    before, after = found[places[is_common]], np.flatnonzero(is_common)
    differs = np.zeros(len(after), dtype=bool)
    for name in new.columns:
        differs |= _differ(old[name].iloc[before], new[name].iloc[after])
    added, removed = np.flatnonzero(places < 0), np.flatnonzero(~old_keys.isin(new_keys))
    changed = after[differs]
    changes = Changes(
        new_keys[added].nunique(), len(changed), len(after) - len(changed), old_keys[removed].nunique()
    )
    return Comparison(changes, added, changed, removed)


_NONE = np.array([], dtype=int)


def _differ(left: pd.Series, right: pd.Series) -> np.ndarray:
    """Position by position, whether two values differ; missing ones are equal."""
    is_left, is_right = left.notna().to_numpy(), right.notna().to_numpy()
    is_both = is_left & is_right
    differs = is_left ^ is_right
    differs[is_both] = left.to_numpy(dtype="object")[is_both] != right.to_numpy(dtype="object")[is_both]
    return differs


def synchronise(model: type[Model] | str, rows: pd.DataFrame, key: Sequence[str]) -> tuple[Changes, list]:
    """Insert and update rows of `model` so that it holds those of `rows`; returns (Changes, primary keys to delete).

    The caller deletes them with `delete_unused`, once the tables that may refer to them are up to date.
    """
    model = apps.get_model(model) if isinstance(model, str) else model
    if rows.empty and not model.objects.exists():
        return Changes(), []
    rows = _fitted(model, typed(model, rows.reset_index(drop=True)))
    columns = list(rows.columns)
    pk = model._meta.pk.attname
    old = read(model, columns if pk in columns else [pk, *columns])
    found = compare(old[columns], rows, key)
    insert(model, rows.iloc[found.added])
    _update(model, rows.iloc[found.changed], key)
    return found.changes, old[pk].iloc[found.removed].tolist()


def _fitted(model, rows):
    """`rows` with each text cut to what its field holds, on SQLite too: labels are longer than what they are made from."""
    long = {}
    for name in rows.columns:
        field = _field(model, name)
        if isinstance(field, CharField) and not field.primary_key:
            long[name] = rows[name].map(lambda text, most=field.max_length: text and text[:most])
    return rows.assign(**long)


def _update(model, frame, key):
    updated = [name for name in frame.columns if name not in key]
    if frame.empty or not updated:
        return
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(name)} = %s" for name in updated)
    conditions = " AND ".join(f"{quote(name)} = %s" for name in key)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {conditions}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(plain(frame[[*updated, *key]])))


def delete_unused(model: type[Model] | str, keys: list) -> list:
    """Delete rows by primary key, except those that a published row still refers to; returns the keys of these."""
    model = apps.get_model(model) if isinstance(model, str) else model
    used_keys = []
    for start in range(0, len(keys), BATCH):
        rows = model.objects.filter(pk__in=keys[start : start + BATCH])
        unused = rows
        for relation in model._meta.related_objects:
            name = relation.field.attname
            used = relation.related_model.objects.filter(**{f"{relation.field.name}__isnull": False})
            unused = unused.exclude(pk__in=used.values(name))
        unused._raw_delete(unused.db)
        used_keys += rows.order_by("pk").values_list("pk", flat=True)
    return used_keys
