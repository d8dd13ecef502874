"""Query results as blocks: what a figure says, what stands for a hole, whose figures are shown."""

import pytest
from django.utils import timezone

from pages.course.options import CourseOptions
from pages.course.page import course_page
from pages.drawings.charts import Bar, Look
from pages.figures.figure import figure
from pages.figures.group import group_of
from pages.figures.outcome import no_situations, outlook, situation_sentence, situations
from pages.figures.trend import trend
from pages.school.page import school_page
from stats.indicators import BY_NAME, Unit
from stats.reasons import Reason
from stats.wording import REASON_CODES, value_text
from tests import factories

pytestmark = pytest.mark.django_db


def shown(place, diploma=None, cohort_code="2022_2023", route="pro", **fields):
    """What is shown of a group, under its own code and place."""
    return factories.outcome(place, diploma, cohort_code, route, **fields).attributions.get()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (31, Unit.PERCENT, "31\u00a0%"),
        (0, Unit.PERCENT, "0\u00a0%"),
        (4, Unit.POINTS, "+4\u00a0points"),
        (1, Unit.POINTS, "+1\u00a0point"),
        (-3, Unit.POINTS, "−3\u00a0points"),
        (0, Unit.POINTS, "0\u00a0point"),
        (1450, Unit.EUROS, "1\u202f450\u00a0€"),
    ],
)
def test_value_in_words(value, unit, text):
    assert value_text(value, unit) == text


def test_every_reason_has_a_code_for_exports():
    assert set(REASON_CODES) == set(Reason)


def test_sentence_names_who_and_agrees():
    assert (
        situation_sentence((3, 5, 2), "pro")
        == "Sur 10\u00a0élèves en dernière année, 3\u00a0travaillent, 5\u00a0étudient encore, 2\u00a0sont dans une autre situation."
    )
    assert (
        situation_sentence((9, 0, 1), "apprentissage")
        == "Sur 10\u00a0apprentis en dernière année, 9\u00a0travaillent, aucun n’étudie encore, "
        "1\u00a0est dans une autre situation."
    )


def test_figure_carries_what_it_counts_and_of_whom():
    row = shown(
        factories.territory(), factories.diploma(), nb_annee_term=512, nb_sortant=300, taux_emploi_6_mois=58
    )
    found = figure(row, "taux_emploi_6_mois", group_of(row, "Île-de-France"))
    assert (found.value, found.text, found.reason) == (58, "58\u00a0%", None)
    assert found.people == "300 jeunes sortis d’études en 2022 et 2023"
    assert found.bar == Bar(58, Look.SOLID)
    group = found.group
    assert (group.perimeter, group.cohort, group.is_pooled) == ("Île-de-France", "2022 et 2023", True)
    assert (group.origin, group.delivery) == (None, row.outcome.delivery_id)
    assert group.delivered_on == timezone.localdate(row.outcome.delivery.at)


def test_results_of_models_have_no_range_and_value_added_alone_is_told_apart():
    figures = {
        "taux_emploi_6_mois": 50,
        "taux_emploi_6_mois_attendu": 48,
        "valeur_ajoutee_6_mois": 2,
        "taux_rupture_contrats": 30,
    }
    row = shown(factories.school(), None, route="apprentissage", nb_annee_term=200, nb_sortant=100, **figures)
    found = {name: figure(row, name, group_of(row)) for name in figures}
    assert {name: bool(one.measured) for name, one in found.items()} == dict.fromkeys(figures, False) | {
        "taux_emploi_6_mois": True,
        "valeur_ajoutee_6_mois": True,
    }
    assert {name for name, one in found.items() if one.range_text} == {"taux_emploi_6_mois"}


def test_zero_is_a_figure():
    row = shown(factories.territory(), factories.diploma(), taux_rupture_contrats=0, route="apprentissage")
    zero = figure(row, "taux_rupture_contrats", group_of(row))
    assert zero.is_shown
    assert zero.text == "0\u00a0%"


def test_hole_tells_reason_and_quality():
    place, diploma = factories.territory(), factories.diploma()
    row = shown(place, diploma, nb_annee_term=30, nb_sortant=10, taux_poursuite_etudes=67)
    hole = figure(row, "taux_emploi_6_mois", group_of(row))
    assert hole.reason is Reason.TOO_FEW_LEAVERS
    assert hole.value is None
    assert hole.bar is None
    assert hole.quality_sentence == "Cela ne dit rien de la qualité de la formation."


def test_figure_without_object_is_not_held_against_quality():
    row = shown(factories.territory(), factories.diploma())
    hole = figure(row, "valeur_ajoutee_6_mois", group_of(row))
    assert hole.reason is Reason.NOT_APPLICABLE
    assert hole.quality_sentence == ""


def test_situations_draw_and_say_the_exact_numbers():
    row = shown(factories.territory(), factories.diploma())
    found = situations(row, group_of(row))
    assert [share.figure.text for share in found.shares] == ["31\u00a0%", "47\u00a0%", "22\u00a0%"]
    assert len(found.people.people) == 10
    assert found.hole is None


def test_situations_of_a_confidential_group_are_a_hole_without_number():
    row = shown(factories.territory(), factories.diploma(), nb_annee_term=12, **factories.SHARES)
    found = situations(row, group_of(row))
    assert found.hole.reason is Reason.TOO_FEW_PEOPLE
    assert (found.sentence, found.people, found.stack, found.short, found.shares) == ("", None, None, (), ())


