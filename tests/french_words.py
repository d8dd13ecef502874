"""French left in what a page in another language shows or reads aloud."""

import html
import re
from html.parser import HTMLParser

# Enough of the commonest words for a French sentence not to slip through.
COMMON_WORDS = """
au aucun aucune aussi autre autres aux avec ce ces cette chiffre chiffres comme dans des deux
diplôme diplômes du elle elles emploi en est et être établissement établissements étudient élève
élèves formation formations il ils jeunes la le les leur leurs lieu ligne mois même métier métiers
ne nous ou où par pas près que quel quelle qui région régions sa ses son sont sur tous tout
toute toutes travaillent un une vers ville voie voir vos votre vous à année années après
"""
FRENCH = frozenset(COMMON_WORDS.split())
# Names that keep their French form, with an explanation beside them.
NAMES = (
    "Centre de formation d’apprentis",
    "Défenseur des droits",
    "La Poste",
)
FRENCH_PUNCTUATION = re.compile("[«»]|[\u00a0\u202f ][:;?!%]")


class _Read(HTMLParser):
    """What a page says, seen or read aloud, but for the parts that it marks as French."""

    VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}

    def __init__(self):
        super().__init__()
        self.said, self._open = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_silent = tag in {"script", "style"} or attrs.get("lang") == "fr" or any(self._open)
        if not is_silent:
            self.said += [value for name, value in attrs.items() if self._is_said(name, value)]
            if attrs.get("name") == "description":
                self.said.append(attrs["content"])
        if tag not in self.VOID:
            self._open.append(is_silent)

    @staticmethod
    def _is_said(name, value):
        """Scripts say what data-* attributes hold, when it is a text."""
        is_text = name.startswith("data-") and " " in (value or "")
        return is_text or name in {"aria-label", "title", "placeholder", "alt"}

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if self._open:
            self._open.pop()

    def handle_data(self, data):
        if not any(self._open):
            self.said.append(data)


def french_in(content):
    """[(word, text where it stands)] of a page in English whose data hold no French word."""
    page = _Read()
    page.feed(content)
    found = []
    for text in map(html.unescape, filter(None, page.said)):
        plain = re.sub(r"https?://\S+", "", text).lower()
        for name in NAMES:
            plain = plain.replace(name.lower(), "")
        words = set(re.findall(r"[\w’]+", plain)) & FRENCH
        found += [(word, " ".join(text.split())) for word in words]
        found += [(mark, " ".join(text.split())) for mark in FRENCH_PUNCTUATION.findall(text)]
    return found
