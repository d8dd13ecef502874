"""Read the sheets of workbooks, XLSX, XLS and ODS: the values that they keep, never their formulas nor their macros."""

import io
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from xml.parsers import expat

import python_calamine

from deliveries import archives, xls_extent
from deliveries.findings import Refusal
from deliveries.workbook_marks import Marks, of_ods, of_xlsx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of what an OLE file holds.
_PASSWORD, _SHEETS = "EncryptedPackage".encode("utf-16-le"), ("Workbook", "Book")
# Older than what any producer of large files uses.
MOST_XLS_BYTES = 60 * 1024**2
_FAULTS = (
    *(python_calamine.CalamineError, zipfile.BadZipFile, ElementTree.ParseError, expat.ExpatError),
    *(KeyError, ValueError, IndexError, EOFError, OSError, NotImplementedError, struct.error),
)


class Sheet:
    """A sheet: its name, its marks, its length in rows, and its rows as texts."""

    def __init__(self, name: str, sheet: python_calamine.CalamineSheet, marks: Marks) -> None:
        self.name, self.marks, self._sheet = name, marks, sheet
        self.length: int = sheet.total_height
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = list(sheet.merged_cell_ranges or ())

    def rows(self, most: int | None = None) -> Iterator[list[str]]:
        """The cells of each row, from the first row and the first column of the sheet on; most: only so many."""
        rows = self._sheet.to_python(skip_empty_area=False, nrows=most) if most else self._sheet.iter_rows()
        percents, errors = self.marks.percents, self.marks.errors
        marked = {row for row, _ in percents} | {row for row, _ in errors}
        for number, values in enumerate(rows):
            cells = [_text(value) for value in values]
            if number in marked:
                for place, value in enumerate(values):
                    if (number, place) in percents and isinstance(value, float | int):
                        cells[place] = _text(value * 100.0)
                    cells[place] = errors.get((number, place), cells[place])
            yield cells


def kind_of(content: bytes) -> str:
    """ "xlsx", "ods", "xls", or "" for what is no workbook that is read."""
    if content.startswith(_OLE):
        names = [f"{name}\0".encode("utf-16-le") for name in _SHEETS]
        return "xls" if _PASSWORD in content or any(name in content for name in names) else ""
    if not content.startswith(archives.ZIP):
        return ""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return ""
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "ods" if archives.is_workbook(names) and "content.xml" in names else ""


def sheets_of(kind: str, content: bytes, most_columns: int, most_cells: int) -> list[Sheet]:
    """The sheets that hold something. Raises Refusal for a workbook that is broken, locked, or larger than that."""
    try:
        marks = _marks(kind, content)
        extents = (
            [(sheet.rows, sheet.columns) for sheet in marks]
            if marks is not None
            else xls_extent.sizes(content)
        )
        if (widest := max((columns for _, columns in extents), default=0)) > most_columns:
            raise Refusal("trop_de_colonnes", value=widest, expected=most_columns)
        # The reader may hold all the sheets at once.
        if (cells := sum(rows * columns for rows, columns in extents)) > most_cells:
            raise Refusal("trop_de_cellules", value=cells, expected=most_cells)
        book = python_calamine.load_workbook(io.BytesIO(content))
        found = []
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is python_calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(place)
                if sheet.start is not None:
                    found.append(Sheet(about.name, sheet, marks[place] if marks else Marks()))
        return found
    except python_calamine.PasswordError as error:
        raise Refusal("mot_de_passe") from error
    except _FAULTS as error:
        raise Refusal("archive_illisible") from error


def _marks(kind, content):
    if kind == "xls":
        if _PASSWORD in content:
            raise Refusal("mot_de_passe")
        if len(content) > MOST_XLS_BYTES:
            raise Refusal("archive_trop_grande", expected=f"{MOST_XLS_BYTES // 1024**2}\u00a0Mo")
        return None
    return of_xlsx(content) if kind == "xlsx" else of_ods(content)


def _text(value: object) -> str:
    """A value as a file of texts would write it: a whole number without decimals, a date as 2024-08-31."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


# A file holds the same numbers again and again: each is made a text once, and held once.
@lru_cache(maxsize=100_000)
def _number(value: float) -> str:
    # Beyond fifteen digits are only the rests of binary arithmetic.
    return str(int(value)) if value.is_integer() else f"{value:.15g}"
