"""Nomenclature of the ministry (BCN): diplomas, years of courses, levels, families, specialities."""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Tables, nomenclature_source, renaming

_FORMER = tuple(f"ancien_diplome_{rank}" for rank in range(1, 8))
_NEW = tuple(f"nouveau_diplome_{rank}" for rank in range(1, 8))

# Nine codes beside that of a year of a course: its field holds no more.
_OTHERS = 80

convert_diplomas = renaming(
    "diploma",
    code="formation_diplome",
    short_label="libelle_court",
    official_label="libelle_long_200",
    speciality="groupe_specialite",
    opened_on="date_ouverture",
    closed_on="date_fermeture",
    last_session="date_derniere_session",
)


def convert_diplomas_with_links(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Diplomas and renewals: this table also gives the diplomas that each one replaces, and that replace it."""
    former = _links(rows, _FORMER, "former", "new")
    new = _links(rows, _NEW, "new", "former")
    return {**convert_diplomas(rows, reference), "renewal": pd.concat([former, new]).drop_duplicates()}


def _links(rows: pd.DataFrame, columns: tuple[str, ...], linked: str, own: str) -> pd.DataFrame:
    """Links between the diploma of each row, as `own`, and those in `columns`, as `linked`."""
    links = rows.melt("formation_diplome", list(columns), value_name="link")
    links = links[links["link"] != ""]
    # The table writes some links without their first zero.
    codes = links["link"].where(~links["link"].str.fullmatch(r"\d{7}"), links["link"].str.zfill(8))
    return pd.DataFrame({linked: codes, own: links["formation_diplome"]})


def convert_years(rows: pd.DataFrame, reference: Reference) -> Tables:
    """One row per MEFSTAT11: several MEFs may share one, and the MEF that closes last is kept.

    The diplomas of the others are named beside its own, so that nobody takes it for the only answer.
    """
    rows = rows[rows["mef_stat_11"] != ""]
    diplomas = rows.groupby("mef_stat_11")["formation_diplome"].unique()
    several = diplomas[diplomas.str.len() > 1]
    order = rows["date_fermeture"].fillna(pd.Timestamp.max.normalize())
    rows = rows.assign(order=order).sort_values("order", ascending=False, kind="stable")
    rows = rows.drop_duplicates("mef_stat_11")
    others = [
        " ".join(sorted(set(several.get(code, ())) - {kept}))[:_OTHERS]
        for code, kept in zip(rows["mef_stat_11"], rows["formation_diplome"], strict=True)
    ]
    return {
        "course_year": pd.DataFrame(
            {
                "code": rows["mef_stat_11"],
                "mef": rows["mef"],
                "diploma": rows["formation_diplome"],
                "other_diplomas": others,
                "course_type": rows["dispositif_formation"],
                "duration": rows["duree_dispositif"],
                "year": rows["annee_dispositif"],
                "official_label": rows["libelle_edition"].where(
                    rows["libelle_edition"] != "", rows["libelle_long"]
                ),
                "opened_on": rows["date_ouverture"],
                "closed_on": rows["date_fermeture"],
            }
        )
    }


def convert_types(rows: pd.DataFrame, reference: Reference) -> Tables:
    return {
        "diploma_type": pd.DataFrame(
            {
                "code": rows["niveau_formation_diplome"],
                "short_label": rows["libelle_court"],
                "official_label": rows["libelle_100"],
                "level": pd.to_numeric(rows["niveau_qualification_rncp"], errors="coerce"),
            }
        )
    }


def convert_higher(rows: pd.DataFrame, reference: Reference) -> Tables:
    names = rows["libelle_intitule_1"] + " " + rows["libelle_intitule_2"]
    return {
        "higher_diploma": pd.DataFrame(
            {
                "code": rows["diplome_sise"],
                "type": rows["type_diplome_sise"],
                "official_label": names.str.strip(),
                "speciality": rows["groupe_specialite"],
                "opened_on": rows["date_ouverture"],
                "closed_on": rows["date_fermeture"],
            }
        )
    }


def convert_families(rows: pd.DataFrame, reference: Reference) -> Tables:
    return {
        "trade_family": pd.DataFrame(
            {
                "code": rows["groupe_formation"],
                "kind": rows["type_groupe_formation"],
                "label": rows["libelle_edition"].where(rows["libelle_edition"] != "", rows["libelle_long"]),
            }
        )
    }


_DATES = (
    Column("date_ouverture", (), CellType.DATE, required=False),
    Column("date_fermeture", (), CellType.DATE, required=False),
)
_DIPLOMA = (
    Column("formation_diplome", (), CellType.CODE, width=8),
    Column("niveau_formation_diplome"),
    Column("groupe_specialite", (), CellType.CODE, width=3),
    Column("lettre_specialite", required=False),
    Column("libelle_court"),
    Column("libelle_stat_33", required=False),
    Column("libelle_long_200", fits="formations.Diploma.official_label"),
    *_DATES,
    Column("date_premiere_session", (), CellType.INTEGER, required=False),
    Column(
        "date_derniere_session", (), CellType.INTEGER, required=False, fits="formations.Diploma.last_session"
    ),
)


SOURCES = (
    nomenclature_source(
        "bcn_n_formation_diplome",
        "BCN, diplômes (N_FORMATION_DIPLOME)",
        (
            *_DIPLOMA,
            Column("ancien_diplome_1"),
            Column("nouveau_diplome_1"),
            *(
                Column(name, required=False)
                for name in (*_FORMER, *_NEW)
                if name not in {"ancien_diplome_1", "nouveau_diplome_1"}
            ),
        ),
        ("formation_diplome",),
        convert_diplomas_with_links,
    ),
    nomenclature_source(
        "bcn_v_formation_diplome",
        "BCN, diplômes anciens et nouveaux (V_FORMATION_DIPLOME)",
        _DIPLOMA,
        ("formation_diplome",),
        convert_diplomas,
        rank=1,
    ),
    nomenclature_source(
        "bcn_n_mef",
        "BCN, années de formation (N_MEF)",
        (
            Column("mef", (), CellType.CODE, width=10),
            Column("mef_stat_11", ("mefstat11",), CellType.CODE, width=11),
            Column("formation_diplome", (), CellType.CODE, width=8),
            Column("dispositif_formation", fits="formations.CourseYear.course_type"),
            Column("duree_dispositif", (), CellType.INTEGER, fits="formations.CourseYear.duration"),
            Column("annee_dispositif", (), CellType.INTEGER, fits="formations.CourseYear.year"),
            Column("libelle_long"),
            Column("libelle_edition", required=False),
            *_DATES,
        ),
        ("mef",),
        convert_years,
    ),
    nomenclature_source(
        "bcn_n_niveau_formation_diplome",
        "BCN, niveaux et types de diplôme (N_NIVEAU_FORMATION_DIPLOME)",
        (
            Column("niveau_formation_diplome", (), CellType.CODE, width=3),
            Column("niveau_interministeriel"),
            Column("libelle_court"),
            Column("libelle_100"),
            Column("niveau_qualification_rncp"),
        ),
        ("niveau_formation_diplome",),
        convert_types,
    ),
    nomenclature_source(
        "bcn_n_diplome_sise",
        "BCN, diplômes de l’enseignement supérieur (N_DIPLOME_SISE)",
        (
            Column("diplome_sise", (), CellType.CODE, width=7),
            Column("type_diplome_sise"),
            Column("libelle_intitule_1"),
            Column("libelle_intitule_2", required=False),
            Column("groupe_specialite", (), CellType.CODE, required=False),
            *_DATES,
        ),
        ("diplome_sise",),
        convert_higher,
    ),
    nomenclature_source(
        "bcn_n_type_diplome_sise",
        "BCN, types de diplôme de l’enseignement supérieur (N_TYPE_DIPLOME_SISE)",
        (
            Column("type_diplome_sise"),
            Column("cycle_sise", required=False),
            Column("cursus", required=False),
            Column("libelle_court"),
            Column("libelle_long"),
        ),
        ("type_diplome_sise",),
        renaming(
            "higher_type",
            code="type_diplome_sise",
            short_label="libelle_court",
            official_label="libelle_long",
        ),
        rank=1,
    ),
    nomenclature_source(
        "bcn_n_dispositif_formation",
        "BCN, dispositifs de formation (N_DISPOSITIF_FORMATION)",
        (
            Column("dispositif_formation"),
            Column("niveau_formation_diplome"),
            Column("libelle_court"),
            Column("libelle_long"),
            *_DATES,
        ),
        ("dispositif_formation",),
        renaming("course_type", code="dispositif_formation", official_label="libelle_long"),
    ),
    nomenclature_source(
        "bcn_n_groupe_formation",
        "BCN, familles de métiers et diplômes à options (N_GROUPE_FORMATION)",
        (
            Column("groupe_formation", fits="formations.TradeFamily.code"),
            Column("type_groupe_formation", fits="formations.TradeFamily.kind"),
            Column("libelle_court", required=False),
            Column("libelle_long"),
            Column("libelle_edition", required=False),
        ),
        ("groupe_formation",),
        convert_families,
    ),
    nomenclature_source(
        "bcn_n_lien_formation_groupe",
        "BCN, diplômes de chaque famille (N_LIEN_FORMATION_GROUPE)",
        (Column("groupe_formation"), Column("formation_diplome", (), CellType.CODE, width=8), *_DATES),
        ("groupe_formation", "formation_diplome"),
        renaming("trade_family_member", family="groupe_formation", diploma="formation_diplome"),
    ),
    nomenclature_source(
        "bcn_n_type_groupe_formation",
        "BCN, sortes de familles (N_TYPE_GROUPE_FORMATION)",
        (Column("type_groupe_formation"), Column("libelle_court"), Column("libelle_long")),
        ("type_groupe_formation",),
        renaming("trade_family_kind", code="type_groupe_formation"),
    ),
)
