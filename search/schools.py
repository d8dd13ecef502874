"""Search of schools by name, town, kind or UAI."""

import re
from datetime import date

from django.utils import timezone

from establishments.models import School
from formations.data_files import read_entries
from formations.text_folding import in_full
from search.query_words import DATA
from search.text_index import WordIndex, words_of

_LEAST_SCORE, _LEAST_SCORE_AS_WRITTEN, _LEAST_SHARE = 0.5, 0.75, 0.75


def _kinds(entry):
    return tuple(kind.strip() for kind in entry.cells[1].split(",") if kind.strip())


# (what people call a kind of school, how its kinds begin in the register), in order.
_KINDS = [
    (entry.pattern(r"\b(?:{})\b"), _kinds(entry)) for entry in read_entries(DATA / "school_kinds.txt", 2)
]


def school_kinds_in(text):
    """(beginnings of the kinds of school that a text names, the rest of the text), or None when it names none.

    school_kinds_in("lycée pro Guéret") is (("Lycée professionnel", …), "gueret").
    """
    text = in_full(text)
    for pattern, kinds in _KINDS:
        if pattern.search(text):
            return kinds, " ".join(pattern.sub(" ", text).split())
    return None


class SchoolSearch:
    """The search of all schools, built once per version of the data."""

    def __init__(self):
        self._names, self._closed_on, self._index = {}, {}, WordIndex()
        rows = School.objects.order_by().values_list(
            "uai", "name", "official_name", "kind", "city", "commune__name", "closed_on"
        )
        for uai, name, official, kind, city, commune, closed_on in rows:
            self._names[uai] = name
            if closed_on:
                self._closed_on[uai] = closed_on
            self._index.add(uai, in_full(name))
            for text, weight in ((city, 0.95), (commune or "", 0.95), (official, 0.9), (kind, 0.9)):
                self._index.add(uai, in_full(text), weight)
        self._index.close()

    def __len__(self):
        return len(self._names)

    def name(self, uai):
        return self._names[uai]

    def has(self, word):
        return word in self._index

    def search(self, query, can_correct=True):
        """([UAI], best first; score of the first, about 1 when it has all the words, 0 without any)."""
        uai = re.sub(r"\s", "", query).upper()
        if uai in self._names:
            return [uai], 2.0
        term_matches = self._index.match(words_of(in_full(query)), can_correct)
        scores = self._index.search(term_matches)
        best = max(scores.values(), default=0)
        if best < (_LEAST_SCORE if can_correct else _LEAST_SCORE_AS_WRITTEN):
            return [], 0
        found = [uai for uai, score in scores.items() if score >= best * _LEAST_SHARE]
        closed = {uai for uai in found if self._closed_on.get(uai, date.max) <= timezone.localdate()}
        found.sort(key=lambda uai: (uai in closed, -round(scores[uai], 2), self._names[uai], uai))
        return found, best
