"""Suggestions while somebody types in the search field: the first results of each kind, with their addresses."""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.articles import of
from search.engine import find, searches
from search.results import COURSES, JOBS, SCHOOLS, SearchRequest
from search.text_index import words_of

_MOST = {JOBS: 2, COURSES: 4, SCHOOLS: 3}
_SHORTEST = 2
_SHORTEST_TOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """Suggestion(texte="CAP Cuisine", nature="Formation", adresse="/formations/cap-cuisine-50022146/")"""

    texte: str
    nature: str
    adresse: str


def suggested(query, version, links):
    """{"suggestions": [Suggestion as a dict], "annonce": "5 suggestions"} for the beginning of a query."""
    found = list(_suggestions(query, version, links)) if len(query) >= _SHORTEST else []
    return {
        "suggestions": [asdict(suggestion) for suggestion in found],
        "annonce": _("%(number)s suggestions, flèches pour les parcourir") % {"number": len(found)}
        if found
        else _("Aucune suggestion"),
    }


def _suggestions(query, version, links):
    results = find(SearchRequest(query), version)
    if results.place:
        yield _around(results.place, results.parsed_query.subject, query, links)
    elif found := _town_begun(query, version):
        place, rest = found
        yield _around(place, rest, f"{rest} {place.name}".strip(), links)
    for group in results.groups:
        for item in group.items[: _MOST.get(group.kind, 0)]:
            if group.kind == COURSES:
                yield Suggestion(item.course.label, _("Formation"), links.course(item.course))
            elif group.kind == JOBS:
                yield Suggestion(_first_capital(item.name), _("Métier"), links.job(item))
            elif not results.place or not results.parsed_query.subject:
                nature = " · ".join(part for part in (_("Établissement"), item.school.city) if part)
                yield Suggestion(item.school.name, nature, links.school(item.school))


def _town_begun(query, version):
    """(town, words before it) when the last word begins the name of a town and is no word of a course; else None.

    The last word needs three letters.
    """
    *rest, last = query.split()
    known = searches(version)
    if len(last) < _SHORTEST_TOWN or known.courses.has_all(words_of(last)):
        return None
    place = known.places.beginning(last)
    return (place, " ".join(rest)) if place else None


def _around(place, subject, query, links):
    parameters = {"q": query, **({} if subject else {"type": SCHOOLS})}
    text = _("%(words)s autour %(of_place)s") if subject else _("Autour %(of_place)s")
    words = {"words": subject.replace("bacpro", "bac pro"), "of_place": of(place.name)}
    return Suggestion(text % words, _("Lieu"), f"{reverse('search')}?{urlencode(parameters)}{links.tail}")


def _first_capital(text):
    return text[:1].upper() + text[1:]
