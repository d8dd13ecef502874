"""Answers that nobody keeps, and pages of a preview under a policy of their own."""

from django.http import HttpResponse

from deliveries.preview import rendering
from deliveries.preview.sealing import POLICY, marked


def never_kept(response: HttpResponse) -> HttpResponse:
    """The answer, which no cache keeps and no robot lists."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def never_named(response: HttpResponse) -> HttpResponse:
    """The same, whose address is told to nobody. Not for a page with a form: browsers would hide where it is sent from."""
    response["Referrer-Policy"] = "no-referrer"
    return never_kept(response)


def sealed_response(
    content: str | None, sentences: list[str], ancestors: str = "'self'", is_published: bool = False
) -> HttpResponse:
    """A page that was sealed, under a policy of its own; None for a page that does not exist. ancestors: who may frame it."""
    response = HttpResponse(marked(content or rendering.missing_page(), sentences, is_published))
    response["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)
    response["X-Frame-Options"] = "SAMEORIGIN" if ancestors == "'self'" else "DENY"
    return never_named(response)
