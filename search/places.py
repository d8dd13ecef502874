"""Places by name or postal code: communes, arrondissements, départements and regions."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from statistics import fmean

from establishments.models import Commune, CommuneName, PostalCode, School, Territory
from formations.data_files import read_entries
from formations.text_folding import fold, in_full, town_key
from search.query_words import DATA
from search.text_index import WordIndex, words_of

_AREAS = (Territory.Level.DEPARTEMENT, Territory.Level.REGION, Territory.Level.COUNTRY)
# [(what people call an area, its name)]: PACA, IDF…
_AREA_NAMES = [entry.cells for entry in read_entries(DATA / "area_names.txt", 2)]
MOST_PLACES = 20
# A town with this many schools is meant even by a word that a course has too.
_WELL_KNOWN = 10
_LEAST_SCORE, _LEAST_SHARE = 0.55, 0.9


def name_key(text):
    """The key under which a place is stored, the same for Aix-en-Provence and « aix provence »."""
    return " ".join(words_of(in_full(text)))


@dataclass(frozen=True)
class FoundPlace:
    """A commune, département or region.

    The point is that from which distances are measured, None when it is not known; of an area, the middle of its
    schools. territory: key of the area, "" of a commune.
    """

    code: str
    name: str
    postal_codes: tuple[str, ...]
    departement: str
    latitude: float | None
    longitude: float | None
    territory: str = ""

    @property
    def postal_code(self):
        return self.postal_codes[0] if self.postal_codes else ""

    @property
    def position(self):
        """ "48.11,-1.68" of where somebody stands, "" of a place that has a name."""
        return "" if self.code else f"{self.latitude},{self.longitude}"

    @property
    def is_country(self):
        return self.territory.startswith(Territory.Level.COUNTRY)

    @property
    def has_point(self):
        return self.latitude is not None and self.longitude is not None


class PlaceSearch:
    """The search of all communes and areas by name and postal code, built once per version of the data."""

    def __init__(self):
        self._places, self._by_name, self._by_code = {}, defaultdict(list), defaultdict(list)
        self._schools = Counter(
            School.objects.order_by().exclude(commune=None).values_list("commune_id", flat=True)
        )
        communes = _communes()
        for place in communes:
            self._places[place.code] = place
        for city, parts in _cities_of_arrondissements(communes):
            self._places[city.code] = city
            self._schools[city.code] += sum(self._schools[part] for part in parts)
        for place in self._places.values():
            self._by_name[name_key(place.name)].append(place)
            if place.name.endswith("Arrondissement"):
                self._add_arrondissement(place)
            for postal_code in place.postal_codes:
                self._by_code[postal_code].append(place)
        for place in _areas():
            self._places[place.code] = place
            self._by_name[name_key(place.name)].append(place)
            if place.code.startswith(Territory.Level.DEPARTEMENT):
                self._by_code[_department_number(place.code)].append(place)
        self._add_other_names()
        self._add_postal_codes_of_schools()
        self._index, self._towns, self._town_names = WordIndex(), WordIndex(), []
        for name, places in self._by_name.items():
            self._index.add(name, name)
            # Words are not corrected to the other names, of hamlets mostly.
            if name in self._own_names and any(self._importance(place) for place in places):
                self._towns.add(name, name)
                self._town_names.append(name)
        self._index.close()
        self._towns.close()

    def __len__(self):
        return len(self._places)

    def get(self, code):
        """The place of an INSEE code or key of an area, or None."""
        return self._places.get(code)

    def exact(self, text):
        """The places of exactly this name, postal code or number of a département, those with most schools first."""
        town = town_key(text)
        found = (
            self._by_code.get(fold(text)) or self._by_code.get(town) or self._by_name.get(name_key(town), [])
        )
        return sorted(found, key=lambda place: -self._importance(place))

    def named(self, text):
        """The place whose whole name is this text of several words, articles included (La Souterraine), or None."""
        full = in_full(text)
        places = self.exact(full) if " " in full else []
        return next((place for place in places if in_full(place.name) == full), None)

    def search(self, query):
        """Places of this name, else those whose name holds its words, else the nearest spellings."""
        exact = self.exact(query)
        if not query.strip() or fold(query).isdigit():
            return exact
        words = words_of(town_key(query))
        scores = self._towns.search(self._towns.match(words, can_correct=not exact))
        if not scores:
            scores = self._index.search(self._index.match(words, can_correct=not exact))
        best = max(scores.values(), default=0)
        near = [name for name, score in scores.items() if score >= max(_LEAST_SCORE, best * _LEAST_SHARE)]
        near.sort(key=lambda name: (-round(scores[name], 2), len(name), name))
        others = [place for name in near for place in self._by_name[name] if place not in exact]
        others.sort(key=lambda place: -bool(self._importance(place)))
        return (exact + others)[:MOST_PLACES]

    def beginning(self, text):
        """Among towns and areas whose name begins with this text, the one with most schools, or None."""
        start = name_key(text)
        names = [name for name in self._town_names if start and name.startswith(start)]
        return self.exact(max(names, key=self._importance_of))[0] if names else None

    def in_query(self, words, has_all):
        """(place, the other words) when some of `words` name a place, else (None, words).

        The longest names are tried first, the last words first. `has_all` tells whether words are those of
        something else: then they name no place, unless a postal code or a town with many schools.
        """
        if len(words) > 1 and has_all(words):
            return None, words
        for length in range(min(5, len(words)), 0, -1):
            for start in range(len(words) - length, -1, -1):
                part = words[start : start + length]
                places = self.exact(" ".join(part))
                if places and (length > 1 or self._is_meant(part, places[0], has_all)):
                    return places[0], words[:start] + words[start + length :]
        return None, words

    def misspelt_in(self, words, is_known):
        """(place, other words, word): the last unknown word that looks like the name of a town; (None, words, "") without one."""
        for word in reversed(words):
            if len(word) < 4 or word.isdigit() or is_known(word):
                continue
            matches = self._towns.match([word]).by_word[word]
            names = [name for name in matches if name in self._by_name]
            if names:
                best = max(names, key=lambda name: (round(matches[name], 2), self._importance_of(name)))
                others = [other for other in words if other != word]
                return self.exact(best)[0], others, word
        return None, words, ""

    def _is_meant(self, part, place, has_all):
        is_code = part[0][0].isdigit() and part[0] not in {"1", "2", "3"}
        is_well_known = self._schools[place.code] >= _WELL_KNOWN and " ".join(part) in self._own_names
        return is_code or place.is_country or is_well_known or not has_all(part)

    def _importance(self, place):
        """Number of schools of a commune; 0.5 for an area, after the communes of its name that have schools."""
        return 0.5 if place.territory else self._schools[place.code]

    def _importance_of(self, name):
        return max(self._importance(place) for place in self._by_name[name])

    def _add_other_names(self):
        """Former communes, whose code the present one may have kept, places in communes, and what people call regions."""
        self._own_names = frozenset(self._by_name)
        for name, code in CommuneName.objects.order_by("name", "commune_id").values_list(
            "name", "commune_id"
        ):
            place, homonyms = self._places[code], self._by_name[name_key(name)]
            # A former commune that has a code of its own is a place already, at the point of the present one.
            if place.departement not in {other.departement for other in homonyms}:
                homonyms.append(place)
        for name, area in _AREA_NAMES:
            if places := [place for place in self._by_name.get(name_key(area), ()) if place.territory]:
                self._by_name[name_key(name)] += places

    def _add_postal_codes_of_schools(self):
        """CEDEX codes are in no postal table: the town of most schools that have one tells where it is."""
        rows = School.objects.order_by("uai").exclude(commune=None).exclude(postal_code="")
        towns = defaultdict(Counter)
        for postal_code, commune in rows.values_list("postal_code", "commune_id"):
            towns[postal_code][commune] += 1
        for postal_code in towns.keys() - self._by_code.keys():
            self._by_code[postal_code].append(self._places[towns[postal_code].most_common(1)[0][0]])

    def _add_arrondissement(self, place):
        """« Lyon 8 », « lyon 8e » and « lyon 8eme » for Lyon 8e Arrondissement."""
        city, rank = fold(place.name).split()[:2]
        number = "".join(letter for letter in rank if letter.isdigit())
        for name in (f"{city} {number}", f"{city} {rank}", f"{city} {number}eme"):
            self._by_name[name].append(place)


def _department_number(key):
    """departement-035 → 35, departement-02A → 2a, departement-974 → 974."""
    number = key.removeprefix(f"{Territory.Level.DEPARTEMENT}-")
    return number.removeprefix("0").lower() if len(number) == 3 else number.lower()


def _communes():
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


def _areas():
    points = defaultdict(list)
    rows = (
        School.objects.order_by()
        .exclude(latitude=None)
        .values_list("region", "territory", "latitude", "longitude")
    )
    for region, territory, latitude, longitude in rows:
        for key in {region, territory} - {None}:
            points[key].append((latitude, longitude))
    for key, name in (
        Territory.objects.filter(level__in=_AREAS).order_by("-level", "key").values_list("key", "name")
    ):
        middle = [fmean(values) for values in zip(*points[key], strict=True)] or [None, None]
        yield FoundPlace(key, name, (), "", *middle, territory=key)


def _cities_of_arrondissements(places):
    """Paris, Lyon and Marseille with the postal codes of their arrondissements, and (city, codes of these)."""
    parts = defaultdict(list)
    for place in places:
        if place.name.endswith("Arrondissement") and place.has_point:
            parts[place.name.split()[0], place.departement].append(place)
    for place in places:
        if found := parts.get((place.name, place.departement)):
            latitude, longitude = place.latitude, place.longitude
            if not place.has_point:
                latitude = fmean(part.latitude for part in found)
                longitude = fmean(part.longitude for part in found)
            codes = tuple({f"{code[:2]}000" for part in found for code in part.postal_codes})
            city = replace(place, postal_codes=codes, latitude=latitude, longitude=longitude)
            yield city, [part.code for part in found]
