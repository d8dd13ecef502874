"""Search of schools by name, town or UAI, and of places by name or postal code."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from statistics import fmean

from establishments.models import Commune, PostalCode, School
from inserjeunes_portal.word_index import WordIndex, plain, words_of

_LEAST_SCORE, _LEAST_SCORE_AS_WRITTEN, _LEAST_SHARE = 0.5, 0.75, 0.75
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "lp": "lycee professionnel", "lpo": "lycee polyvalent"}
MOST_PLACES = 20


def in_full(text):
    """Plain text with the usual short forms written out: St Malo → saint malo."""
    return " ".join(_SHORT_FORMS.get(word, word) for word in plain(text).split())


@dataclass(frozen=True)
class FoundPlace:
    """A commune found, with the point from which distances are measured, None when it is not known."""

    code: str
    name: str
    postal_codes: tuple[str, ...]
    departement: str
    latitude: float | None
    longitude: float | None

    @property
    def postal_code(self):
        return self.postal_codes[0] if self.postal_codes else ""

    @property
    def has_point(self):
        return self.latitude is not None and self.longitude is not None


class SchoolSearch:
    """The index of all schools; built once for each version of the data."""

    def __init__(self):
        self._names, self._closed, self._index = {}, set(), WordIndex()
        rows = School.objects.order_by().values_list(
            "uai", "name", "official_name", "kind", "city", "commune__name", "closed_on"
        )
        for uai, name, official, kind, city, commune, closed_on in rows:
            self._names[uai] = name
            if closed_on:
                self._closed.add(uai)
            self._index.add(uai, in_full(name))
            for text, weight in ((city, 0.95), (commune or "", 0.95), (official, 0.9), (kind, 0.9)):
                self._index.add(uai, in_full(text), weight)
        self._index.close()

    def __len__(self):
        return len(self._names)

    def search(self, query, can_correct=True):
        """([UAI, best first], score of the first, 1 when all the words are there)."""
        uai = re.sub(r"\s", "", query).upper()
        if uai in self._names:
            return [uai], 2.0
        understanding = self._index.understand(words_of(in_full(query)), can_correct)
        scores = self._index.search(understanding)
        best = max(scores.values(), default=0)
        if best < (_LEAST_SCORE if can_correct else _LEAST_SCORE_AS_WRITTEN):
            return [], 0
        found = [uai for uai, score in scores.items() if score >= best * _LEAST_SHARE]
        found.sort(key=lambda uai: (uai in self._closed, -round(scores[uai], 2), self._names[uai], uai))
        return found, best


class PlaceSearch:
    """The names and postal codes of all communes; built once for each version of the data."""

    def __init__(self):
        self._places, self._by_name, self._by_postal_code = {}, defaultdict(list), defaultdict(list)
        self._schools = Counter(
            School.objects.order_by().exclude(commune=None).values_list("commune_id", flat=True)
        )
        self._index = WordIndex()
        places = _places()
        for place in [*places, *_cities_of_arrondissements(places)]:
            self._places[place.code] = place
        for place in self._places.values():
            self._by_name[in_full(place.name)].append(place)
            for postal_code in place.postal_codes:
                self._by_postal_code[postal_code].append(place)
        for name in self._by_name:
            self._index.add(name, name)
        self._index.close()

    def __len__(self):
        return len(self._places)

    def get(self, code):
        """The place of an INSEE code, or None."""
        return self._places.get(code)

    def exact(self, text):
        """The places of exactly this name or postal code, those with schools first."""
        text = in_full(text)
        found = self._by_postal_code.get(text) or self._by_name.get(text, [])
        return sorted(found, key=lambda place: -self._schools[place.code])

    def search(self, query):
        """Places of this name, else those whose name holds its words, else the nearest spellings."""
        exact = self.exact(query)
        if not query.strip() or plain(query).isdigit():
            return exact
        scores = self._index.search(self._index.understand(words_of(in_full(query)), can_correct=not exact))
        best = max(scores.values(), default=0)
        near = [name for name, score in scores.items() if score >= max(0.55, best * 0.9)]
        near.sort(key=lambda name: (-round(scores[name], 2), len(name), name))
        others = [place for name in near for place in self._by_name[name] if place not in exact]
        others.sort(key=lambda place: not self._schools[place.code])
        return (exact + others)[:MOST_PLACES]

    def in_query(self, words, has_all):
        """(place, the other words) when some of `words` name a place, else (None, words).

        The longest names are tried first, the last words first. `has_all` tells whether words are those of
        something else: then they name no place, unless a postal code.
        """
        if has_all(words):
            return None, words
        for length in range(min(5, len(words) - 1), 0, -1):
            for start in range(len(words) - length, -1, -1):
                part = words[start : start + length]
                places = self.exact(" ".join(part))
                if places and (part[0].isdigit() or length > 1 or not has_all(part)):
                    return places[0], words[:start] + words[start + length :]
        return None, words


def _places():
    postal_codes = defaultdict(list)
    for postal_code, commune in PostalCode.objects.order_by("code").values_list("code", "commune_id"):
        postal_codes[commune].append(postal_code)
    rows = Commune.objects.order_by("name", "code").values_list(
        "code", "name", "departement__name", "latitude", "longitude"
    )
    return [
        FoundPlace(code, name, tuple(postal_codes[code]), departement or "", latitude, longitude)
        for code, name, departement, latitude, longitude in rows
    ]


def _cities_of_arrondissements(places):
    """Paris, Lyon and Marseille, whose point and postal codes are known by arrondissement only."""
    parts = defaultdict(list)
    for place in places:
        if place.name.endswith("Arrondissement") and place.has_point:
            parts[place.name.split()[0]].append(place)
    for place in places:
        if place.name in parts and not place.has_point:
            arrondissements = parts[place.name]
            yield replace(
                place,
                postal_codes=tuple(
                    {f"{code[:2]}000" for part in arrondissements for code in part.postal_codes}
                ),
                latitude=fmean(part.latitude for part in arrondissements),
                longitude=fmean(part.longitude for part in arrondissements),
            )
