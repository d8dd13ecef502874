"""Distances as the crow flies, in the database: a box that indexes can serve, then the exact formula."""

import math

from django.db.models import F, FloatField, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

EARTH_RADIUS_KM = 6371.0
KM_IN_A_DEGREE = math.radians(EARTH_RADIUS_KM)
# A parallel is no great circle: the circle is a little wider than its middle.
_MARGIN = 1.01
DEFAULT_RADIUS_KM = 20
LARGEST_RADIUS_KM = 200


def bounding_box(latitude, longitude, km):
    """(south, north, west, east) of a box that holds every point within `km`."""
    height = _MARGIN * km / KM_IN_A_DEGREE
    width = height / max(0.01, math.cos(math.radians(latitude)))
    return latitude - height, latitude + height, longitude - width, longitude + width


def distance_km(latitude, longitude, other_latitude, other_longitude):
    """Distance between two points, by the haversine formula."""
    a = (
        math.sin(math.radians(other_latitude - latitude) / 2) ** 2
        + math.cos(math.radians(latitude))
        * math.cos(math.radians(other_latitude))
        * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1, math.sqrt(a)))


def near(queryset, latitude, longitude, km=DEFAULT_RADIUS_KM):
    """The rows of `queryset` within `km` of a point, nearest first, each with its `distance` in kilometres.

    The rows need `latitude` and `longitude`; those without a point are left out.
    """
    south, north, west, east = bounding_box(latitude, longitude, km)
    return (
        queryset.filter(latitude__range=(south, north), longitude__range=(west, east))
        .annotate(distance=_haversine(latitude, longitude))
        .filter(distance__lte=km)
        .order_by("distance", "pk")
    )


def _haversine(latitude, longitude):
    half_height = Radians((F("latitude") - _number(latitude)) / _number(2))
    half_width = Radians((F("longitude") - _number(longitude)) / _number(2))
    a = Power(Sin(half_height), 2) + Cos(Radians(_number(latitude))) * Cos(Radians(F("latitude"))) * Power(
        Sin(half_width), 2
    )
    return _number(2 * EARTH_RADIUS_KM) * ASin(Least(_number(1), Sqrt(a)))


def _number(value):
    return Value(float(value), output_field=FloatField())
