"""What people type in other languages, said in French, which all the data are in: locale/<language>/search_words.txt."""

import re
from functools import cache

from django.conf import settings
from django.utils import translation

from formations.data_files import read_entries
from formations.text_folding import fold

_FILE = "search_words.txt"


def in_french(query):
    """The query with the words of the page's language said in French; as it is where none is known, or in French."""
    language = translation.get_language()
    words = _words(language)
    if not words:
        return query
    said = _pattern(language).sub(lambda found: words[found[0]], fold(query))
    found = " ".join(said.split())
    return found if found and found != fold(query) else query


@cache
def _words(language):
    """{text typed: text in French} of a language, both without accents nor capitals; {} where there is no file."""
    path = settings.BASE_DIR / "locale" / language / _FILE
    if not path.exists():
        return {}
    return {fold(typed): french for typed, french in (entry.cells for entry in read_entries(path, 2, "="))}


@cache
def _pattern(language):
    longest_first = sorted(_words(language), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
