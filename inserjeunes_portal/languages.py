"""The language of a page, which depends on its address only: "/en/…" in English, anything else in French."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils import translation


def address_language(get_response):
    """Middleware that activates the language of the address, whatever the cookies and headers of the browser."""

    def middleware(request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        # A streamed response is rendered after this middleware: its language must stay active.
        if not response.streaming:
            translation.deactivate()
        return response

    return middleware


@dataclass(frozen=True)
class Language:
    """A language in which the page exists: Language(code="en", name="English", address="/en/formations/", is_current=False)."""

    code: str
    name: str
    address: str
    is_current: bool


def languages_of(request):
    """The `Language`s of the page of this request; () when there is only one."""
    here = request.get_full_path()
    found = tuple(
        Language(code, name, translate_url(here, code), code == translation.get_language())
        for code, name in settings.LANGUAGES
    )
    return found if len({language.address for language in found}) > 1 else ()
