"""The items that the address of a comparison names, and those that it cannot show."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def page(client, tokens):
    """The comparison of these tokens."""
    response = client.get("/comparer/", {"e": tokens})
    assert response.status_code == 200
    return response.text


def test_comparison_puts_items_side_by_side_by_letter(client, cooking):
    _diploma, school = cooking
    tokens = [
        "50022139.pro.r11",
        "50022139.apprentissage.r11",
        f"50022139.pro.{school.pk}",
        f"{school.pk}.pro",
        "50022139.apprentissage.r53",
    ]
    html = page(client, tokens)
    for letter in "ABCDE":
        assert f'<span class="letter">{letter}</span>' in html
    assert (
        "Toutes ne se font pas par la même voie\u00a0: A, C et D, au lycée\u00a0; B et E, en apprentissage."
        in html
    )
    assert "Trop peu d’élèves" in html
    assert "Pas de chiffre ici" in html


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("zzz", "n’est ni une formation ni un établissement"),
        ("99999999", "Aucune formation n’a le code 99999999."),
        ("99999999999.pro", "Aucune formation n’a le code 99999999999."),
        ("0000000A", "Aucun établissement n’a le code 0000000A."),
        ("50022139.pro.r99", "Aucune région n’a le code 99."),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_comparison_with_an_unknown_item_shows_the_others(client, cooking, token, sentence):
    html = page(client, ["50022139.pro.r11", token])
    assert sentence in html
    assert "CAP Cuisine" in html
    assert "<script>" not in html


def test_comparison_reads_a_diploma_that_looks_like_a_school(client, cooking):
    factories.diploma("4002213A", "Bac pro Cuisine")
    assert "Bac pro Cuisine" in page(client, ["4002213A"])


def test_comparison_stops_at_ten_and_says_so(client):
    for number in range(12):
        factories.diploma(f"5000{number:04d}", f"CAP {number}")
    html = page(client, [f"5000{number:04d}" for number in range(12)])
    assert html.count('class="compare-item"') == 10
    assert html.count("dix éléments au plus") == 2


def test_comparison_of_nothing_explains_itself(client):
    assert "Rien n’est encore à comparer" in page(client, [])


@pytest.mark.parametrize(("opened", "is_too_new"), [(2022, True), (2020, False)])
def test_course_that_nobody_has_left_says_so(client, opened, is_too_new):
    course = factories.diploma("40033007", "Bac pro réuni", opened_on=f"{opened}-09-01")
    factories.course_year(course, duration=3)
    factories.cohort("2022_2023")
    assert ("Formation trop récente" in page(client, ["40033007.pro"])) is is_too_new
