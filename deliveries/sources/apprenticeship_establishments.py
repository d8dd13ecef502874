"""Establishments of the catalogue of apprenticeship, with their commune and point."""

import pandas as pd

from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source, Stage, Tables
from deliveries.sources.placing import PlaceColumns, locating, positions
from establishments import uai as uai_code

_PLACES = PlaceColumns(
    uai="uai",
    commune="code_insee_localite",
    city="localite",
    postal_code="code_postal",
    position="geo_coordonnees",
)


def check_establishments(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the establishments that have a UAI: a third of the catalogue has only a SIRET, which nothing refers to."""
    named = rows[rows["uai"] != ""]
    faults = named["uai"].map(uai_code.fault).astype("object")
    faults = faults[faults.map(bool).astype(bool)]
    report.add_all("uai_invalide", "uai", named["uai"][faults.index], faults)
    return named.drop(index=faults.index)


def convert_establishments(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row a UAI: its first open establishment, else its first one."""
    rows = rows.assign(is_closed=rows["ferme"].str.lower() == "true")
    first = rows.sort_values("is_closed", kind="stable").drop_duplicates("uai")
    latitude, longitude = positions(first, _PLACES)
    street = first["numero_voie"] + " " + first["type_voie"] + " " + first["nom_voie"]
    regions = first["region_implantation_code"]
    return {
        "school": pd.DataFrame(
            {
                "uai": first["uai"],
                "name": first["enseigne"].where(first["enseigne"] != "", first["entreprise_raison_sociale"]),
                "address": street.str.split().str.join(" "),
                "postal_code": first["code_postal"],
                "city": first["localite"],
                "commune": first["code_insee_localite"],
                "latitude": latitude,
                "longitude": longitude,
                "region_key": ("region-" + regions).where(regions.isin(reference.known["region"]), None),
            }
        )
    }


SOURCES = (
    Source(
        "catalogue_apprentissage_etablissements",
        "Catalogue de l’apprentissage : établissements et leur place",
        Stage.SCHOOLS,
        (
            Column("uai", (), CellType.CODE, may_be_blank=True),
            Column("siret", (), CellType.CODE, may_be_blank=True),
            Column("enseigne"),
            Column("entreprise_raison_sociale"),
            *(Column(name, required=False) for name in ("numero_voie", "type_voie", "nom_voie", "ferme")),
            Column("code_postal", (), CellType.CODE, may_be_blank=True),
            Column("localite"),
            Column("code_insee_localite", (), CellType.CODE, may_be_blank=True),
            Column("region_implantation_code", required=False),
            Column("geo_coordonnees"),
        ),
        ("uai", "siret"),
        convert_establishments,
        check=check_establishments,
        resolve=locating(_PLACES),
        rank=-1,
    ),
)
