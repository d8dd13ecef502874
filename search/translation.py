"""Translation of queries into French, the language of all the data, by locale/<language>/search_words.txt."""

import re
from functools import cache

from django.conf import settings
from django.utils import translation

from formations.data_files import read_entries
from formations.text_folding import fold

_FILE = "search_words.txt"


def in_french(query):
    """The query with the known words of the page's language in French; unchanged when there are none."""
    language = translation.get_language()
    words = _words(language)
    if not words:
        return query
    translated = _pattern(language).sub(lambda found: words[found[0]], fold(query))
    found = " ".join(translated.split())
    return found if found and found != fold(query) else query


@cache
def _words(language):
    """{folded text: text in French} of a language; {} for a language without a file."""
    path = settings.BASE_DIR / "locale" / language / _FILE
    if not path.exists():
        return {}
    return {fold(typed): french for typed, french in (entry.cells for entry in read_entries(path, 2, "="))}


@cache
def _pattern(language):
    longest_first = sorted(_words(language), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
