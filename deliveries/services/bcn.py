"""Replies of the nomenclature service (BCN): diplomas, years of courses, links, families. Pure: no Django.

A nomenclature is a list of records under "data"; names are those of the files, in lower case.
"""

from datetime import date

from deliveries.services.responses import content, items

CFD, MEF = "cfd", "mef"
# First character of a CFD → level of qualification, "0" where it has none.
_LEVELS = {"5": "3", "4": "4", "3": "5", "2": "6", "1": "7", "0": "0"}
_RANKS = range(1, 8)
_FAMILY_ORDER = ("TG01", "TG02", "TG03")
# Diplomas that InserSup counts under codes of its own: specialities of the BUT that the nomenclature lacks.
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


def records(status, body):
    """The records of a nomenclature; RefusedReply when the service gives none."""
    return items(content(status, body), "data")


def day(text):
    """A date of the service ("2022-07-31 00:00:00") as a `date`; None when it is open."""
    return date.fromisoformat(text[:10]) if text else None


def text(value):
    """A cell as a text, since numbers and texts alternate from one delivery to the next; None when blank."""
    return str(value) if value not in (None, "") else None


def diplomas(of_apprenticeship, of_schools, of_other_ministries, levels):
    """Diplomas (CFD) of V_FORMATION_DIPLOME, N_FORMATION_DIPLOME and N_FORMATION_DIPLOME_ENQUETE_51.

    A diploma of several tables is read from the last. levels: records of N_NIVEAU_FORMATION_DIPLOME.
    Returns {code: record} with kind, code, diploma, label, long_label, level (code and label, or None),
    opened_on, closed_on, level_code, speciality, speciality_letter.
    """
    names = _names_of_levels(levels)
    found = {}
    for record in (*of_apprenticeship, *of_schools, *of_other_ministries):
        code = record["formation_diplome"]
        found[code] = {
            **_common(record, names),
            "kind": CFD,
            "code": code,
            "label": f"{record['libelle_court']} {record['libelle_stat_33']}",
            "long_label": record["libelle_long_200"],
            "level_code": record["niveau_formation_diplome"],
            "speciality": record["groupe_specialite"],
            "speciality_letter": record["lettre_specialite"],
        }
    return found


def years(records_of_mef, levels):
    """Years of courses (MEFSTAT11) of N_MEF; the same fields as `diplomas` as far as they exist."""
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


def _common(record, names):
    diploma = record["formation_diplome"]
    return {
        "diploma": diploma,
        "level": _level(diploma[:1], names.get(diploma[:3])),
        "opened_on": day(record["date_ouverture"]),
        "closed_on": day(record["date_fermeture"]),
    }


def _names_of_levels(levels):
    return {record["niveau_formation_diplome"]: record["libelle_court"] for record in levels}


def level_code(diploma):
    """Level of qualification of a diploma (CFD), from its first character; "" where it is not known."""
    return _LEVELS.get(diploma[:1], "")


def _level(former_level, label):
    code = _LEVELS.get(str(former_level))
    return {"code": code, "label": label} if code and label else None


def higher_diplomas(records_of_sise, types):
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


def renewals(records_of_diplomas):
    """What N_FORMATION_DIPLOME says of renewals.

    Returns (former, new, sessions): {code: codes that it follows}, {code: codes that follow it} and
    {code: (first session, last session)}, years as texts or None. See `derivation.continuum.completed`.
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


def _linked(record, name, code):
    linked = (record.get(f"{name}_{rank}") for rank in _RANKS)
    return [other for other in linked if other and other != code]


def families(groups, links):
    """Families of trades and their diplomas, from N_GROUPE_FORMATION and N_LIEN_FORMATION_GROUPE.

    Returns ({family: label}, {diploma: family}); a diploma of several groups goes to its family of trades
    (TG01) before diplomas with options.
    """
    labels = {group["groupe_formation"]: group["libelle_edition"] for group in groups}
    kinds = {group["groupe_formation"]: group["type_groupe_formation"] for group in groups}
    family_of = {}
    for kind in _FAMILY_ORDER:
        for link in links:
            if kinds.get(link["groupe_formation"]) == kind:
                family_of.setdefault(link["formation_diplome"], link["groupe_formation"])
    return labels, family_of
