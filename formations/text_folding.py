"""The one way to compare two writings of a name: without accents, capitals, punctuation or short forms. Pure: no Django.

Addresses are made with `fold`; the search, the lists, the API and the management space compare names by `in_full`.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from formations.data_files import read_entries

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LETTERS = re.compile(r"\b[a-z](?: [a-z])+\b")
_CEDEX = re.compile(r"\bcedex\b.*")
_POSTAL_CODE = re.compile(r"^\d{5} (?=[a-z])")
_ARRONDISSEMENT = re.compile(r" (\d{1,2})(?:er|e|eme)?(?: arrondissement)?$")
# {"st": "saint"}: words of names in short.
_SHORT_FORMS = {
    entry.cells[0]: entry.cells[1]
    for entry in read_entries(Path(__file__).parent / "data/short_forms.txt", 2)
}


def without_accents(text: str) -> str:
    """Accented letters and ligatures as plain ones; case and punctuation stay: "Œuvre d’été" is "OEuvre d’ete"."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))


def fold(text: str, separator: str = " ") -> str:
    """Lower-case words of plain letters and digits: "Œuvre d’été" is "oeuvre d ete"."""
    return separator.join(_WORD.findall(without_accents(text).lower()))


def in_full(text: str) -> str:
    """Folded text without dots in sigles, the usual short forms written out: "C.F.A. de St-Malo" is "cfa de saint malo"."""
    if "." in text:
        text = _DOTTED.sub(lambda sigle: sigle[0].replace(".", "") + " ", text)
    return " ".join(_SHORT_FORMS.get(word, word) for word in fold(text).split())


def folded_names(names: Iterable[str]) -> str:
    """All the words by which a thing of these names is found, each once, in order, between blanks; "" without any.

    " lycee saint eloi st " for "Lycée St.Éloi": short forms are kept beside what they stand for, and sigles written
    letter by letter beside their letters.
    """
    words: dict[str, None] = {}
    for name in names:
        full, folded = in_full(name), fold(name)
        sigles = " ".join(found[0].replace(" ", "") for found in _LETTERS.finditer(folded))
        words.update(dict.fromkeys(f"{full} {folded} {sigles}".split()))
    return f" {' '.join(words)} " if words else ""


def town_key(text: str) -> str:
    """The name of a town in full, without what a postal address adds to it: "35042 St-Malo CEDEX 2" is "saint malo"."""
    name = _POSTAL_CODE.sub("", _CEDEX.sub("", in_full(text)).strip())
    return name or in_full(text)


def folded_towns(names: Iterable[str]) -> str:
    """The keys of a town's names between bars, those of a city with its arrondissement too; "" without any.

    " | paris 13 | paris 13e | paris | " for "Paris 13e".
    """
    keys: dict[str, None] = {}
    for name in names:
        if key := town_key(name):
            keys[key] = None
        if found := _ARRONDISSEMENT.search(key):
            city = key[: found.start()]
            keys.update(dict.fromkeys((f"{city} {found[1]}", f"{city} {found[1]}e", city)))
    return f" | {' | '.join(keys)} | " if keys else ""
