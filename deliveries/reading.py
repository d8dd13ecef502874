"""Read the bytes of a delivered file as a table of texts, indexed by line number."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass

import pandas as pd

from deliveries import workbooks
from deliveries.encodings import SUSPECT, decode, refuse_markup, refuse_other_natures
from deliveries.findings import Refusal
from formations.text_folding import fold

DELIMITERS = ";,\t|"
# What a spreadsheet writes before the header to say the separator.
_ANNOUNCED = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*\n', re.IGNORECASE)
_WORDS_IN_QUOTES = re.compile(rf'(?:^|[{DELIMITERS}])"[^"\n]*"[^"\n{DELIMITERS}]', re.MULTILINE)

# What is read is held in memory, at 100 bytes a cell: a national file of 200,000 rows has eight million at most.
MOST_COLUMNS, MOST_CELLS = 1_000, 10_000_000

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
    format: "csv", "json" or "xlsx".
    is_suspect: whether some cell may hold a forbidden character or damaged accents.
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


def header_key(text: str) -> str:
    """A header cell in lower case, without accents, with one underscore between words: "Taux d’emploi" → "taux_d_emploi"."""
    return fold(text, "_")


def read_table(name: str, content: bytes) -> Table:
    """Read `content` (bytes of a CSV file, or of a JSON file: a list of objects, or an object that holds one).

    Raises Refusal when the file is empty, unreadable, cut, or no text at all.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if table := _official_workbook(name, sha256, content):
        return table
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


def _official_workbook(name: str, sha256: str, content: bytes) -> Table | None:
    """The table of a workbook that its producer publishes in no other form, None for any other file."""
    found = workbooks.read_official(content) if content.startswith(b"PK") else None
    if found is None:
        return None
    header, cells, line = found
    return Table(name, sha256, "xlsx", header, cells, header_line=line, is_suspect=True, format="xlsx")


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
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refusal("json_illisible", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        # Lists thousands deep, numbers of thousands of digits.
        raise Refusal("json_illisible") from error
    rows = content
    if isinstance(content, dict):
        rows = next((content[name] for name in _LISTS if name in content), None)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("fichier_inconnu", value="un fichier JSON sans liste d’objets")
    names = {name for row in rows for name in row}
    _check_size(len(names), len(names) * len(rows))
    # As objects: numbers of a column where some are missing would become decimal, and long ones lose their end.
    table = pd.DataFrame(rows, dtype="object")
    header = tuple(_text(column) for column in table.columns)
    cells = table.map(lambda value: "" if value is None or value != value else _text(value)).astype("str")
    cells.columns = pd.RangeIndex(len(header))
    cells.index = pd.RangeIndex(1, len(cells) + 1, name="ligne")
    return header, cells


def _text(value: object) -> str:
    """A JSON value as a text, a flat list as "a,b"; halves of characters, which no encoding writes, become "�"."""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ",".join(map(_text, value))
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
