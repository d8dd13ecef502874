"""What people call courses, read from search/data/synonyms.txt: their sigles, and everyday words. Pure: no Django."""

from pathlib import Path

from formations.data_files import read_entries
from formations.text_folding import fold
from search.query_words import DATA
from search.text_index import words_of


def read_everyday_names(path: Path) -> dict[str, tuple[str, str]]:
    """{words of a label, folded: (its sigles, folded, and everyday words for it)}."""
    names = {}
    for entry in read_entries(path, 3):
        phrase, sigles, words = entry.cells
        if not (fold(sigles) or fold(words)):
            raise entry.error("ni sigle ni mot de tous les jours")
        if fold(phrase) in names:
            raise entry.error(f"« {phrase} » est déjà plus haut")
        names[fold(phrase)] = (fold(sigles), words)
    return names


EVERYDAY_NAMES = read_everyday_names(DATA / "synonyms.txt")


def is_everyday_name_of(phrase: str, label: str) -> bool:
    """Whether the folded text of a label holds the whole words of `phrase`."""
    return f" {phrase} " in f" {label} "


def initials(label: str) -> str:
    """The sigle by which most courses are known: "mspc" for « Maintenance des systèmes de production connectés, option… ».

    "" when there are fewer than three words.
    """
    subject = fold(label.split(",")[0].split(":")[0].split("(")[0])
    words = [word for word in words_of(subject) if not word.isdigit()]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""
