"""The page of a school: how to reach it, what its figures are worth, what it may show on its own site."""

import re
from datetime import date
from html import unescape

import pytest

from formations.models import Diploma, Renewal
from tests import factories

pytestmark = pytest.mark.django_db


def html_of(client, school):
    response = client.get(f"/etablissements/lycee-demonstration-nord-{school.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_school_tells_how_to_reach_it(client):
    school = factories.school(
        address="1 rue Inventée",
        postal_code="94000",
        phone="01 02 03 04 05",
        website="https://lycee.example/",
    )
    html = html_of(client, school)
    assert '<span itemprop="streetAddress">1 rue Inventée</span>' in html
    assert '<a href="tel:0102030405"><span itemprop="telephone">01 02 03 04 05</span></a>' in html
    assert '<a href="https://lycee.example/" rel="external" itemprop="sameAs">' in html
    assert 'itemtype="https://schema.org/EducationalOrganization"' in html


def test_school_of_which_nothing_is_known_shows_no_empty_line(client):
    html = html_of(client, factories.school(region=None, city="", sector=""))
    assert "school-contact" not in html
    assert "tel:" not in html


@pytest.mark.parametrize(
    ("points", "leavers", "words"),
    [
        (8, 400, "Mieux qu’attendu pour des élèves comparables"),
        (0, 400, "Proche de ce qu’on attend, ou trop peu de jeunes pour le dire"),
        (8, 40, "Proche de ce qu’on attend, ou trop peu de jeunes pour le dire"),
        (-8, 400, "Moins bien qu’attendu pour des élèves comparables"),
    ],
)
def test_value_added_is_told_in_words(client, points, leavers, words):
    school = factories.school()
    factories.outcome(
        school,
        nb_annee_term=600,
        nb_sortant=leavers,
        valeur_ajoutee_6_mois=points,
        taux_emploi_6_mois_attendu=50,
        **factories.SHARES,
    )
    assert f"<strong>{words}</strong>" in html_of(client, school)


def test_embed_code_gives_the_picture_that_the_api_draws(client):
    diploma = factories.diploma(label="CAP « Cuisine »", slug="cap-cuisine")
    year = factories.course_year(diploma, "23220022139")
    school = factories.school()
    factories.outcome(school, diploma, course_year=year, nb_annee_term=61, **factories.SHARES)
    html = html_of(client, school)
    snippet = unescape(re.search(r'<pre class="code"[^>]*><code>(.*?)</code>', html)[1])
    source = re.search(r'src="http://testserver([^"]+)"', snippet)[1]
    assert source == f"/api/inserjeunes/formations/{school.pk}-23220022139.svg?imageOnError=true"
    assert 'alt="CAP « Cuisine », au lycée, en 2 ans, Lycée Démonstration Nord' in snippet
    assert "%" not in re.search(r'alt="([^"]+)"', snippet)[1]
    picture = client.get(source)
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert "31\u00a0%" in picture.content.decode()


def test_course_that_withholds_its_figures_has_no_embed_code(client):
    diploma, school = factories.diploma(), factories.school()
    factories.outcome(school, diploma, nb_annee_term=13, **factories.SHARES)
    assert "embeds" not in html_of(client, school)


@pytest.fixture
def taught():
    """A course that a school of Île-de-France teaches, of which it has no figures."""
    diploma, school = factories.diploma(), factories.school()
    factories.teaching(school, diploma)
    year = factories.course_year(diploma, duration=2)

    def shown(code, name, **fields):
        place = factories.territory("region", code, name)
        factories.outcome(place, diploma, course_year=year, **({"nb_annee_term": 200} | fields))

    return school, shown


COUNTED = {"nb_poursuite_etudes": 94, "nb_sortant": 106, "nb_en_emploi_6_mois": 62}


def test_course_without_figures_here_points_to_its_region(client, taught):
    school, shown = taught
    shown("11", "Île-de-France", **factories.SHARES)
    shown("53", "Bretagne", taux_en_emploi_6_mois=80, taux_en_formation=10, taux_autres_6_mois=10)
    assert "Île-de-France, cohorte 2022 et 2023\u00a0: <strong>31" in html_of(client, school)


def test_course_without_figures_in_its_region_points_to_france(client, taught):
    school, shown = taught
    for code, name in (("53", "Bretagne"), ("28", "Normandie")):
        shown(code, name, **COUNTED, **factories.SHARES)
    assert "France, cohorte 2022 et 2023\u00a0: <strong>31" in html_of(client, school)


def test_course_that_one_region_of_two_publishes_has_no_france(client, taught):
    school, shown = taught
    shown("53", "Bretagne", **COUNTED, **factories.SHARES)
    shown("28", "Normandie", nb_annee_term=13)
    html = html_of(client, school)
    assert "31\u00a0%" not in html
    assert "Aucun chiffre proche ne peut en tenir lieu." in html


def test_regions_are_not_read_where_the_school_has_what_it_needs(
    client, taught, django_assert_max_num_queries
):
    school, shown = taught
    shown("11", "Île-de-France", **factories.SHARES)
    html_of(client, school)
    with django_assert_max_num_queries(25) as few:
        html_of(client, school)
    for number in range(60, 66):
        shown(str(number), f"Région {number}", **factories.SHARES)
    with django_assert_max_num_queries(len(few)):
        html_of(client, school)


CLOSED = {"closed_on": date(2022, 8, 31)}


def courses_of(client, school):
    html = html_of(client, school)
    return html[html.index('id="formations"') : html.index("</section>", html.index('id="formations"'))]


def test_successor_stands_for_a_diploma_that_no_longer_exists(client):
    former, new = factories.renewed("50000001", "50000002")
    Diploma.objects.filter(pk=former.pk).update(**CLOSED)
    school = factories.school()
    factories.teaching(school, former, year=2020)
    courses = courses_of(client, school)
    assert 'href="/formations/cap-50000002-50000002/"' in courses
    assert "n’existe plus" not in courses
    assert "l’ancien diplôme que celui-ci remplace\u00a0: CAP 50000001 (code 50000001)" in courses
    assert "D’après la liste de la rentrée 2020" in courses


def test_successor_of_two_options_shows_the_figures_of_each(client):
    first, new = factories.renewed("50000001", "50000003")
    second = factories.diploma("50000002", "CAP autre option")
    Renewal.objects.create(former=second, new=new)
    Diploma.objects.filter(pk__in=(first.pk, second.pk)).update(**CLOSED)
    school = factories.school()
    for option, work in ((first, 31), (second, 41)):
        shares = {"taux_en_emploi_6_mois": work, "taux_en_formation": 90 - work, "taux_autres_6_mois": 10}
        factories.outcome(school, option, nb_annee_term=100, **shares)
    courses = courses_of(client, school)
    assert courses.count("<h3>") == 1
    assert "Ancien diplôme\u00a0: CAP 50000001, au lycée" in courses
    assert "Ancien diplôme\u00a0: CAP autre option, au lycée" in courses
    assert "31\u00a0%" in courses
    assert "41\u00a0%" in courses


def test_diploma_with_several_successors_names_them(client):
    former, new = factories.renewed("50000001", "50000002")
    Renewal.objects.create(former=former, new=factories.diploma("50000003", "CAP autre moitié"))
    Diploma.objects.filter(pk=former.pk).update(**CLOSED)
    school = factories.school()
    factories.teaching(school, former)
    courses = courses_of(client, school)
    assert "(n’existe plus)" in courses
    assert "CAP 50000002</a>" in courses
    assert "CAP autre moitié</a>" in courses


def test_queries_do_not_grow_with_former_diplomas(client, django_assert_max_num_queries):
    school = factories.school()

    def taught(number):
        for code in range(number, number + 10, 2):
            former, _new = factories.renewed(f"500000{code}", f"500000{code + 1}")
            Diploma.objects.filter(pk=former.pk).update(**CLOSED)
            factories.teaching(school, former)

    taught(10)
    html_of(client, school)
    with django_assert_max_num_queries(30) as few:
        html_of(client, school)
    taught(30)
    with django_assert_max_num_queries(len(few)):
        html_of(client, school)


@pytest.mark.parametrize("opened", [2012, 2022])
def test_successor_of_an_option_points_to_its_own_figures_once_it_has_some(client, opened):
    option, new = factories.renewed("50000001", "50000003")
    Renewal.objects.create(former=factories.diploma("50000002", "CAP autre option"), new=new)
    Diploma.objects.filter(pk=option.pk).update(**CLOSED)
    Diploma.objects.filter(pk=new.pk).update(opened_on=date(opened, 9, 1))
    factories.course_year(new, duration=3)
    school = factories.school()
    factories.teaching(school, option)
    factories.outcome(factories.territory(), option, nb_annee_term=200, **factories.SHARES)
    courses = courses_of(client, school)
    is_too_new = opened == 2022
    assert ("Ancien diplôme\u00a0: CAP 50000001, au lycée" in courses) is is_too_new
    assert ("Île-de-France, cohorte 2022 et 2023\u00a0: <strong>31" in courses) is is_too_new