def test_situations_without_a_row_say_so_and_show_the_next_best():
    whole = factories.outcome(factories.school())
    hole = no_situations(fallbacks=[("Tout l’établissement", whole)]).hole
    assert hole.reason is Reason.NO_FIGURES
    assert hole.next_best.text.startswith("31\u00a0% travaillent")


def test_value_added_in_words():
    row = shown(
        factories.school(),
        nb_sortant=400,
        nb_annee_term=500,
        valeur_ajoutee_6_mois=-9,
        taux_emploi_6_mois_attendu=50,
    )
    block = outlook(row, "Lycée")
    assert block.value_added.words == "Moins bien qu’attendu pour des élèves comparables"
    assert block.contracts is None
    assert BY_NAME["salaire_12_mois_q2"] not in [item.indicator for item in block.every]


def test_trend_breaks_where_public_jobs_begin_to_count():
    place, diploma = factories.territory(), factories.diploma()
    codes = ("2022_2023", "2021_2022", "2020_2021", "2019_2020")
    found = trend([shown(place, diploma, code) for code in codes])
    assert [row.cohort for row in found.rows] == [
        "2019 et 2020",
        "2020 et 2021",
        "2021 et 2022",
        "2022 et 2023",
    ]
    assert [row.is_after_break for row in found.rows] == [False, False, True, True]
    assert found.is_pooled


def test_trend_keeps_pooled_cohorts_and_single_years_apart():
    place, diploma = factories.territory(), factories.diploma()
    rows = [shown(place, diploma, code) for code in ("2022_2023", "2021", "2020_2021")]
    assert [row.cohort for row in trend(rows).rows] == ["2020 et 2021", "2022 et 2023"]


def test_trend_of_one_cohort_is_none():
    assert trend([shown(factories.territory(), factories.diploma())]) is None


def test_course_page_picks_route_duration_and_region_asked_for():
    diploma, place = factories.diploma(), factories.territory()
    one, two = (factories.course_year(diploma, duration=years) for years in (1, 2))
    factories.outcome(
        place, diploma, course_year=one, taux_en_emploi_6_mois=10, taux_en_formation=80, taux_autres_6_mois=10
    )
    factories.outcome(place, diploma, course_year=two)
    factories.outcome(
        place,
        diploma,
        route="apprentissage",
        taux_en_emploi_6_mois=71,
        taux_en_formation=9,
        taux_autres_6_mois=20,
    )
    default = course_page(diploma, CourseOptions(region="11"))
    assert [choice.label for choice in default.choices.routes] == ["Au lycée", "En apprentissage"]
    assert [(choice.label, choice.is_current) for choice in default.choices.durations] == [
        ("en 1 an", False),
        ("en 2 ans", True),
    ]
    assert default.headline.outlook.situations.short[0].startswith("31\u00a0%")
    one_year = course_page(diploma, CourseOptions(duration=1, region="11"))
    assert one_year.headline.outlook.situations.short[0].startswith("10\u00a0%")
    by_apprenticeship = course_page(diploma, CourseOptions(route="apprentissage", region="11"))
    assert by_apprenticeship.headline.outlook.situations.short[0].startswith("71\u00a0%")
    assert by_apprenticeship.choices.durations == ()


def test_course_page_without_region_lists_regions_and_invents_no_national_figure():
    diploma = factories.diploma()
    factories.outcome(factories.territory(), diploma)
    factories.outcome(factories.territory("region", "53", "Bretagne"), diploma, nb_annee_term=5)
    page = course_page(diploma, CourseOptions())
    assert page.headline.outlook is None
    assert page.headline.hole.hole.reason is Reason.NO_FIGURES
    assert [row.name for row in page.region_table.rows] == ["Bretagne", "Île-de-France"]
    assert page.region_table.rows[0].situations.hole.reason is Reason.TOO_FEW_PEOPLE


def test_school_of_a_course_without_figures_there_shows_the_whole_school_named_as_such():
    diploma, school = factories.diploma(), factories.school()
    factories.teaching(school, diploma)
    factories.outcome(school)
    [group] = course_page(diploma, CourseOptions()).schools.page.object_list[0].groups
    assert group.situations.hole.reason is Reason.NO_FIGURES
    assert group.situations.hole.next_best.label == "Tout l’établissement, au lycée, cohorte 2022 et 2023"


def test_school_page_keeps_routes_apart_and_names_their_total():
    school = factories.school()
    for route in ("ensemble", "apprentissage", "pro"):
        factories.outcome(school, route=route)
    page = school_page(school)
    assert [block.label for block in page.blocks] == [
        "au lycée",
        "en apprentissage",
        "au lycée et en apprentissage ensemble",
    ]


def test_school_page_lists_courses_taught_and_courses_with_figures():
    school = factories.school()
    taught, figured = factories.diploma("50000001", "CAP A"), factories.diploma("50000002", "CAP B")
    factories.teaching(school, taught, "apprentissage")
    factories.outcome(school, figured, nb_annee_term=8)
    cards = school_page(school).courses.object_list
    assert [card.diploma for card in cards] == [taught, figured]
    assert cards[0].groups[0].situations.hole.reason is Reason.NO_FIGURES
    assert cards[1].groups[0].situations.hole.reason is Reason.TOO_FEW_PEOPLE
