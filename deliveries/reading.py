"""Read the bytes of a delivered file as a table of texts, indexed by line number."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from deliveries import archives, sheets, workbooks
from deliveries.encodings import SUSPECT, decode, refuse_markup, refuse_other_natures
from deliveries.findings import Refusal
from formations.text_folding import fold

DELIMITERS = ";,\t|"
# What a spreadsheet writes before the header to say the separator.
_ANNOUNCED = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*\n', re.IGNORECASE)
_WORDS_IN_QUOTES = re.compile(rf'(?:^|[{DELIMITERS}])"[^"\n]*"[^"\n{DELIMITERS}]', re.MULTILINE)

# What is read is held in memory, at 100 bytes a cell: a national file of 200,000 rows has eight million at most.
MOST_COLUMNS, MOST_CELLS = 1_000, 10_000_000
# Bytes that have some thousand lines.
_SAMPLE = 1_000_000

# Where an object holds the list of rows: under a name of what it lists, depending on the service.
_LISTS = ("data", "formations", "etablissements", "results")


@dataclass(frozen=True)
class Table:
    """A file as texts.

    header: the header cells as written, without surrounding spaces.
    cells: one column of texts per header cell, named 0, 1, 2…, without surrounding spaces, "" for an empty cell. The
        index is the line number in the file.
    header_line: the line of the header, 2 where a spreadsheet wrote "sep=;" before it.
    repaired: an excerpt before and after, where accents had been encoded twice (see `encodings.Decoded`).
    format: "csv", "json", "xlsx", "ods" or "xls".
    is_suspect: whether some cell may hold a forbidden character or damaged accents.
    sheet: the name of its sheet in a workbook, where it is not the first one. left_out: names of those that could be read.
    """

    name: str
    sha256: str
    encoding: str
    header: tuple[str, ...]
    cells: pd.DataFrame
    header_line: int = 1
    repaired: tuple[str, str] | None = None
    is_suspect: bool = False
    format: str = "csv"
    sheet: str = ""
    left_out: tuple[str, ...] = ()


# A table or its first rows → how well a source understands it (`sheets.Score`).
Score = Callable[[Table], sheets.Score]


def header_key(text: str) -> str:
    """A header cell in lower case, without accents, with one underscore between words: "Taux d’emploi" → "taux_d_emploi"."""
    return fold(text, "_")


def _not_understood(table: Table) -> sheets.Score:
    return None


def read_table(name: str, content: bytes, score: Score = _not_understood) -> Table:
    """Read the bytes of a CSV file, of JSON (a list of objects, an object that holds one, an object a line), or of a
    workbook (XLSX, ODS, XLS), gzipped or not.

    score: which sheet and which line of a workbook is the header; without it, the widest line of the longest sheet. Raises
    Refusal when the file is empty, unreadable, cut, locked, too large, or no table at all.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(archives.GZIP):
        content = archives.gunzip(content)
    if archives.is_archive(content):
        # Its files are read one by one: here comes only one that cannot be unpacked.
        next(archives.members(content))
    if kind := workbooks.kind_of(content):
        return _read_workbook(name, sha256, kind, content, score)
    refuse_other_natures(content)
    decoded = decode(content)
    text = decoded.text
    if not text.strip():
        raise Refusal("fichier_vide")
    refuse_markup(text)
    if is_json := text.lstrip()[0] in "[{":
        header, cells = _read_json(text)
    else:
        header, cells = _read_csv(text)
    if cells.empty:
        raise Refusal("fichier_vide", line=1)
    return Table(
        name,
        sha256,
        decoded.encoding,
        header,
        cells,
        header_line=2 if not is_json and _ANNOUNCED.match(text) else 1,
        repaired=decoded.repaired,
        is_suspect=bool(is_json or SUSPECT.search(text)),
        format="json" if is_json else "csv",
    )


def read_sample(name: str, content: bytes, score: Score = _not_understood) -> Table:
    """The first lines of a file, enough to see what its columns are; a workbook and JSON are read whole, as they have no
    lines. Raises Refusal as `read_table`.
    """
    if content.startswith(archives.GZIP):
        content = archives.gunzip(content)
    start, cut, _ = content[:_SAMPLE].rpartition(b"\n")
    if (
        len(content) > _SAMPLE
        and cut
        and not workbooks.kind_of(content)
        and start.lstrip()[:1] not in {b"[", b"{"}
    ):
        try:
            return read_table(name, start, score)
        except Refusal:
            # Cut within a text of several lines.
            pass
    return read_table(name, content, score)


