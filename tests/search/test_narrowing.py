"""Results narrowed by the choices of facets."""

import re

import pytest

from establishments.models import School
from tests import factories
from tests.search.searching import choices, results_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(cuisine):
    """CAP and bac pro Cuisine, one also by apprenticeship."""
    bac = factories.diploma(
        "40022106", "Bac pro Cuisine", type=factories.diploma_type("400", "Bac pro", "Bac pro", 4)
    )
    factories.teaching(factories.school(name="CFA de Rennes", city="Rennes"), bac, route="apprentissage")
    factories.teaching(factories.school(name="Lycée Descartes", city="Rennes"), bac)
    factories.delivery()


def test_facet_tells_what_each_choice_leaves_under_the_others(several):
    results = results_of("cuisine", kind="formations")
    assert choices(results, "niveau") == {"3": 1, "4": 1}
    assert choices(results, "voie") == {"pro": 2, "apprentissage": 1}

    results = results_of("cuisine", kind="formations", chosen={"voie": {"pro"}})
    assert choices(results, "niveau") == {"3": 1, "4": 1}
    results = results_of(
        "cuisine", kind="formations", chosen={"voie": {"apprentissage"}, "niveau": {"3", "4"}}
    )
    assert [item.course.label for item in results.groups[0].items] == ["Bac pro Cuisine"]
    assert choices(results, "niveau") == {"3": 0, "4": 1}
    assert choices(results, "voie") == {"pro": 2, "apprentissage": 1}


def test_each_choice_leaves_as_many_as_it_says(client, several):
    for name in ("niveau", "diplome", "voie"):
        for value, number in choices(results_of("cuisine", kind="formations"), name).items():
            response = client.get("/recherche/", {"q": "cuisine", "type": "formations", name: value})
            assert response.context["results"].groups[0].number == number


def test_schools_are_narrowed_by_sector(cuisine):
    results = results_of("lycée", kind="etablissements", chosen={"secteur": {"prive"}})
    assert [found.school.name for found in results.groups[0].items] == ["Lycée Gaston Lesnard"]
    assert choices(results, "secteur") == {"public": 1, "prive": 1}


def test_choice_that_leaves_nothing_can_be_taken_back(client, several):
    response = client.get("/recherche/?q=cuisine&type=formations&niveau=8")
    text = response.content.decode()
    assert "Aucun résultat avec ces choix" in text
    assert "?q=cuisine&amp;type=formations" in text


def test_schools_are_narrowed_to_those_known_to_have_boarding(cuisine):
    factories.school(name="Lycée Rabelais", city="Rennes", has_boarding=True)
    factories.school(name="Lycée Descartes", city="Rennes", has_boarding=False)
    results = results_of("lycée", kind="etablissements", chosen={"internat": {"oui"}})

    assert [found.school.name for found in results.groups[0].items] == ["Lycée Rabelais"]
    assert choices(results, "internat") == {"oui": 1}


def test_courses_and_schools_are_narrowed_to_those_with_figures(cuisine):
    lycee = factories.school(name="Lycée Rabelais", city="Rennes")
    other = factories.diploma("50022146", "CAP Cuisine collective", slug="cap-cuisine-collective")
    factories.teaching(lycee, other)
    factories.outcome(lycee, other, nb_annee_term=50, **factories.SHARES)
    factories.outcome(
        School.objects.get(name="Lycée Louis Guilloux"), cuisine, nb_annee_term=4, **factories.SHARES
    )
    results = results_of("cuisine", kind="formations")
    assert len(results.groups[0].items) == 2
    assert choices(results, "chiffres") == {"oui": 1}

    results = results_of("cuisine", kind="formations", chosen={"chiffres": {"oui"}})
    assert [item.course.label for item in results.groups[0].items] == ["CAP Cuisine collective"]
    results = results_of("lycée", kind="etablissements", chosen={"chiffres": {"oui"}})
    assert [found.school.name for found in results.groups[0].items] == ["Lycée Rabelais"]


def test_no_order_is_by_figures(client, several):
    text = text_of(client, "/recherche/?q=cuisine+rennes&type=formations")
    assert re.search(r"Ordre : Pertinence Nom Distance", text)
