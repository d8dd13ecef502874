"""Pages of jobs: the diplomas that lead there, their figures, where near, and what each neighbour changes."""

import re

import pytest

from establishments.models import Commune
from formations.models import CourseYear, Diploma, DiplomaJob, Job, JobName
from pages.job.courses import job_courses
from pages.job.page import job_fields, job_page
from pages.job.read import read_job_facts
from search.engine import searches
from search.results import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/metiers/coiffure-D1202/"


@pytest.fixture
def hairdresser():
    """CAP (2 years, school route), BP (2 years, apprenticeship) and BTS Coiffure lead to the same job."""
    job = Job.objects.create(code="D1202", label="Coiffure")
    JobName.objects.create(job=job, name="coiffeur / coiffeuse", is_everyday=True)
    JobName.objects.create(job=job, name="Visagiste")
    bp = factories.diploma_type("450", "BP", "Brevet professionnel", 4)
    bts = factories.diploma_type("320", "BTS", "Brevet de technicien supérieur", 5)
    cap = factories.diploma("50033616", "CAP Métiers de la coiffure", slug="cap-coiffure")
    diplomas = [
        cap,
        factories.diploma("45033608", "BP Coiffure", type=bp),
        factories.diploma("32033607", "BTS Métiers de la coiffure", type=bts, slug="bts-coiffure"),
        factories.diploma("50033699", "CAP Coiffure d’avant", slug="avant", closed_on="2010-08-31"),
    ]
    for diploma in diplomas:
        DiplomaJob.objects.create(diploma=diploma, job=job)
    other = Job.objects.create(code="D1299", label="Gérance de salon")
    DiplomaJob.objects.create(diploma=diplomas[1], job=other)
    town = Commune.objects.create(code="35238", name="Rennes", slug="rennes", latitude=48.11, longitude=-1.68)
    near = factories.school(
        name="Lycée du Coin", city="Rennes", commune=town, latitude=48.12, longitude=-1.66
    )
    far = factories.school(name="CFA du Loin", city="Laval", latitude=48.07, longitude=-0.77)
    factories.teaching(near, cap)
    factories.teaching(far, diplomas[1], route="apprentissage")
    factories.teaching(near, diplomas[2])
    for diploma, duration in ((cap, 2), (diplomas[2], 3)):
        CourseYear.objects.create(
            code=f"23{duration}{duration}{diploma.pk[1:]}", diploma=diploma, duration=duration, year=duration
        )
    factories.outcome(factories.country(), cap, cohort_code="2023")
    factories.delivery()
    return job


def page_of(job, **asked):
    search = searches("")
    return job_page(job, SearchRequest(**asked), search.courses.index, search.attributes)


def leads(page):
    return {placed.lead.course.label: placed.lead for level in page.levels for placed in level.courses}


def text_of(client, address):
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return re.sub(r"\s+", " ", text)


def test_diplomas_are_by_level_and_closed_ones_apart(hairdresser):
    page = page_of(hairdresser)
    labels = [(level.label, [placed.lead.course.label for placed in level.courses]) for level in page.levels]
    assert labels == [
        ("Niveau CAP", ["CAP Métiers de la coiffure"]),
        ("Niveau bac", ["BP Coiffure"]),
        ("Niveau bac + 2", ["BTS Métiers de la coiffure"]),
    ]
    assert [course.label for course in page.others] == []
    assert page.names == ("coiffeur / coiffeuse",)


def test_figures_of_france_or_the_reason_of_their_hole(client, hairdresser):
    found = leads(page_of(hairdresser))
    assert found["CAP Métiers de la coiffure"].figures[0].situations.shares[0].figure.value == 31
    assert found["BP Coiffure"].figures == ()
    assert found["BP Coiffure"].hole.hole.reason_title
    text = text_of(client, ADDRESS)
    assert "31 % travaillent" in text.replace("\u00a0", " ")
    assert found["BP Coiffure"].hole.hole.reason_title in text


def test_withheld_figure_of_france_has_its_reason_and_no_number(client, hairdresser):
    factories.outcome(
        factories.country(),
        Diploma.objects.get(pk="45033608"),
        cohort_code="2023",
        route="apprentissage",
        nb_annee_term=12,
    )
    factories.delivery()
    (figures,) = leads(page_of(hairdresser))["BP Coiffure"].figures
    assert figures.situations.hole.reason_title
    assert figures.situations.shares == ()


def test_neighbour_says_what_one_gains_and_what_it_costs(hairdresser):
    neighbours = {
        item.course.label: item
        for item in leads(page_of(hairdresser))["CAP Métiers de la coiffure"].neighbours
    }
    bp, bts = neighbours["BP Coiffure"], neighbours["BTS Métiers de la coiffure"]
    assert bp.gains == (
        "Niveau bac au lieu du niveau CAP",
        "Aussi en apprentissage",
        "Mène aussi à\u00a0: Gérance de salon",
    )
    assert bp.losses == ("Pas au lycée, à notre connaissance",)
    assert bts.gains == ("Niveau bac + 2 au lieu du niveau CAP",)
    assert bts.losses == ("3 ans au lieu de 2",)


def test_nothing_is_said_of_years_that_nobody_knows(hairdresser):
    CourseYear.objects.all().delete()
    neighbours = leads(page_of(hairdresser))["CAP Métiers de la coiffure"].neighbours
    assert not [text for item in neighbours for text in item.losses if "an" in text.split()]


