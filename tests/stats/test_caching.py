"""Public pages are shared by everybody: no cookie, an ETag that moves with the data, 304, compression."""

import gzip
from datetime import UTC, datetime

import pytest
import time_machine

from stats.caching import OncePerDataVersion, data_version
from stats.models import Slice
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/recherche/",
    "/recherche/?q=cuisine",
    "/methodologie/",
    "/glossaire/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/plan-du-site/",
]


@pytest.mark.parametrize("address", PAGES)
def test_public_page_sets_no_cookie_and_may_be_cached(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert response["ETag"]


def test_page_that_did_not_move_answers_304(client):
    etag = client.get("/")["ETag"]
    response = client.get("/", headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response.content == b""


def test_etag_changes_with_data_and_with_address(client):
    first = client.get("/methodologie/")["ETag"]
    assert client.get("/glossaire/")["ETag"] != first
    factories.delivery()
    assert client.get("/methodologie/", headers={"if-none-match": first}).status_code == 200
    assert client.get("/methodologie/")["ETag"] != first


@pytest.mark.parametrize(
    "address", ["/methodologie/", "/api/v1/formations", "/api/inserjeunes/certifications/50022139"]
)
def test_etag_changes_with_the_day_since_courses_close_by_themselves(client, address):
    factories.outcome(factories.country(), factories.diploma(), "2022", "apprentissage")
    days = [
        datetime(2026, 11, 27, 9, tzinfo=UTC),
        datetime(2026, 11, 27, 22, tzinfo=UTC),
        datetime(2026, 11, 28, tzinfo=UTC),
    ]
    etags = []
    for day in days:
        with time_machine.travel(day, tick=False):
            etags.append(client.get(address)["ETag"])

    assert etags[0] == etags[1] != etags[2]


def test_etag_is_weak_when_compressed_and_still_matches(client):
    response = client.get("/methodologie/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(response.content)
    assert response["ETag"].startswith("W/")
    again = client.get(
        "/methodologie/", headers={"accept-encoding": "gzip", "if-none-match": response["ETag"]}
    )
    assert again.status_code == 304


def test_page_without_figures_asks_one_question_to_the_database(client, django_assert_num_queries):
    factories.delivery()
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


def test_data_version_changes_with_each_delivery():
    versions = {data_version()}
    for _ in range(3):
        factories.delivery()
        versions.add(data_version())
    assert len(versions) == 4


def test_value_is_computed_once_per_version_and_never_kept_before_the_first_delivery():
    calls = []
    value = OncePerDataVersion(lambda: calls.append(1) or len(calls))
    assert [value(""), value(""), value("1-a"), value("1-a"), value("2-b")] == [1, 2, 3, 3, 4]


def test_invented_figures_are_announced_only_while_they_are_live(client):
    assert "inventés" not in client.get("/").content.decode()
    piece = Slice.objects.create(delivery=factories.delivery(), source="demonstration")
    assert "Les chiffres affichés sont inventés" in client.get("/").content.decode()
    piece.state = Slice.State.TAKEN_BACK
    piece.save()
    factories.delivery(name="officiel.csv")
    assert "inventés" not in client.get("/").content.decode()
