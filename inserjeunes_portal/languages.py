"""The language of a page, which its address alone tells: "/en/…" in English, anything else in French; its grammar."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils import translation

_ARTICLES = {"Le ": "du ", "Les ": "des "}
# No rule tells which h is silent: names in h keep "de".
_ELIDED = re.compile("[aàâeéèêëiîïoôuùûœæ]|y[^aeiou]", re.IGNORECASE)


def of(name):
    """ "d’Angers", "du Havre", "de Lyon" in French; the name alone in languages whose sentence holds the word itself."""
    if translation.get_language() != settings.LANGUAGE_CODE:
        return name
    for article, contracted in _ARTICLES.items():
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if _ELIDED.match(name) else f"de {name}"


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
