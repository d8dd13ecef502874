"""Words of queries by what they are for, read from search/data/query_words.txt. Pure: no Django."""

from pathlib import Path

from formations.data_files import DataFileError, read_entries

DATA = Path(__file__).parent / "data"
_PURPOSES = ("vides", "sigles", "souhaits", "souhaits_vides", "metier", "etablissement")


def read_query_words(path: Path) -> dict[str, frozenset[str]]:
    words = {}
    for entry in read_entries(path, 2):
        if entry.cells[0] not in _PURPOSES:
            raise entry.error(f"« {entry.cells[0]} » n’est pas un usage connu : {', '.join(_PURPOSES)}")
        words[entry.cells[0]] = frozenset(entry.cells[1].split())
    if missing := [purpose for purpose in _PURPOSES if purpose not in words]:
        raise DataFileError(f"{path.name} : il manque {', '.join(missing)}")
    return words


_words = read_query_words(DATA / "query_words.txt")
# Words without meaning, left out when there are others.
EMPTY_WORDS = _words["vides"]
# Kinds of diploma, each spelt as one word.
SIGLES = _words["sigles"]
# What people write around what they look for: « devenir coiffeuse ».
WISHES = _words["souhaits"]
# Wishes that are nothing beside a place: « formation à Guéret ».
EMPTY_WISHES = _words["souhaits_vides"]
# Words that ask for a job rather than a course.
JOB_WORDS = _words["metier"]
# What people write for the place of their studies, or the kind of place.
SCHOOL_WORDS = _words["etablissement"]
