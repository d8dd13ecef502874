"""Lambert-93 coordinates of metropolitan France → latitude and longitude (GRS80, EPSG:2154)."""

import numpy as np
from numpy.typing import ArrayLike

_EXPONENT, _CONSTANT = 0.7256077650532670, 11754255.426096
_POLE_X, _POLE_Y = 700_000.0, 12655612.049876
_ECCENTRICITY, _MERIDIAN = 0.08181919104281579, np.radians(3)
# Nothing metropolitan lies outside; overseas coordinates are in other projections.
_EAST, _NORTH = (0, 1_300_000), (6_000_000, 7_200_000)


def degrees(x: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """(latitudes, longitudes) of arrays of coordinates in metres, NaN outside metropolitan France."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    inside = (x > _EAST[0]) & (x < _EAST[1]) & (y > _NORTH[0]) & (y < _NORTH[1])
    x, y = np.where(inside, x, np.nan), np.where(inside, y, np.nan)
    distance = np.hypot(x - _POLE_X, y - _POLE_Y)
    longitude = np.arctan((x - _POLE_X) / (_POLE_Y - y)) / _EXPONENT + _MERIDIAN
    isometric = -np.log(distance / _CONSTANT) / _EXPONENT
    latitude = 2 * np.arctan(np.exp(isometric)) - np.pi / 2
    for _ in range(8):
        sine = _ECCENTRICITY * np.sin(latitude)
        stretch = ((1 + sine) / (1 - sine)) ** (_ECCENTRICITY / 2)
        latitude = 2 * np.arctan(stretch * np.exp(isometric)) - np.pi / 2
    return np.degrees(latitude), np.degrees(longitude)
