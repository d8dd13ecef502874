"""Where the search draws its lines: on each side of a threshold, somebody who searches sees something else."""

from datetime import date

import pytest

from establishments.models import Commune
from formations.models import DiplomaDomain, DiplomaJob, Domain, Job, JobName, Renewal, Speciality
from search.courses import CourseSearch
from search.engine import find
from search.places import PlaceSearch
from search.results import SearchRequest
from search.schools import SchoolSearch
from tests import factories

pytestmark = pytest.mark.django_db


def commune(name, code):
    return Commune.objects.create(code=code, name=name, slug=name.lower(), latitude=47.7, longitude=1.5)


def kinds(query):
    return [group.kind for group in find(SearchRequest(query), "").groups]


def codes(query, weights=None):
    return [course.code for course in CourseSearch(weights).search(query).courses]


# The whole search: schools by name, courses, places.


def test_school_comes_first_for_its_whole_name_and_not_for_the_beginning_of_one_word():
    """A score of 1.04, then of 0.89, on each side of 0.9."""
    factories.school(name="Lycée professionnel Louis Guilloux", city="Rennes")
    commune("Guilloux-sur-Mer", "17999")
    commune("Guillestre", "05065")
    factories.delivery()

    assert kinds("guilloux") == ["etablissements", "lieux"]
    assert kinds("guill") == ["lieux", "etablissements"]


def test_course_comes_before_a_school_that_has_its_word():
    diploma = factories.diploma("50033616", "CAP Coiffure")
    factories.teaching(factories.school(name="Lycée de la Coiffure", city="Rennes"), diploma)
    factories.delivery()

    assert kinds("coiffure")[0] == "formations"


def test_places_that_look_like_the_query_are_shown_only_when_no_course_is_likely():
    """Closed and taught nowhere known, a course scores 0.35; taught, more than 1."""
    commune("Vannaire", "21653")
    diploma = factories.diploma("50024299", "CAP Vannerie", closed_on=date(2020, 8, 31))
    factories.delivery()
    assert kinds("vannerie") == ["formations", "lieux"]

    diploma.closed_on = None
    diploma.save()
    factories.teaching(factories.school(name="Lycée Nord", city="Dole"), diploma)
    factories.delivery()
    assert kinds("vannerie") == ["formations"]


def test_five_nearest_schools_are_shown_when_none_is_near():
    """At 67 km of the town, and more: none is within 20 km."""
    commune("Guéret", "23096")
    for number in range(7):
        factories.school(name=f"Lycée {number}", city="Dole", latitude=47.7, longitude=2.4 + number / 100)
    factories.delivery()

    results = find(SearchRequest("guéret", kind="etablissements"), "")

    assert results.is_far
    assert [found.school.name for found in results.groups[0].items] == [f"Lycée {n}" for n in range(5)]


# Courses and jobs.


def test_closed_course_is_found_by_all_its_words_and_not_by_half_of_them():
    factories.diploma("50024299", "CAP Vannerie", closed_on=date(2020, 8, 31))

    assert codes("vannerie") == ["50024299"]
    assert codes("vannerie xyzzyq") == []


def test_closed_course_is_left_out_beside_one_that_answers_far_better():
    factories.diploma("50033616", "CAP Coiffure")
    factories.diploma("50033601", "CAP Coiffure ancienne", closed_on=date(2020, 8, 31))
    factories.diploma("50033602", "CAP Coiffure récente")

    assert codes("coiffure", {"50033616": 90}) == ["50033616", "50033602"]


def test_courses_that_answer_as_well_as_the_first_are_told_apart_from_the_others():
    factories.diploma("50033616", "CAP Coiffure")
    factories.diploma("50033602", "CAP Coiffure")
    factories.diploma("50033603", "CAP Arts et techniques de la coiffure de spectacle")

    found = CourseSearch({"50033616": 90, "50033602": 90}).search("coiffure")

    assert len(found.courses) == 3
    assert {course.code for course in found.closest} == {"50033616", "50033602"}


def test_other_kinds_of_diploma_are_listed_after_the_one_asked_for():
    bp = factories.diploma_type("450", "BP", "Brevet professionnel", 4)
    factories.diploma("50033616", "CAP Coiffure")
    factories.diploma("45033608", "BP Coiffure", type=bp)

    assert codes("bp coiffure") == ["45033608", "50033616"]


@pytest.mark.parametrize(("schools", "first"), [(20, "50033602"), (19, "50033616")])
def test_course_of_twenty_schools_comes_before_a_closer_name_of_fewer(schools, first):
    factories.diploma("50033616", "CAP Coiffure")
    factories.diploma("50033602", "CAP Coiffure visagiste")

    assert codes("coiffure", {"50033616": 19, "50033602": schools})[0] == first


