"""The page of a course tells what it is, where, how its regions stand, what to ask and what is near."""

from datetime import date

import pytest

from formations.models import DiplomaJob, Domain, Job
from stats.indicators import BY_NAME
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/formations/cap-cuisine-50022139/"
WORK = BY_NAME["taux_en_emploi_6_mois"].label
BIG = {"nb_annee_term": 1000, "nb_sortant": 500}


def html_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def section(html, identifier):
    start = html.index(f'id="{identifier}"')
    return html[start : html.index("</section>", start)]


@pytest.fixture
def cuisine():
    return factories.diploma()


def region(code, name, diploma, work, **fields):
    place = factories.territory("region", code, name)
    shares = {
        "taux_en_emploi_6_mois": work,
        "taux_en_formation": 90 - work,
        "taux_autres_6_mois": 10,
        "nb_poursuite_etudes": 10 * (90 - work),
        "nb_en_emploi_6_mois": 10 * work,
    }
    factories.outcome(place, diploma, **(BIG | shares | fields))
    return place


@pytest.fixture
def three_regions(cuisine):
    region("11", "Île-de-France", cuisine, 30)
    region("53", "Bretagne", cuisine, 50)
    region("28", "Normandie", cuisine, 40)
    factories.territory("region", "94", "Corse")
    return cuisine


def test_map_tells_each_region_beside_france(client, three_regions):
    carte = html_of(client)
    assert 'aria-label="Bretagne, nettement plus qu’ailleurs en France, 50\u00a0%"' in carte
    assert 'aria-label="Île-de-France, nettement moins qu’ailleurs en France, 30\u00a0%"' in carte
    assert 'aria-label="Normandie, on ne peut pas la départager du reste de la France, 40\u00a0%"' in carte
    assert 'aria-label="Corse, pas de chiffre publié"' in carte
    assert f'href="{ADDRESS}?voie=pro&amp;region=53"' in carte


def test_map_shows_who_studies_when_asked(client, three_regions):
    html = html_of(client, f"{ADDRESS}?carte=etudes")
    assert "Bretagne, nettement moins qu’ailleurs en France, 40\u00a0%" in html


def test_map_gives_no_number_of_a_confidential_region(client, three_regions):
    region("75", "Nouvelle-Aquitaine", three_regions, 77, nb_annee_term=13, nb_sortant=7)
    html = html_of(client)
    assert "Nouvelle-Aquitaine, trop peu d’élèves" in html
    assert "77" not in html[html.index("region-map") : html.index("data-table")]


def test_map_of_one_region_is_not_drawn(client, cuisine):
    region("53", "Bretagne", cuisine, 50)
    html = html_of(client)
    assert "drawing-tiles" not in html
    assert "Bretagne" in html


def test_map_holds_one_cohort(client, three_regions):
    region("75", "Nouvelle-Aquitaine", three_regions, 45, cohort_code="2020_2021")
    assert "Nouvelle-Aquitaine, pas de chiffre publié" in html_of(client)


def test_questions_quote_the_figures_that_call_for_them(client, three_regions):
    asked = section(html_of(client, f"{ADDRESS}?region=53"), "questions")
    assert "Dans quels métiers travaillent vos anciens élèves\u00a0?" in asked
    assert f"{WORK}, Bretagne\u00a0: 50\u00a0%" in asked


def test_questions_of_a_hole_quote_no_number(client, three_regions):
    asked = section(html_of(client, f"{ADDRESS}?region=94"), "questions")
    assert "Depuis quand cette formation existe-t-elle ici" in asked
    assert f"{WORK}\u00a0: pas de chiffre ici" in asked
    assert "%" not in asked


def test_places_are_told_by_school_and_summed_for_the_region(client, cuisine):
    bretagne = factories.territory("region", "53", "Bretagne")
    one, other = factories.school(name="Lycée A"), factories.school(name="Lycée B")
    away = factories.school(name="Lycée C", region=bretagne)
    for school, places, wishes in ((one, 24, 31), (other, 12, 0), (away, 100, 7)):
        factories.teaching(
            school, cuisine, source="attractivite", year=2021, places=places, first_wishes=wishes
        )
    html = section(html_of(client, f"{ADDRESS}?region=11"), "etablissements")
    assert "24 places à la rentrée 2021, 31 élèves l’ont demandée en premier vœu." in html
    assert "Places connues dans 2 établissements\u00a0: 36 places à la rentrée 2021, 31 élèves" in html
    assert "100 places" not in html


def test_places_that_the_source_does_not_count_are_left_out(client, cuisine):
    factories.teaching(factories.school(), cuisine, places=None, first_wishes=31)
    html = section(html_of(client), "etablissements")
    assert "place" not in html.replace("place-card", "")


