"""Formats of the open API: negotiation, and how rows are written in each."""

import datetime
import tempfile
from contextlib import ExitStack, contextmanager
from itertools import islice

import pyarrow as pa
import xlsxwriter
from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _
from pyarrow import parquet
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer

from api.arrow_types import ARROW_TYPES
from api.open.problems import TooManyRows
from stats import exports

# Rows of a sheet, whose first holds the names of the columns.
SHEET_ROWS = 1_048_576
# Rows of a row group of a Parquet file: enough to compress well, few enough to hold in memory.
GROUPED_ROWS = 20_000
# Fixed creation date, so that the same rows give the same bytes (ETag).
_SAME_MOMENT = datetime.datetime(2020, 1, 1)


class FileFormat(BaseRenderer):
    """A format for all the rows of a request at once. The view calls `respond`, DRF never calls `render`."""

    charset = None

    def check(self, queryset):
        """Raise the problem of a request that the format cannot hold, before any row is read."""

    def respond(self, columns, rows, name):
        """The response that holds `rows` as a file of this name.

        columns: `stats.tables.columns.Column` each; rows: as `exports.table_rows`.
        """
        raise NotImplementedError

    def _file_response(self, file, name):
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=f"{name}.{self.format}", content_type=self.media_type
        )


class CsvFormat(FileFormat):
    media_type, format = "text/csv", "csv"

    def respond(self, columns, rows, name):
        return exports.csv_response([column.name for column in columns], rows, name)


class XlsxFormat(FileFormat):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"

    def check(self, queryset):
        limit = min(settings.API_XLSX_ROWS, SHEET_ROWS - 1)
        if queryset.order_by()[limit : limit + 1].exists():
            raise TooManyRows(
                _(
                    "Le format XLSX est limité à %(limit)s lignes\u00a0: ajouter un filtre, ou prendre le CSV ou le "
                    "Parquet, qui n’ont pas de limite."
                )
                % {"limit": limit}
            )

    def respond(self, columns, rows, name):
        with _kept_file() as file:
            self._fill(file, columns, rows, name)
        return self._file_response(file, name)

    def _fill(self, file, columns, rows, name):
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
        book.set_properties({"created": _SAME_MOMENT})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                _write(sheet, number, place, row[column.name])
        book.close()


class ParquetFormat(FileFormat):
    media_type, format = "application/vnd.apache.parquet", "parquet"

    def respond(self, columns, rows, name):
        with _kept_file() as file:
            self._fill(file, columns, rows)
        return self._file_response(file, name)

    def _fill(self, file, columns, rows):
        schema = pa.schema([(column.name, ARROW_TYPES[column.cell_type]) for column in columns])
        rows = iter(rows)
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while group := list(islice(rows, GROUPED_ROWS)):
                values = {column.name: _values(group, column) for column in columns}
                writer.write_table(pa.table(values, schema=schema))


FILE_FORMATS = (CsvFormat, XlsxFormat, ParquetFormat)
JSON_FORMATS = (JSONRenderer,)


class Formats(DefaultContentNegotiation):
    """The end of the address, else the Accept header."""

    def select_renderer(self, request, renderers, format_suffix=None):
        if not format_suffix:
            return super().select_renderer(request, renderers)
        for renderer in renderers:
            if renderer.format == format_suffix:
                return renderer, renderer.media_type
        raise NotAcceptable(available_renderers=renderers)


@contextmanager
def _kept_file():
    """A temporary file that outlives the block without error; the response closes it, which deletes it."""
    with ExitStack() as stack:
        yield stack.enter_context(tempfile.TemporaryFile())
        stack.pop_all()


def _values(rows, column):
    """A column of these rows; reasons are the only values that are not of its type."""
    values = [row[column.name] for row in rows]
    return [value and exports.cell(value) for value in values] if column.is_reason else values


def _write(sheet, number, place, value):
    """Write a cell by the type of its value; a text never becomes a formula or a link."""
    if isinstance(value, tuple):
        value = exports.cell(value)
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(number, place, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(number, place, value)
    else:
        sheet.write_number(number, place, value)
