"""The descriptions of both APIs say what they serve, and their page says it to people."""

import re

import pytest
from django.urls import get_resolver

from api.open.problems import PROBLEM_TYPES
from stats.indicators import FIGURES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    factories.outcome(factories.territory(), factories.diploma())
    return client.get("/api/schema/").json()


def parameters(schema, path):
    return {each["name"]: each["schema"] for each in schema["paths"][path]["get"]["parameters"]}


def test_description_is_openapi_3_1_and_has_every_address(schema):
    lists = {f"/api/v1/{name}" for name in ("formations", "etablissements", "territoires", "chiffres")}
    assert schema["openapi"].startswith("3.1")
    assert set(schema["paths"]) == {
        *lists,
        *(f"{path}.{{suffixe}}" for path in lists),
        *(f"{path}/{{code}}" for path in lists - {"/api/v1/chiffres"}),
    }


def test_description_lists_what_may_be_chosen(schema):
    found = parameters(schema, "/api/v1/chiffres")

    assert found["region"]["enum"] == ["11"]
    assert found["millesime"]["enum"] == ["2022_2023"]
    assert found["indicateurs"]["items"]["enum"] == list(FIGURES)
    assert found["par_page"]["maximum"] == 1000
    assert {"par_page", "curseur"}.isdisjoint(parameters(schema, "/api/v1/chiffres.{suffixe}"))


def test_description_tells_formats_and_problems_of_each_operation(schema):
    for path, operation in schema["paths"].items():
        responses = operation["get"]["responses"]
        assert {"200", "304", "400", "401", "404", "406", "429", "500"} <= set(responses), path
        assert set(responses["400"]["content"]) == {"application/problem+json"}
        assert {"RateLimit-Remaining", "Retry-After"} <= set(responses["429"]["headers"])
    assert set(schema["paths"]["/api/v1/chiffres"]["get"]["responses"]["200"]["content"]) == {
        "application/json",
        "text/csv",
        "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def test_description_of_the_exposition_api_has_every_address(client):
    factories.territory()
    schema = client.get("/api/schema/inserjeunes/").json()
    patterns = [name for name in get_resolver().reverse_dict if str(name).startswith("exposition_")]
    described = {path.rsplit("/", 1)[-1].split("{")[0].split(".")[0] for path in schema["paths"]}

    assert schema["openapi"].startswith("3.1")
    assert len(schema["paths"]) == 13
    assert {"certifications", "regionales", "formations", "bcn", "login", "api"} <= described
    # Every pattern but the one of unknown addresses; pictures have a path of their own.
    assert len(patterns) == 11


def test_page_documents_both_apis_every_problem_and_calls_nobody(client):
    factories.territory()
    page = client.get("/api/doc/").content.decode()

    for kind in PROBLEM_TYPES:
        assert f'id="probleme-{kind.slug}"' in page
    for address in ("/api/v1/chiffres.{suffixe}", "/api/inserjeunes/formations/{uai}-{code}.svg"):
        assert address in page
    assert set(re.findall(r'(?:src|href)="(https?://[^/"]+)', page)) <= {"http://testserver"}
