"""The OpenAPI documents of both APIs, and their page for people."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.settings import api_settings

from api.examples import EXAMPLES
from api.exposition.openapi import describe as describe_exposition
from api.open.problems import PROBLEM_TYPES
from api.rate_limits import EXPOSITION, OPEN
from stats.caching import OncePerDataVersion, data_version

# Longer choices stand in the description only.
_LISTED = 12
_PERIODS = {"s": "par seconde", "m": "par minute", "h": "par heure", "d": "par jour"}

_open = OncePerDataVersion(lambda: SchemaGenerator().get_schema(request=None, public=True))
_exposition = OncePerDataVersion(describe_exposition)


def open_schema():
    """The OpenAPI document of the open API; its enumerations list the published codes."""
    return _open(data_version())


def exposition_schema():
    """The OpenAPI document of the Exposition API; its patterns list the published codes."""
    return _exposition(data_version())


@dataclass(frozen=True)
class Line:
    """A parameter in words: Line("voie", "Voie", ("pro", "apprentissage"), 5, is_required=False)."""

    name: str
    description: str
    choices: tuple[str, ...]
    number: int
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """An address in words: Operation("api-v1-chiffres", "GET", "/api/v1/chiffres", "Chiffres…", "", (Line(…),))."""

    slug: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Line, ...]


@dataclass(frozen=True)
class Api:
    title: str
    sentence: str
    slug: str
    schema: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Page:
    apis: tuple[Api, ...]
    examples: tuple
    problems: tuple
    limits: tuple[str, ...]
    xlsx_rows: int


def documentation_page(root):
    """The `Page` of a portal that answers at `root`."""
    apis = (
        Api(
            _("API ouverte"),
            _("Pour tout réutilisateur\u00a0: sans clé, avec les libellés, les effectifs et les raisons."),
            "ouverte",
            reverse("api_schema"),
            _operations(open_schema()),
        ),
        Api(
            _("API Exposition"),
            _(
                "Celle que les plateformes appellent déjà\u00a0: mêmes adresses, mêmes réponses, images à insérer. "
                "Ses listes demandent une clé ou un jeton."
            ),
            "exposition",
            reverse("api_schema_exposition"),
            _operations(exposition_schema()),
        ),
    )
    examples = tuple((example, example.at(root)) for example in EXAMPLES)
    return Page(apis, examples, PROBLEM_TYPES, _limits(), settings.API_XLSX_ROWS)


def _operations(schema):
    return tuple(
        Operation(
            path.strip("/").translate(str.maketrans("/.{}", "----")),
            method.upper(),
            path,
            operation.get("summary", ""),
            operation.get("description", ""),
            tuple(map(_line, operation.get("parameters", []))),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )


def _line(parameter):
    schema = parameter["schema"]
    choices = schema.get("enum") or schema.get("items", {}).get("enum") or []
    listed = tuple(map(str, choices)) if len(choices) <= _LISTED else ()
    description = parameter.get("description", "").rstrip(".")
    return Line(
        parameter["name"],
        f"{description}.",
        listed,
        len(choices),
        parameter.get("required", False),
    )


def _limits():
    """The rate limits of each API, without and with a key, in words; () without a limit."""
    rates = api_settings.DEFAULT_THROTTLE_RATES
    words = dict(
        zip(
            (*OPEN, *EXPOSITION),
            (
                _("sans clé"),
                _("avec une clé"),
                _("à l’API Exposition sans clé"),
                _("à l’API Exposition avec une clé"),
            ),
            strict=True,
        )
    )
    return tuple(
        _("%(number)s demandes %(period)s %(who)s")
        % {"number": rates[name].split("/")[0], "period": _PERIODS[rates[name].split("/")[1][0]], "who": who}
        for name, who in words.items()
        if rates[name]
    )
