"""The comparison being made, and how it is shown, go along wherever one looks for what to add to it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from formations.models import DiplomaJob, Job
from tests import factories

pytestmark = pytest.mark.django_db

CARRIED = {
    "e": ["50022139.pro.r11"],
    "vue": ["tableau"],
    "sens": ["elements"],
    "differences": ["1"],
    "sans": ["sur_10", "taux_en_formation"],
}


@pytest.fixture
def addresses():
    """Pages where one finds what to compare, by their part of the site."""
    diploma, school = factories.diploma(), factories.school()
    factories.teaching(school, diploma)
    factories.outcome(factories.territory(), diploma, **factories.SHARES)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    DiplomaJob.objects.create(diploma=diploma, job=job)
    return {
        "course": f"/formations/cap-cuisine-{diploma.pk}/",
        "school": f"/etablissements/lycee-demonstration-nord-{school.pk}/",
        "job": "/metiers/personnel-de-cuisine-G1602/",
        "jobs": "/metiers/",
        "courses": "/formations/",
        "schools": "/etablissements/",
        "search": "/recherche/?q=cuisine",
        "comparison": "/comparer/",
    }


def asking(address):
    return f"{address}{'&' if '?' in address else '?'}{urlencode(CARRIED, doseq=True)}&vu=zz"


def carried_by(client, address, path):
    """What each link to `path` of a page carries, by the names of CARRIED."""
    html = client.get(asking(address)).text
    found = [urlsplit(unescape(one)) for one in re.findall(r'href="([^"#]+)', html)]
    queries = [parse_qs(one.query) for one in found if one.path == path]
    return [{name: query[name] for name in query if name in {*CARRIED, "vu"}} for query in queries]


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("search", "course"),
        ("search", "job"),
        ("jobs", "job"),
        ("job", "course"),
        ("courses", "course"),
        ("schools", "school"),
        ("course", "school"),
        ("school", "course"),
        ("comparison", "course"),
        ("course", "jobs"),
        ("school", "courses"),
        ("course", "schools"),
    ],
)
def test_links_carry_the_comparison_and_how_it_is_shown(client, addresses, page, target):
    found = carried_by(client, addresses[page], addresses[target])

    assert CARRIED in found
    assert all(query in ({}, CARRIED) for query in found)


@pytest.mark.parametrize("page", ["course", "school"])
def test_item_is_added_to_the_comparison_as_it_is_shown(client, addresses, page):
    found = carried_by(client, addresses[page], "/comparer/")

    added = [query for query in found if len(query["e"]) == 2]
    assert added
    assert all(query | {"e": CARRIED["e"]} == CARRIED for query in added)


@pytest.mark.parametrize(
    "page", ["course", "school", "job", "jobs", "courses", "schools", "search", "comparison"]
)
def test_every_form_carries_them_too(client, addresses, page):
    forms = re.findall(r"<form.*?</form>", client.get(asking(addresses[page])).text, re.DOTALL)
    # A plan is made beside the comparison.
    forms = [form for form in forms if "/seance/" not in form]

    assert forms
    for form in forms:
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
        kept = {name: [value for other, value in fields if other == name] for name, _value in fields}
        assert {name: kept.get(name) for name in CARRIED} == CARRIED


def test_course_compared_in_a_school_leads_to_the_schools_of_its_region(client, addresses):
    uai = addresses["school"][-9:-1]
    html = unescape(client.get("/comparer/", {"e": f"50022139.pro.{uai}"}).text)

    assert f'href="/formations/cap-cuisine-50022139/?voie=pro&region=11&e=50022139.pro.{uai}"' in html
