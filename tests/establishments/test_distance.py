"""Distances between points, in Python and in the database."""

import pytest

from establishments.distance import bounding_box, distance_km, near
from establishments.models import School
from tests import factories

PARIS, LYON = (48.8566, 2.3522), (45.7640, 4.8357)


def test_distance_between_paris_and_lyon():
    assert distance_km(*PARIS, *LYON) == pytest.approx(391.5, abs=1)


def test_distance_to_oneself_is_zero():
    assert distance_km(*PARIS, *PARIS) == 0


def test_box_holds_the_circle():
    south, north, west, east = bounding_box(*PARIS, 10)
    assert distance_km(*PARIS, north, PARIS[1]) >= 10
    assert distance_km(*PARIS, PARIS[0], east) >= 10
    assert south < PARIS[0] < north
    assert west < PARIS[1] < east


@pytest.mark.django_db
def test_schools_near_come_nearest_first_with_their_distance():
    there = factories.school(name="Ici", latitude=PARIS[0], longitude=PARIS[1])
    close = factories.school(name="Près", latitude=48.90, longitude=2.40)
    factories.school(name="Loin", latitude=LYON[0], longitude=LYON[1])
    factories.school(name="Sans point")
    found = near(School.objects.all(), *PARIS, 20)
    assert [school.pk for school in found] == [there.pk, close.pk]
    assert found[0].distance == pytest.approx(0, abs=1e-6)
    assert found[1].distance == pytest.approx(distance_km(*PARIS, 48.90, 2.40))


@pytest.mark.django_db
def test_corner_of_the_box_is_not_within_the_radius():
    south, north, west, east = bounding_box(*PARIS, 20)
    factories.school(latitude=north - 0.001, longitude=east - 0.001)
    assert not near(School.objects.all(), *PARIS, 20).exists()
