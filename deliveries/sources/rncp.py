"""The RNCP number of each diploma, and those that it had before: the kit of France compétences for apprenticeship."""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Tables, nomenclature_source

_NUMBER = r"RNCP(\d+)"


def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row per diploma: its number (that of the active entry that lasts longest, else of the last one), all its
    active numbers, and those that it no longer has. Lists are texts of digits, spaces between.
    """
    rows = rows.assign(
        number=rows["ficherncp"].str.extract(_NUMBER)[0],
        is_active=rows["fiche_active_inactive"].str.upper() == "ACTIVE",
        replaced=rows["ancienne_certification_rncp"].str.findall(_NUMBER),
    )
    rows = rows[rows["number"].notna()]
    order = ["is_active", "date_d_echeance_de_la_fiche_rncp"]
    rows = rows.sort_values(order, ascending=False, kind="stable", na_position="last")
    found = []
    for diploma, entries in rows.groupby("code_diplome", sort=False):
        active = entries.loc[entries["is_active"], "number"].unique().tolist()
        number = entries["number"].iloc[0]
        past = [*entries.loc[~entries["is_active"], "number"], *entries["replaced"].explode().dropna()]
        former = [each for each in dict.fromkeys(past) if each not in {number, *active}]
        found.append((diploma, number, " ".join(active), " ".join(former)))
    return {"diploma_rncp": pd.DataFrame(found, columns=["diploma", "rncp", "active", "former"], dtype="str")}


SOURCES = (
    nomenclature_source(
        "rncp_kit",
        "RNCP, kit de l’apprentissage",
        (
            Column("code_diplome", ("code_diplome_cfd", "code_formation_diplome"), CellType.CODE, width=8),
            Column("ficherncp", ("fiche_rncp", "code_rncp")),
            Column("fiche_active_inactive", ("etat_de_la_fiche",)),
            Column("date_d_echeance_de_la_fiche_rncp", (), CellType.DATE, required=False),
            Column("ancienne_certification_rncp", ("ancienne_certification",), required=False),
        ),
        ("code_diplome", "ficherncp"),
        convert,
    ),
)
