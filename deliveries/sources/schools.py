"""Schools: the official directory, ACCE, lycées with their social index, apprenticeship centres.

Every source gives the same table; the reference table takes each field from the best source that has it.
"""

import pandas as pd

from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables
from deliveries.sources import lambert93
from deliveries.sources.placing import PlaceColumns, locating, positions
from deliveries.sources.school_kinds import CFA, IPS_KINDS, KINDS, LEFT_OUT, link_table, sector_codes

_LINK = "type_rattachement_etablissement_mere"
_FLAGS = ("voie_professionnelle", "apprentissage", "lycee_agricole", "etablissement_mere", _LINK)
_DIRECTORY_PLACES = PlaceColumns(
    uai="identifiant_de_l_etablissement",
    commune="code_commune",
    city="nom_commune",
    postal_code="code_postal",
    departement="code_departement",
    position="position",
    latitude="latitude",
    longitude="longitude",
)
_ACCE_PLACES = PlaceColumns(
    uai="numero_uai",
    commune="commune",
    city="commune_libe",
    postal_code="code_postal_uai",
    departement="departement_insee_3",
    latitude="latitude",
    longitude="longitude",
)
_LYCEE_PLACES = PlaceColumns(
    uai="uai",
    commune="code_insee_de_la_commune",
    city="nom_de_la_commune",
    departement="code_du_departement",
)
_CFA_PLACES = PlaceColumns(
    uai="numero_uai", commune="commune", city="commune_libe", postal_code="code_postal_uai"
)


def convert_directory(rows: pd.DataFrame, reference: Reference) -> Tables:
    kept = rows[~rows["code_nature"].str.fullmatch(LEFT_OUT)]
    is_named = kept["type_etablissement"].isin(["Ecole", "École", "Collège", "Médico-social"])
    kept = kept[~(is_named & (kept["code_nature"] == ""))]
    kinds = kept["code_nature"].map(KINDS).fillna("")
    kinds = kinds.mask((kept["lycee_agricole"] == "1") & kinds.str.startswith("Lycée"), "Lycée agricole")
    latitude, longitude = positions(kept, _DIRECTORY_PLACES)
    return {
        "school": pd.DataFrame(
            {
                "uai": kept["identifiant_de_l_etablissement"],
                "name": kept["nom_etablissement"],
                "kind": kinds,
                "sector": sector_codes(kept["statut_public_prive"]),
                "address": kept["adresse_1"],
                "postal_code": kept["code_postal"],
                "city": kept["nom_commune"],
                "commune": kept["code_commune"],
                "latitude": latitude,
                "longitude": longitude,
                "phone": kept["telephone"],
                "website": kept["web"],
                "has_boarding": kept["hebergement"].str.removesuffix(".0").map({"1": True, "0": False}),
            }
        ),
        "school_link": link_table(
            kept["identifiant_de_l_etablissement"], *(kept[name] for name in ("etablissement_mere", _LINK))
        ),
    }


