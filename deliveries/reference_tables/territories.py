"""Territories, communes and postal codes."""

import pandas as pd

from deliveries.reference_tables import ReferenceTable, gathered, reference_table
from deliveries.source import Reference, Tables
from formations.labels import slugify
from formations.text_folding import in_full

COUNTRY = {"key": "pays-FR", "level": "pays", "code": "FR", "name": "France", "parent_id": None}
_TERRITORY = ("key", "level", "code", "name", "parent_id")


def tables(frames: dict[str, Tables], reference: Reference) -> list[ReferenceTable]:
    territories = _territories(frames)
    communes, postal_codes = _communes(frames, set(territories["key"]))
    other_names = _other_names(frames, communes)
    return [
        reference_table("establishments.Territory", ("key",), territories, _TERRITORY),
        reference_table(
            "establishments.Commune",
            ("code",),
            communes,
            ("code", "name", "slug", "departement_id", "latitude", "longitude"),
        ),
        reference_table(
            "establishments.CommuneName", ("name", "commune_id"), other_names, ("name", "commune_id")
        ),
        reference_table(
            "establishments.PostalCode", ("code", "commune_id"), postal_codes, ("code", "commune_id")
        ),
    ]


def _territories(frames):
    """The country, then regions, académies and départements, each with its parent.

    A territory outside the regions of INSEE (New Caledonia…) stands right under the country.
    """
    links = gathered(
        frames, "academie", ("departement", "departement_name", "code", "name", "region", "region_name")
    )
    regions = gathered(frames, "region", ("code", "name")).drop_duplicates("code")
    regions = regions.assign(key="region-" + regions["code"].astype(str), parent_id="pays-FR")
    departements = gathered(frames, "departement", ("code", "region", "name")).drop_duplicates("code")
    links = links[links["departement"].isin(departements["code"])].drop_duplicates("departement")
    academies = links.drop_duplicates("code")
    academies = academies.assign(
        key="academie-" + academies["code"].astype(str), parent_id=_known_region(academies["region"], regions)
    )
    in_academie = departements["code"].map(links.set_index("departement")["code"])
    departements = departements.assign(
        key="departement-" + departements["code"].astype(str),
        parent_id=("academie-" + in_academie.astype("object")).fillna(
            _known_region(departements["region"], regions)
        ),
    )
    levels = [
        pd.DataFrame([COUNTRY]),
        regions.assign(level="region"),
        academies.assign(level="academie"),
        departements.assign(level="departement"),
    ]
    rows = pd.concat([level[list(_TERRITORY)] for level in levels], ignore_index=True)
    return rows.assign(name=_curly(rows["name"]))


def _known_region(codes, regions):
    keys = "region-" + codes.fillna("").astype(str)
    return keys.where(keys.isin(regions["key"]), "pays-FR")


def _communes(frames, known):
    """Communes with their point, and their postal codes.

    Former communes stay, at the point of the commune that absorbed them: files still use their codes, and people
    still search for their names.
    """
    communes = gathered(frames, "commune", ("code", "name", "departement", "inside", "is_former"))
    communes = communes.sort_values("is_former", kind="stable").drop_duplicates("code")
    # A former commune has no département of its own: it takes that of its present commune.
    around = communes["inside"].map(communes.set_index("code")["departement"])
    departements = communes["departement"].where(communes["departement"] != "", around)
    keys = "departement-" + departements.fillna("").astype(str)
    postal = gathered(frames, "postal_code", ("commune", "code", "latitude", "longitude"))
    postal = postal[postal["commune"].isin(communes["code"])]
    points = (
        postal.astype({"latitude": float, "longitude": float})
        .groupby("commune")[["latitude", "longitude"]]
        .mean()
    )
    rows = communes.assign(
        name=_curly(communes["name"]),
        slug=communes["name"].map(lambda name: slugify(name)[:80]),
        departement_id=keys.where(keys.isin(known), None),
        latitude=_point(communes, points["latitude"]),
        longitude=_point(communes, points["longitude"]),
    )
    return rows, postal.rename(columns={"commune": "commune_id"})


def _other_names(frames, communes):
    """Names of merged communes with the present one, which often kept the code of one of them, and of places in a commune."""
    merged = gathered(frames, "commune", ("name", "inside", "is_former"))
    merged = merged[merged["is_former"].eq(True)].rename(columns={"inside": "commune"})
    places = gathered(frames, "place_name", ("name", "commune"))
    rows = pd.concat([merged, places], ignore_index=True)[["name", "commune"]]
    rows = rows[rows["commune"].isin(communes["code"]) & (rows["name"] != "")]
    key = rows["name"].map(in_full)
    present = rows["commune"].map(communes.set_index("code")["name"]).map(in_full)
    rows = rows[key != present].assign(key=key).drop_duplicates(["key", "commune"])
    return pd.DataFrame({"name": _curly(rows["name"]).str[:80], "commune_id": rows["commune"]})


def _point(communes, values):
    """Coordinate of a commune: its own, else the mean of its arrondissements, else that of the commune around it."""
    inside = communes["code"].map(values).groupby(communes["inside"].replace("", None)).mean()
    own = communes["code"].map(values)
    return own.fillna(communes["code"].map(inside)).fillna(communes["inside"].map(values)).round(6)


def _curly(names):
    return names.astype("object").str.replace("'", "’", regex=False)
