"""Replies of the nomenclature service (BCN): diplomas, years of courses, renewals, families.

A reply holds the records of one nomenclature under "data"; their fields are the columns of the files, in lower case.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from deliveries.services.responses import content, items

CFD, MEF = "cfd", "mef"
# First character of a CFD → level of qualification; "0" for none.
_LEVELS = {"5": "3", "4": "4", "3": "5", "2": "6", "1": "7", "0": "0"}
_RANKS = range(1, 8)
_FAMILY_ORDER = ("TG01", "TG02", "TG03")
# InserSup counts specialities of the BUT under codes of its own, which the nomenclature lacks.
_INSERSUP_ONLY = tuple(
    {
        "diplome_sise": code,
        "type_diplome_sise": "DR",
        "libelle_intitule_1": label,
        "groupe_specialite": group,
        "lettre_specialite": letter,
        "secteur_disciplinaire_sise": sector,
        "cite_domaine_formation": field,
        "date_ouverture": "2021-09-01 00:00:00",
        "date_intervention": "2021-09-01 00:00:00",
        "definitif": "O",
        "cite_domaine_detaille": detail,
        "secteur_discipl_detail_sise": sector,
    }
    for code, label, group, letter, sector, field, detail in (
        ("0000001", "CARRIERES SOCIALES", "335", "M", "35", "760", "0923"),
        ("0000002", "INFORMATION-COMMUNICATION", "320", "M", "35", "320", "0322"),
        ("0000003", "GENIE BIOLOGIQUE", "331", "R", "06", "722", "0915"),
    )
)
_HIGHER_FIELDS = (
    "diplome_sise",
    "type_diplome_sise",
    "voie_lmd",
    "domaine_formation",
    "libelle_intitule_1",
    "libelle_intitule_2",
    "groupe_specialite",
    "lettre_specialite",
    "secteur_disciplinaire_sise",
    "cite_domaine_formation",
    "duree",
    "nature_diplome_sise",
    "definitif",
    "n_commentaire",
    "categorie_formation_sise",
    "cite_domaine_detaille",
    "secteur_discipl_detail_sise",
)
_MEF_FIELDS = (
    *("mef", "mef_stat_11", "mef_stat_9", "dispositif_formation", "formation_diplome"),
    *(
        "duree_dispositif",
        "annee_dispositif",
        "libelle_court",
        "libelle_long",
        "libelle_edition",
        "statut_mef",
    ),
    *("nb_option_obligatoire", "nb_option_facultatif", "renforcement_langue", "duree_projet", "duree_stage"),
    *("horaire", "mef_inscription_scolarite"),
)


def records(status: int, body: str | bytes | object) -> list[dict]:
    """The records of a nomenclature. Raises RefusedReply without any."""
    return items(content(status, body), "data")


def day(text: str | None) -> date | None:
    """A date of the service ("2022-07-31 00:00:00"); None for an open one."""
    return date.fromisoformat(text[:10]) if text else None


def text(value: object) -> str | None:
    """A cell as a text, None when blank: the service writes codes as numbers or as texts, depending on the delivery."""
    return str(value) if value not in (None, "") else None


def diplomas(
    of_apprenticeship: Iterable[dict],
    of_schools: Iterable[dict],
    of_other_ministries: Iterable[dict],
    levels: Iterable[dict],
) -> dict[str, dict]:
    """Diplomas (CFD) of V_FORMATION_DIPLOME, N_FORMATION_DIPLOME and N_FORMATION_DIPLOME_ENQUETE_51.

    The last table that has a diploma wins. levels: records of N_NIVEAU_FORMATION_DIPLOME.
    Returns {code: record} with kind, code, diploma, label, long_label, level (code and label, or None),
    opened_on, closed_on, level_code, speciality, speciality_letter.
    """
    names = _names_of_levels(levels)
    record_of = {}
    for record in (*of_apprenticeship, *of_schools, *of_other_ministries):
        code = record["formation_diplome"]
        record_of[code] = {
            **_common(record, names),
            "kind": CFD,
            "code": code,
            "label": f"{record['libelle_court']} {record['libelle_stat_33']}",
            "long_label": record["libelle_long_200"],
            "level_code": record["niveau_formation_diplome"],
            "speciality": record["groupe_specialite"],
            "speciality_letter": record["lettre_specialite"],
        }
    return record_of


def years(records_of_mef: Iterable[dict], levels: Iterable[dict]) -> dict[str, dict]:
    """Years of courses (MEFSTAT11) of N_MEF, with those fields of `diplomas` that they have."""
    names = _names_of_levels(levels)
    return {
        record["mef_stat_11"]: {
            **_common(record, names),
            "kind": MEF,
            "code": record["mef_stat_11"],
            "label": record["libelle_long"],
            "long_label": record["libelle_long"],
        }
        for record in records_of_mef
    }


def mefs(records_of_mef: Iterable[dict]) -> dict[str, dict]:
    """The table N_MEF: {MEFSTAT11: record}, fields as texts or None, dates as `date`."""
    return {
        record["mef_stat_11"]: {
            **{name: text(record.get(name)) for name in _MEF_FIELDS},
            **{
                name: day(record.get(name))
                for name in ("date_ouverture", "date_fermeture", "date_intervention")
            },
            "commentaire": text(record.get("n_commentaire")),
        }
        for record in records_of_mef
    }


def _common(record: dict, names: dict[str, str]) -> dict:
    diploma = record["formation_diplome"]
    return {
        "diploma": diploma,
        "level": _level(diploma[:1], names.get(diploma[:3])),
        "opened_on": day(record["date_ouverture"]),
        "closed_on": day(record["date_fermeture"]),
    }


def _names_of_levels(levels: Iterable[dict]) -> dict[str, str]:
    return {record["niveau_formation_diplome"]: record["libelle_court"] for record in levels}


def level_code(diploma: str) -> str:
    """Level of qualification of a diploma (CFD), from its first character; "" for an unknown one."""
    return _LEVELS.get(diploma[:1], "")


def _level(former_level: object, label: str | None) -> dict | None:
    code = _LEVELS.get(str(former_level))
    return {"code": code, "label": label} if code and label else None


def higher_diplomas(records_of_sise: Iterable[dict], types: Iterable[dict]) -> dict[str, dict]:
    """Diplomas of higher education (SISE) of N_DIPLOME_SISE, and those that only InserSup has.

    types: records of N_TYPE_DIPLOME_SISE. Returns {code: record} with the fields of the table, dates as `date`
    and level (code and label, or None).
    """
    of_type = {
        record["type_diplome_sise"]: _level(record["niveau_interministeriel"], record["libelle_court"])
        for record in types
    }
    return {
        record["diplome_sise"]: {
            **{name: text(record.get(name)) for name in _HIGHER_FIELDS},
            **{
                name: day(record.get(name))
                for name in ("date_ouverture", "date_fermeture", "date_intervention")
            },
            "level": of_type.get(record["type_diplome_sise"]),
        }
        for record in (*records_of_sise, *_INSERSUP_ONLY)
    }


Lists = dict[str, list[str]]
Sessions = dict[str, tuple[str | None, str | None]]


def renewals(records_of_diplomas: Iterable[dict]) -> tuple[Lists, Lists, Sessions]:
    """Renewals in N_FORMATION_DIPLOME, each of which may be written on either side.

    Returns (former, new, sessions): {code: codes that it replaces}, {code: codes that replace it} and
    {code: (first session, last session)}, years as texts or None. See `renewal_links`.
    """
    former, new, sessions = {}, {}, {}
    for record in records_of_diplomas:
        code = record["formation_diplome"]
        former[code] = _linked(record, "ancien_diplome", code)
        new[code] = _linked(record, "nouveau_diplome", code)
        sessions[code] = (
            text(record.get("date_premiere_session")),
            text(record.get("date_derniere_session")),
        )
    return former, new, sessions


def _linked(record: dict, name: str, code: str) -> list[str]:
    codes = (record.get(f"{name}_{rank}") for rank in _RANKS)
    return [linked for linked in codes if linked and linked != code]


def renewal_links(former: Mapping[str, Iterable[str]], new: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """A table of former and new codes, each link once, from the lists of `renewals`.

    Missing codes, empty texts and links of a code to itself are left out.
    """
    pairs = {(old, code) for code, old_codes in former.items() for old in old_codes}
    pairs |= {(code, young) for code, new_codes in new.items() for young in new_codes}
    kept = sorted((old, young) for old, young in pairs if old and young and old != young)
    return pd.DataFrame(kept, columns=["former", "new"], dtype="str")


def families(groups: Iterable[dict], links: Sequence[dict]) -> tuple[dict[str, str], dict[str, str]]:
    """Families of trades and their diplomas, from N_GROUPE_FORMATION and N_LIEN_FORMATION_GROUPE.

    Returns ({family: label}, {diploma: family}); a diploma of several groups has its family of trades (TG01) before
    its diplomas with options.
    """
    labels = {group["groupe_formation"]: group["libelle_edition"] for group in groups}
    kinds = {group["groupe_formation"]: group["type_groupe_formation"] for group in groups}
    family_of: dict[str, str] = {}
    for kind in _FAMILY_ORDER:
        for link in links:
            if kinds.get(link["groupe_formation"]) == kind:
                family_of.setdefault(link["formation_diplome"], link["groupe_formation"])
    return labels, family_of
