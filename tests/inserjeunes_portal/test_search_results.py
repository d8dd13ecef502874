"""The one search field: courses, jobs, schools and places on one page."""

import pytest

from establishments.models import Commune, PostalCode
from formations.models import DiplomaJob, Job, JobName
from inserjeunes_portal.search_results import find
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rennes():
    departement = factories.territory("departement", "035", "Ille-et-Vilaine")
    commune = Commune.objects.create(
        code="35238", name="Rennes", slug="rennes", departement=departement, latitude=48.11, longitude=-1.68
    )
    PostalCode.objects.create(code="35000", commune=commune)
    return commune


@pytest.fixture
def cuisine(rennes):
    """CAP Cuisine taught in Rennes, and CAP Coiffure taught far from there."""
    cuisine = factories.diploma("50022139", "CAP Cuisine")
    coiffure = factories.diploma("50033616", "CAP Métiers de la coiffure", slug="cap-coiffure")
    near = factories.school(
        name="Lycée Louis Guilloux", city="Rennes", commune=rennes, latitude=48.12, longitude=-1.66
    )
    far = factories.school(name="Lycée Gaston Lesnard", city="Laval", latitude=48.07, longitude=-0.77)
    factories.teaching(near, cuisine)
    factories.teaching(far, coiffure)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    JobName.objects.create(job=job, name="cuisinier / cuisinière", is_everyday=True)
    DiplomaJob.objects.create(diploma=cuisine, job=job)
    factories.delivery()
    return cuisine


def kinds(results):
    return [group.kind for group in results.groups]


def group(results, kind):
    return next(group for group in results.groups if group.kind == kind)


def test_word_finds_courses_and_jobs(cuisine):
    results = find("cuisnie", "")
    assert kinds(results)[:2] == ["formations", "metiers"]
    assert group(results, "formations").items[0].code == "50022139"
    assert group(results, "metiers").items[0].name == "cuisinier / cuisinière"
    assert results.corrections == {"cuisnie": "cuisine"}


def test_course_and_place_find_the_schools_near_that_teach_it(cuisine):
    results = find("CAP cuisine Rennes", "")
    assert results.place.name == "Rennes"
    assert group(results, "formations").items[0].code == "50022139"
    (found,) = group(results, "etablissements").items
    assert found.school.name == "Lycée Louis Guilloux"
    assert found.taught == ("CAP Cuisine",)
    assert 0 < found.school.distance < 5


@pytest.mark.parametrize("query", ["rennes", "35000", "RENNES "])
def test_place_alone_finds_the_schools_around(cuisine, query):
    results = find(query, "")
    assert kinds(results) == ["etablissements"]
    assert [found.school.city for found in group(results, "etablissements").items] == ["Rennes"]


def test_course_taught_nowhere_near_says_so(client, cuisine):
    text = client.get("/recherche/?q=cap+coiffure+rennes").content.decode()
    assert "Aucun établissement connu à cette distance" in text
    text = client.get("/recherche/?q=cap+coiffure+rennes&rayon=100").content.decode()
    assert "Lycée Gaston Lesnard" in text


def test_larger_radius_finds_more_schools(cuisine):
    assert group(find("rennes", "", radius=100), "etablissements").number == 2


def test_chosen_place_is_that_one(cuisine):
    Commune.objects.create(code="53130", name="Laval", slug="laval", latitude=48.07, longitude=-0.77)
    results = find("coiffure", "", place_code="53130")
    assert [found.school.city for found in group(results, "etablissements").items] == ["Laval"]


def test_one_kind_is_shown_whole_by_pages(client, cuisine):
    for number in range(25):
        factories.diploma(f"5002{number:04d}", f"CAP Cuisine {number}", slug=f"cap-cuisine-{number}")
    factories.delivery()
    first = client.get("/recherche/?q=cap+cuisine&type=formations").content.decode()
    assert "page=2" in first
    assert "Revenir à tous les résultats" in first
    second = client.get("/recherche/?q=cap+cuisine&type=formations&page=2").content.decode()
    assert second.count('class="card"') == 6


def test_nothing_found_says_so_and_offers_lists(client, cuisine):
    text = client.get("/recherche/?q=xyzzyq").content.decode()
    assert "Pas compris" in text
    assert "xyzzyq" in text
    assert "Par diplôme" in text


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%00", "?q=a&page=zz&rayon=-5&type=autre", "?lieu=99999", "?q=%20%2C"]
)
def test_strange_questions_are_answered(client, cuisine, query):
    assert client.get(f"/recherche/{query}").status_code == 200


def test_query_is_escaped(client, cuisine):
    text = client.get("/recherche/?q=<script>alert(1)</script>").content.decode()
    assert "<script" not in text


def test_empty_site_says_that_nothing_is_published(client):
    assert "Aucune donnée" in client.get("/recherche/?q=cuisine").content.decode()


def test_queries_do_not_grow_with_results(client, cuisine, rennes, django_assert_max_num_queries):
    def add(number):
        for n in range(number):
            school = factories.school(name=f"Lycée {n}", city="Rennes", latitude=48.1, longitude=-1.7)
            factories.teaching(school, cuisine)
        factories.delivery()
        client.get("/recherche/?q=cuisine+rennes")

    add(1)
    with django_assert_max_num_queries(8) as one:
        client.get("/recherche/?q=cuisine+rennes")
    number = len(one.captured_queries)
    add(10)
    with django_assert_max_num_queries(number):
        client.get("/recherche/?q=cuisine+rennes")
