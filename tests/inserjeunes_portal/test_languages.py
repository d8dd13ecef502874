"""The address of a page tells its language, and nothing else does."""

import pytest
from django.urls import reverse
from django.utils import translation

from establishments.articles import of
from inserjeunes_portal.languages import languages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_languages(settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]


def test_page_is_in_french_at_the_root_whatever_the_browser_asks(client, two_languages):
    response = client.get("/glossaire/", headers={"accept-language": "en"})

    assert response.headers["Content-Language"] == "fr"
    assert b'<html lang="fr"' in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_page_is_in_english_under_its_prefix_and_links_stay_there(client, two_languages):
    response = client.get("/en/glossaire/")

    assert response.headers["Content-Language"] == "en"
    assert b'<html lang="en"' in response.content
    assert b'href="/en/formations/"' in response.content
    assert reverse("glossary") == "/glossaire/"


def test_other_language_of_a_page_keeps_what_was_asked(rf, client, two_languages):
    languages = languages_of(rf.get("/recherche/?q=cuisine"))

    assert [(language.code, language.address, language.is_current) for language in languages] == [
        ("fr", "/recherche/?q=cuisine", True),
        ("en", "/en/recherche/?q=cuisine", False),
    ]
    assert b'hreflang="en"' in client.get("/recherche/?q=cuisine").content


def test_search_engines_are_told_one_address_a_page(client, two_languages):
    content = " ".join(client.get("/en/recherche/?q=cuisine").content.decode().split())

    assert '<link rel="canonical" href="http://testserver/en/recherche/">' in content
    assert '<link rel="alternate" hreflang="fr" href="http://testserver/recherche/">' in content


def test_missing_page_offers_no_other_language(client, two_languages):
    assert b"site-header__languages" not in client.get("/en/zzz/").content


def test_address_of_the_open_data_has_no_language(client, two_languages):
    assert client.get("/en/api/v1/formations/").status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Angers", "d’Angers"),
        ("Évry", "d’Évry"),
        ("Yvetot", "d’Yvetot"),
        ("Le Havre", "du Havre"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Rochelle", "de La Rochelle"),
        ("Lyon", "de Lyon"),
        ("votre position", "de votre position"),
    ],
)
def test_place_is_said_as_french_says_it_and_alone_in_other_languages(name, said):
    assert of(name) == said
    with translation.override("en"):
        assert of(name) == name