def test_where_near_is_told_with_the_distance(client, hairdresser):
    text = text_of(client, f"{ADDRESS}?ville=Rennes")
    assert "1 établissement près de Rennes , le plus proche : 2 km" in text
    assert "Rien à 20 km autour de Rennes ; le plus proche est à 68 km" in text
    assert "« Xyzzyville »" in text_of(client, f"{ADDRESS}?ville=Xyzzyville")


def test_address_of_schools_near_finds_them(client, hairdresser):
    address = re.search(
        r'href="(/recherche/[^"]+)"', client.get(f"{ADDRESS}?ville=Rennes").content.decode()[5000:]
    )
    found = client.get(address[1].replace("&amp;", "&")).context["results"].groups[0].items
    assert [item.school.name for item in found] == ["Lycée du Coin"]


@pytest.mark.parametrize("address", ["/metiers/D1202/", "/metiers/autre-nom-d1202/"])
def test_other_address_of_a_job_moves_to_its_own(client, hairdresser, address):
    response = client.get(f"{address}?ville=Rennes")
    assert (response.status_code, response["Location"]) == (301, f"{ADDRESS}?ville=Rennes")


def test_unknown_job_is_not_found(client, hairdresser):
    assert client.get("/metiers/rien-Z9999/").status_code == 404


def test_job_without_any_diploma_leads_to_the_search(client, hairdresser):
    Job.objects.create(code="H9999", label="Métier rare")
    assert "aucune formation ouverte" in text_of(client, "/metiers/metier-rare-H9999/")


def test_list_holds_the_jobs_to_which_an_open_diploma_leads(client, hairdresser):
    Job.objects.create(code="H9999", label="Métier rare")
    assert [[job.label for job in jobs] for _label, jobs in job_fields(searches("").courses.index)] == [
        ["Coiffure", "Gérance de salon"]
    ]
    assert "Gérance de salon" in text_of(client, "/metiers/")


def test_queries_do_not_grow_with_diplomas(client, hairdresser, django_assert_num_queries):
    client.get(f"{ADDRESS}?ville=Rennes")
    with django_assert_num_queries(7):
        client.get(f"{ADDRESS}?ville=Rennes")
    for number in range(8):
        diploma = factories.diploma(f"5003370{number}", f"CAP Coiffure {number}")
        DiplomaJob.objects.create(diploma=diploma, job=hairdresser)
        factories.teaching(factories.school(), diploma)
        factories.outcome(factories.country(), diploma, cohort_code="2023")
    factories.delivery()
    client.get(f"{ADDRESS}?ville=Rennes")
    with django_assert_num_queries(7):
        client.get(f"{ADDRESS}?ville=Rennes")
    assert len(leads(page_of(hairdresser))) == 11


def test_nothing_is_read_after_the_facts(hairdresser, django_assert_num_queries):
    search = searches("")
    courses = search.courses.index.courses_of_job(hairdresser.pk)
    facts = read_job_facts(courses, hairdresser.pk)

    with django_assert_num_queries(0):
        found = job_courses(courses, facts, {course.code: {"pro"} for course in courses})
    assert [bool(course.figures) for course in found].count(True) == 1


def test_search_leads_to_the_page_of_the_job(client, hairdresser):
    assert f'href="{ADDRESS}"' in client.get("/recherche/?q=devenir+visagiste").content.decode()
    assert searches("").courses.search("visagiste").jobs[0].code == "D1202"


def test_page_and_card_count_the_same_courses(client, hairdresser):
    for number in range(30):
        diploma = factories.diploma(f"500401{number:02d}", f"CAP Coiffure {number}")
        DiplomaJob.objects.create(diploma=diploma, job=hairdresser)
        if number < 25:
            factories.teaching(factories.school(), diploma)
    search = searches("")
    page = job_page(hairdresser, SearchRequest(), search.courses.index, search.attributes)
    (card,) = search.courses.search("coiffeur").jobs
    assert page.number == len(card.courses) == 28
    assert "28 diplômes mènent à ce métier" in text_of(client, ADDRESS)


def test_unknown_places_of_apprenticeship_are_not_said_to_be_far(client, hairdresser):
    bts = Diploma.objects.get(pk="32033607")
    factories.outcome(factories.territory(), bts, route="apprentissage")
    Commune.objects.create(code="53130", name="Laval", slug="laval", latitude=48.07, longitude=-0.77)
    text = text_of(client, f"{ADDRESS}?ville=Laval")
    of_bts = text[text.index("Niveau bac + 2 BTS") :]
    assert "Où elle se prépare en apprentissage, les données reçues ne le disent pas." in of_bts
    assert "Rien à 20 km" not in of_bts
    assert "L’établissement connu le plus proche est à" in of_bts
    assert "D’après la liste de la rentrée 2023" in text


@pytest.mark.parametrize(
    ("opened", "title"), [(2021, "Formation trop récente"), (2020, "Pas de chiffre ici")]
)
def test_course_is_too_new_until_its_length_has_passed(hairdresser, opened, title):
    Diploma.objects.filter(pk="32033607").update(opened_on=f"{opened}-09-01")
    hole = leads(page_of(hairdresser))["BTS Métiers de la coiffure"].hole.hole
    assert hole.reason_title == title
