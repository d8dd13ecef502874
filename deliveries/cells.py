"""Turn the texts of a column into codes, numbers, dates or cohorts, with a finding for each wrong cell."""

import re

import pandas as pd

from deliveries.report import Report
from deliveries.source import CellType, Column
from establishments import uai as uai_code

# What the official files write where there is no number.
NO_NUMBER = {"", "nd", "na", "n.d.", "ns", "-", "."}
_COHORT = re.compile(r"(20\d\d)(?:\D{1,3}(20\d\d))?")
_RESAVED = re.compile(r"(\d+)\.0+")


def _text(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    return cells.astype("str")


def _number(cells: pd.Series, column: Column, header: str, report: Report, faulty: set[int]) -> pd.Series:
    texts = cells.str.lower().str.replace(r"[\s\u00a0\u202f]|%", "", regex=True)
    texts = texts.mask(texts.isin(NO_NUMBER), "").str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(texts.where(texts != ""), errors="coerce").astype("Float64")
    wrong = (texts != "") & numbers.isna()
    if column.kind is not CellType.NUMBER:
        wrong |= (numbers % 1 != 0).fillna(False)
    if column.kind is CellType.INTEGER:
        wrong |= (numbers < 0).fillna(False)
    report.add_all("nombre_invalide", header, cells[wrong])
    faulty.update(cells.index[wrong])
    if column.kind is CellType.PERCENT:
        outside = ((numbers < 0) | (numbers > 100)).fillna(False)
        report.add_all("pourcentage_hors_bornes", header, cells[outside])
        faulty.update(cells.index[outside])
    return numbers.mask(wrong)


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
    """Codes of cohorts: "cumul 2022-2023" becomes "2022_2023", "2023" stays."""
    years = cells.str.extract(_COHORT)
    cohorts = years[0].where(years[1].isna() | (years[1] == years[0]), years[0] + "_" + years[1])
    wrong = cohorts.isna()
    report.add_all("millesime_invalide", header, cells[wrong])
    faulty.update(cells.index[wrong])
    return cohorts.fillna("")


def cohort_in(name: str) -> str:
    """The cohort in the name of a file ("…-2022_2023-pro.csv"), "" when there is none."""
    match = re.search(r"(20\d\d)_(20\d\d)", name)
    return match[0] if match else ""


CONVERTERS = {
    CellType.TEXT: _text,
    CellType.INTEGER: _number,
    CellType.NUMBER: _number,
    CellType.PERCENT: _number,
    CellType.DATE: _date,
    CellType.CODE: _code,
    CellType.UAI: _uai,
    CellType.COHORT: _cohort,
}