def _degrees(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Points of metropolitan France only: overseas ones use other projections."""
    latitude, longitude = lambert93.degrees(
        rows["coordonnee_x"].astype("float64"), rows["coordonnee_y"].astype("float64")
    )
    is_overseas = rows["commune"].str.startswith(("97", "98")).to_numpy()
    return (
        pd.Series(latitude, index=rows.index).mask(is_overseas),
        pd.Series(longitude, index=rows.index).mask(is_overseas),
    )


def locate_acce(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    latitude, longitude = _degrees(rows)
    rows = locating(_ACCE_PLACES)(rows.assign(latitude=latitude, longitude=longitude), report, reference)
    wrong = rows["latitude"].isna()
    rows = rows.assign(**{name: rows[name].mask(wrong) for name in ("coordonnee_x", "coordonnee_y")})
    return rows.drop(columns=["latitude", "longitude"])


def convert_acce(rows: pd.DataFrame, reference: Reference) -> Tables:
    kept = rows[~rows["nature_uai"].str.fullmatch(LEFT_OUT)]
    latitude, longitude = _degrees(kept)
    names = (kept["denomination_principale"] + " " + kept["patronyme_uai"]).str.strip()
    return {
        "school": pd.DataFrame(
            {
                "uai": kept["numero_uai"],
                "name": kept["appellation_officielle"].where(
                    ~kept["appellation_officielle"].isin(["", "A COMPLETER"]), names
                ),
                "kind": kept["nature_uai"].map(KINDS).fillna(""),
                "sector": sector_codes(kept["secteur_public_prive"]),
                "address": kept["adresse_uai"],
                "postal_code": kept["code_postal_uai"],
                "city": kept["commune_libe"],
                "commune": kept["commune"],
                "latitude": latitude,
                "longitude": longitude,
                "phone": kept["numero_telephone_uai"],
                "website": kept["site_web"],
                "closed_on": kept["date_fermeture"],
            }
        )
    }


def convert_lycees(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row per lycée: its last school year."""
    last = rows.sort_values("rentree_scolaire", kind="stable").drop_duplicates("uai", keep="last")
    return {
        "school": pd.DataFrame(
            {
                "uai": last["uai"],
                "name": last["nom"],
                "kind": last["type_de_lycee"].str.upper().map(IPS_KINDS).fillna(""),
                "sector": sector_codes(last["secteur"]),
                "city": last["nom_de_la_commune"],
                "commune": last["code_insee_de_la_commune"],
            }
        )
    }


def convert_cfa(rows: pd.DataFrame, reference: Reference) -> Tables:
    names = (rows["denomination_principale"] + " " + rows["patronyme_uai"]).str.strip()
    return {
        "school": pd.DataFrame(
            {
                "uai": rows["numero_uai"],
                "name": names,
                "kind": rows["nature_uai"].map(KINDS).fillna(CFA),
                "sector": sector_codes(rows["secteur_public_prive"]),
                "address": rows["adresse_uai"],
                "postal_code": rows["code_postal_uai"],
                "city": rows["commune_libe"],
                "commune": rows["commune"],
            }
        )
    }


def _acce_header(table: Table) -> tuple[str, ...] | None:
    """The header, None for ACCE's tables of mother and daughter schools: same columns, but two schools a row."""
    keys = {header_key(cell) for cell in table.header}
    return None if keys & {"numero_uai_trouve", "numero_uai_mere", "numero_uai_fille"} else table.header


# What ACCE says of a school, in its main table and of the other school of a link.
ACCE_COLUMNS = (
    Column("nature_uai", (), CellType.CODE, width=3),
    Column("nature_uai_libe"),
    Column("etat_etablissement"),
    Column("secteur_public_prive"),
    Column("commune", (), CellType.CODE, width=5),
    Column("commune_libe"),
    Column("departement_insee_3", (), CellType.CODE, width=3),
    Column("denomination_principale"),
    Column("appellation_officielle", fits="establishments.School.name"),
    Column("patronyme_uai"),
    Column("date_ouverture", (), CellType.DATE, required=False),
    Column("date_fermeture", (), CellType.DATE),
    Column("adresse_uai", fits="establishments.School.address"),
    Column("code_postal_uai", (), CellType.CODE),
    Column("numero_telephone_uai", required=False),
    Column("site_web", required=False),
    Column("coordonnee_x", (), CellType.NUMBER, required=False),
    Column("coordonnee_y", (), CellType.NUMBER, required=False),
)

# Ranks are negative because the files of figures, which also name schools, come after all of these.
SOURCES = (
    Source(
        name="annuaire_education",
        label="Annuaire de l’éducation",
        stage=Stage.SCHOOLS,
        columns=(
            Column(
                "identifiant_de_l_etablissement",
                ("code_etablissement", "numero_uai", "uai", "identifiant_etablissement"),
                CellType.UAI,
            ),
            Column(
                "nom_etablissement",
                ("nom_de_l_etablissement", "libelle_etablissement", "appellation_officielle"),
                fits="establishments.School.name",
            ),
            Column("type_etablissement", ("type_d_etablissement", "type_de_l_etablissement")),
            Column("statut_public_prive", ("statut", "secteur_public_prive", "statut_public_ou_prive")),
            Column("adresse_1", ("adresse", "adresse_uai"), fits="establishments.School.address"),
            Column("code_postal", ("code_postal_uai",), CellType.CODE, required=False),
            Column(
                "code_commune",
                ("code_insee", "code_insee_de_la_commune", "code_insee_commune"),
                CellType.CODE,
            ),
            Column("nom_commune", ("nom_de_la_commune", "libelle_commune", "commune")),
            Column("code_departement", ("code_du_departement",), CellType.CODE, required=False),
            Column("code_academie", ("code_de_l_academie",), CellType.CODE, required=False),
            Column("code_region", ("code_de_la_region",), CellType.CODE, required=False),
            Column("hebergement", ("internat",), required=False),
            *(Column(name, required=False) for name in _FLAGS),
            Column("post_bac", ("post_baccalaureat",), required=False),
            Column("telephone", ("numero_de_telephone",), required=False),
            Column("web", ("site_web", "site_internet"), required=False),
            Column("position", ("coordonnees", "geolocalisation", "position_geographique"), required=False),
            Column("latitude", (), CellType.NUMBER, required=False),
            Column("longitude", (), CellType.NUMBER, required=False),
            Column("code_nature", ("code_de_la_nature", "nature_uai"), CellType.CODE, required=False),
            Column("libelle_nature", ("nature", "nature_uai_libe"), required=False),
            Column("etat", ("etat_etablissement",), required=False),
        ),
        key=("identifiant_de_l_etablissement",),
        convert=convert_directory,
        resolve=locating(_DIRECTORY_PLACES),
        rank=-5,
    ),
    Source(
        name="acce_uai",
        label="ACCE, établissements",
        stage=Stage.SCHOOLS,
        columns=(
            Column("numero_uai", (), CellType.UAI),
            *ACCE_COLUMNS,
        ),
        key=("numero_uai",),
        convert=convert_acce,
        resolve=locate_acce,
        rank=-4,
        header_of=_acce_header,
    ),
    Source(
        name="lycees_ips",
        label="Lycées (indice de position sociale)",
        stage=Stage.SCHOOLS,
        columns=(
            Column("rentree_scolaire", ("annee_scolaire",)),
            Column("uai", (), CellType.UAI),
            Column(
                "nom",
                ("nom_de_l_etablissement", "nom_de_l_etablissment", "nom_etablissement"),
                fits="establishments.School.name",
            ),
            Column("code_insee_de_la_commune", ("code_commune",), CellType.CODE),
            Column("nom_de_la_commune", ("nom_commune",)),
            Column("secteur"),
            Column("type_de_lycee"),
            Column("code_du_departement", ("code_departement",), required=False),
            Column("departement", required=False),
            Column("academie", required=False),
            Column("ips", required=False),
        ),
        key=("rentree_scolaire", "uai"),
        convert=convert_lycees,
        resolve=locating(_LYCEE_PLACES),
        rank=-3,
    ),
    Source(
        name="cfa_uai",
        label="Centres de formation d’apprentis",
        stage=Stage.SCHOOLS,
        columns=(
            Column("numero_uai", (), CellType.UAI),
            Column("nature_uai", (), CellType.CODE, width=3),
            Column("ministere_tutelle", required=False),
            Column("secteur_public_prive"),
            Column("niveau_uai", required=False),
            Column("commune", (), CellType.CODE),
            Column("commune_libe"),
            Column("denomination_principale"),
            Column("patronyme_uai"),
            Column("adresse_uai", fits="establishments.School.address"),
            Column("code_postal_uai", (), CellType.CODE),
            Column("localite_acheminement_uai", required=False),
        ),
        key=("numero_uai",),
        convert=convert_cfa,
        resolve=locating(_CFA_PLACES),
        rank=-2,
        header_of=_acce_header,
    ),
)
