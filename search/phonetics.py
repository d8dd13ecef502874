"""A rough phonetic key of French words: spellings that sound the same have the same key. Pure: no Django."""

import re
from functools import lru_cache

# Applied in order: each group of spellings becomes the one sound they share.
_SOUNDS = [
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"e?aux?(?=$|[^aeiouy])", "o"),
        (r"[ao]i[sx]$", "e"),
        (r"ph", "f"),
        (r"sch|ch", "C"),
        (r"h", ""),
        (r"cc(?=[eiy])", "ks"),
        (r"sc(?=[eiy])|c(?=[eiy])|ss|(?<=[aeiouy])ti(?=on)", "s"),
        (r"qu|q|ck|c", "k"),
        (r"gu(?=[eiy])", "g"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        (r"y", "i"),
        (r"ai|ei|er$|ez$|et$|ee$|ees$|e$|es$", "e"),
        (r"[ae][nm](?=[^aeiounm]|$)", "A"),
        (r"(?:[ae]?i|u)[nm](?=[^aeiounm]|$)", "I"),
        (r"oe?u", "u"),
        (r"(.)\1", r"\1"),
        (r"(?<=...)[estdxpz]+$", ""),
    )
]


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The phonetic key of a folded word: « mecanissien » and « mecanicien » share one, so do « foto » and « photo »."""
    for spelling, sound_ in _SOUNDS:
        word = spelling.sub(sound_, word)
    return word
