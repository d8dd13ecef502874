"""The French preposition before the name of a place."""

import re

from django.conf import settings
from django.utils import translation

_ARTICLES = {"Le ": "du ", "Les ": "des "}
# No rule tells a silent h from an aspirated one: names in h keep "de".
_ELIDED = re.compile("[aàâeéèêëiîïoôuùûœæ]|y[^aeiou]", re.IGNORECASE)


def of(name):
    """ "d’Angers", "du Havre", "de Lyon" in French; the name alone in other languages, whose texts hold the preposition."""
    if translation.get_language() != settings.LANGUAGE_CODE:
        return name
    for article, contracted in _ARTICLES.items():
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if _ELIDED.match(name) else f"de {name}"
