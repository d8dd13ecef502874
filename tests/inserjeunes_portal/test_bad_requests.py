"""Requests that cannot be read are refused in the form of what they were sent to, never by a breakdown."""

import json

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/api/inserjeunes/auth/login"
# More parameters than Django reads.
MANY = "&".join(f"p{number}=1" for number in range(1_100))


@pytest.mark.parametrize("address", ["/formations/", "/recherche/", "/en/formations/"])
def test_pages_say_it_in_the_words_of_the_site(client, address):
    response = client.get(f"{address}?{MANY}")

    assert response.status_code == 400
    assert "Cette demande ne peut pas être lue" in response.text or "cannot be read" in response.text


def test_a_host_that_is_not_ours_gets_the_page_too(client):
    response = client.get("/", headers={"host": "ailleurs.example"})

    assert response.status_code == 400
    assert "Cette demande ne peut pas être lue" in response.text


@pytest.mark.parametrize("address", ["/api/v1/formations", "/api/v1/inconnue", "/api/v1/formations.csv"])
def test_the_open_api_answers_a_problem(client, address):
    response = client.get(f"{address}?{MANY}")

    assert response.status_code in {400, 404}
    assert response.headers["Content-Type"] == "application/problem+json"


def test_the_exposition_api_answers_its_own_error(client):
    response = client.get(f"/api/inserjeunes/certifications/50022139?{MANY}")

    assert response.status_code == 400
    assert response.json() == {
        "statusCode": 400,
        "error": "Bad Request",
        "message": "La demande n’est pas correcte.",
    }


@pytest.mark.parametrize("key", ["%00", "abcdefgh%00", "%ED%A0%80"])
def test_a_key_that_no_database_can_hold_is_an_unknown_key(client, key):
    assert client.get(f"/api/inserjeunes/bcn?apiKey={key}").status_code == 401
    assert client.get(f"/api/inserjeunes/certifications/50022139?apiKey={key}").status_code == 404


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("[]", "application/json"),
        ('"texte"', "application/json"),
        ("[" * 100_000, "application/json"),
        ('{"a":' * 100_000, "application/json"),
        ("{", "application/json"),
        (MANY, "application/x-www-form-urlencoded"),
        ("zzz", "multipart/form-data; boundary=x"),
        ("zzz", "multipart/form-data"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_without_details(client, body, content_type):
    response = client.generic("POST", LOGIN, body, content_type=content_type)

    assert response.status_code == 400
    content = json.loads(response.content)
    assert content["statusCode"] == 400
    assert "details" not in content or content_type.startswith("multipart")


@pytest.mark.parametrize("digits", [19, 300, 5_000])
def test_a_version_that_is_too_long_is_not_found(client, digits):
    factories.delivery()
    assert client.get(f"/donnees/2026-11-27-120000-{'1' * digits}/manifest.json").status_code == 404
