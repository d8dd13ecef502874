"""Reading of the parameters of a search: words, place or position, radius, facets, order."""

import re

from django.utils.translation import gettext as _

from establishments.distance import DEFAULT_RADIUS_KM, LARGEST_RADIUS_KM
from search import filters, results
from search.places import FoundPlace
from search.results import SearchRequest
from search.translation import in_french

LONGEST_QUERY = 200
_MOST_CHOICES = 20
# About a kilometre: privacy, the position of a visitor is never handled more precisely.
_DECIMALS = 2
_POSITION = re.compile(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")


def text_of(parameters, name="q"):
    return " ".join(parameters.get(name, "").replace("\0", " ").split())[:LONGEST_QUERY]


def number_of(parameters, name, default):
    text = parameters.get(name)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def read_request(parameters, places):
    """(`SearchRequest`, the town that was typed when it is unknown, else "") of the parameters of an address."""
    town = text_of(parameters, "ville")
    given = places.get(parameters.get("lieu", "")) or _position(parameters)
    towns = places.search(town) if town else []
    place = towns[0] if towns else None if town else given
    kind = parameters.get("type", "")
    sort = parameters.get("tri", "")
    radius = number_of(parameters, "rayon", DEFAULT_RADIUS_KM)
    return (
        SearchRequest(
            query=in_french(text_of(parameters)),
            kind=kind if kind in results.TITLES else "",
            number=number_of(parameters, "page", 1),
            place=place,
            homonyms=tuple(other for other in places.exact(town) if other != place) if town else (),
            radius=min(max(radius, 1), LARGEST_RADIUS_KM),
            chosen={name: set(parameters.getlist(name)[:_MOST_CHOICES]) - {""} for name in filters.NAMES},
            sort=sort if sort in results.SORTS else results.RELEVANCE,
        ),
        town if town and not place else "",
    )


def town_text(parameters, place, places):
    """The text of the town field: what was typed, else a name or postal code that leads back to `place`."""
    town = text_of(parameters, "ville")
    if town or not place or not place.code:
        return town
    return place.name if _town(place.name, places) == place else place.postal_code


def _town(text, places):
    found = places.search(text) if text else []
    return found[0] if found else None


def _position(parameters):
    """The place of « position=48.11,-1.68 », rounded; None without one."""
    if not (found := _POSITION.fullmatch(parameters.get("position", ""))):
        return None
    latitude, longitude = (round(float(number), _DECIMALS) for number in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return FoundPlace("", _("votre position"), (), "", latitude, longitude)
