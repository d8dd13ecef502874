"""What the cells of a column look like: a code, a cohort, a percentage, a date, the name of a region."""

import re
from collections.abc import Callable, Mapping

import pandas as pd

from deliveries.cells import NO_NUMBER, cohort_code, school_year_in
from deliveries.checking.france import REGIONS
from deliveries.source import CellType, Column
from deliveries.sources import perimeters
from establishments import uai
from formations.text_folding import fold

# The first cells that say something tell as much as all of them.
SAMPLE = 300
# A few cells of another form do not change what a column is.
_MOST = 0.9
_REGIONS = {fold(name) for name, _ in REGIONS.values()}
_NUMBER = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+)?\s?%?")


def _is_percentage(cell: str) -> bool:
    return (
        bool(_NUMBER.fullmatch(cell))
        and 0 <= float(cell.rstrip(" %").replace(",", ".").replace("\u2212", "-")) <= 100
    )


_LOOKS: dict[str, Callable[[str], object]] = {
    "des UAI": lambda cell: not uai.fault(cell.upper()),
    "des MEFSTAT11": re.compile(r"\d{11}").fullmatch,
    "des CFD": re.compile(r"\d{3}[0-9A-Z]{2}\d{3}").fullmatch,
    "des codes SISE": re.compile(r"\d{7}").fullmatch,
    "des codes ROME": re.compile(r"[A-N]\d{4}").fullmatch,
    "des cohortes": lambda cell: re.search(r"\d{4}", cell) and cohort_code(cell),
    "des rentrées": lambda cell: len(cell) <= 16 and school_year_in(cell),
    "des dates": re.compile(r"\d{2}/\d{2}/\d{4}.*|\d{4}-\d{2}-\d{2}.*").fullmatch,
    "des noms de régions": lambda cell: fold(cell) in _REGIONS,
    "des codes de régions": lambda cell: cell.zfill(2) in REGIONS,
    "«\u00a0ensemble\u00a0» ou une voie": lambda cell: perimeters.is_column(pd.Series([cell])),
    "des pourcentages": _is_percentage,
    "des nombres": _NUMBER.fullmatch,
}
_OF_KIND = {
    CellType.UAI: "des UAI",
    CellType.COHORT: "des cohortes",
    CellType.SCHOOL_YEAR: "des rentrées",
    CellType.DATE: "des dates",
    CellType.PERCENT: "des pourcentages",
    CellType.NUMBER: "des nombres",
    CellType.INTEGER: "des nombres",
}
_OF_TABLE = {
    "course_year": "des MEFSTAT11",
    "diploma": "des CFD",
    "region": "des codes de régions",
    "school": "des UAI",
    "job": "des codes ROME",
}
_OF_WIDTH = {11: "des MEFSTAT11", 8: "des CFD", 7: "des codes SISE"}
_OF_NAME = {"region": "des noms de régions", perimeters.COLUMN.name: "«\u00a0ensemble\u00a0» ou une voie"}


def looks(cells: pd.Series) -> dict[str, tuple[int, int]]:
    """{what the cells of a column are, in French: (how many of them, of how many that say something)}; {"": …} where none does."""
    given = cells[~cells.str.lower().isin(NO_NUMBER)].iloc[:SAMPLE].tolist()
    if not given:
        return {"": (0, 0)}
    counts = {look: sum(map(bool, map(test, given))) for look, test in _LOOKS.items()}
    return {look: (count, len(given)) for look, count in counts.items() if count >= _MOST * len(given)}


def look_of(column: Column) -> str:
    """What the cells of a column of a source look like, "" where nothing tells it from another."""
    if column.refers in _OF_TABLE:
        return _OF_TABLE[column.refers]
    if column.kind is CellType.CODE:
        return _OF_WIDTH.get(column.width, "")
    return _OF_KIND.get(column.kind, _OF_NAME.get(column.name, ""))


def may_hold(column: Column, cells: pd.Series, seen: Mapping[str, object]) -> bool:
    """Whether cells may be those of a column of a source. seen: their `looks`; cells that say nothing may be anything's."""
    look = look_of(column)
    if "" in seen or not look:
        return True
    if look not in seen:
        return False
    if column.within is None:
        return True
    numbers = pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce").dropna()
    return bool(numbers.between(*column.within).all())
