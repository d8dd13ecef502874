"""Turn the texts of a column into codes, numbers, dates or cohorts, with a finding for each wrong cell."""

import math
import re
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from deliveries.report import Report
from deliveries.source import Bounds, CellType, Column
from establishments import uai as uai_code
from formations.text_folding import fold

# What the official files write where there is no number.
NO_NUMBER = {"", "nd", "na", "n.d.", "ns", "-", "."}
NUMBERS = {CellType.INTEGER, CellType.NUMBER, CellType.PERCENT}
# The signs that a spreadsheet or a typographer puts for a minus.
_MINUS = "[\u2010-\u2015\u2212\ufe63\uff0d]"
_IN_NUMBERS = "[ \t\n\u00a0\u2007\u2009\u202f%]"
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
# Larger than anything that is counted in these files, and than any coordinate in metres.
_LARGEST = 1_000_000_000
_COHORT = re.compile(
    r"(?:(?:cumul|cohortes?|promotions?|promo|mill[eé]simes?|sortants|sorties?|ann[eé]es?|scolaires?|de|en)\s+)*"
    r"(20\d\d)(?:\.0+|\s*(?:[-_/,+&\u2010-\u2015\u2212]|et|à)\s*(20\d\d|\d\d))?"
)
# A cohort of the next years may be a trial: someone confirms it. Beyond, it is a slip.
_YEARS_AHEAD = 5
_NEW = re.compile(r"\(nouveau\)", re.IGNORECASE)
_RESAVED = re.compile(r"(\d+)\.0+")


def converted(
    cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int], bounds: Bounds
) -> pd.Series:
    """The cells of a column as its kind says, indexed by line; the lines of wrong cells are added to `faulty`.

    bounds: what the field that will hold them can hold.
    """
    values = _CONVERTERS[column.kind](cells, column, header, report, faulty)
    if column.kind in NUMBERS:
        _check_numbers(values, cells, column, header, report, faulty, bounds)
    elif bounds.length and column.kind in {CellType.TEXT, CellType.CODE}:
        lengths = cells.str.len()
        long = lengths[lengths > bounds.length]
        report.add_all("texte_trop_long", header, long, str(bounds.length))
        faulty.update(long.index)
    return values


def signs(cells: pd.Series) -> pd.Series:
    """What stands in place of a number, in small letters ("nd", "na", "-"); "" for a number and for a blank cell."""
    texts = map(_plain, cells.tolist())
    return pd.Series([text if text in NO_NUMBER else "" for text in texts], cells.index, "str")


