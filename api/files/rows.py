"""The rows of each whole-data file as one query, so that the database writes the text of the file by itself.

The cells are those of the described tables (`stats.tables`); empty texts are null.
"""

from django.db.models import Case, DecimalField, TextField, Value, When
from django.db.models.functions import Cast, Concat, Substr
from django.db.models.lookups import In

from stats.exports import FORMULA
from stats.tables.columns import Type, blank_as_null


def query(table, for_spreadsheets=False):
    """The rows of a `Table` as a values_list in its columns, in the order in which they were stored.

    for_spreadsheets: texts that a spreadsheet would compute begin with an apostrophe.
    """
    expressions = [_cell(column, for_spreadsheets) for column in table.columns]
    return table.model._default_manager.order_by("pk").values_list(*expressions)


def _cell(column, for_spreadsheets):
    if column.type is Type.NUMBER:
        # A fixed number of decimals, so that both databases write degrees alike, to a tenth of a metre.
        return Cast(column.cell, DecimalField(max_digits=9, decimal_places=6))
    if column.type is not Type.TEXT or column.is_reason:
        return column.cell
    text = blank_as_null(column.cell)
    return _guarded(text) if for_spreadsheets and column.is_free else text


def _guarded(cell):
    starts_a_formula = In(Substr(cell, 1, 1), FORMULA)
    guarded = Concat(Value("'"), cell, output_field=TextField())
    return Case(When(starts_a_formula, then=guarded), default=cell, output_field=TextField())
