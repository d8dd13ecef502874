"""The figure of another group stands for a missing one only where the group's own figures leave it possible."""

import pytest

from pages.course.options import CourseOptions
from pages.course.page import course_page
from tests import factories

pytestmark = pytest.mark.django_db
OF_MANY = {
    "nb_annee_term": 1000,
    "nb_poursuite_etudes": 660,
    "nb_sortant": 340,
    "nb_en_emploi_6_mois": 290,
    "taux_en_emploi_6_mois": 29,
    "taux_en_formation": 66,
    "taux_autres_6_mois": 5,
    "taux_emploi_6_mois": 85,
}


@pytest.fixture
def hairdressing():
    """A course in two large regions, and in Bretagne, where 92 % of 78 pupils study on and nothing else is told."""
    diploma = factories.diploma("50033602", "CAP Coiffure")
    for code, name in (("11", "Île-de-France"), ("75", "Nouvelle-Aquitaine")):
        factories.outcome(factories.territory(code=code, name=name), diploma, **OF_MANY)
    factories.outcome(
        factories.territory(code="53", name="Bretagne"), diploma, nb_annee_term=78, taux_en_formation=92
    )
    return diploma


def test_share_that_the_further_study_of_the_group_makes_impossible_is_not_shown(hairdressing):
    every = course_page(hairdressing, CourseOptions(region="53")).headline.outlook.every
    figures = {item.name: item for item in every}

    assert figures["taux_en_emploi_6_mois"].next_best is None
    assert figures["taux_autres_6_mois"].next_best.text == "5\u00a0%"
    assert figures["taux_emploi_6_mois"].next_best.text == "85\u00a0%"


def test_no_figure_nearby_is_said_where_none_is_possible(hairdressing):
    every = course_page(hairdressing, CourseOptions(region="53")).headline.outlook.every
    [employed] = [item for item in every if item.name == "taux_en_emploi_6_mois"]

    assert employed.nothing_sentence == "Aucun chiffre proche ne peut en tenir lieu."
