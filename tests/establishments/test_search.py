"""Search of schools and places."""

import pytest

from establishments.models import Commune, PostalCode
from establishments.search import PlaceSearch, SchoolSearch
from tests import factories

pytestmark = pytest.mark.django_db


def commune(code, name, postal_code="", **fields):
    place = Commune.objects.create(code=code, name=name, slug=name.lower(), **fields)
    if postal_code:
        PostalCode.objects.create(code=postal_code, commune=place)
    return place


@pytest.fixture
def schools():
    return {
        "yvon": factories.school(name="Lycée hôtelier Yvon Bourges", city="Dinard"),
        "louis": factories.school(name="Lycée professionnel Louis Lumière", city="Chelles"),
        "marie": factories.school(name="Lycée Marie Curie", city="Saint-Malo", closed_on="2020-08-31"),
        "other": factories.school(name="Lycée Marie Laurencin", city="Riom"),
    }


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("yvon bourges", "yvon"),
        ("lycée hotelier dinard", "yvon"),
        ("LUMIERE", "louis"),
        ("lumiére chelles", "louis"),
        ("lp louis lumiere", "louis"),
        ("lumierre", "louis"),
        ("marie curie st malo", "marie"),
    ],
)
def test_school_is_found_by_name_and_town(schools, query, name):
    found, _ = SchoolSearch().search(query)
    assert found[0] == schools[name].uai


def test_school_is_found_by_its_code(schools):
    uai = schools["yvon"].uai
    assert SchoolSearch().search(f" {uai.lower()} ")[0] == [uai]


def test_closed_school_comes_after_the_others(schools):
    assert SchoolSearch().search("lycée marie")[0][-1] == schools["marie"].uai


def test_words_of_no_school_find_none(schools):
    assert SchoolSearch().search("menuiserie aluminium") == ([], 0)


def test_place_is_found_by_name_short_form_or_postal_code():
    commune("35288", "Saint-Malo", "35400")
    places = PlaceSearch()
    for query in ("saint malo", "St-Malo", "SAINT-MALO", "35400"):
        assert [place.code for place in places.search(query)] == ["35288"]


def test_misspelt_place_is_found():
    commune("35238", "Rennes", "35000")
    assert [place.name for place in PlaceSearch().search("rennnes")] == ["Rennes"]


def test_homonym_with_schools_comes_first():
    commune("11339", "Saint-Denis")
    factories.school(commune=commune("93066", "Saint-Denis"))
    assert [place.code for place in PlaceSearch().exact("saint denis")] == ["93066", "11339"]


def test_place_is_recognised_beside_other_words():
    commune("35288", "Saint-Malo", "35400")
    places = PlaceSearch()
    place, rest = places.in_query(["coiffure", "saint", "malo"], lambda words: False)
    assert (place.name, rest) == ("Saint-Malo", ["coiffure"])
    place, rest = places.in_query(["35400", "coiffure"], lambda words: words == ["coiffure"])
    assert (place.name, rest) == ("Saint-Malo", ["coiffure"])


def test_word_of_a_course_is_no_place():
    commune("17050", "Bois")
    words = ["menuiserie", "bois"]
    assert PlaceSearch().in_query(words, lambda part: part == ["bois"]) == (None, words)


def test_city_of_arrondissements_takes_their_middle():
    commune("69123", "Lyon")
    commune("69381", "Lyon 1er Arrondissement", "69001", latitude=45.0, longitude=4.0)
    commune("69382", "Lyon 2e Arrondissement", "69002", latitude=46.0, longitude=5.0)
    (place,) = PlaceSearch().exact("lyon")
    assert (place.latitude, place.longitude) == (45.5, 4.5)
    assert PlaceSearch().exact("69000") == [place]
