"""Figures of the ministry's open data: schools, all courses together or course by course.

Headers are technical (`taux_emploi_6_mois`) or labels (`Taux emploi 6 mois`), and vary between releases.
"""

from dataclasses import replace
from functools import partial

import pandas as pd

from deliveries.checking.registry import FIGURES_STOP
from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Tables
from deliveries.sources import figures, perimeters
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, Level, Route

_SHARES = (
    figures.figure_column(
        "taux_en_formation",
        aliases=(
            "devenir_part_poursuite_etudes",
            "devenir_part_en_poursuite_d_etudes",
            "devenir_part_en_poursuite_etudes",
        ),
    ),
    figures.figure_column("taux_en_emploi_6_mois", aliases=("devenir_part_en_emploi_6_mois",)),
    figures.figure_column(
        "taux_autres_6_mois",
        aliases=(
            "devenir_part_autre_situation_6_mois",
            "devenir_part_autres_situations_6_mois",
            "devenir_part_des_autres_situations",
        ),
    ),
)
_RATES = (
    figures.figure_column("taux_poursuite_etudes"),
    figures.figure_column("taux_emploi_6_mois", aliases=("taux_d_emploi_6_mois_apres_la_sortie",)),
    *(
        figures.figure_column(name, required=(BY_NAME[name].months or 0) <= 12)
        for name in EMPLOYMENT_RATES
        if name != "taux_emploi_6_mois"
    ),
)
_ALL_COURSES = figures.with_later(
    Level.SCHOOL,
    figures.COHORT,
    figures.UAI,
    figures.SCHOOL_NAME,
    figures.REGION_NAME,
    *_SHARES,
    *_RATES,
    figures.figure_column("taux_emploi_6_mois_attendu"),
    figures.figure_column("valeur_ajoutee_6_mois"),
)
_ONE_COURSE = figures.with_later(
    Level.SCHOOL_COURSE,
    figures.COHORT,
    figures.UAI,
    figures.SCHOOL_NAME,
    figures.REGION_NAME,
    *_SHARES,
    *_RATES,
    Column("type_diplome", ("type_de_diplome",), required=False),
    Column("libelle_formation", ("libelle_de_la_formation",), required=False),
    Column("duree_formation", ("duree_de_la_formation",), required=False),
    Column("diplome_renove_ou_nouveau", ("diplome_renove_ou_nouveau_diplome",), required=False),
)

_YEAR_OF_COURSE = Column(
    "mefstat11",
    ("code_formation_mefstat11", "code_mefstat11", "code_formation_mef_stat_11"),
    CellType.CODE,
    width=11,
    refers="course_year",
)

_DIPLOMA = Column(
    "cfd",
    (
        "code_formation_apprentissage",
        "code_formation_cfd",
        "code_formation_diplome",
        "code_formation",
        "code_cfd",
        "code_diplome",
    ),
    CellType.CODE,
    width=8,
    refers="diploma",
)


def convert_schools(rows: pd.DataFrame, reference: Reference, route: Route) -> Tables:
    rows = rows.assign(cohort_id=rows["annee"], school_id=rows["uai"], route=route.value)
    return {"outcome": figures.outcomes(rows, Level.SCHOOL)}


