"""The OpenAPI description of the Exposition API, written by hand: its addresses are older than any description."""

from django.urls import reverse

from api.exposition.openapi_schemas import limits, ref, responses, schemas
from establishments.models import Territory
from stats.disclosure_control.primary import THRESHOLD
from stats.indicators import Route
from stats.models import Attribution, Cohort

_CODE = "(?:(?:CFD:)?[0-9A-Z]{8}|(?:MEFSTAT11:)?[0-9A-Z]{11}|SISE:[0-9A-Z]{7})"
_UAI = "[0-9]{7}[A-Z]"
_DESCRIPTION = f"""L’API que les plateformes appellent déjà\u00a0: mêmes adresses, mêmes réponses.

Les listes demandent une clé (`x-api-key`, ou `apiKey` dans l’adresse) ou un jeton d’un jour\u00a0; les réponses pour une
formation, et leurs images SVG, n’en demandent pas. Sous {THRESHOLD} élèves en dernière année, un groupe ne montre que
son effectif\u00a0: le reste est null. Les codes se séparent par des virgules ou des barres.

Une adresse de liste peut finir par `.json` ou `.csv`, celle d’une réponse par `.svg`."""


def describe():
    """The description, whose regions, académies and cohorts are those that are published."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "API Exposition InserJeunes", "version": "1.35.1", "description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {
            "schemas": schemas(),
            "responses": responses(),
            "securitySchemes": {
                "cle": {"type": "apiKey", "in": "header", "name": "x-api-key"},
                "jeton": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _paths():
    root = reverse("exposition_certifications").removesuffix("/certifications")
    country, regional, local = (_last_shown(place) for place in _PLACES)
    region = _path_region(regional)
    uai, code = _path_uai(local), _path_code(local)
    one = {
        "certifications/{codes}": [_path_codes(country)],
        "regionales/{region}/certifications/{codes}": [region, _path_codes(regional)],
    }
    paths = {
        f"{root}/certifications": _list("certifications", "Chiffres de la France entière."),
        f"{root}/regionales": _list("regionales", "Chiffres des régions.", _several("regions", _regions())),
        f"{root}/regionales/{{region}}": _list("regionales", "Chiffres d’une région.", region, name="region"),
        f"{root}/formations": _list(
            "formations",
            "Chiffres des formations dans les établissements.",
            _several("uais", f"(?:{_UAI})", "UAI des établissements."),
            _several("regions", _regions()),
            _several("academies", _academies(), "Codes des académies."),
        ),
        f"{root}/bcn": _list("bcn", "Nomenclature des formations.", has_figures=False),
    }
    for path, parameters in one.items():
        summary = (
            "Chiffres d’une formation en France."
            if "region" not in path
            else "Chiffres d’une formation dans une région."
        )
        summary += " Plusieurs codes\u00a0: sommes par voie."
        paths[f"{root}/{path}"] = _single(summary, [*parameters, _VIEW], "Sommes")
        paths[f"{root}/{path}.svg"] = _picture(summary, [*parameters, _VIEW])
    summary = "Chiffres d’une formation dans un établissement."
    paths[f"{root}/formations/{{uai}}-{{code}}"] = _single(summary, [uai, code], "Document")
    paths[f"{root}/formations/{{uai}}-{{code}}.svg"] = _picture(summary, [uai, code])
    paths[reverse("exposition_login")] = {"post": _login()}
    paths[reverse("exposition_health")] = {"get": _health()}
    return paths


def _parameter(name, description, schema, place="query"):
    found = {"name": name, "in": place, "description": description, "schema": schema}
    return found | ({"required": True} if place == "path" else {})


def _several(name, pattern, description="Codes INSEE des régions."):
    several = f"^{pattern}(?:[,|]{pattern})*$"
    return _parameter(name, description, {"type": "string", "pattern": several})


def _codes_of(level):
    return list(Territory.objects.filter(level=level).order_by("code").values_list("code", flat=True))


def _regions():
    return f"(?:{'|'.join(_codes_of('region'))})"


def _academies():
    return f"(?:{'|'.join(_codes_of('academie'))})"


def _cohort():
    """A year, or one of the pairs that are published."""
    pairs = [code for code in Cohort.objects.order_by("code").values_list("code", flat=True) if "_" in code]
    return f"(?:{'|'.join(['[0-9]{4}', *pairs])})"


_PLACES = ({"territory__level": "pays"}, {"territory__level": "region"}, {"school__isnull": False})


def _last_shown(place):
    """A code, region and school of the last cohort shown in such places, {} when nothing is."""
    shown = Attribution.objects.filter(diploma__isnull=False, **place).exclude(route=Route.ALL)
    newest = shown.order_by("-cohort__last_year", "-cohort__first_year", "pk")
    keys = ("diploma_id", "territory__code", "school_id")
    return newest.values(*keys).first() or dict.fromkeys(keys)


def _with_example(schema, example):
    return schema | ({"examples": [example]} if example else {})


def _path_codes(shown):
    schema = {"type": "string", "pattern": f"^{_CODE}(?:[,|]{_CODE})*$"}
    description = "CFD, MEFSTAT11, ou SISE: suivi du code\u00a0; plusieurs entre virgules ou barres."
    return _parameter("codes", description, _with_example(schema, shown["diploma_id"]), "path")


def _path_code(shown):
    schema = _with_example({"type": "string", "pattern": f"^{_CODE}$"}, shown["diploma_id"])
    return _parameter("code", "CFD, MEFSTAT11, ou SISE: suivi du code.", schema, "path")


def _path_uai(shown):
    schema = _with_example({"type": "string", "pattern": f"^{_UAI}$"}, shown["school_id"])
    return _parameter("uai", "UAI de l’établissement.", schema, "path")


def _path_region(shown):
    schema = _with_example({"type": "string", "pattern": f"^{_regions()}$"}, shown["territory__code"])
    description = "Code INSEE de la région. Un code postal de cinq chiffres désigne aussi sa région."
    return _parameter("region", description, schema, "path")


_VIEW = _parameter(
    "vue",
    "«\u00a0filieres\u00a0»\u00a0: sommes par voie même pour un seul code.",
    {"type": "string", "enum": ["filieres"]},
)
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_PAGING = [
    _parameter("page", "Page voulue\u00a0; 0 vaut 1.", _NUMBER),
    _parameter("items_par_page", "Éléments par page\u00a0; 0 vaut 10.", _NUMBER),
]
_DRAWING = [
    _parameter("theme", "Habillage de l’image.", {"type": "string", "enum": ["dsfr", "lba"]}),
    _parameter("direction", "Sens de l’image.", {"type": "string", "enum": ["horizontal", "vertical"]}),
    _parameter(
        "imageOnError",
        "Sans chiffres\u00a0: «\u00a0true\u00a0» une image qui le dit, «\u00a0empty\u00a0» une image vide, «\u00a0false\u00a0» une erreur.",
        {"type": "string", "enum": ["true", "false", "empty"]},
    ),
]


def _of_one():
    schema = {"type": "string", "pattern": f"^{_cohort()}$"}
    return _parameter("millesime", "2023 ou 2022_2023\u00a0; le dernier publié par défaut.", schema)


def _list(key, summary, *parameters, name="", has_figures=True):
    known = [*parameters, *_PAGING]
    if has_figures:
        known = [
            *known,
            _several("millesimes", _cohort(), "Millésimes, le dernier publié par défaut."),
            _several("code_certifications", _CODE, "Codes voulus, tous par défaut."),
        ]
    page = {
        "type": "object",
        "required": ["pagination", key],
        "properties": {
            "pagination": ref("schemas", "Pagination"),
            key: {"type": "array", "items": ref("schemas", "Document" if has_figures else "Formation")},
        },
    }
    operation = {
        "operationId": f"liste_{name or key}",
        "summary": summary,
        "tags": ["listes"],
        "security": [{"cle": []}, {"jeton": []}],
        "parameters": known,
        "responses": {
            "200": {
                "description": "Une page de la liste.",
                "headers": limits(),
                "content": {"application/json": {"schema": page}, "text/csv": {"schema": {"type": "string"}}},
            },
            "304": {"description": "Rien n’a changé."},
            **{status: ref("responses", f"Erreur{status}") for status in ("400", "401", "404", "405", "429")},
        },
    }
    return {"get": operation}


def _single(summary, parameters, kind):
    document = ref("schemas", "Document")
    schema = document if kind == "Document" else {"anyOf": [document, ref("schemas", kind)]}
    content = {"application/json": {"schema": schema}}
    answer = {"description": "Les chiffres.", "headers": limits(), "content": content}
    return {"get": _one(summary, [*parameters, _of_one()], answer, "429")}


def _picture(summary, parameters):
    answer = {
        "description": "L’image, avec son titre et sa description.",
        "content": {"image/svg+xml": {"schema": {"type": "string"}}},
    }
    return {"get": _one(f"{summary} Image à insérer.", [*parameters, _of_one(), *_DRAWING], answer)}


def _one(summary, parameters, answer, *others):
    statuses = ("400", "404", "405", *others)
    return {
        "summary": summary,
        "tags": ["réponses"],
        "security": [],
        "parameters": parameters,
        "responses": {
            "200": answer,
            "304": {"description": "Rien n’a changé."},
            **{status: ref("responses", f"Erreur{status}") for status in statuses},
        },
    }


def _login():
    text = {"type": "string", "minLength": 1, "pattern": r"^[^\u0000]+$"}
    credentials = {
        "type": "object",
        "required": ["username", "password"],
        "properties": {"username": text, "password": text},
        "additionalProperties": False,
    }
    token = {"type": "object", "required": ["token"], "properties": {"token": {"type": "string"}}}
    kinds = ("application/json", "application/x-www-form-urlencoded")
    return {
        "operationId": "connexion",
        "summary": "Un jeton d’un jour, pour qui a un identifiant et un mot de passe.",
        "tags": ["connexion"],
        "security": [],
        "requestBody": {"required": True, "content": {kind: {"schema": credentials} for kind in kinds}},
        "responses": {
            "200": {
                "description": "Le jeton.",
                "headers": limits(),
                "content": {"application/json": {"schema": token}},
            },
            **{status: ref("responses", f"Erreur{status}") for status in ("400", "401", "405", "429")},
        },
    }


def _health():
    schema = {
        "type": "object",
        "required": ["version", "env", "healthcheck"],
        "properties": {
            "version": {"type": "string"},
            "env": {"type": "string"},
            "healthcheck": {"type": "object", "properties": {"mongodb": {"type": "boolean"}}},
        },
    }
    return {
        "operationId": "sante",
        "summary": "État du service.",
        "tags": ["service"],
        "security": [],
        "responses": {"200": {"description": "L’état.", "content": {"application/json": {"schema": schema}}}},
    }