def _text(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    return cells.astype("str")


def _number(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    read = [_read(text) for text in cells.tolist()]
    wrong = np.array([number is None for number in read], dtype=bool)
    if wrong.any():
        report.add_all("nombre_invalide", header, cells[wrong])
        faulty.update(cells.index[wrong])
    numbers = np.array(read, dtype="float64")
    return pd.Series(pd.arrays.FloatingArray(numbers, np.isnan(numbers)), cells.index)


# A file holds the same percentages and head-counts again and again: each is read once.
@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    """A number as a program would write it, but for its decimal comma."""
    return re.sub(_MINUS, "-", re.sub(_IN_NUMBERS, "", text.lower()))


@lru_cache(maxsize=100_000)
def _read(text: str) -> float | None:
    """The number of a cell, NaN where it says that there is none, None where it is not one.

    Not what Python reads as a number ("inf", "1e5", "nan").
    """
    text = _plain(text)
    if text in NO_NUMBER:
        return math.nan
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(_NUMBER, text) else None


def _check_numbers(
    values: pd.Series,
    cells: pd.Series,
    column: Column,
    header: str,
    report: Report,
    faulty: set[int],
    bounds: Bounds,
) -> None:
    """Findings for numbers with decimals where whole ones are due, and for those that the column cannot hold."""
    kind = "nombre_hors_bornes"
    low: float
    high: float
    if column.kind is CellType.PERCENT:
        kind, (low, high) = "pourcentage_hors_bornes", (0, 100)
    elif column.within:
        low, high = column.within
    else:
        lowest = 0 if column.kind is CellType.INTEGER else -_LARGEST
        low = lowest if bounds.low is None else bounds.low
        high = _LARGEST if bounds.high is None else bounds.high
    numbers = values.to_numpy("float64", na_value=np.nan)
    outside = (numbers < low) | (numbers > high)
    if outside.any():
        report.add_all(kind, header, cells[outside], f"de {low} à {high}".replace("-", "−"))
        faulty.update(cells.index[outside])
    if bounds.is_whole or column.kind is not CellType.NUMBER:
        broken = ~outside & ~np.isnan(numbers) & (np.trunc(numbers) != numbers)
        if broken.any():
            report.add_all("nombre_non_entier", header, cells[broken])
            faulty.update(cells.index[broken])


def _date(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    texts = cells.str.slice(0, 10)
    dates = pd.to_datetime(texts.where(texts.str.contains("/")), format="%d/%m/%Y", errors="coerce")
    dates = dates.fillna(
        pd.to_datetime(texts.where(texts.str.contains("-")), format="%Y-%m-%d", errors="coerce")
    )
    wrong = (texts != "") & dates.isna()
    report.add_all("date_invalide", header, cells[wrong])
    return dates


def _code(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    """Codes. Those that a spreadsheet turned into numbers are repaired, with a finding."""
    codes = cells.astype("str")
    resaved = codes.str.fullmatch(_RESAVED)
    repaired = codes.where(~resaved, codes.str.replace(r"\.0+$", "", regex=True))
    if column.width:
        short = repaired.str.fullmatch(r"\d+") & (repaired.str.len() < column.width)
        repaired = repaired.where(~short, repaired.str.zfill(column.width))
        resaved |= short
        wrong = (repaired != "") & (repaired.str.len() != column.width)
        report.add_all("code_invalide", header, cells[wrong], f"{column.width} caractères")
        faulty.update(cells.index[wrong])
    report.add_all("code_retouche", header, cells[resaved], repaired[resaved])
    return repaired


def _uai(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    codes = cells.str.upper()
    short = codes.str.fullmatch(r"\d{4,6}[A-Z]")
    repaired = codes.where(~short, codes.str.zfill(8))
    report.add_all("code_retouche", header, cells[short], repaired[short])
    problems = repaired[repaired != ""].map(uai_code.fault).astype("object")
    problems = problems[problems.map(bool).astype(bool)]
    report.add_all("uai_invalide", header, cells[problems.index], problems)
    faulty.update(problems.index)
    empty = cells[repaired == ""]
    report.add_all("uai_invalide", header, empty, "le code est vide")
    faulty.update(empty.index)
    return repaired


def _cohort(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    """Codes of cohorts, "" for a blank cell: "cumul 2022-2023" and "2022/23" become "2022_2023", "2023" stays."""
    code_of = {text: cohort_code(text) for text in cells.unique()}
    cohorts = cells.map(code_of)
    wrong = cohorts == ""
    report.add_all("millesime_invalide", header, cells[wrong], str(_last_year()))
    faulty.update(cells.index[wrong])
    return cohorts


def cohort_code(text: str) -> str:
    """The code of a cohort from any of its written forms, "" for a text that is none: see `_COHORT`.

    Two years follow one another, and no year is far ahead: later ones are a slip of the pen.
    """
    match = _COHORT.fullmatch(text.lower().strip())
    if not match:
        return ""
    first, last = int(match[1]), int(match[1][:2] + match[2][-2:]) if match[2] else int(match[1])
    if last > _last_year() or (match[2] and last != first + 1):
        return ""
    return f"{first}_{last}" if match[2] else str(first)


def is_to_come(cohort: str) -> bool:
    """Whether the pupils of a cohort have not left yet."""
    return int(cohort[-4:]) > date.today().year


def _last_year() -> int:
    return date.today().year + _YEARS_AHEAD


def _school_year(
    cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]
) -> pd.Series:
    """School years by the one in which they begin: "2025", "2025-2026" and "rentrée 2025" become "2025"."""
    years = cells.map(school_year_in).astype("str")
    wrong = (years == "") & (cells != "")
    report.add_all("rentree_invalide", header, cells[wrong])
    faulty.update(cells.index[wrong])
    return years


def _label(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    """Folded labels, without the remark that a course is new."""
    return cells.map(lambda cell: fold(_NEW.sub("", cell))).astype("str")


def slice_in(name: str, kind: CellType) -> str:
    """The cohort or the school year that the name of a file tells, "" when it tells none or several."""
    return school_year_in(name) if kind is CellType.SCHOOL_YEAR else cohort_in(name)


def school_year_in(text: str) -> str:
    """The year in which the school year in a cell or in the name of a file begins: "…_2025.csv", "2025-2026".

    "" for several years, or for one that is still far.
    """
    years = list(dict.fromkeys(re.findall(r"(?<!\d)20\d\d(?!\d)", text)))
    is_one = len(years) == 1 or (len(years) == 2 and int(years[1]) - int(years[0]) == 1)
    return years[0] if is_one and int(years[0]) <= date.today().year + 1 else ""


def cohort_in(name: str) -> str:
    """The cohort in the name of a file ("…-2022_2023-pro.csv"), "" when there is none."""
    match = re.search(r"(?<!\d)(20\d\d)[_-](20\d\d)(?!\d)", name)
    return cohort_code(match[0]) if match else ""


_CONVERTERS = {
    CellType.TEXT: _text,
    CellType.INTEGER: _number,
    CellType.NUMBER: _number,
    CellType.PERCENT: _number,
    CellType.DATE: _date,
    CellType.CODE: _code,
    CellType.UAI: _uai,
    CellType.COHORT: _cohort,
    CellType.SCHOOL_YEAR: _school_year,
    CellType.LABEL: _label,
}
