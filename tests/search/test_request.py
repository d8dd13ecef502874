"""What the address and the form ask of the search."""

import re

import pytest
from django.http import QueryDict

from establishments.models import Commune, PostalCode
from search.engine import find, searches
from search.request import number_of, read_request
from search.request import text_of as typed
from search.results import SearchRequest
from tests import factories
from tests.search.searching import items, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "parameters", [{"lieu": "53130"}, {"ville": "laval"}, {"position": "48.0701234,-0.7712345"}]
)
def test_place_given_apart_from_the_words(cuisine, parameters):
    Commune.objects.create(code="53130", name="Laval", slug="laval", latitude=48.07, longitude=-0.77)
    places = searches("").places
    query = QueryDict(mutable=True)
    query.update(parameters | {"q": "coiffure"})
    found, unknown_town = read_request(query, places)
    assert unknown_town == ""
    assert [item.school.city for item in items(find(found, ""), "etablissements")] == ["Laval"]


def test_position_is_rounded_to_a_kilometre(client, cuisine):
    response = client.get("/recherche/?q=cuisine&position=48.1134567,-1.6812345")
    place = response.context["results"].place
    assert (place.latitude, place.longitude) == (48.11, -1.68)
    assert "1134567" not in re.sub(r'(href|content)="[^"]*"', "", response.content.decode())


def test_town_that_nobody_knows_is_told(client, cuisine):
    assert "« Xyzzyville »" in text_of(client, "/recherche/?q=cuisine&ville=Xyzzyville")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=",
        "?q=%00",
        "?q=a&page=zz&rayon=-5&type=autre",
        "?lieu=99999",
        "?q=%20%2C",
        "?position=abc",
        "?position=99,999",
        "?q=lycee",
        "?q=pro",
        "?q=formation",
        "?q=cuisine&type=formations&niveau=zz&voie=%00&tri=chiffres",
        "?q=cuisine&type=etablissements&ville=rennes&tri=nom",
    ],
)
def test_strange_questions_are_answered(client, cuisine, query):
    assert client.get(f"/recherche/{query}").status_code == 200


def test_query_is_escaped(client, cuisine):
    text = client.get("/recherche/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("lieu=35238", 'name="ville" value="Rennes"'),
        ("ville=35000", 'name="ville" value="35000"'),
        ("position=48.12,-1.66", '<input type="hidden" name="position" value="48.12,-1.66">'),
        ("ville=rennes&tri=nom", '<input type="hidden" name="tri" value="nom">'),
    ],
)
def test_form_of_the_results_keeps_the_place_and_the_order(client, cuisine, given, field):
    html = " ".join(client.get(f"/recherche/?q=cuisine&type=etablissements&{given}").text.split())

    assert field in html
    assert '<input type="hidden" name="type" value="etablissements">' in html


def test_name_that_two_towns_share_is_kept_as_a_postal_code(client, rennes):
    other = Commune.objects.create(code="99999", name="Rennes", slug="rennes-2", latitude=43, longitude=2)
    PostalCode.objects.create(code="11190", commune=other)
    factories.school(commune=rennes, latitude=48.12, longitude=-1.66)
    factories.delivery()

    assert 'value="11190"' in client.get("/recherche/?lieu=99999").text
    assert 'value="Rennes"' in client.get("/recherche/?lieu=35238").text


def test_town_that_is_typed_takes_the_place_of_the_position(cuisine):
    parameters = QueryDict("ville=rennes&position=43.6,1.44")

    assert read_request(parameters, searches("").places)[0].place.name == "Rennes"


def test_code_of_a_course_is_told_by_its_name(client, cuisine):
    html = " ".join(client.get("/recherche/?q=50022139").text.split())

    assert "Résultats pour « CAP Cuisine »" in html
    assert 'name="q" value="CAP Cuisine"' in html


def test_homonyms_of_the_town_given_apart_are_offered(client, cuisine):
    """The département of the place understood is told, so that nobody reads distances from another town."""
    departement = factories.territory("departement", "048", "Lozère")
    Commune.objects.create(
        code="48999", name="Rennes", slug="rennes-2", departement=departement, latitude=44, longitude=3
    )

    text = text_of(client, "/recherche/?q=cuisine&ville=RENNES+CEDEX")
    assert "Lieu compris : Rennes (Ille-et-Vilaine) " in text
    assert "Ou bien : Rennes (Lozère)" in text


def test_the_whole_of_france_is_a_place(client, cuisine):
    factories.country()
    for query in ("?q=cuisine&ville=France", "?q=cuisine+france"):
        results = client.get(f"/recherche/{query}").context["results"]
        assert results.place.name == "France"
        assert results.numbers["etablissements"] == 1


@pytest.mark.parametrize("query", ["cuisine Rennes cedex", "cuisine rennes CEDEX 7"])
def test_cedex_is_no_word_to_look_for(cuisine, query):
    results = find(SearchRequest(query), "")
    assert (results.place.name, results.parsed_query.subject, results.unknown) == ("Rennes", "cuisine", {})


def test_what_is_asked_is_read_up_to_a_length(cuisine):
    """A longer text, more choices or digits are cut or left out, whoever sends them."""
    many = QueryDict("&".join(["q=" + "a" * 300, *(f"voie={number}" for number in range(30))]))
    request, _unknown = read_request(many, searches("").places)

    assert len(typed(many)) == len(request.query) == 200
    assert len(request.chosen["voie"]) == 20
    assert number_of({"page": "999999"}, "page", 1) == 999_999
    assert number_of({"page": "1000000"}, "page", 1) == 1
