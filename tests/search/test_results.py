"""The one search field: courses, jobs, schools and places on one page."""

import re

import pytest
from django.http import QueryDict

from establishments.models import Commune, PostalCode, School
from formations.models import DiplomaJob, Job, JobName
from search.engine import find, searches
from search.request import read_request
from search.results import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rennes():
    region = factories.territory("region", "53", "Bretagne")
    departement = factories.territory("departement", "035", "Ille-et-Vilaine", region)
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
        name="Lycée Louis Guilloux",
        kind="Lycée professionnel",
        city="Rennes",
        commune=rennes,
        region=rennes.departement.parent,
        latitude=48.12,
        longitude=-1.66,
    )
    far = factories.school(
        name="Lycée Gaston Lesnard", city="Laval", sector="prive", latitude=48.07, longitude=-0.77
    )
    factories.teaching(near, cuisine)
    factories.teaching(far, coiffure)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    JobName.objects.create(job=job, name="cuisinier / cuisinière", is_everyday=True)
    DiplomaJob.objects.create(diploma=cuisine, job=job)
    factories.delivery()
    return cuisine


def results_of(query, **options):
    return find(SearchRequest(query, **options), "")


def kinds(results):
    return [group.kind for group in results.groups]


def items(results, kind):
    return next(group for group in results.groups if group.kind == kind).items


def text_of(client, address):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


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


@pytest.mark.parametrize(
    "parameters", [{"lieu": "53130"}, {"ville": "laval"}, {"position": "48.0701234,-0.7712345"}]
)
def test_place_given_apart_from_the_words(cuisine, parameters):
    Commune.objects.create(code="53130", name="Laval", slug="laval", latitude=48.07, longitude=-0.77)
    places = searches("").places
    query = QueryDict(mutable=True)
    query.update(parameters | {"q": "coiffure"})
    found, unknown_town = read_request(query, places)
    assert unknown_town == ""
    assert [item.school.city for item in items(find(found, ""), "etablissements")] == ["Laval"]


def test_position_is_rounded_to_a_kilometre(client, cuisine):
    response = client.get("/recherche/?q=cuisine&position=48.1134567,-1.6812345")
    place = response.context["results"].place
    assert (place.latitude, place.longitude) == (48.11, -1.68)
    assert "1134567" not in re.sub(r'(href|content)="[^"]*"', "", response.content.decode())


def test_town_that_nobody_knows_is_told(client, cuisine):
    assert "« Xyzzyville »" in text_of(client, "/recherche/?q=cuisine&ville=Xyzzyville")


@pytest.fixture
def several(cuisine):
    """CAP and bac pro Cuisine, one also by apprenticeship."""
    bac = factories.diploma(
        "40022106", "Bac pro Cuisine", type=factories.diploma_type("400", "Bac pro", "Bac pro", 4)
    )
    factories.teaching(factories.school(name="CFA de Rennes", city="Rennes"), bac, route="apprentissage")
    factories.teaching(factories.school(name="Lycée Descartes", city="Rennes"), bac)
    factories.delivery()


def choices(results, name):
    facet = next(facet for facet in results.groups[0].facets if facet.name == name)
    return {choice.value: choice.number for choice in facet.choices}


def test_facet_tells_what_each_choice_leaves_under_the_others(several):
    results = results_of("cuisine", kind="formations")
    assert choices(results, "niveau") == {"3": 1, "4": 1}
    assert choices(results, "voie") == {"pro": 2, "apprentissage": 1}

    results = results_of("cuisine", kind="formations", chosen={"voie": {"pro"}})
    assert choices(results, "niveau") == {"3": 1, "4": 1}
    results = results_of(
        "cuisine", kind="formations", chosen={"voie": {"apprentissage"}, "niveau": {"3", "4"}}
    )
    assert [item.course.label for item in results.groups[0].items] == ["Bac pro Cuisine"]
    assert choices(results, "niveau") == {"3": 0, "4": 1}
    assert choices(results, "voie") == {"pro": 2, "apprentissage": 1}


def test_each_choice_leaves_as_many_as_it_says(client, several):
    for name in ("niveau", "diplome", "voie"):
        for value, number in choices(results_of("cuisine", kind="formations"), name).items():
            response = client.get("/recherche/", {"q": "cuisine", "type": "formations", name: value})
            assert response.context["results"].groups[0].number == number


def test_schools_are_narrowed_by_sector(cuisine):
    results = results_of("lycée", kind="etablissements", chosen={"secteur": {"prive"}})
    assert [found.school.name for found in results.groups[0].items] == ["Lycée Gaston Lesnard"]
    assert choices(results, "secteur") == {"public": 1, "prive": 1}


def test_choice_that_leaves_nothing_can_be_taken_back(client, several):
    response = client.get("/recherche/?q=cuisine&type=formations&niveau=8")
    text = response.content.decode()
    assert "Aucun résultat avec ces choix" in text
    assert "?q=cuisine&amp;type=formations" in text


