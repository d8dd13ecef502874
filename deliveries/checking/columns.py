"""Checks of whole columns of figures: empty, copied, in another unit, swapped, or lost in one part of the file."""

from itertools import combinations

import pandas as pd

from deliveries.cells import NUMBERS
from deliveries.checking.secrecy import without_small_groups
from deliveries.reading import Table
from deliveries.report import Report
from deliveries.source import CellType, Reference, Source
from stats.indicators import BY_NAME, COUNTS, EMPLOYMENT_RATES, FIGURES

# Fewer rows may be alike by chance.
_FEW, _SOME = 5, 10
_MANY = 20
_SAMPLE = 2_000
_SPREADSHEET = r"#(?:N/?A|REF!|VALEUR!|VALUE!|NOM\?|NAME\?|DIV/0!|NUL!|NULL!|NOMBRE!|NUM!)|=[A-Za-zÀ-ÿ(+\-].*"
# Employment rises between these months in four groups out of five; between 12 and 18, in half of them.
_RISING = ((6, 12), (18, 24))


def check_texts(table: Table, source: Source, positions: dict[str, int], report: Report) -> None:
    """Add what is wrong in the cells as they are written."""
    for column in source.columns:
        if column.name not in positions:
            continue
        cells = table.cells[positions[column.name]]
        header = table.header[positions[column.name]] or column.name
        if column.kind is CellType.PERCENT and source.has_cohorts and _are_fractions(cells):
            report.add("pourcentages_en_fractions", table.header_line, header, subject=column.name)
        if column.kind not in NUMBERS and (odd := cells.str.startswith(("#", "="))).any():
            wrong = cells[odd][cells[odd].str.fullmatch(_SPREADSHEET)]
            report.add_all("erreur_de_tableur", header, dict.fromkeys(wrong.index, ""))


def _are_fractions(cells: pd.Series) -> bool:
    """Whether all the numbers are between 0 and 1, some of them with decimals."""
    numbers = _decimals(cells.iloc[:_SAMPLE])
    if len(numbers) and numbers.max() > 1:
        return False
    numbers = _decimals(cells)
    return len(numbers) >= _FEW and bool(numbers.between(0, 1).all()) and bool((numbers % 1 != 0).any())


def _decimals(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce").dropna()


def check(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> None:
    """Add what is wrong in columns of typed rows."""
    if not source.has_cohorts or rows.empty:
        return
    numbers = [
        column.name
        for column in source.columns
        if column.kind in NUMBERS and column.name in rows.attrs["headers"] and column.name in rows
    ]
    for name in numbers:
        if rows[name].isna().all():
            report.add("colonne_vide", column=_header(rows, name), subject=name)
    rows = without_small_groups(rows)
    for name in numbers:
        values = rows[name].dropna()
        if len(values) >= _SOME and values.nunique() == 1:
            report.add("valeurs_toutes_egales", column=_header(rows, name), value=len(values), subject=name)
    _check_copies(rows, [name for name in numbers if name in {*FIGURES, *COUNTS}], report)
    _check_months(rows, report)
    _check_parts(rows, [name for name in numbers if name in FIGURES], report)


def _check_copies(rows: pd.DataFrame, names: list[str], report: Report) -> None:
    for one, other in combinations(names, 2):
        if _are_the_same_people(one, other) or rows[one].notna().sum() < _MANY:
            continue
        if rows[one].nunique() > 1 and rows[one].equals(rows[other]):
            report.add(
                "colonnes_identiques",
                column=_header(rows, other),
                expected=_header(rows, one),
                subject=f"{one} {other}",
            )


def _are_the_same_people(one: str, other: str) -> bool:
    """Whether two figures count the same people: those who study on are told twice in some files."""
    first, second = BY_NAME.get(one), BY_NAME.get(other)
    if first is None or second is None:
        return False
    return bool(first.count) and (first.count, first.denominator) == (second.count, second.denominator)


def _check_months(rows: pd.DataFrame, report: Report) -> None:
    for before, after in _RISING:
        names = [name for name in EMPLOYMENT_RATES if BY_NAME[name].months in {before, after}]
        if len(names) < 2 or not set(names) <= set(rows.columns):
            continue
        known = rows[names].dropna()
        falling = (known[names[1]] < known[names[0]]).sum()
        if len(known) >= _MANY and falling * 2 > len(known):
            report.add(
                "mois_permutes",
                column=_header(rows, names[0]),
                value=round(100 * falling / len(known)),
                expected=_header(rows, names[1]),
                subject=names[1],
            )


def _check_parts(rows: pd.DataFrame, figures: list[str], report: Report) -> None:
    """A figure that most rows of a cohort give, and none of one region or of one route."""
    cohorts = rows[
        next(name for name in ("annee", "millesime", "promo", "annee_universitaire") if name in rows)
    ]
    for part in ("region", "code_region", "voie"):
        if part not in rows:
            continue
        for cohort, own in rows[rows[part] != ""].groupby(cohorts):
            given = own[figures].notna()
            by_part = given.groupby(own[part]).sum()
            numbers = own[part].value_counts()
            for name in given.columns[given.mean() >= 0.5]:
                for place in by_part.index[by_part[name] == 0]:
                    if numbers[place] >= _SOME:
                        report.add(
                            "indicateur_vide_par_region",
                            column=_header(rows, name),
                            value=int(numbers[place]),
                            expected=place,
                            subject=f"{cohort} {name} {place}",
                        )


def _header(rows: pd.DataFrame, name: str) -> str:
    return rows.attrs["headers"].get(name, name)
