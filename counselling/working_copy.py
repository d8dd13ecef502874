"""The plan that somebody is making without an account: in a cookie that only the pages of plans are sent.

Public pages stay the same for everybody, and the server keeps nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counselling.payload import NotAPlan, decoded, encoded, fits_in_an_address
from counselling.plan import Plan

_NAME = "seance"


def working_copy(request: HttpRequest) -> Plan:
    """The plan of the cookie, an empty one where there is none or it is damaged."""
    try:
        return decoded(request.COOKIES[_NAME]) if _NAME in request.COOKIES else Plan()
    except NotAPlan:
        return Plan()


def keep(response: HttpResponse, plan: Plan) -> HttpResponse:
    """Have the browser keep the plan until it is closed; one that no address holds is not kept."""
    payload = encoded(plan)
    if plan.is_empty or not fits_in_an_address(payload):
        response.delete_cookie(_NAME, path=reverse("plan"), samesite="Lax")
    else:
        response.set_cookie(
            _NAME,
            payload,
            path=reverse("plan"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