def test_places_without_wishes_say_nothing_of_them(client, cuisine):
    factories.teaching(factories.school(), cuisine, places=1)
    html = section(html_of(client), "etablissements")
    assert "1 place à la rentrée 2023." in html
    assert "premier vœu" not in html


def test_salary_is_told_where_a_national_row_has_it(client, cuisine):
    quartiles = dict(zip(("q1", "q2", "q3"), (1300, 1450, 1600), strict=True))
    salaries = {f"salaire_12_mois_{name}": value for name, value in quartiles.items()}
    factories.outcome(factories.country(), cuisine, "2023", **BIG, **factories.SHARES, **salaries)
    html = html_of(client)
    assert "Combien gagnent ceux qui travaillent\u00a0?" in html
    assert "<strong>1\u202f450\u00a0€</strong> net par mois" in html


def test_salary_section_is_absent_without_it(client, three_regions):
    assert "Combien gagnent" not in html_of(client)


def test_similar_courses_come_with_figures_first(client, three_regions):
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    domain = Domain.objects.create(slug="hotellerie", label="Hôtellerie")
    bac = factories.diploma_type("400", "Bac pro", "Baccalauréat professionnel", 4)
    pro = factories.diploma("40022105", "Bac pro Cuisine", type=bac)
    bakery = factories.diploma("50022101", "CAP Boulanger")
    closed = factories.diploma("50022102", "CAP Fermé", closed_on=date(2020, 8, 31))
    for diploma in (three_regions, pro, closed):
        DiplomaJob.objects.create(diploma=diploma, job=job)
    for diploma in (three_regions, bakery):
        diploma.domains.add(domain)
    region("11", "Île-de-France", bakery, 22)
    region("53", "Bretagne", bakery, 24)
    factories.teaching(factories.school(), pro)
    html = html_of(client)
    near = section(html, "proches")
    assert near.index("CAP Boulanger") < near.index("Bac pro Cuisine")
    assert "Niveau CAP · Même domaine" in near
    assert "23\u00a0% travaillent" in near
    assert "Niveau bac · Mène au même métier" in near
    assert "CAP Fermé" not in near
    assert "Bac pro Cuisine" in section(html, "comprendre")


def test_course_is_told_in_plain_words(client, cuisine):
    factories.course_year(cuisine, duration=1)
    factories.course_year(cuisine, duration=2)
    factories.teaching(factories.school(), cuisine)
    html = section(html_of(client), "comprendre")
    assert "Certificat d’aptitude professionnelle (CAP)" in html
    assert "Niveau CAP" in html
    assert "En 1 ou 2 ans" in html
    assert "Au lycée\u00a0: on est élève, avec des stages en entreprise." in html


def test_course_without_type_figures_or_school_still_has_a_page(client):
    factories.diploma(type=None)
    html = html_of(client)
    assert "drawing-tiles" not in html
    assert "Formations proches" not in html
    assert "À demander lors des portes ouvertes" in html


def test_page_says_what_it_is_to_search_engines(client, three_regions):
    html = html_of(client)
    assert 'itemtype="https://schema.org/Course"' in html
    assert '<meta itemprop="courseCode" content="50022139">' in html
    assert html.count('itemprop="itemListElement"') == html.count('itemprop="position"') == 3


def test_similar_course_that_is_withheld_tells_its_own_reason_after_the_others(client, three_regions):
    domain = Domain.objects.create(slug="hotellerie", label="Hôtellerie")
    small, shown = (
        factories.diploma("50022101", "CAP Boulanger"),
        factories.diploma("50022102", "CAP Fleuriste"),
    )
    for diploma in (three_regions, small, shown):
        diploma.domains.add(domain)
    region("53", "Bretagne", small, 77, nb_annee_term=13, nb_sortant=7)
    region("53", "Bretagne", shown, 24)
    near = section(html_of(client, f"{ADDRESS}?region=53"), "proches")
    assert near.index("24\u00a0% travaillent") < near.index("CAP Boulanger") < near.index("Trop peu d’élèves")
    assert "77" not in near


def test_reason_of_several_schools_is_told_once_in_easy_french(client, cuisine):
    for _number in range(3):
        school = factories.school()
        factories.teaching(school, cuisine)
        factories.outcome(school, cuisine, nb_annee_term=12)
    schools = section(html_of(client), "etablissements")

    assert schools.count("Le groupe compte moins de 20 élèves") == 3
    assert schools.count("En français facile") == 1


def test_region_where_nobody_teaches_it_leads_to_the_others(client, cuisine):
    factories.teaching(factories.school(), cuisine)
    factories.territory(code="53", name="Bretagne")
    link = "?voie=pro#etablissements"

    assert link in section(html_of(client, f"{ADDRESS}?region=53"), "etablissements")
    assert link not in section(html_of(client, f"{ADDRESS}?region=11"), "etablissements")
