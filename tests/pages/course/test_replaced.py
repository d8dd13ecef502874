"""A diploma that replaced several, or that no longer exists: what its page tells and what it does not."""

from datetime import date

import pytest

from formations.models import DiplomaJob, Job, Renewal
from formations.renewals import chains
from pages.course.default_route import default_route
from tests import factories
from tests.pages.course.test_page import html_of, region, section

pytestmark = pytest.mark.django_db

ADDRESS = "/formations/bac-pro-reuni-40000003/"


@pytest.fixture
def merged():
    """A bac pro in three years, opened in 2022, that replaced two options; each option has figures in two regions."""
    new = factories.diploma("40000003", "Bac pro réuni", opened_on=date(2022, 9, 1))
    factories.course_year(new, duration=3)
    options = []
    for code, letter, work in (("40000001", "A", 30), ("40000002", "B", 50)):
        option = factories.diploma(code, f"Bac pro option {letter}", closed_on=date(2024, 8, 31))
        Renewal.objects.create(former=option, new=new)
        year = factories.course_year(option, duration=3)
        region("11", "Île-de-France", option, work, course_year=year)
        region("53", "Bretagne", option, work + 10, course_year=year)
        options.append(option)
    return new, *options


def test_each_former_option_is_named_with_its_figures(client, merged):
    html = html_of(client, ADDRESS)
    assert "Formation trop récente" in html
    assert "Ce diplôme remplace 2 anciens diplômes." in html
    table = html[html.index("Anciens diplômes que celui-ci remplace") : html.index("</table>")]
    assert "Bac pro option A (code 40000001)" in table
    assert "Bac pro option B (code 40000002)" in table
    assert "35\u00a0% travaillent" in table
    assert "55\u00a0% travaillent" in table
    assert "Aucun chiffre proche n’est publié." not in html


def test_each_former_option_has_the_figures_of_the_region(client, merged):
    html = html_of(client, f"{ADDRESS}?region=53")
    assert "40\u00a0% travaillent" in html
    assert "60\u00a0% travaillent" in html


def test_former_option_without_figures_says_so(client, merged):
    other = factories.diploma("40000009", "Bac pro option C", closed_on=date(2024, 8, 31))
    Renewal.objects.create(former=other, new=merged[0])
    html = html_of(client, ADDRESS)
    assert "Ce diplôme remplace 3 anciens diplômes." in html
    assert "Bac pro option C (code 40000009)" in html


def test_schools_of_the_former_options_are_listed_with_the_option(client, merged):
    new, first, second = merged
    north, south = factories.school(name="Lycée Nord"), factories.school(name="Lycée Sud")
    factories.teaching(north, first, year=2020)
    factories.teaching(south, first, year=2021)
    factories.outcome(south, second, nb_annee_term=100, **factories.SHARES)
    schools = section(html_of(client, ADDRESS), "etablissements")
    assert "2 établissements au lycée" in schools
    assert "D’après les listes des rentrées 2020 et 2021" in schools
    card_north, card_south = schools.split("place-card__group", 1)[1].split("Lycée Sud", 1)
    assert "Ancien diplôme\u00a0: Bac pro option A" in card_north
    assert "Ancien diplôme\u00a0: Bac pro option A" in card_south
    assert "Ancien diplôme\u00a0: Bac pro option B" in card_south
    assert "31\u00a0% travaillent" in card_south


def test_schools_of_a_split_diploma_are_not_those_of_each_part(client, merged):
    new, first, _second = merged
    Renewal.objects.create(former=first, new=factories.diploma("40000008", "Bac pro autre"))
    factories.teaching(factories.school(), first)
    html = html_of(client, ADDRESS)
    assert "Bac pro option A (code 40000001)" in html
    assert "Aucun établissement n’est connu" in html


def test_course_with_figures_of_its_own_shows_no_former_option(client, merged):
    region("11", "Île-de-France", merged[0], 44)
    assert "Anciens diplômes que celui-ci remplace" not in html_of(client, ADDRESS)


