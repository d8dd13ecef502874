"""An in-memory index of short texts that tolerates missing accents, other endings, half-typed words and typing errors.

Courses, jobs, schools and places are searched with it (why in memory: docs/adr/0011-recherche-en-memoire.md). Pure: no Django.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from formations.text_folding import fold
from search.phonetics import sound
from search.query_words import EMPTY_WORDS

EXACT, ENDING, SOUND, STEM, PREFIX, CORRECTED = 1.0, 0.97, 0.95, 0.92, 0.85, 0.6
# Whoever types a whole word seldom means a longer one that begins with it.
_LONGER_THAN_A_WORD = 0.6

# Endings by which the name of a trade, of its worker and of its products differ: coiffeur, coiffeuse, coiffure.
_ENDING_LIST = (
    "isteries isterie issements issement isations isation ements ement ations ation ateurs ateur atrices atrice iciennes icienne "
    "icite iciens icien iennes ienne ieres iere eries erie euses euse istes iste iques ique ages age eurs eur ures ure "
    "ions ion ites ite iers ier ants ant ents ent ees ee ers er ien es e s x"
)
_ENDINGS = _ENDING_LIST.split()
_MAX_EXPANSIONS = 60
_SHORTEST_SOUND = 4
# People seldom mistype the first letter of a word this short: it is not corrected to another beginning.
_SHORT = 5


def words_of(text: str) -> list[str]:
    """The folded words of a text, without those that carry no meaning unless there are no others."""
    words = fold(text).split()
    return [word for word in words if word not in EMPTY_WORDS] or words


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, cut to no fewer than four letters: coiffeur, coiffeuse and coiffure share a stem."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


@dataclass
class TermMatches:
    """The words of the index that each word of a query stands for.

    TermMatches(words=["cuisinne"], by_word={"cuisinne": {"cuisine": 0.56}}, corrections={"cuisinne": "cuisine"}):
    quality of each match from 0 to 1, none for a word that the index does not know; the best match of a corrected word.
    """

    words: list[str]
    by_word: dict[str, dict[str, float]] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> list[str]:
        return [word for word in self.words if not self.by_word.get(word)]


class WordIndex:
    """Texts by key, each word with the weight of the field it comes from; `close` it before searching.

    completeness: score added to a text that has no other words than those of the query; in proportion when it has.
    """

    def __init__(self, completeness: float = 0.15) -> None:
        self._completeness = completeness
        self._postings: dict[str, dict[Hashable, float]] = defaultdict(dict)
        self._lengths: dict[Hashable, int] = {}

    def add(self, key: Hashable, text: str, weight: float = 1.0) -> None:
        """Add words to the text of `key`. Only words of weight 1 count in its length, which completeness compares."""
        words = words_of(text)
        for word in words:
            found = self._postings[word]
            found[key] = max(weight, found.get(key, 0))
        if weight == 1.0:
            self._lengths[key] = max(len({stem(word) for word in words}), self._lengths.get(key, 0))

    def close(self) -> Self:
        self._vocabulary = sorted(self._postings)
        self._stems, self._sounds = defaultdict(list), defaultdict(list)
        for word in self._vocabulary:
            self._stems[stem(word)].append(word)
            if len(word) >= _SHORTEST_SOUND:
                self._sounds[sound(word)].append(word)
        return self

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def has_all(self, words: Collection[str]) -> bool:
        """Whether one text has all these words as they are written, or in another gender or number."""
        return bool(words) and bool(set.intersection(*map(self._texts_with, words)))

    def _texts_with(self, word: str) -> set[Hashable]:
        forms = (word, *self._endings_of(word))
        return {key for form in forms for key in self._postings.get(form, ())}

    def match(self, words: list[str], can_correct: bool = True) -> TermMatches:
        term_matches = TermMatches(words)
        for word in words:
            matches = self._matches(word)
            if not matches and can_correct:
                matches = self._corrected(word)
                if matches:
                    term_matches.corrections[word] = max(matches, key=matches.__getitem__)
            term_matches.by_word[word] = matches
        return term_matches

    def search(self, term_matches: TermMatches) -> dict[Any, float]:
        """{key: score}: 1 for a text with all the words as written, plus `completeness` when it has no others.

        Each word counts by its rarity in the index; a word that the index does not know counts as the rarest one.
        """
        known = [word for word in term_matches.words if term_matches.by_word.get(word)]
        if not known:
            return {}
        rarities = {word: self._rarity(term_matches.by_word[word]) for word in known}
        total = sum(rarities.values()) + len(term_matches.unknown) * max(rarities.values())
        scores: dict[Hashable, float] = defaultdict(float)
        matched: dict[Hashable, int] = defaultdict(int)
        for word in known:
            for key, quality in self._best(term_matches.by_word[word]).items():
                scores[key] += rarities[word] / total * quality
                matched[key] += quality > 0.5
        for key in scores:
            scores[key] += self._completeness * min(1, matched[key] / max(1, self._lengths.get(key, 1)))
        return scores

    def _matches(self, word: str) -> dict[str, float]:
        is_whole = word in self._postings
        matches = {}
        if len(word) >= 3:
            for other in self._starting_with(word):
                matches[other] = _LONGER_THAN_A_WORD if is_whole else PREFIX
            for other in self._stems.get(stem(word), ()):
                matches[other] = STEM
            if not is_whole and len(word) >= _SHORTEST_SOUND:
                for other in self._sounds.get(sound(word), ()):
                    matches[other] = SOUND
            for other in self._endings_of(word):
                matches[other] = ENDING
        if is_whole:
            matches[word] = EXACT
        return matches

    def _endings_of(self, word: str) -> list[str]:
        """Words of the index that differ from `word` by gender or number only."""
        others = [f"{word}s", f"{word}x", f"{word}e", f"{word}es"]
        if word[-1] in "sxe":
            others += [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
        return [other for other in others if other in self._postings]

    def _starting_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._vocabulary, word)
        for other in self._vocabulary[start : start + _MAX_EXPANSIONS]:
            if not other.startswith(word):
                return
            yield other

    def _corrected(self, word: str) -> dict[str, float]:
        """The nearest words by edit distance: one error allowed up to 5 letters, two up to 8, three beyond."""
        if len(word) < 4 or word.isdigit():
            return {}
        errors = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
        near = process.extract(
            word, self._vocabulary, scorer=OSA.distance, score_cutoff=errors, limit=12, processor=None
        )
        if not near:
            return {}
        fewest = min(distance for _, distance, _ in near)
        matches = {}
        for other, distance, _ in near:
            if len(word) <= _SHORT and other[0] != word[0]:
                continue
            if distance == fewest and other[0] == word[0] or distance == 1:
                matches[other] = CORRECTED * (1 - distance / (2 * len(word)))
                for relative in self._stems[stem(other)]:
                    matches.setdefault(relative, CORRECTED * 0.8)
        if matches or len(word) <= _SHORT:
            return matches
        return {near[0][0]: CORRECTED * 0.7}

    def nearest(self, word: str, number: int = 3) -> list[str]:
        """The words most like `word`, nearest first; [] when none is alike."""
        near = process.extract(
            word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=0.55, limit=number
        )
        return [other for other, _, _ in near if len(other) >= _SHORTEST_SOUND]

    def _best(self, matches: dict[str, float]) -> dict[Hashable, float]:
        best: dict[Hashable, float] = {}
        for other, quality in matches.items():
            for key, weight in self._postings[other].items():
                if quality * weight > best.get(key, 0):
                    best[key] = quality * weight
        return best

    def _rarity(self, matches: dict[str, float]) -> float:
        number = max(len(self._postings[other]) for other in matches)
        return 1 + math.log((1 + len(self._lengths)) / (1 + number))
