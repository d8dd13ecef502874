"""A figure beside the same one for its region, France and all the courses of its type."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.course.options import CourseOptions
from pages.course.page import course_page
from pages.school.page import school_page
from stats.models import Outcome
from tests import factories

pytestmark = pytest.mark.django_db


def group(employed, size=200):
    """Columns of a group of `size` final-year pupils, `employed` percent of whom work and 40 percent study."""
    studying = size * 40 // 100
    return {
        "nb_annee_term": size,
        "nb_poursuite_etudes": studying,
        "nb_sortant": size - studying,
        "nb_en_emploi_6_mois": size * employed // 100,
        "taux_en_emploi_6_mois": employed,
        "taux_en_formation": 40,
        "taux_autres_6_mois": 60 - employed,
        "taux_emploi_6_mois": round(100 * (size * employed // 100) / (size - studying)),
    }


@pytest.fixture
def regions():
    places = (("11", "Île-de-France"), ("53", "Bretagne"), ("94", "Corse"))
    return {code: factories.territory(code=code, name=name) for code, name in places}


@pytest.fixture
def cooking(regions):
    """CAP Cuisine in three regions, one withheld, and another CAP in Bretagne."""
    diploma, other = factories.diploma(), factories.diploma("50022140", "CAP Pâtissier")
    factories.outcome(regions["11"], diploma, **group(20, 1000))
    factories.outcome(regions["53"], diploma, **group(50, 1000))
    factories.outcome(regions["94"], diploma, nb_annee_term=12)
    factories.outcome(regions["53"], other, **group(10, 1000))
    return diploma


def lines_of(beside):
    return [(line.label, line.text) for line in beside.lines]


def test_course_in_a_region_is_beside_france_and_all_courses_of_its_type(cooking):
    page = course_page(cooking, CourseOptions(region="53"))

    assert lines_of(page.headline.benchmark) == [
        ("France (2 régions sur 3)", "35\u00a0%"),
        ("Toutes les formations de CAP, au lycée, Bretagne", "30\u00a0%"),
        ("Toutes les formations de CAP, au lycée, France", "27\u00a0%"),
    ]
    assert [line.verdict for line in page.headline.benchmark.lines] == [
        "Nettement plus qu’ailleurs.",
        "Nettement plus que l’ensemble de ces formations.",
        "Nettement plus que l’ensemble de ces formations.",
    ]


def test_every_figure_of_a_course_has_its_references(cooking):
    page = course_page(cooking, CourseOptions(region="53"))
    rate = next(item for item in page.headline.outlook.every if item.name == "taux_emploi_6_mois")

    assert [(one.label, one.text) for one in rate.references] == [
        ("France (2 régions sur 3)", "58\u00a0%"),
        ("Toutes les formations de CAP, au lycée", "Bretagne 50\u00a0%, France 44\u00a0%"),
    ]


def test_reference_says_what_it_covers(client, cooking):
    html = client.get(f"/formations/{cooking.pk}/?region=53", follow=True).text.replace("\u00a0", " ")

    assert "somme des 2 régions dont les chiffres sont publiés, sur 3" in html
    assert "3 groupes publiés sur 4 (une formation dans une région)" in html


def test_withheld_group_leaves_no_trace_in_the_references(cooking):
    before = course_page(cooking, CourseOptions(region="53"))
    Outcome.objects.filter(territory="region-94").delete()
    after = course_page(cooking, CourseOptions(region="53"))

    assert [line.text for line in before.headline.benchmark.lines] == [
        line.text for line in after.headline.benchmark.lines
    ]


def test_reference_is_of_the_same_route_and_cohort(cooking, regions):
    factories.outcome(regions["11"], cooking, route="apprentissage", **group(55))
    factories.outcome(regions["11"], cooking, "2021_2022", **group(55))
    page = course_page(cooking, CourseOptions(region="53"))

    assert lines_of(page.headline.benchmark)[0] == ("France (2 régions sur 3)", "35\u00a0%")


def test_type_that_one_course_alone_publishes_is_no_reference(regions):
    diploma = factories.diploma()
    factories.outcome(regions["53"], diploma, **group(50))

    assert course_page(diploma, CourseOptions(region="53")).headline.benchmark.lines[1:] == ()


def test_region_is_placed_among_the_others_in_words_only(cooking):
    assert course_page(cooking, CourseOptions(region="53")).headline.benchmark.position == (
        "Parmi les régions, 1 autre a ce chiffre\u00a0: nettement plus que Île-de-France."
    )


def test_regions_that_cannot_be_told_apart_are_not_ordered(regions):
    diploma = factories.diploma()
    for code, employed in (("11", 30), ("53", 32), ("94", 28)):
        factories.outcome(regions[code], diploma, **group(employed, 60))
    position = course_page(diploma, CourseOptions(region="53")).headline.benchmark.position

    assert position == "Parmi les régions, 2 autres ont ce chiffre\u00a0: on ne peut la départager d’aucune."


def test_course_in_a_school_is_beside_its_region_and_france(cooking, regions):
    school = factories.school(region=regions["53"])
    factories.outcome(school, cooking, **group(45, 40))
    [card] = school_page(school).courses.object_list

    assert lines_of(card.groups[0].benchmark) == [
        ("Bretagne", "50\u00a0%"),
        ("France (2 régions sur 3)", "35\u00a0%"),
    ]
    assert "on ne peut pas les départager" in card.groups[0].benchmark.lines[0].verdict.lower()


def test_school_is_beside_all_courses_of_the_types_it_prepares(cooking, regions):
    school = factories.school(region=regions["53"])
    factories.outcome(school, cooking, **group(45, 40))
    factories.outcome(school, **group(45, 200))
    [block] = school_page(school).blocks

    assert lines_of(block.benchmark) == [
        ("Toutes les formations de CAP, au lycée, Bretagne", "30\u00a0%"),
        ("Toutes les formations de CAP, au lycée, France", "27\u00a0%"),
    ]


def test_school_with_several_types_is_not_judged_by_any(cooking, regions):
    school = factories.school(region=regions["53"])
    level4 = factories.diploma_type("400", "Bac pro", "Baccalauréat professionnel", 4)
    factories.outcome(school, cooking, **group(45, 40))
    factories.outcome(school, factories.diploma("40022106", "Bac pro Cuisine", type=level4), **group(30, 40))
    factories.outcome(school, **group(45, 200))
    [block] = school_page(school).blocks

    assert {line.verdict for line in block.benchmark.lines} == {""}
    assert "plusieurs types de diplôme" in block.benchmark.position


def test_reference_with_figures_of_another_diploma_says_so(cooking, regions):
    old = factories.diploma("50022120", "CAP Cuisinier")
    shown = factories.outcome(factories.territory(code="75", name="Sud-Ouest"), old, **group(30))
    factories.attribution(shown, diploma=cooking, kind="ancienne")
    notes = course_page(cooking, CourseOptions(region="53")).headline.benchmark.notes

    assert any("Certains chiffres ne sont pas ceux" in note for note in notes)


def test_sums_over_types_cost_one_query_a_version_of_the_data(cooking, client):
    address = f"/formations/{cooking.pk}/?region=53"
    client.get(address, follow=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(address, follow=True)

    assert not [one for one in captured if "SUM(" in one["sql"]]
