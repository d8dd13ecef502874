"""Readable names of schools, from names in capitals without accents or from long official names."""

import re
from collections.abc import Iterable

from formations.labels import capitalised, learn, plain, restore, typographic

# Words of school names with their accents, which the files leave out.
_WORDS = """
lycée lycées polyvalent polyvalente général générale technologique technologiques professionnel professionnelle privé privée
agricole hôtelier horticole viticole métiers métier bâtiment industries énergie électricité collège institut école écoles
centre formation formations apprentis apprenti apprentissage chambre section enseignement établissement régional adapté
départemental départementale municipal maritime international supérieur supérieure technique techniques maison familiale
rurale cité scolaire campus de du des la le les et en au aux sur sous par pour d l à ou rue avenue boulevard place
chemin route allée impasse quai square cours lieu dit faubourg esplanade résidence zone promenade passage commerce
éducation orientation santé social sociale tourisme hôtellerie restauration automobile transports transport logistique
coiffure esthétique numérique sciences arts appliqués notre dame saint sainte
"""
_KIND_WORDS = "lycée|supérieur|professionnel|général|polyvalent|technologique|privé|agricole"
_ALWAYS = {plain(word): word for word in _WORDS.split()} | {
    "NOTRE": "Notre",
    "DAME": "Dame",
    "SAINT": "Saint",
    "SAINTE": "Sainte",
    "ST": "Saint",
    "STE": "Sainte",
    "CFA": "CFA",
    "BTP": "BTP",
    "MFR": "MFR",
    "CCI": "CCI",
    "CMA": "CMA",
}
_ACCENTED = {
    "Ecole": "École",
    "Etablissement": "Établissement",
    "Etat": "État",
    "Emile": "Émile",
    "Emilie": "Émilie",
    "Etienne": "Étienne",
    "Edouard": "Édouard",
    "Edmond": "Edmond",
    "Elie": "Élie",
    "Elisa": "Élisa",
    "Elisee": "Élisée",
    "Elisée": "Élisée",
    "Eugene": "Eugène",
    "Eric": "Éric",
    "Erik": "Erik",
    "Evariste": "Évariste",
    "Evrard": "Évrard",
    "Ermitage": "Ermitage",
    "Eluard": "Éluard",
    "Eloi": "Éloi",
    "Elysee": "Élysée",
    "Frederic": "Frédéric",
    "Francois": "François",
    "Francoise": "Françoise",
    "Gerard": "Gérard",
    "Helene": "Hélène",
    "Irene": "Irène",
    "Jerome": "Jérôme",
    "Leon": "Léon",
    "Leonard": "Léonard",
    "Leopold": "Léopold",
    "Moliere": "Molière",
    "Rene": "René",
    "Renee": "Renée",
    "Andre": "André",
    "Therese": "Thérèse",
    "Valery": "Valéry",
}
_LONG_CFA = re.compile(
    r"^(?:organisme de formation|of)?[\s-]*(?:c\.?f\.?a\.?|(?:centres?|ctre?) (?:de )?formation (?:pour |d['’ ]? ?|des )?"
    r"appren\w*)(?P<farm>\s+agri\w*\.?)?(?P<rest>\b.*|$)",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?<=\w)[\s,-]+(?:lyc[ée]es? (?:des|du) m[ée]tiers?\b.*|labell?is[ée] lyc[ée]e.*)$", re.IGNORECASE
)
# A name reduced to these words names no school: "Lycée professionnel" keeps its label.
_KIND_ONLY = re.compile(r"(?:LYCEE|POLYVALENT|GENERAL|TECHNOLOGIQUE|PROFESSIONNEL|PRIVE|ET|LP|LPO|[ -])*")


def vocabulary_of(names: Iterable[str], places: Iterable[str]) -> dict[str, str]:
    """{folded word: the word as written}, from names of communes and from school names in lower case."""
    return learn([*places, *(name for name in names if is_mixed(name))])


def is_mixed(name: str) -> bool:
    """Whether most letters of a name are lower case."""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and sum(c.islower() for c in letters) * 2 > len(letters)


def readable(name: str, vocabulary: dict[str, str]) -> str:
    """A readable name: "Lycée polyvalent Étienne Bézout", "CFA du BTP Ain"."""
    text = _cased(" ".join(name.split()), vocabulary)
    text = re.sub(r"\b[A-Z][a-zé]+\b", lambda m: _ACCENTED.get(m[0], m[0]), _short(text))
    return capitalised(typographic(text))[:255]


def readable_address(address: str, vocabulary: dict[str, str]) -> str:
    """A readable address: no words in capitals, and no street number 0."""
    text = re.sub(r"^0\s+", "", " ".join(address.split()))
    text = _cased(text, vocabulary)
    return typographic(re.sub(r"\b[A-ZÉÈÀ]{4,}\b", lambda m: m[0].capitalize(), text))[:200]


def _cased(text, vocabulary):
    if is_mixed(text) and not text.islower():
        particles = re.sub(
            r"(?<=\s)(?:ET|DE|DU|DES|AUX|SUR|POUR|LA|LE|LES|EN)(?=\s)", lambda m: m[0].lower(), text
        )
        text = re.sub(r"\b[A-ZÉÈÀ]{4,}\b", lambda m: _proper(m[0], vocabulary, m[0]), particles)
        return text.replace("Maison Familiale Rurale", "Maison familiale rurale")
    text = re.sub(r"\b([DL])\s(?=[AEIOUYH])", r"\1'", text.upper(), flags=re.IGNORECASE)
    proper = {key: _proper(key, vocabulary) for key in map(plain, re.findall(r"\w+", text))}
    text = restore(text, proper, unknown=str.capitalize)
    # An article right after the kind of school begins the name proper: "Lycée général Le Verrier".
    text = re.sub(
        rf"\b({_KIND_WORDS}) (le|la|les) (?=\w)",
        lambda m: f"{m[1]} {m[2].capitalize()} ",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\b(Sainte?) (?=[A-ZÉÈ])", r"\1-", text)


def _proper(word, vocabulary, unknown=None):
    """A word of a name: as `_ALWAYS` spells it, else as the vocabulary does, with a capital letter."""
    key = plain(word)
    if key in _ALWAYS:
        return _ALWAYS[key]
    known = vocabulary.get(key, unknown or word.capitalize())
    return known[:1].upper() + known[1:]


def _short(text):
    """The name without quality labels ("lycée des métiers…"), and with "CFA" for its long forms."""
    shorter = _LABELS.sub("", text).strip(" -,")
    if shorter and not _KIND_ONLY.fullmatch(plain(shorter)):
        text = shorter
    if match := _LONG_CFA.match(text):
        rest = match["rest"].strip(" -–:")
        if plain(rest).startswith(("CFA", "OF-CFA", "CENTRE ")):
            return rest
        text = f"CFA{' agricole' if match['farm'] else ''} {rest}".strip()
    return text
