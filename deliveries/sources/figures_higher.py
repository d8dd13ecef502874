"""InserSup: what became of the students of each higher-education diploma (SISE) in each establishment.

Three forms of one survey. Since July 2026 a row has one column per date; before, a row per date; the service gives
texts such as "130 *". Rows multiply by axes of the population: only those of everybody ("ensemble") are read. Those
who leave and those who study on are all who were enrolled. A file names its diplomas (label and type): those that
N_DIPLOME_SISE lacks are published under that name.
"""

from functools import partial

import pandas as pd

from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.services import insersup
from deliveries.source import CellType, Column, Reference, Tables
from deliveries.sources import figures
from establishments import uai as uai_code
from formations.text_folding import fold
from stats.disclosure_control.primary import completed
from stats.indicators import FIGURES, GROUP_SIZE, LEAVERS, MONTHS, STUDYING, Level, Route, employed_at
from stats.rates import share, shares_of_counts

_AXES = ("genre", "nationalite", "regime_inscription", "obtention_diplome")
_SUBJECT = ("dom", "discipli", "sectdis")
# Labels of the columns in the export with French labels → their technical names. "Établissement" is a name there, a UAI here.
_FRENCH = {
    "code_uai_de_l_etablissement": "etablissement",
    "etablissement": "uo_lib",
    "region": "reg_nom",
    "code_du_diplome_sise": "diplome",
    "libelle_du_diplome": "libelle_diplome",
    "type_de_diplome": "type_diplome_long",
    "domaine_disciplinaire": "dom",
    "discipline": "discipli",
    "secteur_disciplinaire": "sectdis",
    "promotion": "promo",
    "annee_s_d_obtention_du_diplome_prise_s_en_compte": "promo",
    "regime_d_inscription": "regime_inscription",
    "obtention_du_diplome": "obtention_diplome",
    "nombre_de_sortants": "nb_sortants",
    "nombre_de_poursuivants": "nb_poursuivants",
    "6_nombre_de_sortants_6_mois_apres_le_diplome": "nb_sortants",
    "6_nombre_de_poursuivants_6_mois_apres_le_diplome": "nb_poursuivants",
} | {
    f"{months}_{label}_{months}_mois_apres_le_diplome": f"{name}_{months}"
    for label, name in (
        ("nombre_de_sortants_en_emploi_salarie_en_france", "nb_sortants_en_emploi_sal_fr"),
        ("taux_d_emploi_salarie_en_france", "tx_sortants_en_emploi_sal_fr"),
    )
    for months in MONTHS
}
_EMPLOYED, _RATE = "nb_sortants_en_emploi_sal_fr", "tx_sortants_en_emploi_sal_fr"
_EVERYBODY = {"", "ensemble"}
_LABEL, _TYPE, _TYPE_LABEL = "libelle_diplome", "type_diplome", "type_diplome_long"
# Type of diploma as a file writes it, folded → its code in N_TYPE_DIPLOME_SISE, "" where several are possible, and its name.
_TYPES = {
    "licence pro": ("DP", "Licence professionnelle"),
    "licence professionnelle": ("DP", "Licence professionnelle"),
    "licence generale": ("XA", "Licence générale"),
    "master lmd": ("XB", "Master LMD"),
    "master meef": ("", "Master MEEF"),
    "but": ("DR", "Bachelor universitaire de technologie"),
    "dut": ("CB", "Diplôme universitaire de technologie"),
}


