"""Which schools teach which diplomas: register of pupils, places and wishes of Affelnet and Parcoursup."""

from collections.abc import Callable

import pandas as pd

from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables

ROUTES = {"ST": "pro", "SCOLAIRE": "pro", "AP": "apprentissage", "APPRENTISSAGE": "apprentissage"}
# These files do not say which year their places and wishes are of.
_AFFELNET_YEAR, _PARCOURSUP_YEAR = 2021, 2023
# Diplomas of general studies, which this portal does not describe.
_GENERAL = r"(?:370|43|47|[679])"
# Affelnet writes 0 or 999 where it does not count places, even for courses that pupils ask for.
_UNCOUNTED = (0, 999)


def _counted(places: pd.Series) -> pd.Series:
    """Numbers of places, missing where the source did not count them."""
    return places.mask(places.isin(_UNCOUNTED))


def _teaching(rows: pd.DataFrame, uai: str, diplomas: pd.Series, **columns: object) -> Tables:
    table = pd.DataFrame({"school": rows[uai], "diploma": diplomas, **columns})
    is_vocational = table["diploma"].notna() & ~table["diploma"].fillna("").str.match(_GENERAL)
    return {"teaching": table[is_vocational]}


def convert_register(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Pupils by school and year of a course: the school teaches the diploma of that course."""
    years = rows["rentree_scolaire"].str.extract(r"(20\d\d)")[0].astype("Float64")
    return _teaching(
        rows,
        "uai",
        rows["mef_bcp_11"].map(reference.mappings["course_year.diploma"]),
        route="pro",
        year=years,
        entry=rows["mef_bcp_11"].str[3],
        places=pd.NA,
        first_wishes=pd.NA,
    )


def check_routes(column: str) -> Callable[[pd.DataFrame, Report], pd.DataFrame]:
    """A check that removes the rows whose route is unknown, with a finding for each."""

    def check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
        unknown = ~rows[column].str.upper().isin(ROUTES)
        report.add_all("code_invalide", column, rows.loc[unknown, column], "scolaire ou apprentissage")
        return rows[~unknown]

    return check


def convert_affelnet(rows: pd.DataFrame, reference: Reference) -> Tables:
    return _teaching(
        rows,
        "etablissement_d_accueil",
        rows["mef_stat_11"].map(reference.mappings["course_year.diploma"]),
        route=rows["statut_offre_de_formation"].str.upper().map(ROUTES),
        year=_AFFELNET_YEAR,
        entry=rows["mef_stat_11"].str[3],
        places=_counted(rows["capacite_carte_scolaire"]),
        first_wishes=rows["demandes_voeux_1"],
    )


def convert_parcoursup(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Places of BTS. Its wishes are left out: they are confirmed wishes of any rank, not first wishes."""
    return _teaching(
        rows,
        "uai",
        rows["cfd"],
        route=rows["statut"].str.upper().map(ROUTES),
        year=_PARCOURSUP_YEAR,
        entry="1",
        places=_counted(rows["capacitepsup"]),
        first_wishes=pd.NA,
    )


SOURCES = (
    Source(
        name="constat",
        label="Constat de rentrée, élèves par année de formation",
        stage=Stage.TEACHING,
        columns=(
            Column("rentree_scolaire", ("rentree",)),
            Column("uai", ("numero_uai", "etablissement"), CellType.UAI, refers="school"),
            Column(
                "mef_bcp_11",
                ("mef_stat_11", "mefstat11", "mef_bcp11"),
                CellType.CODE,
                width=11,
                refers="course_year",
            ),
            Column("nombre_d_eleves_total", ("nombre_d_eleves", "effectif"), CellType.INTEGER),
        ),
        key=("rentree_scolaire", "uai", "mef_bcp_11"),
        convert=convert_register,
    ),
    Source(
        name="attractivite_capacite",
        label="Affelnet, places et premiers vœux",
        stage=Stage.TEACHING,
        columns=(
            Column("etablissement_d_accueil", ("uai", "uai_d_accueil"), CellType.UAI, refers="school"),
            Column("mef_stat_11", ("mefstat11",), CellType.CODE, width=11, refers="course_year"),
            Column("statut_offre_de_formation", ("statut",)),
            Column("capacite_carte_scolaire", ("capacite",), CellType.INTEGER),
            Column("demandes_voeux_1", ("demandes_voeu_1", "voeux_1"), CellType.INTEGER),
            Column("voeu_de_recensement_o_n", required=False),
            Column("famille_de_metiers", required=False),
            Column("mef_stat_terminale", required=False),
        ),
        key=("etablissement_d_accueil", "mef_stat_11", "statut_offre_de_formation"),
        convert=convert_affelnet,
        check=check_routes("statut_offre_de_formation"),
        rank=1,
    ),
    Source(
        name="bts_attractivite_capacite",
        label="Parcoursup, places en BTS",
        stage=Stage.TEACHING,
        columns=(
            Column("uai", (), CellType.UAI, refers="school"),
            Column("libelleformation", ("libelle_formation",)),
            Column("statut", ("statut_offre_de_formation",)),
            Column("cfd", ("code_formation_diplome",), CellType.CODE, width=8, refers="diploma"),
            Column("capacitepsup", ("capacite_psup", "capacite"), CellType.INTEGER),
            Column("mefstat11", ("mef_stat_11",), required=False),
            Column("nb_voeux_confirmes", (), CellType.INTEGER, required=False),
        ),
        # A school has several rows of one BTS, told apart by their label (a route reserved to the army…).
        key=("uai", "cfd", "statut", "libelleformation"),
        convert=convert_parcoursup,
        check=check_routes("statut"),
        rank=2,
    ),
)