@pytest.mark.parametrize("field", ["speciality", "domain", "official_label", "everyday name", "former label"])
def test_word_of_the_label_comes_before_the_same_word_elsewhere(field):
    label = "CAP Pâtissier" if field == "everyday name" else "CAP Beauté"
    other = factories.diploma("50033400", label, slug="cap")
    if field == "speciality":
        other.speciality = Speciality.objects.create(code="336", label="Gâteau", official_label="GATEAU")
    if field == "official_label":
        other.official_label = "GATEAU (CAP)"
    if field == "domain":
        domain = Domain.objects.create(slug="gateau", label="Gâteau")
        DiplomaDomain.objects.create(diploma=other, domain=domain)
    if field == "former label":
        former = factories.diploma("50033401", "CAP Gâteau", slug="cap-gateau-1")
        Renewal.objects.create(former=former, new=other)
    other.save()
    factories.diploma("50033616", "CAP Gâteau")

    assert codes("gâteau") == ["50033616", "50033400"]


def test_word_of_the_label_comes_before_the_sigle_of_another_course():
    factories.diploma("50033205", "CAP Accompagnant éducatif petite enfance")
    factories.diploma("50033616", "CAP Aepe")

    assert codes("aepe") == ["50033616", "50033205"]


@pytest.fixture
def jobs():
    """Two jobs, and a course that the first leads to without having its word."""
    factories.diploma("50033616", "CAP Coiffure")
    factories.diploma("50033402", "CAP Esthétique")
    hairdresser = Job.objects.create(code="D1202", label="Coiffure")
    JobName.objects.create(job=hairdresser, name="coiffeur de studio", is_everyday=True)
    DiplomaJob.objects.create(diploma_id="50033402", job=hairdresser)
    return hairdresser


def test_course_with_the_word_comes_before_one_that_leads_to_the_job(jobs):
    assert codes("coiffure") == ["50033616", "50033402"]


def test_job_is_found_by_all_the_words_of_a_name_and_not_by_a_third_of_them(jobs):
    assert [job.code for job in CourseSearch().search("coiffeur studio").jobs] == ["D1202"]
    assert CourseSearch().search("studio xyzzyq zyxxy").jobs == []


# Places.


def test_place_is_found_by_most_of_its_words_and_not_by_few_of_them():
    commune("Saint-Rémy", "71475")

    assert [place.name for place in PlaceSearch().search("saint remi")] == ["Saint-Rémy"]
    assert PlaceSearch().search("remy xyzzyq zyxxy") == []


def test_places_that_answer_far_worse_than_the_best_are_left_out():
    commune("Saint-Rémy-de-Provence", "13100")
    commune("Saint-Rémy", "71475")

    assert [place.name for place in PlaceSearch().search("saint remy provance")] == ["Saint-Rémy-de-Provence"]


@pytest.mark.parametrize(("schools", "is_place"), [(9, False), (10, True)])
def test_town_of_ten_schools_is_meant_even_by_the_word_of_a_course(schools, is_place):
    bois = commune("Bois", "17050")
    for _ in range(schools):
        factories.school(commune=bois)

    place, rest = PlaceSearch().in_query(["bois"], lambda words: words == ["bois"])

    assert (place is not None, rest) == ((True, []) if is_place else (False, ["bois"]))


def test_twenty_places_at_most_are_offered():
    for number in range(25):
        commune(f"Saint-Rémy {number}", f"71{number:03d}")

    assert len(PlaceSearch().search("saint remy")) == 20


# Schools.


@pytest.fixture
def lycees():
    factories.school(name="Lycée Yvon Bourges", city="Dinard")
    factories.school(name="Lycée Marie Curie", city="Riom")


def names(query, can_correct=True):
    search = SchoolSearch()
    return [search.name(uai) for uai in search.search(query, can_correct)[0]]


def test_school_is_found_by_most_of_the_words_and_not_by_a_third_of_them(lycees):
    assert names("yvon bourges xyzzyq") == ["Lycée Yvon Bourges"]
    assert names("yvon xyzzyq zyxxy") == []


def test_school_as_it_is_written_needs_nearly_all_the_words(lycees):
    """As when the query may be about a course: "yvon menuiserie" is no school."""
    assert names("yvon bourges", can_correct=False) == ["Lycée Yvon Bourges"]
    assert names("yvon xyzzyq", can_correct=False) == []


def test_schools_that_answer_far_worse_than_the_best_are_left_out(lycees):
    assert names("lycée yvon bourges") == ["Lycée Yvon Bourges"]
    assert set(names("lycée")) == {"Lycée Yvon Bourges", "Lycée Marie Curie"}
