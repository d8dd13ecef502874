"""The demonstration as the former version left it, loaded by SQL alone: none of its code is needed.

`schema.*.sql` is what its migrations made of each engine; `rows.jsonl.gz` is what its tables held, one table a line,
the same for both engines. Beside the demonstration there are rows that only people make: keys and users of the APIs,
calls, groups, a data manager who is signed in, what the admin logged.
"""

import gzip
import json
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.db import connection, transaction

HERE = Path(__file__).parent
# How rows.jsonl.gz writes bytes: as PostgreSQL does.
_BYTES = "\\x"


@cache
def tables():
    """{table: {"columns": names, "rows": lists of values, "last_key": last number given to a row, or None}}."""
    with gzip.open(HERE / "rows.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {table.pop("table"): table for table in map(json.loads, lines)}


@contextmanager
def former_database(directory):
    """The connection of Django leads to a database of the former version, until the end; then to its own again."""
    own = connection.settings_dict["NAME"]
    is_postgresql = connection.vendor == "postgresql"
    name = f"{own}_former" if is_postgresql else str(directory / "former.sqlite3")
    connection.close()
    if is_postgresql:
        _on_server(f'DROP DATABASE IF EXISTS "{name}"')
        _on_server(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name
    try:
        _load()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        if is_postgresql:
            _on_server(f'DROP DATABASE "{name}"')


def _on_server(sql):
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def _load():
    schema = (HERE / f"schema.{connection.vendor}.sql").read_text(encoding="utf-8")
    # Foreign keys wait for the end of the transaction, so tables may come in any order.
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in schema.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        load = _load_postgresql if connection.vendor == "postgresql" else _load_sqlite
        for name, table in tables().items():
            load(cursor, name, table)


def _load_postgresql(cursor, name, table):
    """Every value as a text, of which the server makes what its column holds."""
    columns = ", ".join(f'"{column}"' for column in table["columns"])
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
        for row in table["rows"]:
            copy.write_row([None if value is None else str(value) for value in row])
    if table["last_key"]:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{name}"', table["last_key"]]
        )


def _load_sqlite(cursor, name, table):
    marks = ", ".join(["%s"] * len(table["columns"]))
    columns = ", ".join(f'"{column}"' for column in table["columns"])
    rows = [[_with_bytes(value) for value in row] for row in table["rows"]]
    cursor.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', rows)
    if table["last_key"]:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, table["last_key"]])


def _with_bytes(value):
    is_bytes = isinstance(value, str) and value.startswith(_BYTES)
    return bytes.fromhex(value.removeprefix(_BYTES)) if is_bytes else value


def stored(name, columns):
    """The rows that a table holds now, in an order of their own: what its values are depends on the engine alone."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {quoted} FROM "{name}"')
        return sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
