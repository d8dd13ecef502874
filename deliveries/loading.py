"""Tables into the database in bulk: COPY on PostgreSQL, executemany on SQLite, never rows through the ORM."""

from dataclasses import dataclass

import pandas as pd
from django.apps import apps
from django.db import connection
from django.db.models import DateField, IntegerField

BATCH = 5_000


@dataclass(frozen=True)
class Changes:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def is_none(self):
        return not (self.new or self.changed or self.removed)


def plain(frame):
    """The rows of a table as tuples of plain Python values, None where a value is missing."""
    columns = []
    for name in frame.columns:
        values = frame[name].astype("object")
        columns.append(values.where(values.notna(), None).tolist())
    return zip(*columns, strict=True) if columns else iter(())


def insert(model, frame):
    """Add the rows of `frame`, whose columns are database columns of `model`."""
    if frame.empty:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(map(quote, frame.columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in plain(frame):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(frame.columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(plain(frame)))


def read(model, columns, where=None):
    """Rows of a model as a table with these columns, types as the fields say."""
    rows = model.objects.filter(**(where or {})).order_by().values_list(*columns)
    return typed(model, pd.DataFrame.from_records(list(rows), columns=list(columns)))


def typed(model, frame):
    """`frame` with the types of the model's fields, so that two tables compare value by value."""
    columns = {}
    for name in frame.columns:
        field = _field(model, name)
        values = frame[name]
        if isinstance(field, IntegerField):
            columns[name] = pd.to_numeric(values, errors="coerce").astype("Int64")
        elif isinstance(field, DateField):
            columns[name] = _as_dates(values)
        else:
            values = values.astype("object")
            columns[name] = values.where(values.notna(), None)
    return pd.DataFrame(columns, index=frame.index)


def _as_dates(values):
    dates = pd.to_datetime(values, errors="coerce")
    return dates.dt.date.astype("object").where(dates.notna(), None)


def _field(model, name):
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.target_field if field.is_relation else field


def key_of(frame, key):
    """One text a row that identifies it; missing parts count as equal."""
    texts = [frame[name].astype("object").where(frame[name].notna(), "").astype("str") for name in key]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined.str.cat(text, sep="\x1f")
    return joined


def compare(old, new, key):
    """(Changes, index of new rows, of changed rows in `new`, keys gone) between two tables of the same columns."""
    old, new = old.set_axis(key_of(old, key)), new.set_axis(key_of(new, key))
    common = new.index.intersection(old.index)
    before, after = old.loc[common, new.columns], new.loc[common]
    differs = pd.Series(False, index=common)
    for name in new.columns:
        left, right = before[name], after[name]
        same = (left == right).fillna(False).astype(bool) | (left.isna() & right.isna())
        differs |= ~same
    fresh = new.index.difference(old.index, sort=False)
    gone = old.index.difference(new.index, sort=False)
    changed = common[differs.to_numpy()]
    counts = Changes(len(fresh), len(changed), len(common) - len(changed), len(gone))
    return counts, fresh, changed, gone


def synchronise(model, rows, key):
    """Add and change rows of `model` until it holds those of `rows`; returns (Changes, primary keys to remove).

    Removing is left to the caller, who does it once every table that may refer to them is up to date.
    """
    model = apps.get_model(model) if isinstance(model, str) else model
    rows = typed(model, rows.reset_index(drop=True))
    columns = list(rows.columns)
    pk = model._meta.pk.attname
    old = read(model, columns if pk in columns else [pk, *columns])
    counts, fresh, changed, gone = compare(old[columns], rows, key)
    new = rows.set_axis(key_of(rows, key))
    insert(model, new.loc[fresh])
    _update(model, new.loc[changed], key)
    return counts, old.set_axis(key_of(old, key)).loc[gone, pk].tolist()


def _update(model, frame, key):
    others = [name for name in frame.columns if name not in key]
    if frame.empty or not others:
        return
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(name)} = %s" for name in others)
    conditions = " AND ".join(f"{quote(name)} = %s" for name in key)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {conditions}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(plain(frame[[*others, *key]])))


def delete_unused(model, keys):
    """Delete rows by primary key, except those that something published still refers to."""
    model = apps.get_model(model) if isinstance(model, str) else model
    for start in range(0, len(keys), BATCH):
        gone = model.objects.filter(pk__in=keys[start : start + BATCH])
        for relation in model._meta.related_objects:
            name = relation.field.attname
            used = relation.related_model.objects.filter(**{f"{relation.field.name}__isnull": False})
            gone = gone.exclude(pk__in=used.values(name))
        gone._raw_delete(gone.db)
