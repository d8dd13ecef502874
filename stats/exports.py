"""Published tables and comparisons as rows of plain values, and their CSV.

A withheld figure is an empty cell whose reason stands in the column beside it, never a number.
"""

import codecs
import csv
from functools import lru_cache

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stats.reasons import Reason
from stats.wording import REASON_CODES

CHUNK = 2_000
# First characters by which a spreadsheet takes a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_rows(columns, queryset):
    """One {column name: value} for each row of `queryset`, in the order of `columns` (`stats.tables.columns.Column`).

    The value of a reason is (code, title, sentence), None when the figure is shown. One query, read in pieces.
    """
    names = [column.name for column in columns]
    reasons = {REASON_CODES[reason]: reason_cells(reason) for reason in Reason} | {None: None}
    reason_places = [place for place, column in enumerate(columns) if column.is_reason]
    cells = queryset.values_list(*(column.cell for column in columns))
    for values in cells.iterator(chunk_size=CHUNK):
        row = dict(zip(names, values, strict=True))
        for place in reason_places:
            row[names[place]] = reasons[values[place]]
        yield row


def reason_cells(reason):
    """(code, title, sentence) of a `Reason`, None when the figure is shown."""
    if reason is None:
        return None
    return REASON_CODES[reason], _(reason.title), _(reason.sentence)


def table_csv(table, queryset, name):
    """The rows of `queryset` as the CSV of a `stats.tables.columns.Table`, saved as `name`.csv."""
    return csv_response(
        [column.name for column in table.exported], table_rows(table.exported, queryset), name
    )


def csv_response(columns, rows, name):
    """A CSV for spreadsheets: semicolons, UTF-8 with its mark, line by line as the rows come.

    columns: names; rows: {column: value} each.
    """
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Line:
    """What the CSV writer writes to: it hands back the line."""

    def write(self, text):
        return text


def _csv_lines(columns, rows):
    writer = csv.writer(_Line(), delimiter=";")
    yield codecs.BOM_UTF8 + writer.writerow(columns).encode()
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in columns]).encode()


def cell(value):
    """A value as a CSV cell: reasons in words, dates as written in files, texts that no spreadsheet computes."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _reason_text(value, get_language())
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


@lru_cache(maxsize=256)
def _reason_text(reason, language):
    _code, title, sentence = reason
    return _("%(title)s\u00a0: %(sentence)s") % {"title": title, "sentence": sentence}
