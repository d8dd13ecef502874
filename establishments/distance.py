"""Distances as the crow flies. Pure: no Django."""

import math

EARTH_RADIUS_KM = 6371.0
DEFAULT_RADIUS_KM = 20
LARGEST_RADIUS_KM = 200


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points given in degrees, by the haversine formula."""
    a = (
        math.sin(math.radians(other_latitude - latitude) / 2) ** 2
        + math.cos(math.radians(latitude))
        * math.cos(math.radians(other_latitude))
        * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1, math.sqrt(a)))
