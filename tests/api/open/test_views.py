"""The open JSON: every figure with its value or its reason, and what must travel with it."""

import pytest

from stats.indicators import FIGURES
from tests import factories

pytestmark = pytest.mark.django_db


def test_figures_carry_value_or_reason_and_their_denominator(client):
    diploma = factories.diploma()
    factories.outcome(
        factories.territory(), diploma, nb_annee_term=30, nb_sortant=10, taux_poursuite_etudes=67
    )
    body = client.get("/api/v1/chiffres/?formation=50022139").json()
    group = body["results"][0]
    assert len(body["results"]) == 1
    assert (group["millesime"], group["region"], group["voie"]) == ("2022_2023", "11", "pro")
    assert group["source"]
    assert group["date_livraison"]
    figures = {figure["indicateur"]: figure for figure in group["chiffres"]}
    assert list(figures) == list(FIGURES)
    assert all((figure["valeur"] is None) != (figure["raison"] is None) for figure in figures.values())
    assert figures["taux_poursuite_etudes"]["valeur"] == 67
    assert figures["taux_poursuite_etudes"]["effectif"] == 30
    assert figures["taux_emploi_6_mois"]["raison"]["code"] == "trop_peu_de_sortants"
    assert "moins de 20" in figures["taux_emploi_6_mois"]["raison"]["phrase"].lower()


def test_figures_of_less_good_sources_are_left_out(client):
    diploma, place = factories.diploma(), factories.territory()
    factories.outcome(place, diploma)
    factories.outcome(place, diploma, is_preferred=False)
    assert len(client.get("/api/v1/chiffres/").json()["results"]) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("region=11", 2),
        ("voie=apprentissage", 1),
        ("millesime=2021_2022", 1),
        ("ensemble=true", 1),
        ("formation=50022139", 2),
    ],
)
def test_figures_are_filtered(client, query, count):
    diploma = factories.diploma()
    factories.outcome(factories.territory(), diploma, "2021_2022")
    factories.outcome(factories.territory("region", "53", "Bretagne"), diploma, route="apprentissage")
    factories.outcome(factories.school())
    assert len(client.get(f"/api/v1/chiffres?{query}").json()["results"]) == count


def test_lists_have_the_filters_of_their_pages(client):
    factories.diploma()
    factories.school()
    assert (
        client.get("/api/v1/formations/?q=cuisine&toutes=true")
        .json()["results"][0]["adresse"]
        .endswith("50022139/")
    )
    assert client.get("/api/v1/formations?q=coiffure").json()["results"] == []
    assert client.get("/api/v1/etablissements?secteur=prive").json()["results"] == []


def test_figure_has_its_label_its_people_and_the_range_of_chance(client):
    figures = {"taux_emploi_6_mois": 50, "taux_emploi_6_mois_attendu": 48}
    factories.outcome(factories.school(), None, nb_annee_term=200, nb_sortant=100, **figures)
    (group,) = client.get(
        "/api/v1/chiffres?indicateurs=taux_emploi_6_mois,taux_emploi_6_mois_attendu"
    ).json()["results"]
    rate, expected = group["chiffres"]

    assert (rate["valeur"], rate["effectif"], rate["denominateur"]) == (50, 100, "nb_sortant")
    assert rate["libelle"]
    assert rate["denominateur_libelle"] == "jeunes sortis d’études"
    assert rate["fourchette"] == {"bas": 40.4, "haut": 59.6}
    assert (expected["valeur"], expected["fourchette"]) == (48, None)


def test_figure_without_head_count_or_value_has_no_range(client):
    factories.outcome(factories.territory(), factories.diploma())
    (group,) = client.get("/api/v1/chiffres").json()["results"]
    assert {figure["fourchette"] and "" for figure in group["chiffres"]} == {None}


def test_one_course_school_and_territory_are_found_by_their_code(client):
    factories.diploma(), factories.course_year(factories.diploma("50022146"), "23221234567")
    school = factories.school()

    course = client.get("/api/v1/formations/50022146").json()
    assert course["annees"] == [{"mefstat11": "23221234567", "annee": 2, "duree": 2}]
    assert client.get(course["chiffres"]).status_code == 200
    assert client.get(f"/api/v1/etablissements/{school.pk.lower()}").json()["nom"] == school.name
    assert client.get("/api/v1/territoires/region-11").json() == {
        "cle": "region-11",
        "niveau_geographique": "region",
        "code": "11",
        "nom": "Île-de-France",
        "parent": None,
    }


def test_territories_are_filtered(client):
    region = factories.territory(parent=factories.country())
    factories.territory("departement", "075", "Paris", parent=region)
    (found,) = client.get("/api/v1/territoires?parent=region-11").json()["results"]
    assert found["nom"] == "Paris"
    assert len(client.get("/api/v1/territoires?niveau_geographique=pays").json()["results"]) == 1
