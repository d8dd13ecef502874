"""Read the tables that their producers publish as workbooks only; any other workbook is refused.

A workbook may have dropped the zeros of codes and rewritten dates: a table that exists as text is asked for as text.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator

import pandas as pd

from formations.text_folding import fold

# What the header of such a table holds, in some of the first lines of one of the sheets: the RNCP kit.
_HEADERS = (frozenset({"code_diplome", "ficherncp"}),)
_LINES_BEFORE = 10
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")


def read_official(content: bytes) -> tuple[tuple[str, ...], pd.DataFrame, int] | None:
    """(header, cells indexed by line, line of the header) of the official table in a workbook, None without one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            texts = _shared_texts(book)
            for name in filter(_SHEETS.fullmatch, book.namelist()):
                lines = list(_lines(book.read(name), texts))
                for place, (number, cells) in enumerate(lines[:_LINES_BEFORE]):
                    if any(header <= {fold(cell, "_") for cell in cells} for header in _HEADERS):
                        return *_table(cells, lines[place + 1 :]), number
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError):
        return None
    return None


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    """The texts of the workbook, which cells name by their number."""
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in root]


def _lines(sheet: bytes, texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each line of a sheet."""
    for row in ElementTree.fromstring(sheet).iter(f"{_MAIN}row"):
        cells: dict[int, str] = {}
        for cell in row:
            cells[_column(cell.attrib["r"])] = _value(cell, texts)
        yield int(row.attrib["r"]), [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _column(reference: str) -> int:
    """The place of a column from the name of a cell: "A7" is 0, "AB7" is 27."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ElementTree.Element, texts: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t")).strip()
    value = cell.findtext(f"{_MAIN}v") or ""
    return (texts[int(value)] if cell.get("t") == "s" and value else value).strip()


def _table(header: list[str], lines: list[tuple[int, list[str]]]) -> tuple[tuple[str, ...], pd.DataFrame]:
    width = len(header)
    rows = {number: (cells + [""] * width)[:width] for number, cells in lines if any(cells)}
    index = pd.Index(list(rows), name="ligne")
    return tuple(header), pd.DataFrame(list(rows.values()), index=index, columns=range(width), dtype="str")
