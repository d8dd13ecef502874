"""Territories: communes, départements and regions of INSEE, académies, postal codes of La Poste."""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Source, Stage, Tables, renaming


def _departement(codes: pd.Series) -> pd.Series:
    """Codes of départements on three characters, as in UAI codes and lists of académies: "035", "02A", "971"."""
    return codes.str.upper().str.zfill(3).where(codes != "", "")


def convert_departements(rows: pd.DataFrame, reference: Reference) -> Tables:
    return {
        "departement": pd.DataFrame(
            {"code": _departement(rows["dep"]), "region": rows["reg"], "name": rows["libelle"]}
        )
    }


def convert_communes(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Communes and arrondissements, and the former communes that were merged into a current one."""
    return {
        "commune": pd.DataFrame(
            {
                "code": rows["com"],
                "name": rows["libelle"],
                "departement": _departement(rows["dep"]),
                "inside": rows["comparent"],
                "is_former": rows["typecom"].isin(["COMD", "COMA"]),
            }
        )
    }


def convert_outremer(rows: pd.DataFrame, reference: Reference) -> Tables:
    """The overseas collectivities that have inhabitants, which INSEE's table leaves out.

    A commune may have several postal codes.
    """
    rows = rows[rows["code_postal"] != ""]
    communes = pd.DataFrame(
        {
            "code": rows["code_commune"],
            "name": rows["nom_commune"],
            "departement": rows["code_collectivite"],
            "inside": "",
            "is_former": False,
        }
    )
    postal_codes = pd.DataFrame(
        {"commune": rows["code_commune"], "code": rows["code_postal"].str.split("|")}
    ).explode("code")
    collectivities = rows.drop_duplicates("code_collectivite")
    return {
        "commune": communes,
        "departement": pd.DataFrame(
            {
                "code": collectivities["code_collectivite"],
                "region": "",
                "name": collectivities["nom_collectivite"],
            }
        ),
        "postal_code": postal_codes[postal_codes["code"].str.fullmatch(r"\d{5}")],
    }


def convert_postal_codes(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Postal codes with the point of their commune, and the names of former communes and other places in it."""
    points = rows["coordonnees_geographiques"].str.extract(r"^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$")
    return {
        "postal_code": pd.DataFrame(
            {
                "commune": rows["code_commune_insee"],
                "code": rows["code_postal"],
                "latitude": pd.to_numeric(points[0], errors="coerce"),
                "longitude": pd.to_numeric(points[1], errors="coerce"),
            }
        ),
        "place_name": pd.DataFrame({"commune": rows["code_commune_insee"], "name": rows["ligne_5"]}),
    }


def convert_academies(rows: pd.DataFrame, reference: Reference) -> Tables:
    rows = rows[rows["codedepartement"] != ""]
    return {
        "academie": pd.DataFrame(
            {
                "departement": _departement(rows["codedepartement"]),
                "departement_name": rows["libelledepartement"],
                "code": rows["codeacademie"],
                "name": rows["libelleacademie"],
                "region": rows["coderegion"],
                "region_name": rows["libelleregion"],
            }
        )
    }


_INSEE_NAMES = tuple(Column(name, required=False) for name in ("tncc", "ncc", "nccenr"))
_SEAT_AND_NAMES = (
    Column("cheflieu", ("chef_lieu",), CellType.CODE, width=5),
    Column("libelle", ("nom",), fits="establishments.Territory.name"),
    *_INSEE_NAMES,
)

SOURCES = (
    Source(
        name="insee_regions",
        label="INSEE, régions",
        stage=Stage.TERRITORIES,
        columns=(
            Column("reg", ("code_region", "region"), CellType.CODE, width=2),
            *_SEAT_AND_NAMES,
        ),
        key=("reg",),
        convert=renaming("region", code="reg", name="libelle"),
    ),
    Source(
        name="insee_departements",
        label="INSEE, départements",
        stage=Stage.TERRITORIES,
        columns=(
            Column(
                "dep",
                ("code_departement", "departement"),
                CellType.CODE,
                fits="establishments.Territory.code",
            ),
            Column("reg", ("code_region", "region"), CellType.CODE, width=2),
            *_SEAT_AND_NAMES,
        ),
        key=("dep",),
        convert=convert_departements,
    ),
    Source(
        name="insee_communes",
        label="INSEE, communes",
        stage=Stage.TERRITORIES,
        columns=(
            Column("typecom", ("type_commune",)),
            Column("com", ("code_commune",), CellType.CODE, width=5),
            Column("dep", ("code_departement",), CellType.CODE),
            Column("libelle", ("nom",), fits="establishments.Commune.name"),
            Column("comparent", ("commune_parente",), CellType.CODE, width=5),
            Column("reg", (), CellType.CODE, required=False),
            Column("ctcd", required=False),
            Column("arr", required=False),
            *_INSEE_NAMES,
            Column("can", required=False),
        ),
        key=("typecom", "com"),
        convert=convert_communes,
    ),
    Source(
        name="collectivites_outremer",
        label="Communes des collectivités d’outre-mer",
        stage=Stage.TERRITORIES,
        columns=(
            Column("code_commune", (), CellType.CODE, width=5),
            Column("nom_commune", fits="establishments.Commune.name"),
            Column("code_collectivite", (), CellType.CODE, width=3),
            Column("nom_collectivite", fits="establishments.Territory.name"),
            Column("code_postal", (), CellType.TEXT),
            Column("population", required=False),
        ),
        key=("code_commune",),
        convert=convert_outremer,
        rank=1,
    ),
    Source(
        name="departements_academies_regions",
        label="Départements, académies et régions académiques",
        stage=Stage.TERRITORIES,
        columns=(
            Column("codedepartement", ("code_departement",), CellType.CODE, may_be_blank=True),
            Column("libelledepartement", ("libelle_departement",)),
            Column("codeacademie", ("code_academie",), CellType.CODE, fits="establishments.Territory.code"),
            Column("libelleacademie", ("libelle_academie",), fits="establishments.Territory.name"),
            Column("coderegion", ("code_region",), CellType.CODE),
            Column("libelleregion", ("libelle_region",)),
        ),
        key=("codeacademie", "codedepartement"),
        convert=convert_academies,
        rank=2,
    ),
    Source(
        name="laposte_codes_postaux",
        label="La Poste, codes postaux",
        stage=Stage.TERRITORIES,
        columns=(
            Column("code_commune_insee", ("code_insee",), CellType.CODE, width=5),
            Column("nom_de_la_commune", ("nom_commune",)),
            Column("code_postal", (), CellType.CODE, width=5),
            Column("ligne_5", required=False),
            Column("libelle_d_acheminement", ("libelle_acheminement",)),
            Column("coordonnees_geographiques", ("coordonnees_gps", "geopoint"), required=False),
        ),
        key=("code_commune_insee", "code_postal", "nom_de_la_commune", "ligne_5", "libelle_d_acheminement"),
        convert=convert_postal_codes,
        rank=3,
    ),
)
