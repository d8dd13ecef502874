"""Labels that a family can read, made from official ones in capitals without accents. Pure: no Django.

"MAINTENANCE DES VEHICULES OPTION A VOITURES PARTICULIERES (BAC PRO)" becomes
"Bac pro Maintenance des véhicules, option A voitures particulières". Where a catalogue has an accented label
for the same diploma, that one is taken and given the same shape; elsewhere accents come back word by word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from formations.abbreviations import (
    ACCENTED_WORDS,
    BARE_BEGINNINGS,
    MIXED_TYPES,
    OFFICIAL_ABBREVIATIONS,
    PARENTHESIS_SIGLES,
    PREFIX_SIGLES,
    TITLE_TYPE,
    TYPE_SIGLES,
)
from formations.text_folding import fold, without_accents

_WORD = re.compile(r"[^\W_]+")
_SINGLE_LETTERS = {"A": "à", "Y": "y"}
_LETTERED = {"OPTION", "OPTIONS", "NIVEAU", "SERIE", "GROUPE", "BLOC", "CATEGORIE", "CLASSE", "PERMIS"}
_MAX_LABEL, _MAX_SLUG = 255, 120


def plain(text: str) -> str:
    """A text as the official tables write it: capitals without accents, punctuation kept."""
    return without_accents(text).upper()


def slugify(text: str) -> str:
    """A label for an address: "cap-cuisine"; apostrophes part words."""
    return fold(text, "-")[:_MAX_SLUG].strip("-")


def typographic(text: str) -> str:
    """French typography: curly apostrophe, single spaces, no-break space before high punctuation."""
    text = re.sub(r"\s+", " ", text.replace("'", "’").replace("`", "’")).strip()
    text = re.sub(r"\s*,\s*", ", ", text)
    text = re.sub(r"(?<=\w)\s*:\s+|\s+:\s*(?=\w)|(?<=[^\W\d]):(?=[^\W\d])", "\u00a0: ", text)
    text = re.sub(r"\s+;", "\u00a0;", text)
    text = re.sub(r"(?<=[dl]’)[EÉeé]tat\b|\bEtat\b", "État", text)
    text = re.sub(r"(?<=[nhb])oe(?=uvre|uf)|\boe(?=uvre|nolog|il)|(?<=[cs])oe(?=ur)", "œ", text)
    text = re.sub(r"(?<=ie) - (?=restauration)", "-", text)
    return text.strip(" ,")


def capitalised(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def learn(texts: Iterable[str]) -> dict[str, str]:
    """The vocabulary of texts in lower case with accents: {word in plain capitals: its most frequent form}."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if text == text.upper():
            continue
        for place, word in enumerate(_WORD.findall(text)):
            if len(word) == 1:
                continue
            if place == 0 and word[1:] == word[1:].lower():
                word = word.lower()
            forms[plain(word)][word] += 1
    return {key: _usual(counts) for key, counts in forms.items()}


def _usual(counts: Counter[str]) -> str:
    """The most frequent form; a capital first letter must be three times as frequent, accents win a tie."""

    def weight(form: str) -> tuple[float, bool]:
        is_name = form[:1].isupper() and not form.isupper()
        return counts[form] / (3 if is_name else 1), not form.isascii()

    return max(counts, key=weight)


def restore(text: str, vocabulary: dict[str, str], unknown: Callable[[str], str] = str.lower) -> str:
    """A text in capitals, put in lower case with accents.

    vocabulary: {word in plain capitals: its form}, from `learn`. unknown: writes a word that the vocabulary lacks.
    """
    former = ""

    def written(match: re.Match) -> str:
        nonlocal former
        word, key = match[0], plain(match[0])
        before, former = former, key
        follows = text[match.end() : match.end() + 1]
        if len(word) == 1:
            precedes = text[max(match.start() - 1, 0) : match.start()]
            if follows == "." or precedes == ".":
                return word
            is_ending = precedes == "(" and follows == ")"
            if is_ending or (follows and follows in "'’"):
                return word.lower()
            return word.upper() if before in _LETTERED else _SINGLE_LETTERS.get(key, word.upper())
        if known := _known(key, vocabulary):
            return known
        if re.fullmatch(r"[IVX]{2,}", key) or not re.search("[AEIOUY]", key) or any(c.isdigit() for c in key):
            return word
        return unknown(word)

    return _WORD.sub(written, text)


