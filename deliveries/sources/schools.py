"""Schools: the official directory, ACCE, lycées with their social index, apprenticeship centres.

Every source gives the same table; the reference table takes each field from the best source that has it.
"""

import pandas as pd

from deliveries.reading import Table, header_key
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables
from deliveries.sources import lambert93

CFA = "Centre de formation d’apprentis (CFA)"
# Nature of a UAI → kind, for those where a vocational diploma can be prepared.
KINDS = {
    "300": "Lycée général et technologique",
    "301": "Lycée technologique",
    "302": "Lycée général",
    "306": "Lycée polyvalent",
    "307": "Lycée agricole",
    "310": "Lycée d’enseignement technologique",
    "312": "École secondaire spécialisée",
    "315": "École professionnelle spécialisée",
    "320": "Lycée professionnel",
    "334": "Section d’enseignement professionnel",
    "335": "Section d’enseignement général et technologique",
    "370": "Établissement régional d’enseignement adapté (EREA)",
    "380": "Maison familiale rurale (MFR)",
    "400": "Établissement d’enseignement après le bac",
    "410": "École de formation sanitaire et sociale",
    "430": "École de formation sanitaire",
    "440": "École de formation sociale",
    "600": CFA,
    "610": "Section d’apprentissage",
    "615": "Centre de formation pour adultes",
    "620": "Centre de formation",
}
_IPS_KINDS = {"LP": KINDS["320"], "LPO": KINDS["306"], "LEGT": KINDS["300"]}
# Primary schools, care, collèges, SEGPA, administration.
_LEFT_OUT = r"(?:[129]\d\d|[78]\d\d|340|350|352|390)"


def _sector(texts: pd.Series) -> pd.Series:
    """Sector codes of texts such as "Public", "PU", "privé sous contrat", "PR"; "" for any other text."""
    starts = texts.str.lower().str.slice(0, 2)
    return starts.map({"pu": "public", "pr": "prive"}).fillna("")


def convert_directory(rows: pd.DataFrame, reference: Reference) -> Tables:
    kept = rows[~rows["code_nature"].str.fullmatch(_LEFT_OUT)]
    is_named = kept["type_etablissement"].isin(["Ecole", "École", "Collège", "Médico-social"])
    kept = kept[~(is_named & (kept["code_nature"] == ""))]
    kinds = kept["code_nature"].map(KINDS).fillna("")
    kinds = kinds.mask((kept["lycee_agricole"] == "1") & kinds.str.startswith("Lycée"), "Lycée agricole")
    point = kept["position"].str.extract(r"^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$").astype("float64")
    return {
        "school": pd.DataFrame(
            {
                "uai": kept["identifiant_de_l_etablissement"],
                "name": kept["nom_etablissement"],
                "kind": kinds,
                "sector": _sector(kept["statut_public_prive"]),
                "address": kept["adresse_1"],
                "postal_code": kept["code_postal"],
                "city": kept["nom_commune"],
                "commune": kept["code_commune"],
                "latitude": point[0].fillna(kept["latitude"].astype("float64")),
                "longitude": point[1].fillna(kept["longitude"].astype("float64")),
                "phone": kept["telephone"],
                "website": kept["web"],
                "has_boarding": kept["hebergement"].str.removesuffix(".0").map({"1": True, "0": False}),
            }
        )
    }


def convert_acce(rows: pd.DataFrame, reference: Reference) -> Tables:
    """ACCE. Lambert-93 points are kept in metropolitan France only: overseas ones use other projections."""
    kept = rows[~rows["nature_uai"].str.fullmatch(_LEFT_OUT)]
    latitude, longitude = lambert93.degrees(
        kept["coordonnee_x"].astype("float64"), kept["coordonnee_y"].astype("float64")
    )
    is_overseas = kept["commune"].str.startswith(("97", "98")).to_numpy()
    names = (kept["denomination_principale"] + " " + kept["patronyme_uai"]).str.strip()
    return {
        "school": pd.DataFrame(
            {
                "uai": kept["numero_uai"],
                "name": kept["appellation_officielle"].where(
                    ~kept["appellation_officielle"].isin(["", "A COMPLETER"]), names
                ),
                "kind": kept["nature_uai"].map(KINDS).fillna(""),
                "sector": _sector(kept["secteur_public_prive"]),
                "address": kept["adresse_uai"],
                "postal_code": kept["code_postal_uai"],
                "city": kept["commune_libe"],
                "commune": kept["commune"],
                "latitude": pd.Series(latitude, index=kept.index).mask(is_overseas),
                "longitude": pd.Series(longitude, index=kept.index).mask(is_overseas),
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
                "kind": last["type_de_lycee"].str.upper().map(_IPS_KINDS).fillna(""),
                "sector": _sector(last["secteur"]),
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
                "sector": _sector(rows["secteur_public_prive"]),
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
            ),
            Column("type_etablissement", ("type_d_etablissement", "type_de_l_etablissement")),
            Column("statut_public_prive", ("statut", "secteur_public_prive", "statut_public_ou_prive")),
            Column("adresse_1", ("adresse", "adresse_uai")),
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
            Column("voie_professionnelle", required=False),
            Column("apprentissage", required=False),
            Column("lycee_agricole", required=False),
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
        rank=-5,
    ),
    Source(
        name="acce_uai",
        label="ACCE, établissements",
        stage=Stage.SCHOOLS,
        columns=(
            Column("numero_uai", (), CellType.UAI),
            Column("nature_uai", (), CellType.CODE, width=3),
            Column("nature_uai_libe"),
            Column("etat_etablissement"),
            Column("secteur_public_prive"),
            Column("commune", (), CellType.CODE, width=5),
            Column("commune_libe"),
            Column("departement_insee_3", (), CellType.CODE, width=3),
            Column("denomination_principale"),
            Column("appellation_officielle"),
            Column("patronyme_uai"),
            Column("date_ouverture", (), CellType.DATE, required=False),
            Column("date_fermeture", (), CellType.DATE),
            Column("adresse_uai"),
            Column("code_postal_uai", (), CellType.CODE),
            Column("numero_telephone_uai", required=False),
            Column("site_web", required=False),
            Column("coordonnee_x", (), CellType.NUMBER, required=False),
            Column("coordonnee_y", (), CellType.NUMBER, required=False),
        ),
        key=("numero_uai",),
        convert=convert_acce,
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
            Column("nom", ("nom_de_l_etablissement", "nom_de_l_etablissment", "nom_etablissement")),
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
            Column("adresse_uai"),
            Column("code_postal_uai", (), CellType.CODE),
            Column("localite_acheminement_uai", required=False),
        ),
        key=("numero_uai",),
        convert=convert_cfa,
        rank=-2,
        header_of=_acce_header,
    ),
)
