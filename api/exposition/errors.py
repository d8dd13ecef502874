"""Errors of the Exposition API, in the shape that its callers read."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from api.exposition.responses import json_answer

READING, SENDING = ("GET", "HEAD", "OPTIONS"), ("POST", "OPTIONS")


class ApiError(Exception):
    """An answer that is an error.

    status: HTTP status; message: French sentence; extra: further keys of the body ("details", "data");
    name: what a list of terminal years calls it; headers: those that the status asks for.
    """

    def __init__(self, status, message, name="", headers=None, **extra):
        super().__init__(message)
        self.status, self.message, self.name, self.extra = status, message, name, extra
        self.headers = headers or {}

    @property
    def body(self):
        error = HTTPStatus(self.status).phrase
        return {"statusCode": self.status, "error": error, "message": self.message, **self.extra}

    def answer(self):
        response = json_answer(self.body, self.status)
        for name, value in self.headers.items():
            response[name] = value
        return response


def unauthorized(message=None):
    headers = {"WWW-Authenticate": 'Bearer realm="Exposition"'}
    return ApiError(401, message or _("Donnez une clé d’API ou un jeton valide."), headers=headers)


def too_many(seconds):
    """seconds: how long to wait."""
    message = _("La limite de demandes est atteinte. Nouvel essai possible dans %(seconds)s s.")
    return ApiError(429, message % {"seconds": seconds}, headers={"Retry-After": str(seconds)})


def bad_request(details):
    """details: one {"message", "path", "type"} for each thing to correct."""
    return ApiError(400, _("La demande n’est pas correcte."), details=details)


def bad_body(message=None):
    """A request that cannot be read holds no parameter to correct, hence no details."""
    return ApiError(400, message or _("La demande n’est pas correcte."))


def detail(name, message, kind="any.invalid"):
    return {"message": message, "path": [name], "type": kind}


def wrong_method(message=None, allowed=READING):
    message = message or _("Cette adresse se lit\u00a0: utilisez GET.")
    return ApiError(405, message, headers={"Allow": ", ".join(allowed)})


def unknown_address():
    return ApiError(404, _("Cette adresse n’existe pas."))


def unknown_course(name="ErrorFormationNotExist"):
    return ApiError(404, _("Cette formation n’existe pas dans la nomenclature."), name)


def unknown_school():
    return ApiError(404, _("Cet établissement n’existe pas."), "ErrorEtablissementNotExist")


def no_figures(name):
    return ApiError(404, _("Aucun chiffre n’est publié pour cette demande."), name)


def no_figures_for(cohort, cohorts):
    """No figures for this cohort; cohorts: those that have some, newest first."""
    data = {"millesime": cohort, "millesimesDisponible": cohorts}
    return ApiError(404, _("Pas de chiffres pour ce millésime."), "ErrorNoDataForMillesime", data=data)


def nothing_to_draw():
    return ApiError(404, _("Il n’y a pas de chiffres à montrer."), "ErrorNoDataAvailable")
