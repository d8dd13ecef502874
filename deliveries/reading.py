"""Read the bytes of a delivered file as a table of texts, indexed by line number."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass

import pandas as pd

from deliveries.findings import Refusal
from formations.text_folding import fold

DELIMITERS = ";,\t|"
_WORDS_IN_QUOTES = re.compile(rf'(?:^|[{DELIMITERS}])"[^"\n]*"[^"\n{DELIMITERS}]', re.MULTILINE)

# Where an object holds the list of rows: under a name of what it lists, depending on the service.
_LISTS = ("data", "formations", "etablissements", "results")


@dataclass(frozen=True)
class Table:
    """A file as texts.

    header: the header cells as written, without surrounding spaces.
    cells: one column of texts per header cell, named 0, 1, 2…, without surrounding spaces, "" for an empty cell. The
        index is the line number in the file, whose header is line 1.
    """

    name: str
    sha256: str
    encoding: str
    header: tuple[str, ...]
    cells: pd.DataFrame


def header_key(text: str) -> str:
    """A header cell in lower case, without accents, with one underscore between words: "Taux d’emploi" → "taux_d_emploi"."""
    return fold(text, "_")


def read_table(name: str, content: bytes) -> Table:
    """Read `content` (bytes of a CSV file, or of a JSON file: a list of objects, or an object that holds one).

    Raises Refusal when the file is empty, unreadable or cut.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    text, encoding = decode(content)
    if not text.strip():
        raise Refusal("fichier_vide")
    if text.lstrip()[0] in "[{":
        header, cells = _read_json(text)
    else:
        header, cells = _read_csv(text)
    if cells.empty:
        raise Refusal("fichier_vide", line=1)
    return Table(name, sha256, encoding, header, cells)


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding) of bytes in UTF-8, with or without BOM, UTF-16 with BOM, ISO-8859-1, CP1252 or Mac Roman.

    Any bytes are valid Mac Roman: it is chosen where it gives more French letters than CP1252.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _lines(content.decode("utf-16")), "utf-16"
    try:
        return _lines(content.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError as error:
        start = error.start
    if b"\x00" in content:
        line = content.count(b"\n", 0, start) + 1
        raise Refusal("encodage", line=line, value=content[max(start - 10, 0) : start + 10].decode("latin-1"))
    latin = content.decode("cp1252", errors="replace")
    mac = content.decode("mac_roman")
    if _french_letters(mac) > _french_letters(latin):
        return _lines(mac), "mac-roman"
    if "\ufffd" in latin:
        # Bytes that CP1252 lacks are control characters in ISO-8859-1, which no French text holds.
        place = latin.index("\ufffd")
        raise Refusal(
            "encodage", line=latin.count("\n", 0, place) + 1, value=latin[max(place - 10, 0) : place + 10]
        )
    return _lines(latin), "iso-8859-1"


def _french_letters(text: str) -> int:
    return sum(text.count(letter) for letter in "éèêëàâäçôöîïùûüÉÈÊÀÂÇÔÎ")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_csv(text: str) -> tuple[tuple[str, ...], pd.DataFrame]:
    """(header, cells). Read by the csv module, because pandas does not give line numbers and widths."""
    first_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    # Strict reading refuses a text that begins with words in quotes ("Diplôme d'État" en 4 ans).
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=not _WORDS_IN_QUOTES.search(text))
    rows, lines, line = [], [], 1
    try:
        header = tuple(cell.strip() for cell in next(reader))
        for row in reader:
            line = reader.line_num
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


def _check_width(row: list[str], line: int, width: int) -> None:
    if not any(cell.strip() for cell in row):
        return
    kind = "ligne_trop_longue" if len(row) > width else "fichier_tronque"
    raise Refusal(kind, line=line, value=len(row), expected=width)


def _read_json(text: str) -> tuple[tuple[str, ...], pd.DataFrame]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refusal("fichier_tronque", line=error.lineno, value="des", expected="lisibles") from error
    rows = content
    if isinstance(content, dict):
        rows = next((content[name] for name in _LISTS if name in content), None)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("fichier_inconnu", value="un fichier JSON sans liste d’objets")
    table = pd.DataFrame(rows)
    header = tuple(str(column) for column in table.columns)
    cells = table.map(lambda value: "" if value is None or value != value else str(value).strip())
    cells.columns = pd.RangeIndex(len(header))
    cells.index = pd.RangeIndex(1, len(cells) + 1, name="ligne")
    return header, cells