def check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows of one diploma in one establishment, everybody together."""
    is_kept = (rows["diplome"].str.len() == 7) & rows["etablissement"].map(uai_code.fault).eq("")
    for axis in _AXES:
        is_kept &= rows[axis].str.lower().isin(_EVERYBODY)
    return rows[is_kept]


def named_only(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    """Keep the rows of diplomas that the nomenclature has or that the file names, with a finding for each other one."""
    named = {*reference.known.get("diploma", ()), *rows["diplome"][rows[_LABEL] != ""]}
    unknown = rows["diplome"][~rows["diplome"].isin(named)].drop_duplicates()
    expected = "la nomenclature des diplômes de l’enseignement supérieur (N_DIPLOME_SISE)"
    report.add_all("code_inconnu", "diplome", unknown, expected)
    return rows[~rows["diplome"].isin(unknown)]


def diplomas(rows: pd.DataFrame) -> pd.DataFrame:
    """The diplomas that a file names: see `Source.diplomas`. A diploma has one label in a file, the first one."""
    named = rows[rows[_LABEL] != ""].drop_duplicates("diplome")
    written = named[_TYPE_LABEL].where(named[_TYPE_LABEL] != "", named[_TYPE])
    types = [_TYPES.get(fold(text), ("", text.replace("_", " "))) for text in written]
    return pd.DataFrame(
        {
            "code": named["diplome"],
            "type": [code for code, _ in types],
            "type_label": [label for _, label in types],
            "official_label": named[_LABEL],
        }
    )


def _of_all_dates(rows: pd.DataFrame) -> pd.DataFrame:
    """A row per diploma and establishment, from one per date."""
    key = ["etablissement", "diplome", "promo", *_SUBJECT]
    wide = rows.drop_duplicates(key).set_index(key)
    for months, part in rows.groupby(rows["date_inser"].astype("Int64")):
        dated = part.drop_duplicates(key).set_index(key)
        wide = wide.assign(**{f"{name}_{months}": dated[name] for name in (_EMPLOYED, _RATE)})
    return wide.reset_index()


def convert(rows: pd.DataFrame, reference: Reference, has_dates: bool) -> Tables:
    """Diplomas that come in several disciplines are left out: no total of them is published."""
    wide = _of_all_dates(rows) if has_dates else rows
    wide = wide[~wide.duplicated(["etablissement", "diplome", "promo"], keep=False)]
    dated = {employed_at(m): f"{_EMPLOYED}_{m}" for m in MONTHS}
    dated |= {f"taux_emploi_{m}_mois": f"{_RATE}_{m}" for m in MONTHS}
    unknown = pd.Series(pd.NA, index=wide.index, dtype="Float64")
    numbers = {
        name: wide.get(column, unknown).astype("Float64").round()
        for name, column in {STUDYING: "nb_poursuivants", LEAVERS: "nb_sortants", **dated}.items()
    }
    counted = completed(wide.assign(**{GROUP_SIZE: unknown}, **numbers))
    return _tables(_with_shares(counted), "promo")


def _with_shares(rows: pd.DataFrame) -> pd.DataFrame:
    studying = share(rows[STUDYING], rows[GROUP_SIZE])
    return rows.assign(
        taux_en_formation=studying, taux_poursuite_etudes=studying, **shares_of_counts(rows, studying)
    )


def _tables(rows: pd.DataFrame, cohort: str) -> Tables:
    rows = rows.assign(
        cohort_id=rows[cohort],
        school_id=rows["etablissement"],
        diploma_id=rows["diplome"],
        route=Route.HIGHER.value,
    )
    kept = rows.drop(
        columns=[column for column in FIGURES if column in rows and column.startswith("salaire")]
    )
    return {"outcome": figures.outcomes(kept, Level.SCHOOL_COURSE)}


def _schools(rows: pd.DataFrame, reference: Reference, name: str) -> pd.DataFrame:
    named = rows.assign(uai=rows["etablissement"], libelle=rows[name], region=rows.get("reg_nom", ""))
    return figures.school_rows(named, reference)


def check_replies(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The rows whose counts are counts. Their year becomes their cohort: the one that ends the university year, or both
    where they are pooled.
    """
    wrong = pd.Series(False, index=rows.index)
    for name in rows.columns.intersection([*_COUNTED]):
        is_count = rows[name].str.lower().str.fullmatch(_COUNT)
        report.add_all("nombre_invalide", name, rows[name][~is_count])
        wrong |= ~is_count
    rows = rows[~wrong]
    cohorts = [
        insersup.cohort(years.replace("_", "-"), leavers) if "_" in years else years
        for years, leavers in zip(rows["annee_universitaire"], rows["nb_sortants"], strict=True)
    ]
    return rows.assign(annee_universitaire=pd.Series(cohorts, index=rows.index, dtype="str"))


