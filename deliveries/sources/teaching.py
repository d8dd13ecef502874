"""Which schools teach which diplomas: register of pupils, places and wishes of Affelnet and Parcoursup."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import CellType, Column, Deduction, Reference, Source, Stage, Tables

ROUTES = {"ST": "pro", "SCOLAIRE": "pro", "AP": "apprentissage", "APPRENTISSAGE": "apprentissage"}
# The year of the places: in the file's name where the file does not say it, else whoever delivers it tells.
YEAR = Column("rentree_scolaire", ("rentree",), CellType.SCHOOL_YEAR, required=False)
# Diplomas of general studies, which this portal does not describe.
_GENERAL = r"(?:370|43|47|[679])"
# Affelnet writes 0 or 999 where it does not count places, even for courses that pupils ask for.
_UNCOUNTED = (0, 999)


def _counted(places: pd.Series) -> pd.Series:
    """Numbers of places, missing where the source did not count them."""
    return places.mask(places.isin(_UNCOUNTED))


def teaching(rows: pd.DataFrame, uai: str, diplomas: pd.Series, **columns: object) -> Tables:
    """The "teaching" table of rows with the column `YEAR`: schools, in the column `uai`, that teach these diplomas.

    columns: "route", "entry" (which year of the course one enters), "places" and "first_wishes".
    """
    years = pd.to_numeric(rows[YEAR.name], errors="coerce").astype("Float64")
    table = pd.DataFrame({"school": rows[uai], "diploma": diplomas, "year": years, **columns})
    is_vocational = table["diploma"].notna() & ~table["diploma"].fillna("").str.match(_GENERAL)
    return {"teaching": table[is_vocational]}


def convert_register(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Pupils by school and year of a course: the school teaches the diploma of that course."""
    return teaching(
        rows,
        "uai",
        rows["mef_bcp_11"].map(reference.mappings["course_year.diploma"]),
        route="pro",
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
    return teaching(
        rows,
        "etablissement_d_accueil",
        rows["mef_stat_11"].map(reference.mappings["course_year.diploma"]),
        route=rows["statut_offre_de_formation"].str.upper().map(ROUTES),
        entry=rows["mef_stat_11"].str[3],
        places=_counted(rows["capacite_carte_scolaire"]),
        first_wishes=rows["demandes_voeux_1"],
    )


def convert_second_year(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Offers of the first year of a bac pro after a common second year, whose course the file names by its label only.

    A renewed course keeps its label: it is the one that had opened by that school year.
    """
    codes = pd.Series(
        [
            open_in(reference.mappings["course_label.years"][label], int(year or date.max.year))
            for label, year in zip(rows[_LABEL.name], rows[YEAR.name], strict=True)
        ],
        index=rows.index,
        dtype="str",
    )
    return convert_affelnet(rows.assign(mef_stat_11=codes), reference)


def open_in(years: list[tuple[str, date]], school_year: int) -> str:
    """The MEFSTAT11 of the newest of these years of courses that had opened, the oldest where none had."""
    opened = [code for code, opened_on in years if opened_on <= date(school_year, 9, 1)]
    return opened[-1] if opened else years[0][0]


def convert_parcoursup(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Places of BTS. Its wishes are left out: they are confirmed wishes of any rank, not first wishes."""
    return teaching(
        rows,
        "uai",
        rows["cfd"],
        route=rows["statut"].str.upper().map(ROUTES),
        entry="1",
        places=_counted(rows["capacitepsup"]),
        first_wishes=pd.NA,
    )


_HOST = Column("etablissement_d_accueil", ("uai", "uai_d_accueil"), CellType.UAI, refers="school")
_LABEL = Column("libelle_du_mef_national_de_rattachement", (), CellType.LABEL, refers="course_label")
_STATUS = Column("statut_offre_de_formation", ("statut",))
_PLACES = Column("capacite_carte_scolaire", ("capacite",), CellType.INTEGER, fits="stats.Teaching.places")
_WISHES = Column(
    "demandes_voeux_1", ("demandes_voeu_1", "voeux_1"), CellType.INTEGER, fits="stats.Teaching.first_wishes"
)


def _with_a_code(table: Table) -> tuple[str, ...] | None:
    """The header, None where nothing names the diploma, neither its code nor that of a year of it."""
    keys = {header_key(cell) for cell in table.header}
    return table.header if keys & {"cfd", "code_formation_diplome", "mefstat11", "mef_stat_11"} else None


def _without_codes(table: Table) -> tuple[str, ...] | None:
    """The header, None for the file that also gives the code of each year of a course."""
    keys = {header_key(cell) for cell in table.header}
    return None if keys & {"mef_stat_11", "mefstat11"} else table.header


SOURCES = (
    Source(
        name="constat",
        label="Constat de rentrée, élèves par année de formation",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            Column(
                "uai",
                ("numero_uai", "numero_d_etablissement", "etablissement"),
                CellType.UAI,
                refers="school",
            ),
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
            YEAR,
            _HOST,
            Column("mef_stat_11", ("mefstat11",), CellType.CODE, width=11, refers="course_year"),
            _STATUS,
            _PLACES,
            _WISHES,
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
        name="affelnet_2nde",
        label="Affelnet, offres après la troisième",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            Column(_HOST.name, ("id_etab",), CellType.UAI, refers="school"),
            Column("mef_stat_11", ("co_mefstat",), CellType.CODE, width=11, refers="course_year"),
            Column(_STATUS.name, ("co_sta",)),
            Column(_PLACES.name, ("val_carsco",), CellType.INTEGER),
            Column("fl_vrecens"),
            Column(_WISHES.name, (), CellType.INTEGER, required=False),
        ),
        key=(_HOST.name, "mef_stat_11", _STATUS.name, "fl_vrecens"),
        convert=convert_affelnet,
        check=check_routes(_STATUS.name),
        rank=2,
    ),
    Source(
        name="affelnet_1re_pro",
        label="Affelnet, offres de première professionnelle",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            _HOST,
            _LABEL,
            _STATUS,
            _PLACES,
            _WISHES,
            Column("voeu_de_recensement_o_n", required=False),
            Column("palier_minimum_autorise_pour_la_saisie_du_voeu", required=False),
        ),
        key=(_HOST.name, _LABEL.name, _STATUS.name, "voeu_de_recensement_o_n"),
        convert=convert_second_year,
        check=check_routes(_STATUS.name),
        rank=3,
        header_of=_without_codes,
    ),
    Source(
        name="bts_attractivite_capacite",
        label="Parcoursup, places en BTS",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            Column("uai", (), CellType.UAI, refers="school"),
            Column("libelleformation", ("libelle_formation",)),
            Column("statut", ("statut_offre_de_formation",)),
            # It comes and goes with the releases.
            Column(
                "cfd",
                ("code_formation_diplome",),
                CellType.CODE,
                width=8,
                refers="diploma",
                may_be_blank=True,
            ),
            Column(
                "capacitepsup", ("capacite_psup", "capacite"), CellType.INTEGER, fits="stats.Teaching.places"
            ),
            Column("mefstat11", ("mef_stat_11",), CellType.CODE, required=False),
            Column("nb_voeux_confirmes", (), CellType.INTEGER, required=False),
        ),
        # A school has several rows of one BTS, told apart by their label (a route reserved to the army…).
        key=("uai", "cfd", "statut", "libelleformation"),
        convert=convert_parcoursup,
        check=check_routes("statut"),
        deductions=(Deduction("cfd", "mefstat11", "course_year.diploma", "N_MEF"),),
        rank=2,
        header_of=_with_a_code,
    ),
)
