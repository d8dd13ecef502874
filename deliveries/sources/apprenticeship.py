"""Catalogue of apprenticeship: who teaches, trains and manages each course, as the service exports it.

The export is a JSON list (or {"data": […]}) of courses: cfd, uai_formation, etablissement_formateur_uai,
etablissement_gestionnaire_uai. A course may lack any of the three schools.
"""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Source, Stage, Tables

_SCHOOLS = {
    "site": "uai_formation",
    "trainer": "etablissement_formateur_uai",
    "manager": "etablissement_gestionnaire_uai",
}


def convert_entries(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row per diploma, site, trainer and manager; "" where the catalogue gives no school."""
    entries = pd.DataFrame(
        {"diploma": rows["cfd"], **{role: rows[name].fillna("") for role, name in _SCHOOLS.items()}}
    )
    return {"apprenticeship_entry": entries.drop_duplicates()}


SOURCES = (
    Source(
        "catalogue_apprentissage",
        "Catalogue de l’apprentissage : lieux de formation, formateurs et gestionnaires",
        Stage.TEACHING,
        (
            Column("cfd", ("code_formation_diplome",), CellType.CODE, width=8),
            *(Column(name) for name in _SCHOOLS.values()),
        ),
        (),
        convert_entries,
    ),
)