def convert_replies(rows: pd.DataFrame, reference: Reference) -> Tables:
    cells = rows.reindex(columns=_COUNTED, fill_value="")
    numbers = cells.map(insersup.number).astype("Float64")
    numbers.columns = [GROUP_SIZE, STUDYING, LEAVERS, *_IN_SERVICE]
    table = rows.join(numbers)
    table = table.drop_duplicates(["etablissement", "diplome", "annee_universitaire"], keep=False)
    return _tables(_with_shares(table), "annee_universitaire")


_IN_SERVICE = {employed_at(months): f"nb_in_dsn_{months}" for months in MONTHS}
_COUNTED = ("nb_inscrits", "nb_poursuivants", "nb_sortants", *_IN_SERVICE.values())
# The dates that a file may not have yet.
_LATER = tuple(_IN_SERVICE.values())[1:]
# "130 *" is of two pooled cohorts, "12 **" is still too few.
_COUNT = r"(?:\d+\s*\*{0,2}|nd|na|)"


def _header(table: Table, has_dates: bool) -> tuple[str, ...] | None:
    """The header under technical names, None for the other form."""
    keys = [header_key(cell) for cell in table.header]
    if "code_uai_de_l_etablissement" in keys:
        keys = [_FRENCH.get(key, key) for key in keys]
        return None if has_dates else tuple(keys)
    return table.header if ("date_inser" in keys) is has_dates else None


_NAMES = (_LABEL, _TYPE, _TYPE_LABEL)
_IDENTITY = (
    Column("etablissement", (), CellType.CODE, may_be_blank=True),
    Column("uo_lib"),
    Column("reg_nom", required=False),
    Column("diplome", (), CellType.CODE, may_be_blank=True),
    Column("promo", (), CellType.COHORT),
    *(Column(name, required=False) for name in (*_AXES, *_SUBJECT, *_NAMES)),
    Column("nb_sortants", (), CellType.INTEGER),
    Column("nb_poursuivants", (), CellType.INTEGER),
)

SOURCES = (
    figures.school_source(
        "insersup",
        "InserSup, diplômes par établissement",
        (
            *_IDENTITY,
            *(
                Column(f"{name}_{months}", (), kind, required=months == MONTHS[0])
                for name, kind in ((_EMPLOYED, CellType.INTEGER), (_RATE, CellType.NUMBER))
                for months in MONTHS
            ),
        ),
        ("etablissement", "diplome", "promo", *_AXES, *_SUBJECT),
        partial(convert, has_dates=False),
        schools=partial(_schools, name="uo_lib"),
        check=check,
        resolve=named_only,
        diplomas=diplomas,
        header_of=partial(_header, has_dates=False),
    ),
    figures.school_source(
        "insersup_par_date",
        "InserSup avant juillet 2026, une ligne par date",
        (
            *_IDENTITY,
            Column("date_inser", (), CellType.INTEGER),
            Column(_EMPLOYED, (), CellType.INTEGER),
            Column(_RATE, (), CellType.NUMBER),
        ),
        ("etablissement", "diplome", "promo", "date_inser", *_AXES, *_SUBJECT),
        partial(convert, has_dates=True),
        schools=partial(_schools, name="uo_lib"),
        check=check,
        resolve=named_only,
        diplomas=diplomas,
        rank=1,
        header_of=partial(_header, has_dates=True),
    ),
    figures.school_source(
        "insersup_service",
        "InserSup, réponses du service",
        (
            Column("etablissement", (), CellType.UAI),
            Column("denomination_principale"),
            Column("diplome", ("diplome_consol",), CellType.CODE, width=7),
            Column("annee_universitaire", (), CellType.COHORT),
            *(
                Column(name, required=False)
                for name in ("domaine", "discipline", "secteur_disciplinaire", *_NAMES)
            ),
            *(Column(name, required=name not in _LATER) for name in _COUNTED),
        ),
        (),
        convert_replies,
        schools=partial(_schools, name="denomination_principale"),
        check=check_replies,
        resolve=named_only,
        diplomas=diplomas,
        rank=2,
    ),
)
