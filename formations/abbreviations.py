"""How diplomas are called for short, read from formations/data: by code, at the beginning and end of labels. Pure."""

import re
from pathlib import Path

from formations.data_files import read_entries
from formations.text_folding import without_accents

_DATA = Path(__file__).parent / "data"
# In the third cell of a type that holds several kinds of diploma: only the labels tell which.
_MIXED = "plusieurs"


def read_types(path: Path) -> tuple[dict[str, str], frozenset[str]]:
    """({first three characters of a CFD: what people say}, those that hold several kinds of diploma)."""
    sigles, mixed = {}, set()
    for entry in read_entries(path, 3):
        code, sigles[code], mark = entry.cells
        if mark not in {"", _MIXED}:
            raise entry.error(f"la troisième cellule est vide ou dit « {_MIXED} »")
        if mark:
            mixed.add(code)
    return sigles, frozenset(mixed)


TYPE_SIGLES, MIXED_TYPES = read_types(_DATA / "type_sigles.txt")

# Titles of the ministry of labour, chambers, universities, other bodies: 16X, 26T, 36M, 46C, 564…
TITLE_TYPE = r"[1-5]6[4A-Z]"

# (pattern, sigle) of what the last parenthesis of an official label holds, in plain capitals without points.
PARENTHESIS_SIGLES = tuple(
    (entry.pattern(), entry.cells[1]) for entry in read_entries(_DATA / "parenthesis_sigles.txt", 2)
)

# (pattern, sigle) of how a label that names its diploma first begins; the longest first.
PREFIX_SIGLES = tuple(
    (entry.pattern(flags=re.IGNORECASE), entry.cells[1])
    for entry in read_entries(_DATA / "prefix_sigles.txt", 2)
)

# A speciality that begins so, in plain capitals, names its diploma itself and takes no sigle before it.
BARE_BEGINNINGS = re.compile(
    "|".join(entry.pattern().pattern for entry in read_entries(_DATA / "bare_beginnings.txt", 1))
)

# (pattern, what it stands for) of what official labels write in short.
OFFICIAL_ABBREVIATIONS = tuple(
    (entry.pattern(), entry.cells[1]) for entry in read_entries(_DATA / "official_abbreviations.txt", 2)
)

# {word in plain capitals: with its accents} of words that few catalogues write; what a catalogue says comes first.
ACCENTED_WORDS = {
    without_accents(entry.cells[0]).upper(): entry.cells[0]
    for entry in read_entries(_DATA / "accented_words.txt", 1)
}
