"""Home, explanations, legal pages, health, errors."""

import re

import pytest
from django.test import Client

from pages import methodology
from stats.indicators import INDICATORS
from stats.reasons import Reason
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_methodology_explains_every_figure_of_the_registry(client):
    text = page(client, "/methodologie/")
    for indicator in INDICATORS:
        assert f'id="{indicator.name}"' in text
        assert text.count(indicator.caution) >= 1
    assert sum(1 + len(e.later) for s in methodology.sections() for e in s.entries) == len(INDICATORS)


def test_methodology_says_that_france_is_two_years_like_its_regions(client):
    text = page(client, "/methodologie/")

    assert "pour un établissement, pour une région, et pour la France, que le portail calcule" in text
    assert "pour la France entière, il y a une seule année" not in text


@pytest.mark.parametrize("address", ["/methodologie/", "/glossaire/"])
def test_every_reason_of_a_hole_is_explained(client, address):
    text = page(client, address)
    assert all(reason.title in text and reason.sentence in text for reason in Reason)


def test_glossary_is_in_alphabetical_order_with_unique_anchors():
    anchors = [term.anchor for term in methodology.glossary()]
    assert anchors == sorted(set(anchors))


def test_site_says_that_it_is_not_official_unless_told_otherwise(client, settings):
    assert "Ce n’est pas un site officiel" in page(client, "/")
    settings.SITE_OFFICIAL = True
    assert "Ce n’est pas un site officiel" not in page(client, "/")


def test_marks_of_the_state_are_absent_unless_given(client, settings):
    assert "fr-logo" not in page(client, "/")
    settings.SITE_BRAND = "République\nFrançaise"
    assert "République<br>Française" in page(client, "/")


def test_legal_pages_say_what_the_settings_say(client, settings):
    settings.SITE_PUBLISHER, settings.SITE_HOST = "Service éditeur", "Service hébergeur"
    settings.SITE_CONTACT = "contact@example.org"
    text = page(client, "/mentions-legales/")
    assert all(words in text for words in ("Service éditeur", "Service hébergeur", "contact@example.org"))


def test_health_answers_plain_json(client):
    assert client.get("/sante/").json() == {"etat": "ok", "base": "ok"}


def test_unknown_address_offers_to_search(client):
    text = page(client, "/nulle-part/", 404)
    assert 'role="search"' in text
    assert "Toutes les formations" in text


def test_breakdown_page_needs_nothing(monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr("pages.views.glossary_terms", broken)
    response = Client(raise_request_exception=False).get("/glossaire/")
    assert response.status_code == 500
    assert "Le site est en panne" in response.content.decode()


def test_pages_have_no_inline_style_nor_script_and_no_other_site(client):
    factories.delivery()
    for address in ("/", "/recherche/?q=cuisine", "/methodologie/", "/plan-du-site/"):
        text = page(client, address)
        assert " style=" not in text
        assert re.sub(r'<script type="module" src="/static/[^"]+"></script>', "", text).count("<script") == 0
        assert 'src="http' not in text
        assert '<link rel="stylesheet" href="http' not in text
