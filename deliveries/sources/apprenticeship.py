"""Catalogue of apprenticeship: who teaches, trains and manages each course, as the service exports it."""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Source, Stage, Tables

_TRAINER, _MANAGER = "etablissement_formateur_uai", "etablissement_gestionnaire_uai"
# Where the UAI of the teaching site is, best first: exports without the first ones give it as the trainer's.
_SITE = ("uai_formation", "etablissement_lieu_formation_uai")


def convert_entries(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row per diploma, site, trainer and manager; "" where the catalogue gives no school."""
    site = rows[_SITE[0]].where(rows[_SITE[0]] != "", rows[_SITE[1]])
    if (rows[_SITE[0]] == "").all():
        site = site.where(site != "", rows[_TRAINER])
    entries = pd.DataFrame(
        {"diploma": rows["cfd"], "site": site, "trainer": rows[_TRAINER], "manager": rows[_MANAGER]}
    )
    return {"apprenticeship_entry": entries.drop_duplicates()}


SOURCES = (
    Source(
        "catalogue_apprentissage",
        "Catalogue de l’apprentissage : lieux de formation, formateurs et gestionnaires",
        Stage.TEACHING,
        (
            Column("cfd", ("code_formation_diplome",), CellType.CODE, width=8),
            Column(_SITE[0], required=False, fits="stats.ApprenticeshipEntry.site"),
            Column(_SITE[1], ("lieu_formation_uai",), required=False, fits="stats.ApprenticeshipEntry.site"),
            Column(_TRAINER, fits="stats.ApprenticeshipEntry.trainer"),
            Column(_MANAGER, required=False, fits="stats.ApprenticeshipEntry.manager"),
        ),
        (),
        convert_entries,
    ),
)
