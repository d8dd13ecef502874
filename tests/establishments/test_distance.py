"""Distances between points."""

import pytest

from establishments.distance import distance_km

PARIS, LYON = (48.8566, 2.3522), (45.7640, 4.8357)


def test_distance_between_paris_and_lyon():
    assert distance_km(*PARIS, *LYON) == pytest.approx(391.5, abs=1)


def test_distance_to_oneself_is_zero():
    assert distance_km(*PARIS, *PARIS) == 0


def test_distance_to_the_other_side_of_the_earth_is_half_its_circumference():
    assert distance_km(0, 0, 0, 180) == pytest.approx(20_015, abs=1)