def check_lycees(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    return figures.check_shares(perimeters.check(rows, report), report)


def check_levels(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep one row a school and level. Those that differ are all left out: nothing tells which is right."""
    rows = rows.drop_duplicates()
    repeated = rows.duplicated(_OF_LEVEL, keep=False)
    first = rows.index.to_series().groupby([rows[name] for name in _OF_LEVEL]).transform("first")
    for line in rows.index[repeated & (first != rows.index)]:
        value = " ; ".join(rows.loc[line, list(_OF_LEVEL)])
        report.add("cle_en_double", int(line), "niveau_formation", value, int(first[line]))
    return rows[~repeated]


def convert_levels(rows: pd.DataFrame, reference: Reference) -> Tables:
    rows = rows.assign(level=rows["niveau_formation"])
    return convert_schools(rows, reference, Route.APPRENTICESHIP)


def convert_lycees(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Up to three rows a school: all who study there, its apprentices, its pupils of the school route."""
    rows = rows.assign(cohort_id=rows["annee"], school_id=rows["uai"], route=perimeters.routes(rows))
    return {"outcome": figures.outcomes(rows, Level.SCHOOL)}


def convert_courses(rows: pd.DataFrame, reference: Reference, route: Route) -> Tables:
    rows = rows.assign(
        cohort_id=rows["annee"],
        school_id=rows["uai"],
        route=route.value,
        duration=pd.to_numeric(rows["duree_formation"].str.extract(r"(?<!\d)([1-9])(?!\d)")[0]).astype(
            "Float64"
        ),
    )
    if "mefstat11" in rows:
        rows = rows.assign(
            course_year_id=rows["mefstat11"],
            diploma_id=rows["mefstat11"].map(reference.mappings["course_year.diploma"]),
        )
    else:
        rows = rows.assign(diploma_id=rows["cfd"])
    return {"outcome": figures.outcomes(rows, Level.SCHOOL_COURSE)}


_OF_LEVEL = ["annee", "uai", "niveau_formation"]
# The fifth character of the MEFSTAT11 of most agricultural diplomas, and of nearly no other.
_AGRICULTURAL = "2"
_AGRICULTURAL_SHARE = 0.2


def _course_header(table: Table, is_agricultural: bool) -> tuple[str, ...] | None:
    """The header, None for the file of the other ministry.

    Both have the same columns, and one published as the other would erase it: the courses tell them apart.
    """
    keys = [header_key(cell) for cell in table.header]
    names = (_YEAR_OF_COURSE.name, *_YEAR_OF_COURSE.aliases)
    places = [place for place, key in enumerate(keys) if key in names]
    if not places:
        return None if is_agricultural else table.header
    share = float((table.cells[places[0]].str[4] == _AGRICULTURAL).mean())
    return table.header if (share > _AGRICULTURAL_SHARE) is is_agricultural else None


SOURCES = (
    figures.school_source(
        "inserjeunes_cfa",
        "InserJeunes, centres d’apprentissage, tous diplômes ensemble",
        (
            *_ALL_COURSES,
            figures.figure_column("taux_rupture_contrats"),
            Column("num_ligne", (), required=False),
        ),
        ("annee", "uai"),
        partial(convert_schools, route=Route.APPRENTICESHIP),
        rank=1,
    ),
    figures.school_source(
        "inserjeunes_cfa_niveau_formation",
        "InserJeunes, centres d’apprentissage, niveau par niveau",
        figures.with_later(
            Level.SCHOOL,
            figures.COHORT,
            figures.UAI,
            figures.SCHOOL_NAME,
            figures.REGION_NAME,
            Column("niveau_formation", ("niveau_de_formation",), fits="stats.Outcome.level"),
            *_RATES,
            figures.figure_column("taux_rupture_contrats", False, ("taux_contrats_interrompus",)),
            Column("taux_interruption_formation", required=False),
        ),
        (),
        convert_levels,
        check=check_levels,
        stops=FIGURES_STOP - {"cle_en_double"},
        rank=1,
    ),
    figures.school_source(
        "inserjeunes_lycee_pro",
        "InserJeunes, lycées professionnels, tous diplômes ensemble",
        (*_ALL_COURSES, replace(perimeters.COLUMN, required=False)),
        ("annee", "uai", "perimetre"),
        convert_lycees,
        check=check_lycees,
        rank=1,
    ),
    figures.school_source(
        "inserjeunes_lycee_pro_formation_fine",
        "InserJeunes, lycées professionnels, formation par formation",
        (*_ONE_COURSE, _YEAR_OF_COURSE),
        ("annee", "uai", "mefstat11", "duree_formation"),
        partial(convert_courses, route=Route.SCHOOL),
        rank=1,
        header_of=partial(_course_header, is_agricultural=False),
    ),
    figures.school_source(
        "inserjeunes_lycee_agricole_formation_fine",
        "InserJeunes, lycées agricoles, formation par formation",
        (*_ONE_COURSE, _YEAR_OF_COURSE),
        ("annee", "uai", "mefstat11", "duree_formation"),
        partial(convert_courses, route=Route.AGRICULTURAL),
        rank=1,
        header_of=partial(_course_header, is_agricultural=True),
    ),
    figures.school_source(
        "inserjeunes_cfa_formation_fine",
        "InserJeunes, centres d’apprentissage, formation par formation",
        (*_ONE_COURSE, _DIPLOMA),
        ("annee", "uai", "cfd", "duree_formation"),
        partial(convert_courses, route=Route.APPRENTICESHIP),
        rank=1,
    ),
)
