"""Replies of the catalogue of apprenticeship of the ministries of education: courses and who teaches them."""

import pandas as pd

from deliveries.services.responses import content, items

# What the portal and the platforms that it serves know of a course; the service gives a hundred more.
FIELDS = (
    *("cfd", "cfd_outdated", "cfd_date_fermeture", "bcn_mefs_10", "uai_formation"),
    *(
        f"etablissement_{role}_{name}"
        for role in ("gestionnaire", "formateur")
        for name in ("id", "siret", "enseigne", "uai", "entreprise_raison_sociale", "siren")
    ),
    *("etablissement_reference", "nom_academie", "num_academie", "code_postal", "code_commune_insee"),
    *("num_departement", "nom_departement", "region", "localite"),
    *("intitule_long", "intitule_court", "diplome", "niveau", "libelle_court"),
)
_SCHOOLS = {
    "site": "uai_formation",
    "trainer": "etablissement_formateur_uai",
    "manager": "etablissement_gestionnaire_uai",
}


def courses(status: int, body: str | bytes | object) -> dict[str, dict]:
    """{identifier: course} of a page of the catalogue; a course has those FIELDS that are not null.

    Raises RefusedReply without a list of courses.
    """
    records = items(content(status, body), "formations")
    return {
        record["_id"]: {name: record[name] for name in FIELDS if record.get(name) is not None}
        for record in records
    }


def entries(of_courses: dict[str, dict]) -> pd.DataFrame:
    """One row per diploma, site, trainer and manager, "" where the catalogue gives no school: the rows that
    `sources.apprenticeship` makes of an export."""
    rows = [
        (course["cfd"], *(course.get(name) or "" for name in _SCHOOLS.values()))
        for course in of_courses.values()
    ]
    return pd.DataFrame(rows, columns=["diploma", *_SCHOOLS], dtype="str").drop_duplicates()
