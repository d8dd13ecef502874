"""Writes a table as CSV, Parquet and JSON lines, in bounded memory: the database writes the CSV, the others are read from it."""

import codecs
import csv
import gzip
import json
import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from django.db import connection

from api.arrow_types import ARROW_TYPES
from api.files import rows
from stats.tables.columns import Type

DELIMITER = ";"
# Rows read at a time from a database without COPY.
CHUNK = 5_000
# Rows of a row group, which a reader of the Parquet file reads or skips as a whole.
ROW_GROUP = 30_000
# Bytes of CSV parsed at a time.
BLOCK = 1 << 18
_PANDAS = {Type.TEXT: "str", Type.INTEGER: "Int32", Type.NUMBER: "float64", Type.DATE: "object"}
_REPEATED = pa.dictionary(pa.int32(), pa.string())


def write_csv(table, path, for_spreadsheets=False):
    """Write the rows of a `Table`, semicolons between cells, and return their number.

    UTF-8, without a mark for programs and with it for spreadsheets; an empty cell has no value.
    """
    query = rows.query(table, for_spreadsheets)
    header = DELIMITER.join(column.name for column in table.columns)
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 if for_spreadsheets else b"")
        file.write(f"{header}\n".encode())
        if connection.vendor == "postgresql":
            return _copy(query, file)
        return _write_rows(query, table.columns, file)


def _copy(query, file):
    sql, parameters = query.query.sql_with_params()
    statement = f"COPY ({sql}) TO STDOUT (FORMAT csv, DELIMITER '{DELIMITER}')"
    with connection.cursor() as cursor:
        with cursor.copy(statement, parameters) as copy:
            for lines in copy:
                file.write(lines)
        return cursor.rowcount


class _Lines:
    """Where the CSV writer writes: it replaces the end of line that makes the writer quote cells by that of the database."""

    def __init__(self, file):
        self._file = file

    def write(self, line):
        self._file.write(f"{line[:-2]}\n".encode())


def _write_rows(query, columns, file):
    """The same bytes as `_copy`, row by row."""
    writer = csv.writer(_Lines(file), delimiter=DELIMITER, lineterminator="\r\n")
    numbers = [place for place, column in enumerate(columns) if column.type is Type.NUMBER]
    count = 0
    for row in query.iterator(chunk_size=CHUNK):
        count += 1
        if numbers:
            row = list(row)
            for place in numbers:
                row[place] = None if row[place] is None else f"{row[place]:.6f}"
        writer.writerow(row)
    return count


def schema(table):
    """The Arrow schema of a table; pandas reads its integers as nullable and its repeated texts as categories."""
    known = {
        column.name: pd.Series(dtype="category" if _is_repeated(column) else _PANDAS[column.cell_type])
        for column in table.columns
    }
    metadata = pa.Schema.from_pandas(pd.DataFrame(known), preserve_index=False).metadata
    fields = [
        pa.field(column.name, _REPEATED if _is_repeated(column) else ARROW_TYPES[column.cell_type])
        for column in table.columns
    ]
    return pa.schema(fields, metadata=metadata)


def _is_repeated(column):
    return column.cell_type is Type.TEXT and column.is_repeated


def write_typed(table, csv_path, parquet_path, json_path):
    """Write the rows of a CSV made for programs as Parquet and as JSON lines; returns their number."""
    arrow_schema = schema(table)
    count, waiting = 0, []
    with (
        pq.ParquetWriter(parquet_path, arrow_schema, compression="zstd") as parquet,
        json_path.open("wb") as lines,
    ):
        for batch in _batches(csv_path, arrow_schema):
            lines.write(json_lines(batch))
            waiting.append(batch)
            count += len(batch)
            if sum(map(len, waiting)) >= ROW_GROUP:
                _write_group(parquet, waiting, arrow_schema)
                waiting = []
        if waiting:
            _write_group(parquet, waiting, arrow_schema)
    return count


def _batches(csv_path, arrow_schema):
    return arrow_csv.open_csv(
        csv_path,
        read_options=arrow_csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=arrow_csv.ParseOptions(delimiter=DELIMITER, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=arrow_schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _write_group(parquet, batches, arrow_schema):
    group = pa.Table.from_batches(batches).unify_dictionaries().cast(arrow_schema)
    parquet.write_table(group.combine_chunks(), row_group_size=len(group))


def json_lines(batch):
    """A batch of rows as JSON lines: one object a row, every column, null where there is no value."""
    cells = [
        _json_cells(name, column) for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    last = pa.array(["}\n"] * len(batch))
    joined = pc.binary_join_element_wise(*cells, pa.scalar(","))
    return pc.binary_join_element_wise(pa.scalar("{"), joined, last, pa.scalar("")).buffers()[2]


def _json_cells(name, column):
    """'"voie":"pro"' for each row; each different value is written once."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    key = json.dumps(name)
    values = [f"{key}:{_json(value)}" for value in encoded.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(encoded.indices).fill_null(f"{key}:null")


def _json(value):
    return json.dumps(value, ensure_ascii=False, default=str)


def write_gzip(path, gzip_path):
    """Write the compressed file. Without name or date, the same bytes give the same compressed bytes."""
    with (
        path.open("rb") as file,
        gzip_path.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed,
    ):
        shutil.copyfileobj(file, packed, BLOCK)
