"""Errors of the open API are problem details, in French, and name everything that is wrong at once."""

import logging

import pytest

from api.open import views
from tests import factories

pytestmark = pytest.mark.django_db


def problem(response, status):
    body = response.json()
    assert response.status_code == body["status"] == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert body["type"].startswith("/api/doc/#probleme-")
    assert body["title"]
    assert body["detail"]
    return body


def test_everything_wrong_with_a_request_is_said_at_once(client):
    response = client.get(
        "/api/v1/chiffres?regoin=11&millesime=1&ensemble=oui&par_page=5000&formation=1&region=&voie=pro&voie=agricole"
        "&indicateurs=taux_emploi_6_moi"
    )
    faults = {fault["parametre"]: fault for fault in problem(response, 400)["erreurs"]}

    assert set(faults) == {
        "regoin",
        "millesime",
        "ensemble",
        "par_page",
        "formation",
        "region",
        "voie",
        "indicateurs",
    }
    assert faults["regoin"]["proche"] == "region"
    assert faults["indicateurs"]["proche"] == "taux_emploi_6_mois"
    assert "1 à 1000" in faults["par_page"]["message"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("formations?niveau=3.5", "niveau"),
        ("formations?niveau=9", "niveau"),
        ("formations?q=" + "a-" * 200, "q"),
        ("formations?q=%00", "q"),
        ("formations?format=csv", "format"),
        ("etablissements?secteur=x", "secteur"),
        ("territoires?parent=x", "parent"),
        ("chiffres.csv?par_page=3", "par_page"),
        ("formations/50022139?x=1", "x"),
    ],
)
def test_wrong_value_is_named(client, address, parameter):
    factories.diploma()
    (fault,) = problem(client.get(f"/api/v1/{address}"), 400)["erreurs"]
    assert fault["parametre"] == parameter


@pytest.mark.parametrize(
    "path",
    ["zz", "formations/00000000", "etablissements/0000000A", "territoires/region-zz", "formations/a.b", ""],
)
def test_nothing_there_is_a_problem(client, path):
    assert problem(client.get(f"/api/v1/{path}"), 404)["instance"] == f"/api/v1/{path}"


def test_address_with_an_end_of_line_is_a_problem_too(client):
    problem(client.get("/api/v1/formations/a%0Ab"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["formations", "formations.csv", "territoires/region-11", "zz"])
def test_other_methods_are_refused(client, method, path):
    response = getattr(client, method)(f"/api/v1/{path}")
    assert method.upper() in problem(response, 405)["detail"]
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_unknown_format_is_refused_with_those_that_are_known(client):
    assert "parquet" in problem(client.get("/api/v1/formations.zz"), 406)["detail"]
    assert "json" in problem(client.get("/api/v1/formations", headers={"accept": "image/png"}), 406)["detail"]


def test_breakdown_is_logged_and_says_nothing_of_itself(client, caplog, monkeypatch):
    monkeypatch.setattr(views.CourseList, "answer", lambda view: 1 / 0)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        body = problem(client.get("/api/v1/formations"), 500)

    assert "division" not in str(body)
    assert "ZeroDivisionError" in caplog.text


def test_final_slash_is_tolerated(client):
    factories.diploma()
    assert client.get("/api/v1/formations/").status_code == 200
    response = client.get("/api/v1/formations/50022139/?x=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/formations/50022139?x=1")
