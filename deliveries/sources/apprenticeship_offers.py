"""Offers of apprenticeship in the catalogues of Affelnet (after the third year of collège) and of Parcoursup.

Both say where a diploma is prepared by apprenticeship, and both name the town of schools that no list of schools has. The
national code of a year of a course (MEF) gives the diploma.
"""

import re

import pandas as pd

from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables
from deliveries.sources.placing import PlaceColumns, locating
from deliveries.sources.teaching import YEAR, open_in, teaching
from stats.indicators import Route

_CODE, _LABEL = "code_formation_accueil_ban", "libelle_formation_accueil_ban"
_KIND, _SHORT = "type_etablissement", "mnemonique_formation_accueil"
# What a row says when it is of apprentices, in a folded label.
_APPRENTICES = re.compile(r"\b(?:appr|apprent\w*|app|ap)\b")
# Kinds of schools that only train apprentices, with the words that Affelnet shortens. A lycée also teaches pupils.
_CENTRES = {
    "CENTRE DE FORMATION D APPRENTIS": "CENTRE DE FORMATION D'APPRENTIS",
    "CTRE FORMATION PROFESSIONNELLE AGRICOLE": "CENTRE DE FORMATION PROFESSIONNELLE AGRICOLE",
    "FORMATION CONTINUE OU INTERNIVEAUX": "CENTRE DE FORMATION CONTINUE",
}
_AFFELNET_PLACES = PlaceColumns(
    uai="uai", commune="code_commune_insee", city="commune", postal_code="code_postal"
)
_PARCOURSUP_PLACES = PlaceColumns(
    uai="uai_aff", commune="codecommune", city="libcommune", postal_code="codepostal"
)


def check_apprentices(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows of apprentices: those of training centres, and those of lycées that say so."""
    says_so = (rows[_SHORT].str.replace("_", " ").str.lower() + " " + rows[_LABEL]).str.contains(_APPRENTICES)
    is_kept = rows[_KIND].isin(_CENTRES) | says_so
    report.add_all("voie_non_dite", _LABEL, rows.loc[~is_kept, _LABEL])
    return rows[is_kept]


def resolve_affelnet(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    """The rows with their diploma: that of their code, or of their label where a code is missing."""
    from_code = rows[_CODE].str[:10].map(reference.mappings["mef.diploma"])
    labels = rows[_LABEL].str.replace(_APPRENTICES, " ", regex=True).str.split().str.join(" ")
    from_label = [
        _diploma_of(label, year, reference) for label, year in zip(labels, rows[YEAR.name], strict=True)
    ]
    rows = rows.assign(diploma=from_code.fillna(pd.Series(from_label, index=rows.index, dtype="object")))
    rows = _with_diploma(rows, _LABEL, report)
    return locating(_AFFELNET_PLACES)(rows, report, reference)


def _diploma_of(label: str, year: str, reference: Reference) -> str | None:
    years = reference.mappings["course_label.years"].get(label)
    return reference.mappings["course_year.diploma"].get(open_in(years, int(year))) if years else None


def _with_diploma(rows: pd.DataFrame, column: str, report: Report) -> pd.DataFrame:
    unknown = rows["diploma"].isna()
    report.add_all(
        "code_inconnu", column, rows.loc[unknown, column], "la nomenclature des années de formation (N_MEF)"
    )
    return rows[~unknown]


def resolve_parcoursup(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    rows = rows.assign(diploma=rows["codemef"].str[:10].map(reference.mappings["mef.diploma"]))
    rows = _with_diploma(rows, "libspecialite", report)
    return locating(_PARCOURSUP_PLACES)(rows, report, reference)


def _offers(rows: pd.DataFrame, uai: str) -> Tables:
    route = Route.APPRENTICESHIP.value
    return teaching(rows, uai, rows["diploma"], route=route, entry="1", places=pd.NA, first_wishes=pd.NA)


def convert_affelnet(rows: pd.DataFrame, reference: Reference) -> Tables:
    return _offers(rows, "uai")


def convert_parcoursup(rows: pd.DataFrame, reference: Reference) -> Tables:
    return _offers(rows, "uai_aff")


def affelnet_schools(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Affelnet names no school: its kind and town stand for its name, until a better source names it."""
    towns = rows["commune"].str.replace(r"\s+CEDEX.*$", "", regex=True)
    names = rows[_KIND].replace(_CENTRES) + " " + towns
    return _schools(rows, _AFFELNET_PLACES, names)


def parcoursup_schools(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    return _schools(rows, _PARCOURSUP_PLACES, rows["lib_aff"])


def _schools(rows: pd.DataFrame, places: PlaceColumns, names: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "uai": rows[places.uai],
            "name": names,
            "postal_code": rows[places.postal_code],
            "city": rows[places.city],
            "commune": rows[places.commune],
        }
    )
    return table.drop_duplicates("uai")


# The last to name and place a school: their rows are some years old, and Affelnet has no names.
SOURCES = (
    Source(
        name="parcoursup_apprentissage",
        label="Parcoursup, offres en apprentissage",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            Column("uai_aff", (), CellType.UAI),
            Column("lib_aff", fits="establishments.School.name"),
            Column("codecommune"),
            Column("libcommune"),
            Column("codepostal"),
            Column("libformation"),
            Column("libspecialite"),
            Column("codemef", (), CellType.CODE, may_be_blank=True),
        ),
        key=(),
        convert=convert_parcoursup,
        resolve=resolve_parcoursup,
        rank=8,
        schools=parcoursup_schools,
    ),
    Source(
        name="affelnet_apprentissage",
        label="Affelnet, offres en apprentissage",
        stage=Stage.TEACHING,
        columns=(
            YEAR,
            Column("uai", (), CellType.UAI),
            Column("commune"),
            Column(_KIND),
            Column(_SHORT),
            Column(_LABEL, (), CellType.LABEL),
            Column(_CODE, (), CellType.CODE, may_be_blank=True),
            # Texts: a dash stands for no code, and the town is then found by its name.
            Column("code_commune_insee"),
            Column("code_postal"),
        ),
        key=(),
        convert=convert_affelnet,
        check=check_apprentices,
        resolve=resolve_affelnet,
        rank=9,
        schools=affelnet_schools,
    ),
)
