"""Figures of a course in a region, with head-counts (`ij_region_formation`)."""

import pandas as pd

from deliveries.checking.registry import FIGURES_STOP
from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables
from deliveries.sources import figures
from stats.indicators import EMPLOYMENT_RATES, Level

ROUTES = {"scolaire": "pro", "pro": "pro", "apprentissage": "apprentissage", "agricole": "agricole"}


def _header(table: Table) -> tuple[str, ...] | None:
    """The header, None for a file of schools: its figures would pass for those of their region."""
    return None if "uai" in map(header_key, table.header) else table.header


def check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows that have exactly one code, a known route and counts that agree with each other."""
    both = (rows["cfd"] == "") == (rows["mefstat11"] == "")
    report.add_all("code_invalide", "cfd", rows.loc[both, "cfd"], "soit un CFD, soit un MEFSTAT11")
    unknown = ~rows["voie"].isin(ROUTES)
    report.add_all("code_invalide", "voie", rows.loc[unknown, "voie"], "scolaire ou apprentissage")
    return figures.check_counts(rows[~both & ~unknown], report)


def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
    identified = rows.assign(
        cohort_id=rows["millesime"],
        route=rows["voie"].map(ROUTES),
        course_year_id=rows["mefstat11"].where(rows["mefstat11"] != "", None),
        diploma_id=rows["cfd"],
        territory_id="region-" + rows["code_region"],
    )
    return {"outcome": figures.outcomes(figures.shares_from_counts(identified), Level.REGION)}


SOURCES = (
    Source(
        name="ij_region_formation",
        label="InserJeunes, formations par région",
        stage=Stage.FIGURES,
        columns=figures.with_later(
            Level.REGION,
            Column("millesime", ("annee", "cohorte"), CellType.COHORT),
            Column("code_region", ("region",), CellType.CODE, width=2, refers="region"),
            Column("code_region_ij", ("code_region_academique",), CellType.TEXT, required=False),
            Column("voie", ("filiere",)),
            Column(
                "cfd",
                ("code_formation_diplome",),
                CellType.CODE,
                width=8,
                refers="diploma",
                may_be_blank=True,
            ),
            Column(
                "mefstat11",
                ("mef_stat_11",),
                CellType.CODE,
                required=False,
                width=11,
                refers="course_year",
                may_be_blank=True,
            ),
            *figures.count_columns(),
            *(figures.figure_column(name) for name in EMPLOYMENT_RATES),
            figures.figure_column("taux_poursuite_etudes"),
            Column("id", (), required=False),
        ),
        key=("millesime", "code_region", "voie", "cfd", "mefstat11"),
        check=check,
        convert=convert,
        stops=FIGURES_STOP,
        header_of=_header,
        has_cohorts=True,
        deductions=(figures.DIPLOMA_OF_YEAR,),
    ),
)
