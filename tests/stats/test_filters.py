"""What lists can be narrowed by."""

import pytest

from establishments.models import School
from formations.models import Diploma
from formations.text_folding import folded_towns
from stats.filters import CourseFilter, SchoolFilter
from tests import factories

pytestmark = pytest.mark.django_db


def courses(**parameters):
    return {diploma.label for diploma in CourseFilter(parameters, Diploma.objects.all()).qs}


def schools(**parameters):
    return {school.name for school in SchoolFilter(parameters, School.objects.all()).qs}


@pytest.fixture
def figured():
    """Two courses taught at two schools; only CAP Cuisine, at Lycée Nord, has figures."""
    cuisine = factories.diploma("50022139", "CAP Cuisine")
    coiffure = factories.diploma("50033616", "CAP Coiffure")
    north, south = factories.school(name="Lycée Nord"), factories.school(name="Lycée Sud")
    for school in (north, south):
        factories.teaching(school, cuisine)
        factories.teaching(school, coiffure)
    factories.outcome(north, cuisine, nb_annee_term=50, **factories.SHARES)


def test_courses_and_schools_with_figures_only(figured):
    assert courses() == {"CAP Cuisine", "CAP Coiffure"}
    assert courses(avec_chiffres="true") == {"CAP Cuisine"}
    assert courses(avec_chiffres="false") == courses()
    assert schools() == {"Lycée Nord", "Lycée Sud"}
    assert schools(avec_chiffres="true") == {"Lycée Nord"}


def test_rows_whose_figures_are_all_withheld_have_no_figures(figured):
    """As the search counts them: a row that only tells why it is empty is no figure."""
    hidden = factories.diploma("50022140", "CAP Cuisine en petit groupe")
    school = factories.school(name="Lycée Ouest")
    factories.teaching(school, hidden)
    factories.outcome(school, hidden, nb_annee_term=12, **factories.SHARES)

    assert courses(avec_chiffres="true") == {"CAP Cuisine"}
    assert schools(avec_chiffres="true") == {"Lycée Nord"}


def test_a_school_is_found_by_any_name_of_its_town(db):
    factories.school(
        name="A", city="Évry-Courcouronnes", folded_towns=folded_towns(("Évry-Courcouronnes", "Évry"))
    )
    factories.school(name="B", city="Le Touquet-Paris-Plage")
    factories.school(name="C", city="Paris 13e", postal_code="75013")
    factories.school(name="D", city="Maisons-Alfort")

    for town in ("Evry", "EVRY-COURCOURONNES", "courcouronnes", "91000 Évry cedex"):
        assert schools(ville=town) == {"A"}, town
    assert schools(ville="Paris") == schools(ville="75013") == schools(ville="paris 13") == {"C"}
    assert schools(ville="touquet") == {"B"}
    assert schools(ville="maisons alfort") == {"D"}
    assert schools(ville="Marseille") == set()


def test_the_longest_names_are_accepted():
    longest = "é" * 255

    assert CourseFilter({"q": longest}, Diploma.objects.none()).form.is_valid()
    assert SchoolFilter({"ville": longest}, School.objects.none()).form.is_valid()


def test_words_of_a_course_are_found_with_their_apostrophes_and_accents(db):
    factories.diploma("50034301", "CAP Métiers de l’eau", slug="cap-metiers-de-l-eau")
    factories.diploma("50022139", "CAP Cuisine")

    for words in ("métiers de l’eau", "METIERS DE L'EAU", "eau métiers"):
        assert courses(q=words, toutes="true") == {"CAP Métiers de l’eau"}
    assert courses(q="50022139", toutes="true") == {"CAP Cuisine"}
