"""A small invented file as a workbook."""

import csv
import io

import xlsxwriter


def workbook(*names, before=(), after=(), short=()):
    """The file as a workbook that has it on each of the sheets of these names, between others that hold a note.

    short: names of sheets that have two of its rows, and a column more.
    """

    def spoil(sheet):
        content = io.BytesIO()
        rows = list(csv.reader(io.StringIO(sheet.bytes().decode()), delimiter=";"))
        with xlsxwriter.Workbook(content, {"strings_to_numbers": True}) as book:
            for name in (*before, *names, *after):
                page = book.add_worksheet(name)
                for number, row in enumerate(rows if name in names else [["Note", "Voir l’autre feuille"]]):
                    page.write_row(number, 0, row)
            for name in short:
                page = book.add_worksheet(name)
                for number, row in enumerate(rows[:3]):
                    page.write_row(number, 0, ["Correction", *row])
        sheet.name, sheet.content = "cfa.xlsx", content.getvalue()

    return spoil
