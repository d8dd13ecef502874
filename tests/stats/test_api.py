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
    assert body["count"] == 1
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
    assert client.get("/api/v1/chiffres/").json()["count"] == 1


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
    assert client.get(f"/api/v1/chiffres/?{query}").json()["count"] == count


def test_wrong_filter_is_told(client):
    response = client.get("/api/v1/chiffres/?region=zz")
    assert response.status_code == 400
    assert "region" in response.json()


def test_lists_have_the_filters_of_their_pages(client):
    factories.diploma()
    factories.school()
    assert (
        client.get("/api/v1/formations/?q=cuisine&toutes=true")
        .json()["results"][0]["adresse"]
        .endswith("50022139/")
    )
    assert client.get("/api/v1/formations/?q=coiffure").json()["count"] == 0
    assert client.get("/api/v1/etablissements/?secteur=prive").json()["count"] == 0
    assert client.get("/api/v1/etablissements/?limit=5000").json()["count"] == 1


def test_open_data_are_read_only(client):
    assert client.post("/api/v1/formations/", {}).status_code == 405


def test_description_lists_every_operation(client):
    schema = client.get("/api/schema/?format=json").json()
    assert set(schema["paths"]) == {"/api/v1/chiffres/", "/api/v1/etablissements/", "/api/v1/formations/"}
    names = {parameter["name"] for parameter in schema["paths"]["/api/v1/chiffres/"]["get"]["parameters"]}
    assert {"formation", "etablissement", "region", "voie", "millesime", "limit", "offset"} <= names
    assert client.get("/api/doc/").status_code == 200
