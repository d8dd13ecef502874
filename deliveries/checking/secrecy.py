"""Checks of what rows show of small groups. They quote no number of a row."""

from collections.abc import Hashable

import pandas as pd

from deliveries.report import Report
from deliveries.source import Reference, Source
from stats.disclosure_control.primary import THRESHOLD, completed, is_confidential
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, INDICATORS, LEAVERS, STUDYING

_LEAST = 5
# The perimeter of a row that counts a whole school → the route of its parts, "" for all.
_WHOLES = {"ensemble": "", "apprentis": "apprentissage", "voieprosco": "scolaire"}


def check(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> None:
    """Add the rows of small groups that tell what became of them, and those that a subtraction gives."""
    if not {GROUP_SIZE, LEAVERS, STUDYING} <= set(rows.columns):
        return
    counts = completed(rows[[GROUP_SIZE, LEAVERS, STUDYING]])
    size, leavers = counts[GROUP_SIZE], counts[LEAVERS]
    is_small = is_confidential(size).fillna(False).astype(bool)
    told = rows[rows.columns.intersection([*COUNTS, *FIGURES])].notna().any(axis=1)
    _add(report, "groupe_secret_montre", rows, is_small & told)
    rates = [i.name for i in INDICATORS if i.needs_leavers and i.name in rows]
    few = is_confidential(leavers).fillna(False).astype(bool) & ~is_small
    _add(report, "taux_de_trop_peu_de_sortants", rows, few & rows[rates].notna().any(axis=1))
    # How many, and not which: a head-count so small is told to nobody.
    if least := int((size < _LEAST).fillna(False).sum()):
        report.add("effectif_de_moins_de_cinq", value=least)
    if {"ensemble", "uai", "voie"} <= set(rows.columns):
        _check_differences(rows.assign(size=size), report)


def without_small_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose figures a message may depend on: where head-counts are given, those of enough people.

    Figures of too few leavers are blanked in the rows of larger groups.
    """
    if not {GROUP_SIZE, LEAVERS, STUDYING} <= set(rows.columns):
        return rows
    counts = completed(rows[[GROUP_SIZE, LEAVERS, STUDYING]])
    is_enough = (counts[[GROUP_SIZE, LEAVERS]] >= THRESHOLD).fillna(False).astype(bool)
    hidden = [i.name for i in INDICATORS if i.needs_leavers and i.name in rows]
    shown = {name: rows[name].where(is_enough[LEAVERS]) for name in hidden}
    return rows.assign(**shown)[is_enough[GROUP_SIZE]]


def _check_differences(rows: pd.DataFrame, report: Report) -> None:
    """Whole schools whose shown courses leave a small group."""
    courses = rows[(rows["ensemble"] == "") & (rows["size"] >= THRESHOLD).fillna(False)]
    found: dict[Hashable, str] = {}
    for perimeter, route in _WHOLES.items():
        parts = courses if not route else courses[courses["voie"] == route]
        shown = parts.groupby(["millesime", "uai"])["size"].sum()
        wholes = rows[rows["ensemble"] == perimeter]
        keys = pd.MultiIndex.from_frame(wholes[["millesime", "uai"]])
        rest = wholes["size"] - pd.Series(shown.reindex(keys).to_numpy(), wholes.index)
        found |= wholes["uai"][rest.between(1, THRESHOLD - 1).fillna(False)].to_dict()
    report.add_all("secret_par_difference", "ensemble", pd.Series(found, dtype="object"))


def _add(report: Report, code: str, rows: pd.DataFrame, wrong: pd.Series) -> None:
    header = rows.attrs["headers"].get(GROUP_SIZE, GROUP_SIZE)
    report.add_all(code, header, dict.fromkeys(rows.index[wrong], ""))
