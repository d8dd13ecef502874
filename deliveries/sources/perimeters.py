"""Rows of one school that count all who study there, its apprentices, or its pupils of the school route."""

import pandas as pd

from deliveries.report import Report
from deliveries.source import Column
from formations.text_folding import fold
from stats.indicators import Route

_ROUTES = {
    "ensemble": Route.ALL.value,
    "dont apprentis": Route.APPRENTICESHIP.value,
    "dont eleves en voie pro sco": Route.SCHOOL.value,
}
# The ministry's open data and the DEPP's files name the column differently; some files leave its header blank.
COLUMN = Column("perimetre", ("dont_apprentis_eple", "dont_apprentis_en_eple"))


def is_column(cells: pd.Series) -> bool:
    """Whether these cells are those of the column, whatever its header."""
    return fold(cells.iloc[0]) in _ROUTES and bool(cells.map(fold).isin(_ROUTES).all())


def check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows whose perimeter is known; a file without the column has none to check."""
    wrong = (rows["perimetre"] != "") & ~rows["perimetre"].map(fold).isin(_ROUTES)
    if (rows["perimetre"] != "").any():
        wrong |= rows["perimetre"] == ""
    header = rows.attrs["headers"].get("perimetre", "perimetre")
    report.add_all("code_invalide", header, rows.loc[wrong, "perimetre"], "ensemble, ou l’une des deux voies")
    return rows[~wrong]


def routes(rows: pd.DataFrame) -> pd.Series:
    """The route of each row (columns annee, uai and perimetre).

    A school without apprentices has only its "ensemble" row, or no perimeter at all: that is its school route.
    """
    found = rows["perimetre"].map(fold).map(_ROUTES).fillna(Route.SCHOOL.value)
    is_alone = ~rows.duplicated(["annee", "uai"], keep=False)
    return found.mask(is_alone & (found == Route.ALL.value), Route.SCHOOL.value)
