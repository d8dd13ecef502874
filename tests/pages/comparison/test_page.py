"""The comparison is shown as its address asks."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from pages.comparison.catalogue import read_catalogue
from pages.comparison.page import present
from stats.comparison_tokens import read_token
from stats.links import ComparisonState
from tests import factories
from tests.pages.comparison.reading import TOKENS, compared, headings, links

pytestmark = pytest.mark.django_db


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


def test_item_leads_to_its_page_and_back_to_the_comparison(client, regions):
    (query, *_others) = links(compared(client), "CAP Cuisine")

    assert query["e"] == list(TOKENS)


@pytest.mark.parametrize("asked", [{}, {"vue": "tableau"}, {"sens": "elements"}, {"differences": "1"}])
def test_queries_do_not_depend_on_how_it_is_shown(client, regions, asked):
    def queries_of(**more):
        compared(client, **more)
        with CaptureQueriesContext(connection) as captured:
            compared(client, **more)
        return len(captured)

    location = client.get("/comparer/partager/", {"e": TOKENS})["Location"]
    vu = parse_qs(urlsplit(location).query)["vu"]
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
