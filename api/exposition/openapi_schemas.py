"""The shapes of the answers of the Exposition API, as its OpenAPI description gives them."""

from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE
from stats.substitution.kinds import OriginKind, Role

_NUMBERS = [
    name
    for name in (GROUP_SIZE, *COUNTS, *FIGURES)
    if not name.startswith(("taux_emploi", "taux_poursuite", "valeur_ajoutee"))
]


def ref(kind, name):
    return {"$ref": f"#/components/{kind}/{name}"}


def responses():
    words = {
        "400": "Tout ce qui ne va pas dans la demande, dans «\u00a0details\u00a0».",
        "401": "Clé ou jeton absent ou inconnu.",
        "404": "Formation, établissement ou chiffres inconnus\u00a0; «\u00a0data\u00a0» donne les millésimes qui en ont.",
        "405": "Méthode refusée.",
        "429": "Trop de demandes\u00a0: attendre le nombre de secondes de l’en-tête Retry-After.",
    }
    content = {"application/json": {"schema": ref("schemas", "Erreur")}}
    found = {f"Erreur{status}": {"description": said, "content": content} for status, said in words.items()}
    found["Erreur429"]["headers"] = limits() | {"Retry-After": _header("Secondes à attendre.")}
    return found


def limits():
    """Headers of every answer that is counted."""
    return {
        "RateLimit-Limit": _header("Demandes permises dans une période."),
        "RateLimit-Remaining": _header("Demandes qui restent."),
        "RateLimit-Reset": _header("Secondes avant la période suivante."),
    }


def _header(description):
    return {"description": description, "schema": {"type": "integer"}}


def schemas():
    text, whole = {"type": "string"}, {"type": "integer"}
    named = {"type": "object", "required": ["code", "nom"], "properties": {"code": text, "nom": text}}
    levels = {"type": "object", "properties": {"code": text, "libelle": text}}
    figures = {
        name: {"type": ["integer", "null"]}
        | ({"description": BY_NAME[name].label} if name in BY_NAME else {})
        for name in _NUMBERS
    }
    uais = {"type": "array", "items": text}
    roles = {"type": "string", "enum": [role.value for role in Role]}
    common = {"millesime": text, "filiere": text, "diplome": levels, "region": named, **figures}
    document = {
        "uai": text,
        "code_certification": text,
        "code_certification_type": {"type": "string", "enum": ["cfd", "mef11", "sise"]},
        "code_formation_diplome": text,
        "libelle": text,
        "libelle_etablissement": text,
        "academie": named,
        "donnee_source": {
            "type": "object",
            "properties": {
                "code_certification": text,
                "type": {"type": "string", "enum": [kind.value for kind in OriginKind]},
            },
        },
        "uai_type": roles,
        "uai_donnee": text,
        "uai_donnee_type": roles,
        "uai_formateur": uais,
        "uai_gestionnaire": uais,
        "formation_fermee": {"type": "boolean"},
        "certificationsTerminales": {"type": "array", "items": {"type": "object"}},
        "_meta": {"type": "object"},
    }
    total = {"type": "object", "required": ["filiere", "millesime"], "properties": common}
    return {
        "Document": {
            "type": "object",
            "required": ["millesime", "filiere", "code_certification", "donnee_source", "formation_fermee"],
            "properties": common | document,
        },
        "Sommes": {
            "type": "object",
            "description": "Par voie de formation.",
            "properties": {"pro": total, "apprentissage": total},
            "additionalProperties": False,
        },
        "Formation": {
            "type": "object",
            "required": ["type", "code_certification"],
            "properties": {"type": text, "code_certification": text, "libelle": text, "diplome": levels},
        },
        "Pagination": {
            "type": "object",
            "required": ["page", "items_par_page", "nombre_de_page", "total"],
            "properties": dict.fromkeys(("page", "items_par_page", "nombre_de_page", "total"), whole),
        },
        "Erreur": {
            "type": "object",
            "required": ["statusCode", "error", "message"],
            "properties": {
                "statusCode": whole,
                "error": text,
                "message": text,
                "details": {"type": "array", "items": {"type": "object"}},
                "data": {"type": "object"},
            },
        },
    }
