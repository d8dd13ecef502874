"""Errors of the open API as problem details (RFC 9457), in French; one answer lists every refused parameter."""

import json
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemType:
    """A type of problem: its anchor in the documentation, its HTTP status, its title, and what the caller can do."""

    slug: str
    status: int
    title: str
    advice: str


PROBLEM_TYPES = (
    ProblemType(
        "parametres",
        400,
        gettext_lazy("Paramètres refusés"),
        gettext_lazy(
            "Un paramètre est inconnu, donné deux fois, sans valeur, ou sa valeur n’est pas possible. "
            "«\u00a0erreurs\u00a0» les nomme tous\u00a0; «\u00a0proche\u00a0» donne le nom connu le plus ressemblant."
        ),
    ),
    ProblemType(
        "cle",
        401,
        gettext_lazy("Clé inconnue"),
        gettext_lazy(
            "L’en-tête X-Api-Key porte une clé inconnue ou retirée. Sans cet en-tête, la lecture est libre."
        ),
    ),
    ProblemType(
        "introuvable",
        404,
        gettext_lazy("Rien à cette adresse"),
        gettext_lazy("L’adresse, le code demandé ou le curseur n’existe pas."),
    ),
    ProblemType(
        "methode",
        405,
        gettext_lazy("Méthode refusée"),
        gettext_lazy("Ces données se lisent seulement\u00a0: GET, HEAD ou OPTIONS."),
    ),
    ProblemType(
        "format",
        406,
        gettext_lazy("Format inconnu"),
        gettext_lazy(
            "Ni le suffixe de l’adresse ni l’en-tête Accept ne nomment un format que cette adresse sait donner."
        ),
    ),
    ProblemType(
        "curseur",
        410,
        gettext_lazy("Les données ont changé"),
        gettext_lazy(
            "De nouvelles données ont été publiées depuis la première page\u00a0: reprendre à la première page "
            "donne une liste cohérente."
        ),
    ),
    ProblemType(
        "tableur",
        422,
        gettext_lazy("Trop de lignes pour un tableur"),
        gettext_lazy("Ajouter un filtre, ou prendre le CSV ou le Parquet, qui n’ont pas de limite."),
    ),
    ProblemType(
        "limite",
        429,
        gettext_lazy("Trop de demandes"),
        gettext_lazy(
            "Attendre le nombre de secondes de l’en-tête Retry-After. Une clé relève la limite\u00a0; pour tout "
            "lire, les formats CSV et Parquet suffisent d’une demande."
        ),
    ),
    ProblemType(
        "panne",
        500,
        gettext_lazy("Panne du portail"),
        gettext_lazy("Elle n’est pas due à la demande, et elle a été notée. Réessayer plus tard."),
    ),
)
_BY_STATUS = {problem.status: problem for problem in PROBLEM_TYPES}


@dataclass(frozen=True)
class ParameterError:
    """Why one parameter is refused: ParameterError("regoin", "Paramètre inconnu.", nearest="region")."""

    parameter: str
    message: str
    nearest: str = ""

    @property
    def content(self):
        nearest = {"proche": self.nearest} if self.nearest else {}
        return {"parametre": self.parameter, "message": self.message, **nearest}


class InvalidParameters(exceptions.APIException):
    """The parameters of a request are refused. errors: one `ParameterError` for each refused parameter."""

    status_code = 400

    def __init__(self, errors):
        super().__init__(_("Cette demande ne peut pas être comprise\u00a0: voir «\u00a0erreurs\u00a0»."))
        self.errors = errors


class UnreadableRequest(exceptions.APIException):
    """Django refuses to read the request: too many parameters, a host that is not ours…"""

    status_code = 400
    default_detail = gettext_lazy("Cette demande ne peut pas être lue.")


class InvalidKey(exceptions.APIException):
    status_code = 401
    default_detail = gettext_lazy("La clé de l’en-tête X-Api-Key est inconnue ou retirée.")
    auth_header = 'ApiKey realm="X-Api-Key"'


class StaleCursor(exceptions.APIException):
    """The rows that a cursor points to have been rebuilt since."""

    status_code = 410
    default_detail = gettext_lazy(
        "Des données ont été publiées depuis la première page\u00a0: recommencer à la première page."
    )


class TooManyRows(exceptions.APIException):
    status_code = 422


def problem_response(request, status, detail, errors=()):
    """The problem of this status as a response that no cache may keep. errors: `ParameterError` each."""
    problem_type = _BY_STATUS.get(status)
    content = {
        "type": f"{reverse('api_documentation')}#probleme-{problem_type.slug}"
        if problem_type
        else "about:blank",
        "title": str(problem_type.title) if problem_type else str(detail),
        "status": status,
        "detail": str(detail),
        "instance": request.path,
        **({"erreurs": [error.content for error in errors]} if errors else {}),
    }
    text = json.dumps(content, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def problem_of(error, context):
    """DRF's exception handler: the problem of an exception. An unexpected one is signalled and logged, as by Django."""
    request = context["request"]._request
    if isinstance(error, Http404):
        error = exceptions.NotFound(_("Rien n’est publié à cette adresse."))
    elif isinstance(error, SuspiciousOperation):
        error = UnreadableRequest()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    set_rollback()
    if not isinstance(error, exceptions.APIException):
        return _breakdown(request, error)
    response = problem_response(
        request, error.status_code, _detail(error, context), getattr(error, "errors", ())
    )
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if seconds := getattr(error, "wait", None):
        response["Retry-After"] = str(seconds)
    return response


def _detail(error, context):
    if isinstance(error, exceptions.MethodNotAllowed):
        return _("La méthode %(method)s n’existe pas ici\u00a0: ces données se lisent seulement.") % {
            "method": context["request"].method
        }
    if isinstance(error, exceptions.NotAcceptable):
        return _("Formats possibles\u00a0: %(formats)s.") % {
            "formats": ", ".join(context["view"].format_names())
        }
    if isinstance(error, exceptions.Throttled):
        return _("La limite de demandes est atteinte. Nouvel essai possible dans %(seconds)s s.") % {
            "seconds": error.wait or 1
        }
    return error.detail


def _breakdown(request, error):
    got_request_exception.send(sender=None, request=request)
    detail = _("Le portail n’a pas pu répondre. La panne est notée.")
    response = problem_response(request, 500, detail)
    log_response(
        "Internal Server Error: %s", request.path, response=response, request=request, exception=error
    )
    return response
