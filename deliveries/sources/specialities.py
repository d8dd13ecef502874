"""NSF specialities (BCN): categories, domains, groups. Pure: no Django."""

import pandas as pd

from deliveries.source import CellType, Column, Source, Stage


def _convert(code, parent):
    def convert(rows, reference):
        edition = rows["libelle_edition"]
        return {
            "speciality": pd.DataFrame(
                {
                    "code": rows[code],
                    "parent": rows[parent] if parent else "",
                    "label": edition,
                    "official_label": rows["libelle_long"],
                }
            )
        }

    return convert


def _source(name, label, columns, key, convert):
    return Source(name, label, Stage.NOMENCLATURE, columns, key, convert)


SOURCES = (
    _source(
        "bcn_n_groupe_specialite",
        "BCN, groupes de spécialités NSF (N_GROUPE_SPECIALITE)",
        (
            Column("groupe_specialite", (), CellType.CODE, width=3),
            Column("domaine_specialite", (), CellType.CODE, width=2),
            Column("libelle_long"),
            Column("libelle_edition", required=False),
        ),
        ("groupe_specialite",),
        _convert("groupe_specialite", "domaine_specialite"),
    ),
    _source(
        "bcn_n_domaine_specialite",
        "BCN, domaines de spécialités NSF (N_DOMAINE_SPECIALITE)",
        (
            Column("domaine_specialite", (), CellType.CODE, width=2),
            Column("categorie_specialite", (), CellType.CODE, width=1),
            Column("libelle_long"),
            Column("libelle_edition", required=False),
        ),
        ("domaine_specialite",),
        _convert("domaine_specialite", "categorie_specialite"),
    ),
    _source(
        "bcn_n_categorie_specialite",
        "BCN, catégories de spécialités NSF (N_CATEGORIE_SPECIALITE)",
        (
            Column("categorie_specialite", (), CellType.CODE, width=1),
            Column("libelle_court"),
            Column("libelle_long"),
            Column("libelle_edition", required=False),
            Column("libelle_stat_3"),
        ),
        ("categorie_specialite",),
        _convert("categorie_specialite", ""),
    ),
)