def _read_workbook(name: str, sha256: str, kind: str, content: bytes, score: Score) -> Table:
    def table(header: tuple[str, ...], rows: sheets.Rows, line: int) -> Table:
        lines, cells = [line for line, _ in rows], [cells for _, cells in rows]
        frame = pd.DataFrame(
            cells, index=pd.Index(lines, name="ligne"), columns=range(len(header)), dtype="str"
        )
        return Table(name, sha256, kind, header, frame, line, is_suspect=True, format=kind)

    found = workbooks.sheets_of(kind, content, MOST_COLUMNS, MOST_CELLS)
    place = sheets.find(found, lambda *header_and_rows: score(table(*header_and_rows)))
    rows = list(place.all_rows())
    if not rows:
        raise Refusal("fichier_vide", line=place.line)
    sheet = "" if place.sheet is found[0] else place.sheet.name
    return replace(table(place.header, rows, place.line), sheet=sheet, left_out=place.left_out)


def _read_csv(text: str) -> tuple[tuple[str, ...], pd.DataFrame]:
    """(header, cells). Read by the csv module, because pandas does not give line numbers and widths."""
    announced = _ANNOUNCED.match(text)
    body = text[announced.end() :] if announced else text
    delimiter = announced[1] if announced else max(DELIMITERS, key=body.partition("\n")[0].count)
    first_line = body.partition("\n")[0]
    _check_size(first_line.count(delimiter) + 1, body.count(delimiter) + body.count("\n"), line=1)
    # Strict reading refuses a text that begins with words in quotes ("Diplôme d'État" en 4 ans).
    reader = csv.reader(io.StringIO(body), delimiter=delimiter, strict=not _WORDS_IN_QUOTES.search(body))
    skipped = 1 if announced else 0
    rows, lines, line = [], [], 1
    try:
        header = tuple(cell.strip() for cell in next(reader))
        for row in reader:
            line = reader.line_num + skipped
            if len(row) != len(header):
                _check_width(row, line, len(header))
                continue
            rows.append(row)
            lines.append(line)
    except csv.Error as error:
        raise Refusal("fichier_tronque", line=line + 1, value="quelques", expected="autant de") from error
    if not rows:
        raise Refusal("fichier_vide", line=1)
    cells = pd.DataFrame(rows, index=pd.Index(lines, name="ligne"), columns=range(len(header)), dtype="str")
    cells = cells.apply(lambda column: column.str.strip())
    return header, cells[(cells != "").any(axis=1)]


def _check_size(columns: int, cells: int, line: int | None = None) -> None:
    """Refuse before its cells are made what no memory would hold."""
    if columns > MOST_COLUMNS:
        raise Refusal("trop_de_colonnes", line=line, value=columns, expected=MOST_COLUMNS)
    if cells > MOST_CELLS:
        raise Refusal("trop_de_cellules", value=cells, expected=MOST_CELLS)


def _check_width(row: list[str], line: int, width: int) -> None:
    if not any(cell.strip() for cell in row):
        return
    kind = "ligne_trop_longue" if len(row) > width else "fichier_tronque"
    raise Refusal(kind, line=line, value=len(row), expected=width)


def _read_json(text: str) -> tuple[tuple[str, ...], pd.DataFrame]:
    lines: list[int] | None = None
    rows: Any
    try:
        if _is_json_lines(text):
            lines, rows = _json_lines(text)
        else:
            rows = _rows_in(json.loads(text))
    except json.JSONDecodeError as error:
        raise Refusal("json_illisible", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        # Lists thousands deep, numbers of thousands of digits.
        raise Refusal("json_illisible") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("fichier_inconnu", value="un fichier JSON sans liste d’objets")
    names = {name for row in rows for name in row}
    _check_size(len(names), len(names) * len(rows))
    # As objects: numbers of a column where some are missing would become decimal, and long ones lose their end.
    table = pd.DataFrame(rows, dtype="object")
    header = tuple(_text(column) for column in table.columns)
    cells = table.map(lambda value: "" if value is None or value != value else _text(value)).astype("str")
    cells.columns = pd.RangeIndex(len(header))
    cells.index = pd.Index(lines or range(1, len(cells) + 1), name="ligne")
    return header, cells


def _rows_in(content: Any) -> Any:
    """The list of rows of a JSON document: itself, or what an object holds under a name of what it lists."""
    if isinstance(content, dict):
        return next((content[name] for name in _LISTS if name in content), None)
    return content


def _is_json_lines(text: str) -> bool:
    """Whether a text that begins as JSON has a whole object on its first line, and more after it."""
    first, _, rest = text.strip().partition("\n")
    if not (first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (RecursionError, ValueError):
        return False


def _json_lines(text: str) -> tuple[list[int], list[Any]]:
    """(line numbers, rows) of a file of one JSON object a line."""
    lines, rows = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            lines.append(number)
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise Refusal("json_illisible", line=number) from error
    return lines, rows


def _text(value: object) -> str:
    """A JSON value as a text, a flat list as "a,b"; halves of characters, which no encoding writes, become "�"."""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ",".join(map(_text, value))
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