def test_no_order_is_by_figures(client, several):
    text = text_of(client, "/recherche/?q=cuisine+rennes&type=formations")
    assert re.search(r"Ordre : Pertinence Nom Distance", text)


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


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=",
        "?q=%00",
        "?q=a&page=zz&rayon=-5&type=autre",
        "?lieu=99999",
        "?q=%20%2C",
        "?position=abc",
        "?position=99,999",
        "?q=lycee",
        "?q=pro",
        "?q=formation",
        "?q=cuisine&type=formations&niveau=zz&voie=%00&tri=chiffres",
        "?q=cuisine&type=etablissements&ville=rennes&tri=nom",
    ],
)
def test_strange_questions_are_answered(client, cuisine, query):
    assert client.get(f"/recherche/{query}").status_code == 200


def test_query_is_escaped(client, cuisine):
    text = client.get("/recherche/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in text


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


def test_suggestions_lead_to_pages(client, cuisine):
    answer = client.get("/recherche/suggestions.json?q=cuis").json()
    found = {item["texte"]: item["adresse"] for item in answer["suggestions"]}
    assert found["CAP Cuisine"] == "/formations/cap-cuisine-50022139/"
    assert found["Cuisinier / cuisinière"] == "/metiers/personnel-de-cuisine-G1602/"
    assert answer["annonce"].startswith("2 suggestions")


def test_suggestions_know_the_place_and_keep_the_comparison(client, cuisine):
    answer = client.get("/recherche/suggestions.json?q=cuisine+rennes&e=50022139.pro").json()
    first = answer["suggestions"][0]
    assert first["texte"] == "cuisine autour de Rennes"
    assert first["adresse"] == "/recherche/?q=cuisine+rennes&e=50022139.pro"


@pytest.mark.parametrize(
    ("query", "text"), [("renn", "Autour de Rennes"), ("cuisine ren", "cuisine autour de Rennes")]
)
def test_suggestions_know_a_town_from_its_beginning(client, cuisine, query, text):
    found = client.get("/recherche/suggestions.json", {"q": query}).json()["suggestions"]
    assert text in [item["texte"] for item in found]


@pytest.mark.parametrize("query", ["", "c", "%00"])
def test_suggestions_of_next_to_nothing_are_none(client, cuisine, query):
    assert client.get(f"/recherche/suggestions.json?q={query}").json()["suggestions"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("lieu=35238", 'name="ville" value="Rennes"'),
        ("ville=35000", 'name="ville" value="35000"'),
        ("position=48.12,-1.66", '<input type="hidden" name="position" value="48.12,-1.66">'),
        ("ville=rennes&tri=nom", '<input type="hidden" name="tri" value="nom">'),
    ],
)
def test_form_of_the_results_keeps_the_place_and_the_order(client, cuisine, given, field):
    html = " ".join(client.get(f"/recherche/?q=cuisine&type=etablissements&{given}").text.split())

    assert field in html
    assert '<input type="hidden" name="type" value="etablissements">' in html


def test_name_that_two_towns_share_is_kept_as_a_postal_code(client, rennes):
    other = Commune.objects.create(code="99999", name="Rennes", slug="rennes-2", latitude=43, longitude=2)
    PostalCode.objects.create(code="11190", commune=other)
    factories.school(commune=rennes, latitude=48.12, longitude=-1.66)
    factories.delivery()

    assert 'value="11190"' in client.get("/recherche/?lieu=99999").text
    assert 'value="Rennes"' in client.get("/recherche/?lieu=35238").text


def test_town_that_is_typed_takes_the_place_of_the_position(cuisine):
    parameters = QueryDict("ville=rennes&position=43.6,1.44")

    assert read_request(parameters, searches("").places)[0].place.name == "Rennes"


def test_code_of_a_course_is_told_by_its_name(client, cuisine):
    html = " ".join(client.get("/recherche/?q=50022139").text.split())

    assert "Résultats pour « CAP Cuisine »" in html
    assert 'name="q" value="CAP Cuisine"' in html


def test_schools_are_narrowed_to_those_known_to_have_boarding(cuisine):
    factories.school(name="Lycée Rabelais", city="Rennes", has_boarding=True)
    factories.school(name="Lycée Descartes", city="Rennes", has_boarding=False)
    results = results_of("lycée", kind="etablissements", chosen={"internat": {"oui"}})

    assert [found.school.name for found in results.groups[0].items] == ["Lycée Rabelais"]
    assert choices(results, "internat") == {"oui": 1}


def test_courses_and_schools_are_narrowed_to_those_with_figures(cuisine):
    lycee = factories.school(name="Lycée Rabelais", city="Rennes")
    other = factories.diploma("50022146", "CAP Cuisine collective", slug="cap-cuisine-collective")
    factories.teaching(lycee, other)
    factories.outcome(lycee, other, nb_annee_term=50, **factories.SHARES)
    factories.outcome(
        School.objects.get(name="Lycée Louis Guilloux"), cuisine, nb_annee_term=4, **factories.SHARES
    )
    results = results_of("cuisine", kind="formations")
    assert len(results.groups[0].items) == 2
    assert choices(results, "chiffres") == {"oui": 1}

    results = results_of("cuisine", kind="formations", chosen={"chiffres": {"oui"}})
    assert [item.course.label for item in results.groups[0].items] == ["CAP Cuisine collective"]
    results = results_of("lycée", kind="etablissements", chosen={"chiffres": {"oui"}})
    assert [found.school.name for found in results.groups[0].items] == ["Lycée Rabelais"]


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
