"""What the OpenAPI document of the open API adds to what DRF finds in the views: errors, formats, headers, examples."""

from django.db.models import Exists, OuterRef
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers

from api.open.formats import FILE_FORMATS
from api.open.problems import MEDIA_TYPE, PROBLEM_TYPES
from establishments.models import School, Territory
from formations.models import Diploma
from stats.models import Attribution

JSON = "application/json"
PREFIX = "/api/v1/"
DESCRIPTION = """Formations, établissements, territoires et chiffres d’insertion, avec la raison de chaque chiffre absent.

Tout se lit sans clé. Un chiffre qui n’est pas montré vaut null et dit pourquoi\u00a0: il n’est jamais remplacé par 0.
Un paramètre inconnu est refusé, avec le nom connu le plus proche. Les erreurs suivent la RFC 9457."""

_BOTH, _LIST, _FILE = (400, 401, 404, 406, 429, 500), (410,), (422,)


@extend_schema_serializer(component_name="Erreur")
class ParameterErrorSerializer(serializers.Serializer):
    parametre = serializers.CharField()
    message = serializers.CharField()
    proche = serializers.CharField(required=False, help_text="Le nom connu le plus ressemblant.")


@extend_schema_serializer(component_name="Probleme")
class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="Adresse de son explication.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="Adresse demandée.")
    erreurs = ParameterErrorSerializer(many=True, required=False)


_PROBLEM = OpenApiExample(
    "Deux paramètres refusés",
    {
        "type": "/api/doc/#probleme-parametres",
        "title": "Paramètres refusés",
        "status": 400,
        "detail": "Cette demande ne peut pas être comprise\u00a0: voir «\u00a0erreurs\u00a0».",
        "instance": "/api/v1/chiffres",
        "erreurs": [
            {"parametre": "regoin", "message": "Paramètre inconnu.", "proche": "region"},
            {
                "parametre": "millesime",
                "message": "Sélectionnez un choix valide. Ce choix ne fait pas partie de ceux disponibles.",
            },
        ],
    },
    status_codes=["400"],
    response_only=True,
)


def _problems(statuses):
    return {
        (problem.status, MEDIA_TYPE): OpenApiResponse(
            ProblemSerializer,
            description=f"{problem.title}. {problem.advice}",
            examples=[_PROBLEM] if problem.status == 400 else [],
        )
        for problem in PROBLEM_TYPES
        if problem.status in statuses
    }


def _header(name, description, statuses=(200,), kind=OpenApiTypes.STR):
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, description=description, response=[str(s) for s in statuses]
    )


_VERSION = _header("ETag", "Version du code et des données\u00a0: la rendre dans If-None-Match donne 304.")
_LIMITS = [
    _header("RateLimit-Limit", "Demandes permises dans une période.", (200, 429), OpenApiTypes.INT),
    _header("RateLimit-Remaining", "Demandes qui restent.", (200, 429), OpenApiTypes.INT),
    _header("RateLimit-Reset", "Secondes avant la période suivante.", (200, 429), OpenApiTypes.INT),
    _header("Retry-After", "Secondes à attendre.", (429,), OpenApiTypes.INT),
]
_LINK = _header("Link", 'Pages suivante et précédente (rel="next", rel="prev").')


def _summary(view):
    return view.__doc__.strip()


def described_list(name, serializer):
    """Decorator of the view of a list, of this name in addresses."""

    def decorate(view):
        files = {(200, file_format.media_type): OpenApiTypes.BINARY for file_format in FILE_FORMATS}
        operation = extend_schema(
            operation_id=f"{name}_liste",
            summary=_summary(view),
            description="En pages de JSON\u00a0; en entier dans un autre format demandé par l’en-tête Accept. "
            f"{PREFIX}{name}.json donne la même chose que cette adresse.",
            tags=[name],
            filters=True,
            parameters=[_VERSION, _LINK, *_LIMITS],
            responses={
                (200, JSON): OpenApiResponse(serializer(many=True), description="Une page, ou le fichier."),
                **files,
                304: OpenApiResponse(description="Rien n’a changé."),
                **_problems((*_BOTH, *_LIST, *_FILE)),
            },
        )
        return extend_schema_view(get=operation)(view)

    return decorate


def described_file(name):
    """Decorator of the view of the files of a list."""
    formats = [file_format.format for file_format in FILE_FORMATS]

    def decorate(view):
        operation = extend_schema(
            operation_id=f"{name}_fichier",
            summary=f"{_summary(view)} Toutes les lignes.",
            description="CSV\u00a0: point-virgule, UTF-8 avec BOM. XLSX\u00a0: limité en nombre de lignes. Parquet\u00a0: types "
            "exacts. Une cellule vide a sa raison dans la colonne voisine.",
            tags=[name],
            filters=True,
            parameters=[
                OpenApiParameter(
                    "suffixe", str, OpenApiParameter.PATH, enum=formats, description="Format voulu."
                ),
                _VERSION,
                *_LIMITS,
            ],
            responses={
                **{
                    (200, file_format.media_type): OpenApiResponse(
                        OpenApiTypes.BINARY, description="Le fichier."
                    )
                    for file_format in FILE_FORMATS
                },
                304: OpenApiResponse(description="Rien n’a changé."),
                **_problems((*_BOTH, *_FILE)),
            },
        )
        return extend_schema_view(get=operation)(view)

    return decorate


def described_item(name, serializer):
    """Decorator of the view of one object."""

    def decorate(view):
        operation = extend_schema(
            operation_id=name,
            summary=_summary(view),
            tags=[f"{name}s"],
            parameters=[
                OpenApiParameter("code", str, OpenApiParameter.PATH, description="Son code."),
                _VERSION,
                *_LIMITS,
            ],
            responses={
                (200, JSON): serializer,
                304: OpenApiResponse(description="Rien n’a changé."),
                **_problems(_BOTH),
            },
        )
        return extend_schema_view(get=operation)(view)

    return decorate


def only_open(endpoints):
    """Hook: the open API alone, without the final slash that its addresses tolerate."""
    return [
        (path.rstrip("/"), regex, method, callback)
        for path, regex, method, callback in endpoints
        if path.startswith(PREFIX)
    ]


def complete(result, generator, request, public):
    """Hook: the text that opens the description, and codes that are published as examples."""
    result["info"]["description"] = DESCRIPTION
    schools = School.objects.filter(Exists(Attribution.objects.filter(school=OuterRef("pk"))))
    courses = Diploma.objects.filter(Exists(Attribution.objects.filter(diploma=OuterRef("pk"))))
    published = {"formations": courses, "etablissements": schools, "territoires": Territory.objects}
    for name, rows in published.items():
        example = rows.order_by("-pk").values_list("pk", flat=True).first()
        for parameter in result["paths"][f"{PREFIX}{name}/{{code}}"]["get"]["parameters"]:
            if parameter["name"] == "code" and example:
                parameter["schema"]["examples"] = [example]
    return result
