"""Suggestions while somebody types."""

import pytest

pytestmark = pytest.mark.django_db


def test_suggestions_lead_to_pages(client, cuisine):
    answer = client.get("/recherche/suggestions.json?q=cuis").json()
    found = {item["texte"]: item["adresse"] for item in answer["suggestions"]}
    assert found["CAP Cuisine"] == "/formations/cap-cuisine-50022139/"
    assert found["Cuisinier / cuisinière"] == "/metiers/personnel-de-cuisine-G1602/"
    assert answer["annonce"].startswith("2 suggestions")


def test_suggestions_know_the_place_and_keep_the_comparison(client, cuisine):
    answer = client.get("/recherche/suggestions.json?q=cuisine+rennes&e=50022139.pro").json()
    first = answer["suggestions"][0]
    assert first["texte"] == "cuisine autour de Rennes"
    assert first["adresse"] == "/recherche/?q=cuisine+rennes&e=50022139.pro"


@pytest.mark.parametrize(
    ("query", "text"), [("renn", "Autour de Rennes"), ("cuisine ren", "cuisine autour de Rennes")]
)
def test_suggestions_know_a_town_from_its_beginning(client, cuisine, query, text):
    found = client.get("/recherche/suggestions.json", {"q": query}).json()["suggestions"]
    assert text in [item["texte"] for item in found]


@pytest.mark.parametrize("query", ["", "c", "%00"])
def test_suggestions_of_next_to_nothing_are_none(client, cuisine, query):
    assert client.get(f"/recherche/suggestions.json?q={query}").json()["suggestions"] == []
