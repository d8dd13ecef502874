"""Parsing of a query into a place, a kind of school and a subject, the course or job."""

import re
from dataclasses import dataclass, field

from formations.text_folding import fold
from search.courses import wished_words
from search.places import FoundPlace
from search.query_words import EMPTY_WISHES
from search.schools import school_kinds_in
from search.spellings import asks_for_a_job, spelt_out
from search.text_index import words_of

# What postal addresses add to the name of a town: « Rennes cedex 7 ».
_CEDEX = re.compile(r"\bcedex(?: \d{1,2})?\b")


@dataclass
class ParsedQuery:
    """What a query asks for.

    ParsedQuery(subject="cap cuisine", place=FoundPlace(…) or None, homonyms=[FoundPlace(…)], kinds=("Lycée",) or
    None, wants_a_job=False, corrections={"marseile": "Marseille"}). subject: what is looked for, "" when it is any
    course. kinds: how the kinds of schools asked for begin, () for any school, None when no school is asked for.
    """

    subject: str = ""
    place: FoundPlace | None = None
    homonyms: list = field(default_factory=list)
    kinds: tuple[str, ...] | None = None
    wants_a_job: bool = False
    corrections: dict[str, str] = field(default_factory=dict)


def parse_query(query, courses, schools, places, place=None, homonyms=()):
    """The `ParsedQuery` of a query, by the words that each of the three searches knows.

    place: the one given in a field of its own, which takes precedence over a place named in the query; homonyms: the
    other places of its name.
    """
    query = _CEDEX.sub(" ", fold(query))
    words = words_of(spelt_out(query))
    corrections = {}
    named, rest = places.named(query), []
    if not named:
        named, rest = places.in_query(words, courses.has_all)
    if not named and not place:
        named, rest, typed = places.misspelt_in(words, lambda word: courses.knows(word) or schools.has(word))
        corrections = {typed: named.name} if named else {}
    if named and not place:
        homonyms = places.exact(" ".join(word for word in words if word not in rest))
    kinds, subject = school_kinds_in(" ".join(rest)) or (None, " ".join(rest))
    return ParsedQuery(
        subject="" if not subject or subject == "bacpro" and kinds else " ".join(_wished(subject)),
        place=place or named,
        homonyms=[other for other in homonyms if other != (place or named)],
        kinds=kinds,
        wants_a_job=asks_for_a_job(query),
        corrections=corrections,
    )


def _wished(subject):
    """The words of the subject; none when it only holds words like « près de » or « formation »."""
    return [word for word in wished_words(subject) if word not in EMPTY_WISHES]
