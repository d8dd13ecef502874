"""Search of schools and places."""

import pytest

from establishments.models import Commune, CommuneName, PostalCode
from search.places import PlaceSearch
from search.schools import SchoolSearch, school_kinds_in
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


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("bretagne", "region-53"),
        ("35", "departement-035"),
        ("2a", "departement-02A"),
        ("ille et vilaine", "departement-035"),
    ],
)
def test_area_is_found_by_name_or_number(query, code):
    region = factories.territory("region", "53", "Bretagne")
    factories.territory("departement", "035", "Ille-et-Vilaine", region)
    factories.territory("departement", "02A", "Corse-du-Sud")
    commune("36024", "Bretagne")
    assert PlaceSearch().exact(query)[0].code == code


def test_town_with_schools_comes_before_the_area_of_its_name():
    factories.territory("departement", "086", "Vienne")
    factories.school(commune=commune("38544", "Vienne"))
    assert [place.code for place in PlaceSearch().exact("vienne")] == ["38544", "departement-086"]


@pytest.mark.parametrize("query", ["Aix-en-Provence", "aix en provence", "aix provence"])
def test_place_is_found_with_or_without_its_small_words(query):
    commune("74006", "Aix")
    commune("13001", "Aix-en-Provence")
    assert PlaceSearch().exact(query)[0].code == "13001"


def test_arrondissement_is_found_by_its_number():
    commune("69388", "Lyon 8e Arrondissement", "69008", latitude=45.7, longitude=4.9)
    for query in ("lyon 8", "Lyon 8e", "lyon 8eme", "69008"):
        assert PlaceSearch().exact(query)[0].code == "69388"


def test_misspelt_town_is_recognised_beside_other_words():
    factories.school(commune=commune("35238", "Rennes"))
    place, rest, typed = PlaceSearch().misspelt_in(["coiffure", "rennnes"], lambda word: word == "coiffure")
    assert (place.name, rest, typed) == ("Rennes", ["coiffure"], "rennnes")


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("lycée pro Guéret", "Lycée professionnel", "gueret"),
        ("LP hôtellerie", "Lycée professionnel", "hotellerie"),
        ("CFA Rennes", "Centre de formation d’apprentis", "rennes"),
        ("mfr", "Maison familiale rurale", ""),
    ],
)
def test_kind_of_school_is_understood(text, kind, rest):
    kinds, without = school_kinds_in(text)
    assert kind in kinds
    assert without == rest


def test_words_of_no_kind_of_school_are_left_alone():
    assert school_kinds_in("cap cuisine rennes") is None


def test_a_former_commune_is_found_at_the_one_that_took_its_code():
    """Vire is not Viré, which no school is in."""
    commune("71584", "Viré", departement=factories.territory("departement", "071", "Saône-et-Loire"))
    present = commune("14762", "Vire Normandie")
    factories.school(commune=present)
    CommuneName.objects.create(name="Vire", commune=present)

    assert [place.code for place in PlaceSearch().exact("vire")] == ["14762", "71584"]


def test_a_former_commune_that_is_a_place_of_its_own_is_given_once():
    calvados = factories.territory("departement", "014", "Calvados")
    commune("14999", "Truttemer", departement=calvados)
    present = commune("14762", "Vire Normandie", departement=calvados)
    CommuneName.objects.create(name="Truttemer", commune=present)

    assert [place.code for place in PlaceSearch().exact("truttemer")] == ["14999"]


def test_the_name_of_a_hamlet_is_neither_a_correction_nor_a_subject():
    arles = commune("13004", "Arles")
    for _ in range(12):
        factories.school(commune=arles)
    CommuneName.objects.create(name="Cuisery", commune=arles)
    places = PlaceSearch()

    assert places.misspelt_in(["cuisary"], lambda word: False) == (None, ["cuisary"], "")
    assert places.in_query(["cuisery"], lambda words: True) == (None, ["cuisery"])
    assert places.in_query(["cuisery"], lambda words: False)[0].code == "13004"


@pytest.mark.parametrize(
    "query", ["Rennes CEDEX", "rennes cedex 7", "35042 Rennes Cedex", "35042", "35042 CEDEX"]
)
def test_postal_addresses_with_cedex_lead_to_the_town(query):
    """CEDEX codes are in no postal table: the town is that of the schools that have them."""
    rennes = commune("35238", "Rennes", "35000")
    factories.school(commune=rennes, postal_code="35042")

    assert [place.code for place in PlaceSearch().exact(query)] == ["35238"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("IDF", "Île-de-France"),
        ("paca", "Provence-Alpes-Côte d’Azur"),
        ("région Sud", "Provence-Alpes-Côte d’Azur"),
        ("HDF", "Hauts-de-France"),
        ("France", "France"),
        ("toute la France", "France"),
    ],
)
def test_areas_are_found_by_what_people_call_them(query, name):
    factories.country()
    for code, region in (
        ("11", "Île-de-France"),
        ("93", "Provence-Alpes-Côte d’Azur"),
        ("32", "Hauts-de-France"),
    ):
        factories.territory("region", code, region)

    assert [place.name for place in PlaceSearch().exact(query)] == [name]


def test_a_name_for_an_area_that_is_not_published_leads_nowhere():
    assert PlaceSearch().search("PACA") == []