def test_comparison_names_the_former_options_and_leads_to_their_figures(client, merged):
    html = html_of(client, "/comparer/?e=40000003.pro.r11")
    item = html[html.index('class="compare-item"') : html.index("compare-item__actions")]
    assert "Ce diplôme remplace d’anciens diplômes, qui ont leurs propres chiffres" in item
    assert "Bac pro option A (code 40000001)" in item
    assert "Bac pro option B (code 40000002)" in item
    assert "40000002/?voie=pro&amp;region=11" in item


def test_queries_do_not_grow_with_the_former_options(client, merged, django_assert_max_num_queries):
    factories.teaching(factories.school(), merged[1])
    html_of(client, ADDRESS)
    with django_assert_max_num_queries(40) as few:
        html_of(client, ADDRESS)
    for number in range(4, 9):
        option = factories.diploma(f"4000001{number}", f"Bac pro option {number}")
        Renewal.objects.create(former=option, new=merged[0])
        region("11", "Île-de-France", option, 40)
        factories.teaching(factories.school(), option)
    with django_assert_max_num_queries(len(few)):
        html_of(client, ADDRESS)


def test_closed_course_has_no_question_to_ask_nor_places(client, merged):
    option = merged[1]
    factories.teaching(factories.school(), option, places=24, first_wishes=31)
    html = html_of(client, f"/formations/{option.slug}-{option.pk}/")
    assert "Ce diplôme n’existe plus" in html
    assert "À demander lors des portes ouvertes" not in html
    assert "24 places" not in html


@pytest.mark.parametrize(
    ("school_route", "opens_on"),
    [
        ([(13, 50)], "apprentissage"),
        ([(100, 50), (400, None)], "apprentissage"),
        ([(100, 50), (None, None)], "apprentissage"),
        ([(100, 50), (100, 50), (13, None)], "pro"),
    ],
)
def test_course_opens_on_the_route_that_tells_france(school_route, opens_on):
    diploma = factories.diploma()
    hidden = {"reasons": {"taux_en_emploi_6_mois": "L"}, "taux_en_formation": 40}
    for code, (people, work) in enumerate(school_route):
        shares = hidden if work is None else factories.SHARES
        factories.outcome(
            factories.territory("region", f"{code}", "R"), diploma, nb_annee_term=people, **shares
        )
    factories.outcome(
        factories.territory("region", "53", "Bretagne"), diploma, route="apprentissage", nb_annee_term=900
    )
    chain = chains([diploma.pk])[diploma.pk]
    assert default_route(chain, ["pro", "apprentissage"]) == opens_on


@pytest.mark.parametrize("is_known", [True, False])
def test_programme_that_no_source_covers_is_not_offered_above(client, is_known):
    cap = factories.diploma()
    bac = factories.diploma_type("400", "Bac pro", "Baccalauréat professionnel", 4)
    above = factories.diploma("40022106", "Bac pro Cuisine", type=bac)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    for diploma in (cap, above):
        DiplomaJob.objects.create(diploma=diploma, job=job)
    if is_known:
        former = factories.diploma("40022105", "Bac pro d’avant", type=bac, closed_on=date(2020, 8, 31))
        Renewal.objects.create(former=former, new=above)
        factories.teaching(factories.school(), former)
    html = html_of(client, f"/formations/{cap.slug}-{cap.pk}/")
    assert ("au niveau au-dessus" in html) is is_known


@pytest.mark.parametrize("address", ["/formations/non-specifiee-50033999/", "/formations/50033999.csv"])
def test_code_of_no_diploma_has_no_page(client, address):
    factories.diploma("50033999", "CAP Non spécifiée du domaine", slug="non-specifiee")
    assert client.get(address).status_code == 404


def test_code_of_no_diploma_is_neither_listed_nor_found(client):
    factories.diploma("50033999", "CAP Non spécifiée du domaine", slug="non-specifiee")
    factories.delivery()
    for address in ("/formations/", "/recherche/?q=specifiee"):
        assert b"50033999" not in client.get(address).content
