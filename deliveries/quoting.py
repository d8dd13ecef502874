"""What a report quotes of a file of figures: no number of a row, since its group may be a small one.

Whoever reads the report finds the cell by its line and column. Codes, names and years are quoted; a number that slipped
into their columns is not.
"""

import re

from deliveries.checking.registry import COMPUTED

HIDDEN = "…"
# Whatever holds a digit: two years, or letters and digits with decimals.
_WITH_DIGITS = re.compile(r"(?:19|20)\d\d[-/]\d\d(?:\d\d)?(?![\w.,])|[0-9A-Za-z]*\d[0-9A-Za-z]*(?:[.,]\d+)?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?")
# UAI, CFD, MEFSTAT11, with or without their leading zeros, and what a spreadsheet makes of them. A number that was
# filled with zeros is none.
_CODE = re.compile(r"(?=[0-9A-Za-z]{7,11}(?:\.0+)?$)0*[1-9][0-9A-Za-z]{4,}(?:\.0+)?")
_NUMBER_CELL = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+)?[\s%*]*")


def without_numbers(text: str) -> str:
    """The text with whatever holds a digit hidden, but codes and years."""
    return _WITH_DIGITS.sub(_kept_or_hidden, text)


def _kept_or_hidden(match: re.Match) -> str:
    return match[0] if _YEARS.fullmatch(match[0]) or _CODE.fullmatch(match[0]) else HIDDEN


def is_number(cell: str) -> bool:
    """Whether a header cell is a number: a row of figures, or a part of one, stands in the place of the header."""
    return bool(_NUMBER_CELL.fullmatch(cell.strip()))


def quoted(kind: str, is_of_numbers: bool, value: str, expected: str) -> tuple[str, str]:
    """(value, expected) of a finding on a file of figures, as they may be quoted.

    is_of_numbers: whether the column holds numbers; nothing of its cells is quoted.
    """
    if kind in COMPUTED:
        return value, expected
    if is_of_numbers:
        return "", expected
    shown = without_numbers(value)
    # What a code should be is made from the cell.
    is_made_of_it = kind == "code_retouche" and shown != value
    return shown, HIDDEN if is_made_of_it else expected
