"""The one search field: courses, jobs, schools and places on one page."""

import pytest

from establishments.models import Commune
from tests import factories
from tests.search.searching import items, kinds, results_of, text_of

pytestmark = pytest.mark.django_db


def test_word_finds_courses_and_jobs(cuisine):
    results = results_of("cuisnie")
    assert kinds(results)[:2] == ["formations", "metiers"]
    assert items(results, "formations")[0].course.code == "50022139"
    assert items(results, "metiers")[0].name == "cuisinier / cuisinière"
    assert results.corrections == {"cuisnie": "cuisine"}


@pytest.mark.parametrize("query", ["devenir cuisinier", "métier de cuisinière", "je veux être cuisinier"])
def test_wish_for_a_job_shows_jobs_first(cuisine, query):
    assert kinds(results_of(query))[0] == "metiers"


def test_course_and_place_find_the_schools_near_that_teach_it(cuisine):
    results = results_of("CAP cuisine Rennes")
    assert results.place.name == "Rennes"
    first = items(results, "formations")[0]
    assert (first.course.code, first.schools) == ("50022139", 1)
    (found,) = items(results, "etablissements")
    assert found.school.name == "Lycée Louis Guilloux"
    assert found.taught == ("CAP Cuisine",)
    assert 0 < found.school.distance < 5
    assert first.distance == found.school.distance


@pytest.mark.parametrize("query", ["rennes", "35000", "RENNES ", "formation près de Rennes", "rennnes"])
def test_place_alone_finds_the_schools_around_and_what_they_teach(cuisine, query):
    results = results_of(query)
    assert kinds(results) == ["etablissements", "formations"]
    assert [found.school.city for found in items(results, "etablissements")] == ["Rennes"]
    assert [found.course.label for found in items(results, "formations")] == ["CAP Cuisine"]


@pytest.mark.parametrize("query", ["cuisine bretagne", "cuisine 35", "cuisine ille et vilaine"])
def test_area_finds_the_schools_inside(cuisine, query):
    results = results_of(query)
    assert results.place.territory
    assert [found.school.city for found in items(results, "etablissements")] == ["Rennes"]


def test_kind_of_school_asked_for_comes_first(cuisine):
    results = results_of("lycée pro Rennes")
    assert kinds(results)[0] == "etablissements"
    assert results_of("cfa rennes").parsed_query.kinds == ("Centre de formation d’apprentis",)


def test_course_taught_nowhere_near_leads_to_the_nearest_place(client, cuisine):
    text = text_of(client, "/recherche/?q=cap+coiffure+rennes")
    assert "Rien à 20 km autour de Rennes : le plus proche est à 68 km, Lycée Gaston Lesnard (Laval)." in text
    text = text_of(client, "/recherche/?q=cap+coiffure+rennes&rayon=100")
    assert "Rien à" not in text
    assert "Lycée Gaston Lesnard" in text


def test_place_to_learn_a_course_comes_before_schools_whose_name_has_its_word(client, cuisine):
    factories.school(name="CFA Coiffure Arcole", city="Marseille", latitude=43.29, longitude=5.38)
    text = text_of(client, "/recherche/?q=coiffure&ville=rennes&type=etablissements")

    assert "Lycée Gaston Lesnard" in text
    assert "Arcole" not in text


def test_larger_radius_finds_more_schools(cuisine):
    results = results_of("rennes", radius=100)
    assert results.numbers["etablissements"] == 2


def test_one_kind_is_shown_whole_by_pages(client, cuisine):
    for number in range(25):
        factories.diploma(f"5002{number:04d}", f"CAP Cuisine {number}", slug=f"cap-cuisine-{number}")
    factories.delivery()
    first = client.get("/recherche/?q=cap+cuisine&type=formations").content.decode()
    assert "page=2" in first
    second = client.get("/recherche/?q=cap+cuisine&type=formations&page=2").content.decode()
    assert second.count('class="card"') == 6


def test_nothing_found_says_so_and_offers_lists(client, cuisine):
    text = client.get("/recherche/?q=xyzzyq").content.decode()
    assert "Pas compris" in text
    assert "xyzzyq" in text
    assert "Par diplôme" in text


def test_word_that_nobody_has_offers_those_that_look_like_it(client, cuisine):
    text = text_of(client, "/recherche/?q=cuisine+cocuisinage")
    assert "Pas compris : « cocuisinage »" in text


def test_empty_site_says_that_nothing_is_published(client):
    assert "Aucune donnée" in client.get("/recherche/?q=cuisine").content.decode()


@pytest.mark.parametrize("address", ["/recherche/?q=cuisine+rennes", "/recherche/suggestions.json?q=cuis"])
def test_queries_do_not_grow_with_results(client, cuisine, django_assert_max_num_queries, address):
    def add(number):
        for n in range(number):
            school = factories.school(name=f"Lycée {n}", city="Rennes", latitude=48.1, longitude=-1.7)
            factories.teaching(school, cuisine)
        factories.delivery()
        client.get(address)

    add(1)
    with django_assert_max_num_queries(4) as one:
        client.get(address)
    number = len(one.captured_queries)
    add(10)
    with django_assert_max_num_queries(number):
        client.get(address)


@pytest.mark.parametrize(
    ("label", "query"),
    [
        ("CAP Élevage de rennes", "rennes"),
        # « mer » is an everyday word for fishmongers, « erh » the initials of this course.
        ("CAP Poissonnier", "mer"),
        ("CAP Élevage de rennes hardis", "erh"),
    ],
)
@pytest.mark.parametrize("is_taught", [True, False])
def test_word_of_a_course_is_a_place_unless_the_course_is_taught(rennes, label, query, is_taught):
    diploma = factories.diploma("50021223", label)
    for code, name in (("41136", "Mer"), ("99998", "Erh")):
        Commune.objects.create(code=code, name=name, slug=name.lower(), latitude=47.7, longitude=1.5)
    if is_taught:
        factories.teaching(factories.school(name="Lycée Descartes", city="Dole"), diploma)
    factories.delivery()

    place = results_of(query).place

    assert (place and place.name) == (None if is_taught else query.capitalize())


def test_schools_around_a_place_say_of_which_year_they_are(client, cuisine):
    html = client.get("/recherche/?q=cuisine&ville=Rennes").text
    assert "D’après la liste de la rentrée 2023" in html[html.index("resultats-etablissements") :]
    assert "D’après la liste" not in client.get("/recherche/?q=guilloux").text
