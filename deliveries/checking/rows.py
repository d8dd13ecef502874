"""Checks of each row: figures beside each other and beside head-counts, dates, codes that contradict each other."""

import numpy as np
import pandas as pd

from deliveries.checking.secrecy import without_small_groups
from deliveries.report import Report
from deliveries.source import Reference, Source
from stats.indicators import BY_NAME, GROUP_SIZE, INDICATORS, Denominator, Unit

# What roundings of the two figures leave between them.
_ROUNDING, _TWO_ROUNDINGS = 1, 2
_MOST_VALUE_ADDED = 12
_MOST_IN_A_SCHOOL, _MOST_IN_A_REGION = 3_000, 100_000
# The third character of a MEFSTAT11 is the length of its course, but for these.
_LAST_YEAR = {"238": 3, "239": 1}
# Académique codes of regions → codes of INSEE.
INSEE_OF = {
    "01": "84", "02": "27", "03": "53", "04": "24", "05": "94", "06": "44", "07": "01", "08": "03", "09": "32",
    "10": "11", "11": "04", "12": "02", "13": "06", "14": "28", "15": "75", "16": "76", "17": "52", "18": "93",
}  # fmt: skip


def check(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> None:
    """Add what is wrong in typed rows."""
    if {"date_ouverture", "date_fermeture"} <= set(rows.columns):
        wrong = rows["date_fermeture"] < rows["date_ouverture"]
        _add(report, "dates_inversees", rows, "date_fermeture", wrong)
    if not source.has_cohorts:
        return
    _check_codes(rows, report)
    rows = without_small_groups(rows)
    _check_shares(rows, report)
    _check_zeros(rows, report)
    if GROUP_SIZE in rows:
        most = _MOST_IN_A_SCHOOL if "uai" in rows else _MOST_IN_A_REGION
        _add(report, "effectif_invraisemblable", rows, GROUP_SIZE, rows[GROUP_SIZE] > most)
        _check_rates(rows, report)


def _check_codes(rows: pd.DataFrame, report: Report) -> None:
    if "mefstat11" in rows:
        codes = rows["mefstat11"][rows["mefstat11"].str.fullmatch(r"\d{4}\w{7}")]
        last = codes.str[:3].map(_LAST_YEAR).astype("float64").fillna(codes.str[2].astype("float64"))
        earlier = codes[codes.str[3].astype("float64") < last]
        report.add_all("annee_non_terminale", _header(rows, "mefstat11"), earlier, earlier.str[3])
    if {"code_region", "code_region_ij"} <= set(rows.columns):
        other = rows["code_region_ij"].str.zfill(2).map(INSEE_OF)
        wrong = other.notna() & (rows["code_region"] != "") & (other != rows["code_region"])
        _add(report, "regions_contradictoires", rows, "code_region_ij", wrong)


def _check_shares(rows: pd.DataFrame, report: Report) -> None:
    employed, studying, further, rate, expected, added = (
        rows[name] if name in rows else pd.Series(pd.NA, rows.index, dtype="Float64")
        for name in (
            "taux_en_emploi_6_mois",
            "taux_en_formation",
            "taux_poursuite_etudes",
            "taux_emploi_6_mois",
            "taux_emploi_6_mois_attendu",
            "valeur_ajoutee_6_mois",
        )
    )
    differs = (studying - further).abs() > _ROUNDING
    _add(report, "poursuites_differentes", rows, "taux_poursuite_etudes", differs)
    contradicts = (employed - rate * (100 - studying) / 100).abs() > _TWO_ROUNDINGS
    _add(report, "taux_et_part_incoherents", rows, "taux_en_emploi_6_mois", contradicts)
    gap = (rate - expected).clip(-_MOST_VALUE_ADDED, _MOST_VALUE_ADDED)
    _add(report, "valeur_ajoutee_incoherente", rows, "valeur_ajoutee_6_mois", (added - gap).abs() > _ROUNDING)


def _check_zeros(rows: pd.DataFrame, report: Report) -> None:
    percentages = [i.name for i in INDICATORS if i.unit is Unit.PERCENT and i.name in rows]
    figures = rows[percentages]
    is_zero = (figures.notna().sum(axis=1) >= 2) & figures.fillna(0).eq(0).all(axis=1)
    if percentages:
        _add(report, "zeros_pour_nd", rows, percentages[0], is_zero)


def _check_rates(rows: pd.DataFrame, report: Report) -> None:
    """Rates beside their head-counts, or beside the only one that is given."""
    for name in rows.columns.intersection(list(BY_NAME)):
        indicator = BY_NAME[name]
        whole = indicator.denominator.value
        if indicator.denominator is Denominator.CONTRACTS or not indicator.count or whole not in rows:
            continue
        rate, size = rows[name], rows[whole].mask(rows[whole] == 0)
        count = (
            rows[indicator.count]
            if indicator.count in rows
            else pd.Series(pd.NA, rows.index, dtype="Float64")
        )
        _add(report, "taux_different_des_effectifs", rows, name, (rate - 100 * count / size).abs() >= 1)
        exact = (rate * size / 100).astype("float64")
        nearest = np.minimum(
            *((rate - 100 * part(exact) / size).abs().astype("float64") for part in (np.floor, np.ceil))
        )
        _add(report, "taux_impossible", rows, name, count.isna() & (pd.Series(nearest, rows.index) > 0.501))


def _add(report: Report, code: str, rows: pd.DataFrame, name: str, wrong: pd.Series) -> None:
    """One finding a row, which quotes no number of it."""
    lines = rows.index[wrong.fillna(False).astype(bool)]
    report.add_all(code, _header(rows, name), dict.fromkeys(lines, ""))


def _header(rows: pd.DataFrame, name: str) -> str:
    return rows.attrs["headers"].get(name, name)