def _known(key: str, vocabulary: dict[str, str]) -> str:
    """The usual form of a word, or of its singular or plural."""
    if key in vocabulary:
        return vocabulary[key]
    if key.endswith("S") and (singular := vocabulary.get(key[:-1], "")).islower():
        return singular + "s"
    if (plural := vocabulary.get(key + "S", "")).islower():
        return plural[:-1]
    if key in ACCENTED_WORDS:
        return ACCENTED_WORDS[key]
    singular = ACCENTED_WORDS.get(key.removesuffix("S"), "")
    return f"{singular}s" if singular else ""


def shaped(speciality: str) -> str:
    """The speciality with its options after commas and a capital first letter."""
    text = re.sub(r"\s+", " ", speciality).strip(" ,;:-")
    text = re.sub(r"^(?:spécialité|mention|option)\s*:?\s+(?!\w\s|\w$)", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?<!\bde)(?<!\ben)(?<!\bà)(?<!\bla)(?<!\bet)(?<!\bou)(?<!\bune)(?<!\bavec)(?<!\btoutes)"
        r"\s*[,;:–-]*\s+(options?|spécialité|mention|dominante|parcours)\s*:?\s+",
        lambda m: f", {m[1].lower()} ",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\b(option [A-Z](?:\d)?)\s*[:,–-]\s*", r"\1 ", text)
    return capitalised(typographic(text))


def from_official(code: str, official: str, vocabulary: dict[str, str]) -> tuple[str, str]:
    """(sigle, speciality) of a CFD from its label in capitals."""
    text = official
    for pattern, full in OFFICIAL_ABBREVIATIONS:
        text = pattern.sub(full, text)
    text, ends = _without_last_parentheses(text, code)
    sigle = next((found for end in ends if (found := _parenthesis_sigle(end))), "")
    prefix, rest = _prefix(text)
    if prefix and rest:
        sigle, text = sigle or prefix, rest
    sigle = _type_sigle(code) or sigle or type_sigle(code[:3], "")
    # Some labels are in lower case already.
    is_capitals = sum(c.islower() for c in text) * 3 < len(text)
    return sigle, shaped(restore(text, vocabulary) if is_capitals else text)


def from_catalogue(code: str, label: str, official: str, vocabulary: dict[str, str]) -> tuple[str, str]:
    """(sigle, speciality) of a CFD from a catalogue's label, "CAP cuisine" or "Boulanger (BM)"."""
    official_sigle, _ = from_official(code, official, vocabulary) if official else ("", "")
    prefix, rest = _prefix(label)
    text, ends = _without_last_parentheses(rest, code, only_sigles=True)
    ending = next((found for end in ends if (found := _parenthesis_sigle(end))), "")
    return _type_sigle(code) or prefix or ending or official_sigle, shaped(text)


def label(sigle: str, speciality: str) -> str:
    """ "CAP Cuisine"; a speciality that names its own diploma stands alone."""
    if not sigle or BARE_BEGINNINGS.match(plain(speciality)):
        return capitalised(speciality)[:_MAX_LABEL]
    if plain(speciality).startswith(plain(sigle) + " "):
        speciality = capitalised(speciality[len(sigle) + 1 :])
    return f"{sigle} {speciality}"[:_MAX_LABEL]


def type_sigle(code: str, short: str) -> str:
    """How people call a type of diploma, by its three characters; else its official short label."""
    if code in TYPE_SIGLES:
        return TYPE_SIGLES[code]
    if re.match(TITLE_TYPE, code):
        return "Titre professionnel" if code[2] == "T" else "Titre RNCP"
    return short


def _type_sigle(code: str) -> str:
    return "" if code[:3] in MIXED_TYPES else TYPE_SIGLES.get(code[:3], "")


def _parenthesis_sigle(text: str) -> str:
    key = " ".join(plain(text).replace(".", "").split())
    return next((sigle for pattern, sigle in PARENTHESIS_SIGLES if pattern.match(key)), "")


def _prefix(text: str) -> tuple[str, str]:
    """(sigle, rest) when the text begins with the name of a type of diploma, else ("", text)."""
    for pattern, sigle in PREFIX_SIGLES:
        if found := pattern.match(text):
            return sigle, text[found.end() :].strip()
    return "", text


def _without_last_parentheses(text: str, code: str, only_sigles: bool = False) -> tuple[str, list[str]]:
    """The text without its last parentheses that name a diploma or who delivers it, and what they held.

    The parentheses of a speciality stay: "(arbres, arbustes, fruits…)".
    """
    held: list[str] = []
    text = text.strip()
    while found := re.search(r"[\s-]*\(\s*([^()]*?)\s*\)?$", text):
        names_diploma = bool(_parenthesis_sigle(found[1]))
        names_issuer = not only_sigles and not held and re.match(TITLE_TYPE, code)
        if not (names_diploma or names_issuer):
            break
        held.append(found[1])
        text = text[: found.start()].strip()
    return text, held
