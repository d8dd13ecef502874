"""Pages of the open API: every row once, whatever comes meanwhile; links in the body and in the header."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


def courses(number):
    for place in range(number):
        factories.diploma(f"500{place:05d}", f"CAP {place}")


def walk(client, address, link="suivant"):
    """The pages from this one on, following `link`: lists of results."""
    pages = []
    while address:
        body = client.get(address).json()
        pages.append(body["results"])
        address = body[link]
    return pages


def test_pages_hold_every_row_once_in_the_order_of_the_key(client):
    courses(7)
    pages = walk(client, "/api/v1/formations?toutes=true&par_page=3")
    codes = [course["code_formation"] for page in pages for course in page]

    assert [len(page) for page in pages] == [3, 3, 1]
    assert codes == sorted(codes)
    assert len(set(codes)) == 7


def test_pages_go_back_as_they_came(client):
    courses(7)
    last = client.get("/api/v1/formations?toutes=true&par_page=3")
    forward = [last.json()["results"]]
    while address := last.json()["suivant"]:
        last = client.get(address)
        forward.append(last.json()["results"])

    assert walk(client, last.json()["precedent"], "precedent") == forward[-2::-1]


def test_row_that_comes_meanwhile_moves_nothing(client):
    courses(6)
    first = client.get("/api/v1/formations?toutes=true&par_page=3").json()
    factories.diploma("40000000", "Bac pro")
    following = client.get(first["suivant"]).json()["results"]

    assert [course["code_formation"] for course in following] == ["50000003", "50000004", "50000005"]


def test_links_are_in_the_header_too(client):
    courses(3)
    response = client.get("/api/v1/formations?toutes=true&par_page=1")
    middle = client.get(response.json()["suivant"])
    links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', middle["Link"]))

    assert {name: link for link, name in links.items()} == {
        "next": middle.json()["suivant"],
        "prev": middle.json()["precedent"],
    }
    assert "count" not in middle.json()


def test_pages_of_figures_stop_when_data_are_delivered(client):
    diploma = factories.diploma()
    for code in ("11", "53"):
        factories.outcome(factories.territory("region", code, f"Région {code}"), diploma)
    following = client.get("/api/v1/chiffres?par_page=1").json()["suivant"]
    assert len(client.get(following).json()["results"]) == 1

    factories.delivery()
    stale = client.get(following)
    assert stale.status_code == 410
    assert "recommencer" in stale.json()["detail"]


@pytest.mark.parametrize("cursor", ["zz", "cD1hYmM=", "cD0xLTE=", "bz05OTk=", "cD0xJm89NQ==", "é"])
@pytest.mark.parametrize("name", ["formations", "chiffres"])
def test_cursor_made_up_leads_nowhere_or_to_a_page(client, name, cursor):
    response = client.get(f"/api/v1/{name}", {"curseur": cursor})
    assert response.status_code in {200, 404, 410}


@pytest.mark.parametrize("name", ["formations?toutes=true", "etablissements", "territoires", "chiffres"])
def test_queries_do_not_grow_with_rows(client, name):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(f"/api/v1/{name}").json()["results"]
        return len(found)

    def rows(numbers):
        for number in numbers:
            region = factories.territory("region", f"{number:02d}", f"Région {number}")
            school = factories.school(region=region, territory=region)
            factories.outcome(school, factories.diploma(f"500{number:05d}", f"CAP {number}"))

    rows(range(1))
    one = queries()
    rows(range(1, 10))
    assert queries() == one <= 3


def test_one_course_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    diploma = factories.diploma()
    for _ in range(3):
        factories.course_year(diploma)
    with django_assert_max_num_queries(7):
        body = client.get("/api/v1/formations/50022139").json()
    assert len(body["annees"]) == 3
