"""The language of a page, which its address alone tells: "/en/…" in English, anything else in French."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils import translation


def address_language(get_response):
    """Middleware: no cookie and no header of the browser changes what everybody reads at an address."""

    def middleware(request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        # A streamed answer is written after this.
        if not response.streaming:
            translation.deactivate()
        return response

    return middleware


@dataclass(frozen=True)
class Language:
    """A language of the present page: Language(code="en", name="English", address="/en/formations/", is_current=False)."""

    code: str
    name: str
    address: str
    is_current: bool


def languages_of(request):
    """Every `Language` in which the page of this request can be read; () where there is only one."""
    here = request.get_full_path()
    found = tuple(
        Language(code, name, translate_url(here, code), code == translation.get_language())
        for code, name in settings.LANGUAGES
    )
    return found if len({language.address for language in found}) > 1 else ()
