"""The comparison is shown as its address asks, and a shared one tells what moved since."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.comparison.catalogue import read_catalogue
from pages.comparison.page import present
from stats.comparison_tokens import read_token
from stats.links import ComparisonState
from stats.models import Attribution, Outcome
from tests import factories

pytestmark = pytest.mark.django_db

TOKENS = ("50022139.pro.r11", "50022139.pro.r53", "50022139.pro.r24")


@pytest.fixture
def regions():
    """CAP Cuisine where one region is clearly above another, and one withholds everything."""
    diploma = factories.diploma()
    shown = {"taux_en_formation": 30, "taux_autres_6_mois": 10}
    for code, name, fields in (
        ("11", "Île-de-France", {"nb_annee_term": 500, "taux_en_emploi_6_mois": 60} | shown),
        ("53", "Bretagne", {"nb_annee_term": 400, "taux_en_emploi_6_mois": 30} | shown),
        ("24", "Centre-Val de Loire", {"nb_annee_term": 12, "taux_en_emploi_6_mois": 60} | shown),
    ):
        factories.outcome(factories.territory(code=code, name=name), diploma, **fields)
    return diploma


def compared(client, *, prefix="", tokens=TOKENS, **asked):
    """The comparison as a reader has it, without spaces that do not break."""
    response = client.get(f"{prefix}/comparer/", {"e": tokens} | asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.text.replace("\u00a0", " "))


def headings(html):
    return [heading.strip() for heading in re.findall(r"<h2[^>]*>\s*([^<]*)</h2>", html)]


def links(html, text):
    """Query of each link that has this text, as {name: [values]}."""
    found = re.findall(rf'<a [^>]*href="([^"]+)"[^>]*>{text}<', html)
    return [parse_qs(urlsplit(address.replace("&amp;", "&")).query) for address in found]


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


def opened(client, address):
    return re.sub(r"\s+", " ", client.get(address).text.replace("\u00a0", " "))


def test_ten_people_of_each_item_stand_first(client, regions):
    html = compared(client)

    assert headings(html)[:2] == ["Sur 10 élèves en dernière année", "Travaillent 6 mois après"]
    assert "Sur 10 élèves en dernière année, 6 travaillent, 3 étudient encore, 1 est" in html
    assert html.count('class="drawing-people"') == 2
    assert "Trop peu d’élèves" in html


def test_table_has_the_same_figures_without_drawings(client, regions):
    html = compared(client, vue="tableau")

    assert "drawing-bar" not in html
    assert "drawing-people" not in html
    assert "<strong>60 %</strong>" in html
    assert "A : nettement plus que B." in html


def test_items_follow_each_other_with_what_tells_them_apart(client, regions):
    html = compared(client, sens="elements")

    assert html.count('class="compare-one"') == 3
    assert "Ce qu’on peut dire en comparant" in headings(html)
    assert "A : nettement plus que B." in html


def test_differences_only_leaves_out_what_cannot_be_told_apart(client, regions):
    html = compared(client, differences="1")

    assert headings(html)[1:2] == ["Travaillent 6 mois après"]
    assert "Étudient encore 6 mois après" not in headings(html)
    assert "Non montrés, car on ne peut pas départager : Étudient encore 6 mois après ;" in html


def test_differences_need_two_items(client, regions):
    html = compared(client, tokens=TOKENS[:1], differences="1")

    assert "Travaillent 6 mois après" in headings(html)
    assert "différences nettes" not in html


def test_hidden_line_is_out_of_the_page_and_of_the_file_and_can_come_back(client, regions):
    html = compared(client, sans=["taux_en_formation", "sur_10", "zzz"])

    assert "Étudient encore 6 mois après" not in headings(html)
    assert "drawing-people" not in html
    assert links(html, "Étudient encore 6 mois après") == [{"e": list(TOKENS), "sans": ["sur_10"]}]
    assert links(html, "Tout remettre") == [{"e": list(TOKENS)}]
    (file,) = links(html, r"Télécharger \(CSV\)")
    assert file["sans"] == ["taux_en_formation", "sur_10"]
    rows = csv.DictReader(
        io.StringIO(client.get("/comparer.csv", file).getvalue().decode("utf-8-sig")), delimiter=";"
    )
    names = {row["indicateur"] for row in rows}
    assert "taux_en_emploi_6_mois" in names
    assert "taux_en_formation" not in names


def test_each_link_keeps_the_other_choices(client, regions):
    asked = {
        "vue": "tableau",
        "sens": "elements",
        "differences": "1",
        "sans": "taux_autres_6_mois",
        "vu": "zz",
    }
    html = compared(client, **asked)
    kept = {name: [value] for name, value in asked.items()}

    assert {**kept, "e": list(TOKENS[1:])} in links(html, "Retirer")
    assert {**kept, "e": [TOKENS[1], TOKENS[0], TOKENS[2]]} in links(html, "Après")
    (drawings,) = links(html, "Dessins")
    assert drawings == {
        name: values for name, values in (kept | {"e": list(TOKENS)}).items() if name != "vue"
    }
    assert '<input type="hidden" name="sens" value="elements">' in html
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)[1]
    assert canonical == "http://testserver/comparer/?" + "&amp;".join(f"e={text}" for text in TOKENS)


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


def test_item_leads_to_its_page_and_back_to_the_comparison(client, regions):
    (query, *_others) = links(compared(client), "CAP Cuisine")

    assert query["e"] == list(TOKENS)


def test_comparison_is_shared_in_english_too(client, regions, settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]
    response = client.get("/en/comparer/partager/", {"e": TOKENS})

    assert response["Location"].startswith("/en/comparer/?e=")
    assert client.get(response["Location"]).headers["Content-Language"] == "en"


@pytest.mark.parametrize("asked", [{}, {"vue": "tableau"}, {"sens": "elements"}, {"differences": "1"}])
def test_queries_do_not_depend_on_how_it_is_shown(client, regions, asked):
    def queries_of(**more):
        compared(client, **more)
        with CaptureQueriesContext(connection) as captured:
            compared(client, **more)
        return len(captured)

    vu = parse_qs(urlsplit(shared(client)).query)["vu"]
    assert queries_of(**asked, vu=vu) == queries_of() <= 15


@pytest.mark.parametrize("template", ["by_figure", "by_item", "table"])
def test_nothing_is_read_after_the_catalogue(regions, template, django_assert_num_queries):
    school = factories.school(region=factories.territory(code="53"))
    factories.outcome(school, regions, nb_annee_term=12)
    texts = (*TOKENS, f"50022139.{school.pk}", school.pk, "50022139.apprentissage", "zzz")
    tokens = {text: read_token(text) for text in texts}
    catalogue = read_catalogue([token for token in tokens.values() if token])

    with django_assert_num_queries(0):
        page = present(ComparisonState(texts), tokens, catalogue)
        assert render_to_string(f"components/comparison_{template}.html", {"page": page})
    assert len(page.items) == len(texts) - len(page.problems) == 6


def test_every_explanation_and_hole_has_its_easy_version(client, regions):
    html = compared(client)

    assert "<summary>En français facile<" in html
    assert "On regarde 100 élèves de la dernière année." in html
    assert "Avec un chiffre, on pourrait deviner la vie de quelqu’un." in html
