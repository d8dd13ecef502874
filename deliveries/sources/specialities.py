"""NSF specialities (BCN): categories, domains, groups."""

import pandas as pd

from deliveries.source import CellType, Column, Convert, Reference, Tables, nomenclature_source


def _convert(code: str, parent: str) -> Convert:
    def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
        return {
            "speciality": pd.DataFrame(
                {
                    "code": rows[code],
                    "parent": rows[parent] if parent else "",
                    "label": rows["libelle_edition"],
                    "official_label": rows["libelle_long"],
                }
            )
        }

    return convert


SOURCES = (
    nomenclature_source(
        "bcn_n_groupe_specialite",
        "BCN, groupes de spécialités NSF (N_GROUPE_SPECIALITE)",
        (
            Column("groupe_specialite", (), CellType.CODE, width=3),
            Column("domaine_specialite", (), CellType.CODE, width=2),
            Column("libelle_long", fits="formations.Speciality.official_label"),
            Column("libelle_edition", required=False, fits="formations.Speciality.label"),
        ),
        ("groupe_specialite",),
        _convert("groupe_specialite", "domaine_specialite"),
    ),
    nomenclature_source(
        "bcn_n_domaine_specialite",
        "BCN, domaines de spécialités NSF (N_DOMAINE_SPECIALITE)",
        (
            Column("domaine_specialite", (), CellType.CODE, width=2),
            Column("categorie_specialite", (), CellType.CODE, width=1),
            Column("libelle_long", fits="formations.Speciality.official_label"),
            Column("libelle_edition", required=False, fits="formations.Speciality.label"),
        ),
        ("domaine_specialite",),
        _convert("domaine_specialite", "categorie_specialite"),
    ),
    nomenclature_source(
        "bcn_n_categorie_specialite",
        "BCN, catégories de spécialités NSF (N_CATEGORIE_SPECIALITE)",
        (
            Column("categorie_specialite", (), CellType.CODE, width=1),
            Column("libelle_court"),
            Column("libelle_long", fits="formations.Speciality.official_label"),
            Column("libelle_edition", required=False, fits="formations.Speciality.label"),
            Column("libelle_stat_3"),
        ),
        ("categorie_specialite",),
        _convert("categorie_specialite", ""),
    ),
)
