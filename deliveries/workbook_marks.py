"""What a workbook says beside its values: how far its sheets go, which cells are percentages or errors.

Looked at as a stream before the workbook is opened, since its reader makes a cell for every place up to the last one.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from deliveries.archives import Meter, refuse_encrypted, stream
from deliveries.findings import Refusal

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""", re.DOTALL
)
# Longer than a cell that is no text.
_OVERLAP = 512
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# The formats 0% and 0.00%, which no workbook describes.
_PERCENT_FORMATS = {"9", "10"}


@dataclass
class Marks:
    """rows, columns: how many, up to the last cell with a value. percents: (row, column), from 0, of numbers shown as
    percentages. errors: {(row, column): the error that stands there}.
    """

    rows: int = 0
    columns: int = 0
    percents: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def of_xlsx(content: bytes) -> list[Marks]:
    """The marks of each sheet of an XLSX workbook, in their order."""
    book, meter = zipfile.ZipFile(io.BytesIO(content)), Meter(len(content))
    paths = _sheet_paths(book)
    found = {path: Marks() for path in paths}
    percents = _percent_styles(book)
    for info in book.infolist():
        refuse_encrypted(info)
        pieces = stream(book, info, meter)
        if info.filename in found:
            _look_at_sheet(pieces, percents, found[info.filename])
        else:
            # Read to its end all the same, for its size.
            for _piece in pieces:
                pass
    return list(found.values())


def _small(book, name):
    """The root of a part that says how the workbook is made."""
    info = book.getinfo(name)
    refuse_encrypted(info)
    return ElementTree.fromstring(b"".join(stream(book, info, Meter(info.compress_size))))


def _sheet_paths(book):
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _small(book, "xl/_rels/workbook.xml.rels")
    }
    sheets = (sheet for sheet in _small(book, "xl/workbook.xml").iter() if sheet.tag.endswith("}sheet"))
    targets = [relations[sheet.get(_RELATION)] for sheet in sheets]
    return [target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in targets]


def _percent_styles(book):
    """Numbers of the styles of cells that show a number as a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return []
    root = _small(book, "xl/styles.xml")
    formats = _PERCENT_FORMATS | {
        item.get("numFmtId")
        for item in root.iter()
        if item.tag.endswith("}numFmt") and "%" in re.sub('"[^"]*"', "", item.get("formatCode", ""))
    }
    of_cells = next((item for item in root if item.tag.endswith("}cellXfs")), ())
    return [str(place) for place, style in enumerate(of_cells) if style.get("numFmtId") in formats]


def _look_at_sheet(pieces: Iterable[bytes], percents: list[str], marks: Marks) -> None:
    shown = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bs=["'](?:%s)["'][^>]*)>""" % "|".join(percents).encode())
    columns, rows = set(), set()
    for text in _overlapping(pieces):
        for column, row in _CELL.findall(text):
            columns.add(column)
            rows.add(row)
        rows = {max(rows, key=int)} if rows else rows
        if percents:
            marks.percents.update(_place(found) for found in shown.findall(text) if _REFERENCE.search(found))
        if b't="e"' in text or b"t='e'" in text:
            for attributes, error in _ERROR.findall(text):
                if _REFERENCE.search(attributes):
                    marks.errors[_place(attributes)] = error.decode("utf-8", "replace")
    marks.columns = max(map(_column, columns), default=-1) + 1
    marks.rows = max(map(int, rows), default=0)


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, each with the end of the one before it: a cell that was cut is seen whole once."""
    end = b""
    for piece in pieces:
        text = end + piece
        yield text
        end = text[-_OVERLAP:]


def _place(attributes):
    column, row = _REFERENCE.search(attributes).groups()
    return int(row) - 1, _column(column)


def _column(letters: bytes) -> int:
    """ "A" is 0, "AB" is 27."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def of_ods(content: bytes) -> list[Marks]:
    """The marks of each sheet of an ODS workbook, in their order."""
    book, meter = zipfile.ZipFile(io.BytesIO(content)), Meter(len(content))
    names = book.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in book.read("META-INF/manifest.xml"):
        raise Refusal("mot_de_passe")
    reader = _OdsReader()
    for info in book.infolist():
        refuse_encrypted(info)
        for piece in stream(book, info, meter):
            if info.filename == "content.xml":
                reader.feed(piece)
    return reader.sheets


class _OdsReader:
    """Follows the rows and cells of content.xml, which may stand for many ("repeated")."""

    def __init__(self) -> None:
        self.sheets: list[Marks] = []
        self._row = self._column = self._rows_here = self._cells_here = 0
        self._is_in_cell = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece)

    def _start(self, name, attributes):
        if name == "table:table":
            self.sheets.append(Marks())
            self._row = 0
        elif name == "table:table-row":
            self._rows_here = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cells_here = int(attributes.get("table:number-columns-repeated", 1))
            self._is_in_cell = True
            kind = attributes.get("office:value-type")
            if kind:
                self._extend()
            if kind == "percentage" and self._cells_here * self._rows_here < _OVERLAP:
                self.sheets[-1].percents.update(
                    (self._row + down, self._column + right)
                    for down in range(self._rows_here)
                    for right in range(self._cells_here)
                )
        elif name == "text:p" and self._is_in_cell:
            self._extend()

    def _extend(self):
        sheet = self.sheets[-1]
        sheet.rows = max(sheet.rows, self._row + self._rows_here)
        sheet.columns = max(sheet.columns, self._column + self._cells_here)

    def _end(self, name):
        if name == "table:table-row":
            self._row += self._rows_here
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._column += self._cells_here
            self._is_in_cell = False
