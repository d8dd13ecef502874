"""Figures of a course in a school with head-counts, as Orion exchanges them; all courses together too.

A row without a code is the whole school: its column `ensemble` tells who is counted in it. These rows win over those of
the open data, which give no head-counts.
"""

from dataclasses import replace

import pandas as pd

from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Tables
from deliveries.sources import figures, figures_region
from stats.indicators import EMPLOYMENT_RATES, Level, Route

_WHOLE = {
    "ensemble": Route.ALL.value,
    "apprentis": Route.APPRENTICESHIP.value,
    "voieprosco": Route.SCHOOL.value,
}


def check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows of one course by a known route, those of a whole school, and counts that agree with each other."""
    codes = (rows["cfd"] != "").astype(int) + (rows["mefstat11"] != "").astype(int)
    is_whole = rows["ensemble"].isin(_WHOLE)
    wrong = codes + is_whole.astype(int) != 1
    report.add_all(
        "code_invalide", "cfd", rows.loc[wrong, "cfd"], "soit un CFD, soit un MEFSTAT11, soit un ensemble"
    )
    unknown = ~wrong & ~is_whole & ~rows["voie"].isin(figures_region.ROUTES)
    report.add_all("code_invalide", "voie", rows.loc[unknown, "voie"], "scolaire ou apprentissage")
    return figures.check_counts(rows[~wrong & ~unknown], report)


def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
    rows = rows.assign(
        cohort_id=rows["millesime"],
        school_id=rows["uai"],
        route=_routes(rows),
        course_year_id=rows["mefstat11"].where(rows["mefstat11"] != "", None),
        diploma_id=rows["cfd"].where(rows["cfd"] != "", None),
    )
    rows = figures.shares_from_counts(rows)
    is_whole = rows["ensemble"] != ""
    parts = [
        figures.outcomes(part, level)
        for part, level in ((rows[~is_whole], Level.SCHOOL_COURSE), (rows[is_whole], Level.SCHOOL))
        if len(part) or rows.empty
    ]
    return {"outcome": pd.concat(parts)}


def schools(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The schools of a file, which gives their region and not their name."""
    last = rows.drop_duplicates("uai", keep="last")
    regions = ("region-" + last["code_region"]).where(last["code_region"] != "", None)
    return pd.DataFrame({"uai": last["uai"], "name": "", "region_key": regions})


def _routes(rows: pd.DataFrame) -> pd.Series:
    """Like the DEPP's files, a school that counts only its "ensemble" has no apprentices: it is its school route."""
    whole = rows["ensemble"].map(_WHOLE)
    is_alone = ~rows[whole.notna()].duplicated(["millesime", "uai"], keep=False)
    is_alone = is_alone.reindex(rows.index, fill_value=False)
    whole = whole.mask(is_alone & (whole == Route.ALL.value), Route.SCHOOL.value)
    return whole.fillna(rows["voie"].map(figures_region.ROUTES))


# A row has one of them, or none where it is about a whole school.
_CODE_OF_DIPLOMA = Column(
    "cfd", ("code_formation_diplome",), CellType.CODE, width=8, refers="diploma", may_be_blank=True
)
_CODE_OF_YEAR = Column(
    "mefstat11",
    ("mefstat", "mef_stat_11"),
    CellType.CODE,
    required=False,
    width=11,
    refers="course_year",
    may_be_blank=True,
)

SOURCES = (
    figures.school_source(
        "ij_etablissement_formation",
        "InserJeunes, formations par établissement, avec effectifs",
        figures.with_later(
            Level.SCHOOL_COURSE,
            Column("millesime", ("annee", "cohorte"), CellType.COHORT),
            Column(
                "code_region", (), CellType.CODE, required=False, width=2, refers="region", may_be_blank=True
            ),
            Column("code_region_ij", ("code_region_academique",), required=False),
            figures.UAI,
            Column("voie", ("filiere",), may_be_blank=True),
            _CODE_OF_DIPLOMA,
            _CODE_OF_YEAR,
            Column("ensemble", required=False),
            *figures.count_columns(),
            *(figures.figure_column(name) for name in EMPLOYMENT_RATES),
            figures.figure_column("taux_poursuite_etudes"),
            figures.figure_column("valeur_ajoutee_6_mois", required=False),
            Column("id", (), required=False),
        ),
        ("millesime", "uai", "voie", "cfd", "mefstat11", "ensemble"),
        convert,
        schools=schools,
        check=check,
        deductions=(replace(figures.DIPLOMA_OF_YEAR, may_lack_both=True),),
    ),
)
