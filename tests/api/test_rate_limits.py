"""Limits of the open API, its keys, and how its answers may be kept."""

import logging

import pytest
from django.core.cache import cache

from api.models import ApiKey
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/territoires"


@pytest.fixture
def limited(settings):
    """Two requests a minute without a key, three with one."""
    rates = {"anonyme": "2/min", "cle": "3/min"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates, "NUM_PROXIES": 0}
    cache.clear()
    yield
    cache.clear()


def test_headers_say_what_is_left_and_then_how_long_to_wait(client, limited):
    first, second, third = (client.get(ADDRESS) for _ in range(3))

    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
    assert second["RateLimit-Remaining"] == "0"
    assert third.status_code == 429
    assert third["Content-Type"] == "application/problem+json"
    assert 0 < int(third["Retry-After"]) <= 60
    assert 0 < int(third["RateLimit-Reset"]) <= 60
    assert third["Cache-Control"] == "no-store"
    assert "ETag" not in third


def test_refusal_is_not_taken_for_an_answer_already_known(client, limited):
    etag = client.get(ADDRESS)["ETag"]
    known = client.get(ADDRESS, headers={"if-none-match": etag})
    refused = client.get(ADDRESS, headers={"if-none-match": etag})
    assert (known.status_code, refused.status_code) == (304, 429)


def test_key_raises_the_limit_and_has_a_count_of_its_own(client, limited):
    _kept, key = ApiKey.objects.make("une plateforme")
    for _ in range(3):
        client.get(ADDRESS)
    answers = [client.get(ADDRESS, headers={"x-api-key": key}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0]["RateLimit-Limit"] == "3"


def test_wrong_key_is_told_and_counted_as_no_key(client, limited):
    answers = [client.get(ADDRESS, headers={"x-api-key": "fausse"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[0]["WWW-Authenticate"]
    assert answers[0].json()["type"] == "/api/doc/#probleme-cle"


def test_addresses_are_counted_apart_and_networks_of_ipv6_together(client, limited):
    def status(address):
        return client.get(ADDRESS, REMOTE_ADDR=address).status_code

    assert [status("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert status("192.0.2.2") == 200
    assert [status(f"2001:db8::{end}") for end in (1, 2, 3)] == [200, 200, 429]
    assert status("2001:db8:1::1") == 200


def test_address_given_by_the_caller_is_not_believed(client, limited):
    answers = [client.get(ADDRESS, headers={"x-forwarded-for": f"192.0.2.{end}"}) for end in range(3)]
    assert answers[-1].status_code == 429


def test_neither_address_nor_key_is_kept_or_logged(client, limited, caplog):
    _kept, key = ApiKey.objects.make("une plateforme")
    with caplog.at_level(logging.DEBUG):
        for _ in range(4):
            client.get(ADDRESS, headers={"x-api-key": key}, REMOTE_ADDR="192.0.2.77")
            client.get(ADDRESS, REMOTE_ADDR="192.0.2.77")
    kept = str(cache._cache.keys())

    assert "limite-" in kept
    for secret in (key, "192.0.2.77"):
        assert secret not in caplog.text
        assert secret not in kept


def test_answer_is_kept_until_data_move_each_format_apart(client):
    factories.delivery()
    answer = client.get("/api/v1/formations")
    known = {"if-none-match": answer["ETag"]}

    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get("/api/v1/formations", headers=known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    other = client.get("/api/v1/formations", headers={**known, "accept": "text/csv"})
    assert (other.status_code, other["ETag"] != answer["ETag"]) == (200, True)
    other.getvalue()
    factories.delivery()
    assert client.get("/api/v1/formations", headers=known).status_code == 200


def test_known_answer_asks_nothing_of_the_figures(client, django_assert_num_queries):
    factories.outcome(factories.territory(), factories.diploma())
    etag = client.get("/api/v1/chiffres")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/api/v1/chiffres", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["formations", "formations.csv", "territoires/region-11"])
def test_options_say_what_is_allowed(client, path):
    response = client.options(f"/api/v1/{path}")
    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD, OPTIONS", b"")


def test_pages_of_others_may_read_with_a_key(client):
    asked = {"origin": "https://ailleurs.example", "access-control-request-method": "GET"}
    preflight = client.options(ADDRESS, headers={**asked, "access-control-request-headers": "x-api-key"})
    answer = client.get(ADDRESS, headers={"origin": "https://ailleurs.example"})

    assert preflight["Access-Control-Allow-Origin"] == answer["Access-Control-Allow-Origin"] == "*"
    assert "x-api-key" in preflight["Access-Control-Allow-Headers"]
    assert {"ETag", "Link", "RateLimit-Remaining", "Retry-After"} <= set(
        answer["Access-Control-Expose-Headers"].split(", ")
    )
    assert not answer.cookies
