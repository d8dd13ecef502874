"""The one way to compare two writings of a text: without accents, capitals or punctuation. Pure: no Django."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9]+")


def without_accents(text: str) -> str:
    """Accented letters and ligatures as plain ones; case and punctuation stay: "Œuvre d’été" is "OEuvre d’ete"."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))


def fold(text: str, separator: str = " ") -> str:
    """Lower-case words of plain letters and digits: "Œuvre d’été" is "oeuvre d ete"."""
    return separator.join(_WORD.findall(without_accents(text).lower()))
