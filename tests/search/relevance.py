"""What pupils and families type in the search field, and what they hope to find: relevance.txt."""

from dataclasses import dataclass
from pathlib import Path

from formations.data_files import read_entries
from formations.text_folding import fold

_KINDS = {"formations": "courses", "metiers": "jobs", "etablissements": "schools"}


@dataclass(frozen=True)
class Wish:
    """A query and what must be among the first three results of a kind.

    Wish("cap cuisine rennes", courses=("CAP Cuisine",), place="Rennes"): each text is words that one of the first three
    results holds, accents and case aside; one text of a tuple is enough. `schools` also asks that schools come first.
    """

    query: str
    courses: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    place: str = ""


def _wish(entry):
    query, expected, place = entry.cells
    kind, _, texts = expected.partition(" : ")
    if kind not in _KINDS or not texts:
        raise entry.error(f"« {expected} » ne dit pas une sorte de résultats, deux points, des textes")
    return Wish(
        query, **{_KINDS[kind]: tuple(text.replace("*", "") for text in texts.split(" | "))}, place=place
    )


WISHES = [_wish(entry) for entry in read_entries(Path(__file__).with_name("relevance.txt"), 3)]


def what_is_missing(wish, results):
    """What of a wish is not among the first three `results` of its kind, "" when all is there."""
    first = {group.kind: group.items[:3] for group in results.groups}
    texts = {
        "courses": [item.course.label for item in first.get("formations", ())],
        "jobs": [f"{job.name} {job.label}" for job in first.get("metiers", ())],
        "schools": [f"{item.school.name} {item.school.city}" for item in first.get("etablissements", ())],
    }
    for kind, found in texts.items():
        wanted = getattr(wish, kind)
        if wanted and not any(_has(text, words) for text in found for words in wanted):
            return f"{kind} {wanted} not in {found}"
    if wish.schools and results.groups[0].kind != "etablissements":
        return f"schools not first but {results.groups[0].kind}"
    if wish.place and not (results.place and _has(results.place.name, wish.place)):
        return f"place {results.place and results.place.name}"
    return ""


def _has(text, words):
    return all(word in fold(text) for word in fold(words).split())
