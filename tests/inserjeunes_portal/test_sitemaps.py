"""What search engines are told: every page with figures, in each language, and nothing else."""

import re
from xml.etree import ElementTree

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", response.content.decode())


def test_index_leads_to_a_map_of_each_kind(client):
    assert addresses(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-formations.xml",
        "/sitemap-etablissements.xml",
    ]


def test_courses_and_schools_with_figures_are_listed(client):
    shown, other = factories.school(), factories.school()
    factories.outcome(shown, factories.diploma())
    factories.diploma("50022137", "CAP Boulanger")

    assert addresses(client, "/sitemap-formations.xml") == [
        "/formations/cap-cuisine-50022139/",
        "/en/formations/cap-cuisine-50022139/",
    ]
    found = addresses(client, "/sitemap-etablissements.xml")
    assert len(found) == 2
    assert all(address.endswith(f"-{shown.pk}/") for address in found)
    assert not any(other.pk in address for address in found)


def test_pages_are_listed_in_every_language(client):
    found = addresses(client, "/sitemap-pages.xml")

    assert {"/", "/en/", "/glossaire/", "/en/glossaire/"} <= set(found)
    assert all(client.get(address).status_code == 200 for address in found)


def test_robots_are_told_where_the_map_is_and_what_not_to_read(client):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert [line for line in text.split("\n") if line.startswith("Disallow")] == ["Disallow: /gestion/"]
