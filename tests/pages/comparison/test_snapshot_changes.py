"""A shared comparison tells what changed since its day."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from stats.models import Attribution, Outcome
from tests import factories
from tests.pages.comparison.reading import TOKENS, compared, opened

pytestmark = pytest.mark.django_db


def revise(code="53", **figures):
    """A new delivery changes what the last cohort of a region shows."""
    outcome = Outcome.objects.get(territory__code=code)
    Attribution.objects.filter(outcome=outcome).delete()
    outcome.delete()
    delivery = factories.delivery()
    factories.outcome(
        factories.territory(code=code), factories.Diploma.objects.get(), delivery=delivery, **figures
    )


def shared(client, **asked):
    """The address to which one is led to share a comparison."""
    response = client.get("/comparer/partager/", {"e": TOKENS} | asked)
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]
    return response["Location"]


def test_shared_link_tells_that_nothing_moved(client, regions):
    address = shared(client, vue="tableau")
    html = opened(client, address)

    assert parse_qs(urlsplit(address).query)["vue"] == ["tableau"]
    assert "Aucun des chiffres qu’elle garde n’a changé depuis." in html
    assert str(timezone.localdate().year) in html
    assert f'readonly value="http://testserver{address.replace("&", "&amp;")}"' in html
    assert "Partager cette comparaison" not in html


def test_shared_link_names_the_route_of_each_item(client, regions):
    response = client.get("/comparer/partager/", {"e": ["50022139.r11"]})

    assert parse_qs(urlsplit(response["Location"]).query)["e"] == ["50022139.pro.r11"]


def test_shared_link_tells_what_moved_with_the_day_of_the_revision(client, regions):
    address = shared(client)
    revise(nb_annee_term=400, taux_en_emploi_6_mois=35, taux_en_formation=30, taux_autres_6_mois=10)
    html = opened(client, address)

    assert "B</span> CAP Cuisine, Bretagne :" in html
    assert "travaillent 6 mois après, 30 % → 35 %" in html
    assert "étudient encore 6 mois après," not in html
    assert re.search(r"Données révisées le \d+ \w+ \d{4}\.", html)
    assert "Partager cette comparaison" in html


def test_shared_link_does_not_tell_the_former_value_of_what_is_withdrawn(client, regions):
    address = shared(client)
    revise(nb_annee_term=12, taux_en_emploi_6_mois=35, taux_en_formation=30, taux_autres_6_mois=10)
    html = opened(client, address)

    assert "travaillent 6 mois après : n’est plus publié" in html
    assert "30 %" not in html.split("compare-since")[1].split("</section>")[0]


def test_shared_link_tells_what_is_published_since(client, regions):
    address = shared(client)
    revise("24", nb_annee_term=40, taux_en_emploi_6_mois=45, taux_en_formation=30, taux_autres_6_mois=25)

    assert "travaillent 6 mois après : publié depuis, 45 %" in opened(client, address)


def test_shared_link_tells_figures_of_another_cohort(client, regions):
    address = shared(client)
    factories.outcome(
        factories.territory(code="53"),
        regions,
        "2023_2024",
        nb_annee_term=400,
        taux_en_emploi_6_mois=38,
        taux_en_formation=30,
        taux_autres_6_mois=10,
    )
    html = opened(client, address)

    assert "30 % → 38 %" in html
    assert "les chiffres des sortants de 2023 et 2024 ; l’adresse garde ceux de 2022 et 2023." in html


def test_shared_link_survives_a_removal_and_an_addition(client, regions):
    query = parse_qs(urlsplit(shared(client)).query)
    revise(nb_annee_term=400, taux_en_emploi_6_mois=35, taux_en_formation=30, taux_autres_6_mois=10)
    html = compared(client, tokens=[TOKENS[1], "50022139.apprentissage.r11"], vu=query["vu"])

    assert "A</span> CAP Cuisine, Bretagne :" in html
    assert "Ajouté depuis, sans chiffres gardés : B." in html


@pytest.mark.parametrize("text", ["zz", "x" * 5000, ".eJxtzkkK:abc"])
def test_text_that_is_not_ours_is_said_and_the_comparison_shown(client, regions, text):
    html = compared(client, vu=text)

    assert "elle a été coupée ou changée" in html
    assert "A : nettement plus que B." in html


def test_link_that_remembers_other_items_says_nothing(client, regions):
    query = parse_qs(urlsplit(shared(client)).query)
    html = compared(client, tokens=["50022139.apprentissage.r11"], vu=query["vu"])

    assert "Cette adresse" not in html


def test_sharing_nothing_leads_to_the_empty_comparison(client):
    assert client.get("/comparer/partager/")["Location"] == "/comparer/"


def test_shared_address_is_the_same_all_day(client, regions, monkeypatch):
    first = shared(client)
    now = timezone.now()
    monkeypatch.setattr("time.time", lambda: (now + timedelta(minutes=1)).timestamp())

    assert shared(client) == first


def test_comparison_is_shared_in_english_too(client, regions, settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]
    response = client.get("/en/comparer/partager/", {"e": TOKENS})

    assert response["Location"].startswith("/en/comparer/?e=")
    assert client.get(response["Location"]).headers["Content-Language"] == "en"
