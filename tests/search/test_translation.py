"""English words of the search are said in French, in English pages only."""

import pytest
from django.utils import translation

from search.translation import in_french
from tests import factories


@pytest.mark.parametrize(
    ("typed", "french"),
    [
        ("cook", "cuisinier"),
        ("Become a Nurse", "infirmier"),
        ("pastry cook", "pâtissier"),
        ("hairdresser near Rennes", "coiffeur près de rennes"),
        ("plumber in Lyon", "plombier lyon"),
        ("work with children", "petite enfance"),
    ],
)
def test_english_words_are_said_in_french(typed, french):
    with translation.override("en"):
        assert in_french(typed) == french


@pytest.mark.parametrize("typed", ["CAP Cuisine", "Lycée Jean Moulin, Béziers", "job", "", "cooking2"])
def test_other_words_are_left_as_they_were_typed(typed):
    with translation.override("en"):
        assert in_french(typed) == typed


def test_french_pages_take_words_as_they_are():
    assert in_french("cook") == "cook"


@pytest.mark.django_db
def test_english_page_tells_the_french_words_and_keeps_those_typed(client):
    factories.diploma("50022139", "CAP Cuisine")
    factories.delivery()
    response = client.get("/en/recherche/", {"q": "cooking"})

    assert "Searched in French: <strong>cuisine</strong>." in response.text
    assert response.context["query"] == "cooking"
    assert "CAP Cuisine" in response.text
    assert "Searched in French" not in client.get("/en/recherche/", {"q": "cuisine"}).text
    suggestions = client.get("/en/recherche/suggestions.json", {"q": "cooking"}).json()["suggestions"]
    assert [one["texte"] for one in suggestions] == ["CAP Cuisine"]
