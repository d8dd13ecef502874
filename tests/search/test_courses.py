"""Search of courses and jobs: sigles, mistakes, trades, renewed and closed diplomas."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from formations.models import DiplomaJob, Job, JobName, Renewal, Speciality
from search.attributes import Attributes
from search.courses import CourseSearch
from search.places import FoundPlace
from search.schools import SchoolSearch
from search.spellings import spelt_out
from tests import factories

pytestmark = pytest.mark.django_db


def codes(query, weights=None):
    return [course.code for course in CourseSearch(weights).search(query).courses]


@pytest.fixture
def diplomas():
    bac = factories.diploma_type("400", "Bac pro", "Baccalauréat professionnel", 4)
    bts = factories.diploma_type("320", "BTS", "Brevet de technicien supérieur", 5)
    bp = factories.diploma_type("450", "BP", "Brevet professionnel", 4)
    cars = Speciality.objects.create(code="252", label="Moteurs et mécanique auto", official_label="")
    return [
        factories.diploma("50022139", "CAP Cuisine", closed_on=date(2025, 8, 31)),
        factories.diploma("40022106", "Bac pro Cuisine", type=bac),
        factories.diploma("50033616", "CAP Métiers de la coiffure"),
        factories.diploma("45033608", "BP Coiffure", type=bp),
        factories.diploma("32033607", "BTS Métiers de la coiffure", type=bts),
        factories.diploma("50025225", "CAP Maintenance des véhicules", speciality=cars),
        factories.diploma("50024240", "CAP Métiers de la mode"),
    ]


@pytest.mark.parametrize("query", ["coiffure", "COIFFURE", "coifure", "coiffeuse", "coiff"])
def test_trade_is_found_by_its_words(diplomas, query):
    assert set(codes(query)) == {"50033616", "45033608", "32033607"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("bac pro cuisine", "40022106"),
        ("baccalauréat professionnel cuisine", "40022106"),
        ("cuisine bac pro", "40022106"),
        ("cap coiffure", "50033616"),
        ("bts coiffure", "32033607"),
        ("BP coiffure", "45033608"),
        ("brevet professionnel coiffure", "45033608"),
        ("mecanique auto", "50025225"),
        ("40022106", "40022106"),
    ],
)
def test_right_diploma_comes_first(diplomas, query, code):
    assert codes(query)[0] == code


def test_sigle_alone_lists_diplomas_of_that_kind(diplomas):
    assert codes("bts") == ["32033607"]


def test_spellings_of_a_kind_of_diploma_are_one_word():
    assert spelt_out("Bac professionnel") == spelt_out("bac pro") == spelt_out("BACCALAURÉAT PRO") == "bacpro"


def test_diploma_that_still_exists_comes_before_a_closed_one(diplomas):
    weights = {"50022139": 100, "40022106": 1}
    assert codes("cuisine", weights) == ["40022106", "50022139"]


def test_diploma_taught_comes_before_one_that_is_not(diplomas):
    factories.diploma("50022150", "CAP Coiffure")
    assert codes("coiffure", {"50033616": 90})[0] == "50033616"


def test_renewed_diploma_hides_its_former_one(diplomas):
    new = factories.diploma("50022146", "CAP Cuisine", opened_on=date(2024, 9, 1))
    Renewal.objects.create(former_id="50022139", new=new)
    found = CourseSearch({"50022139": 90}).search("cuisine").courses
    assert [course.code for course in found] == ["50022146", "40022106"]
    assert found[0].successor_of == ("50022139",)
    assert found[0].weight == 90


@pytest.mark.parametrize("query", ["50022139", "cap cuisine"])
def test_former_code_or_label_leads_to_the_new_diploma(diplomas, query):
    new = factories.diploma("50022146", "CAP Production culinaire", opened_on=date(2024, 9, 1))
    Renewal.objects.create(former_id="50022139", new=new)
    assert codes(query)[0] == "50022146"


def test_forked_renewal_hides_nothing(diplomas):
    for code in ("50022146", "50022147"):
        Renewal.objects.create(former_id="50022139", new=factories.diploma(code, f"CAP Cuisine {code}"))
    assert "50022139" in codes("cuisine")


def test_job_leads_to_its_diplomas(diplomas):
    job = Job.objects.create(code="D1202", label="Coiffure")
    other = Job.objects.create(code="K1302", label="Assistance auprès d’adultes")
    JobName.objects.create(job=job, name="visagiste", is_everyday=True)
    JobName.objects.create(job=other, name="auxiliaire de vie", is_everyday=True)
    DiplomaJob.objects.create(diploma_id="50033616", job=job)
    factories.diploma("50033600", "CAP Coiffure que personne n’enseigne")
    DiplomaJob.objects.create(diploma_id="50033600", job=job)
    found = CourseSearch({"50033616": 1}).search("visagistes")
    assert found.courses[0].code == "50033616"
    assert [(job.name, [course.code for course in job.courses]) for job in found.jobs] == [
        ("visagiste", ["50033616"])
    ]


def test_words_that_nobody_has_are_told(diplomas):
    found = CourseSearch().search("cuisine xyzzyq")
    assert found.unknown == ["xyzzyq"]
    assert found.courses


def test_search_without_any_diploma_finds_nothing():
    found = CourseSearch().search("cuisine")
    assert (found.courses, found.jobs, found.best) == ([], [], 0)


def test_index_costs_the_same_queries_for_1_and_10_diplomas(django_assert_num_queries):
    for number in (1, 10):
        for n in range(number):
            factories.diploma(f"5{number:02d}{n:05d}", f"CAP Essai {number} {n}")
        with django_assert_num_queries(7):
            CourseSearch()


@pytest.mark.parametrize("query", ["aepe", "bébés", "nounou", "cap enfants"])
def test_course_is_found_by_its_sigle_and_by_everyday_words(diplomas, query):
    factories.diploma("50033205", "CAP Accompagnant éducatif petite enfance")
    assert codes(query, {"50033205": 50})[0] == "50033205"


def test_course_that_is_taught_is_found_by_its_initials(diplomas):
    factories.diploma("40025411", "CAP Travaux publics innovants", slug="x")
    assert codes("tpi", {"40025411": 5})[0] == "40025411"
    assert codes("tpi") == []


@pytest.mark.parametrize("query", ["devenir coiffeur", "métier de coiffeur", "je veux faire coiffeur"])
def test_words_of_a_wish_are_left_out(diplomas, query):
    assert codes(query) == codes("coiffeur")


def test_one_of_several_new_diplomas_ranks_as_its_former_one(diplomas):
    for code in ("50022146", "50022147"):
        new = factories.diploma(code, f"CAP Cuisine nouvelle {code}", opened_on=date(2024, 9, 1))
        Renewal.objects.create(former_id="50022139", new=new)
    assert codes("cuisine", {"50022139": 90})[0] == "50022146"


def test_course_and_school_close_on_their_day_whenever_the_index_was_built():
    """The index is built once per version of the data, which may be months before."""
    diploma = factories.diploma("50033616", "CAP Coiffure", closed_on=date(2026, 8, 31))
    school = factories.school(
        name="Lycée Coiffure", closed_on=date(2026, 8, 31), latitude=48.1, longitude=-1.7
    )
    still_open = factories.school(name="Lycée Coiffure", latitude=48.1, longitude=-1.7)
    factories.teaching(school, diploma)
    courses, schools = CourseSearch(), SchoolSearch()
    attributes = Attributes(courses.index.courses, {})
    rennes = FoundPlace("35238", "Rennes", ("35000",), "035", 48.11, -1.68)
    france = FoundPlace("pays-FR", "France", (), "", None, None, "pays-FR")

    def read(day):
        with time_machine.travel(datetime(2026, 8, day, 12, tzinfo=UTC), tick=False):
            return (
                courses.index.courses["50033616"].is_closed,
                schools.search("lycée coiffure")[0],
                set(attributes.distances(rennes, 20)),
                set(attributes.distances(france, 20)),
            )

    both = {school.pk, still_open.pk}
    assert read(30) == (False, sorted(both), both, both)
    assert read(31) == (True, [still_open.pk, school.pk], {still_open.pk}, {still_open.pk})


def test_a_code_that_stands_for_no_diploma_renews_nothing(diplomas):
    new = factories.diploma("50022999", "Spécialité non spécifiée")
    Renewal.objects.create(former_id="50022139", new=new)

    assert "50022139" in codes("cuisine")
