"""Suggestions while somebody types."""

import pytest

from formations.models import DiplomaJob, Job
from tests import factories

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


@pytest.fixture
def many(rennes):
    """Nine courses with the same beginning, each with its job, and nine schools."""
    for number in range(9):
        diploma = factories.diploma(f"5002213{number}", f"CAP Kuko {number}", slug=f"cap-kuko-{number}")
        job = Job.objects.create(code=f"G160{number}", label=f"Métier du kuko {number}")
        DiplomaJob.objects.create(diploma=diploma, job=job)
        factories.teaching(factories.school(name=f"Lycée Kuko {number}", city="Dole"), diploma)
    factories.school(name="Lycée Nord", city="Rennes", commune=rennes)
    factories.delivery()


def test_suggestions_of_each_kind_are_few(client, many):
    natures = [
        item["nature"] for item in client.get("/recherche/suggestions.json?q=kuko").json()["suggestions"]
    ]
    assert (natures.count("Formation"), natures.count("Métier")) == (4, 2)
    assert sum(nature.startswith("Établissement") for nature in natures) == 3


@pytest.mark.parametrize(("query", "is_told"), [("kuko", True), ("k", False)])
def test_suggestions_do_not_begin_at_one_letter(client, many, query, is_told):
    assert bool(client.get(f"/recherche/suggestions.json?q={query}").json()["suggestions"]) is is_told


@pytest.mark.parametrize(("query", "is_told"), [("kuko ren", True), ("kuko re", False)])
def test_a_town_begun_is_told_from_three_letters(client, many, query, is_told):
    found = client.get("/recherche/suggestions.json", {"q": query}).json()["suggestions"]
    assert ("kuko autour de Rennes" in [item["texte"] for item in found]) is is_told
