"""Query results as blocks: what a figure says, what stands for a hole, whose figures are shown."""

import pytest

from deliveries import attributions
from formations.models import Renewal, TradeFamily, TradeFamilyMember
from formations.renewals import Chain, chains
from pages.course.options import CourseOptions
from pages.course.page import course_page
from pages.drawings.charts import Bar, Look
from pages.figures import selection
from pages.figures.figure import figure
from pages.figures.group import group_of, origin_of
from pages.figures.outcome import no_situations, outlook, situation_sentence, situations
from pages.figures.trend import trend
from pages.school.page import school_page
from stats.indicators import BY_NAME, Unit
from stats.models import ApprenticeshipEntry
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
    assert group.delivered_on == row.outcome.delivery.at.date()


def test_results_of_models_have_no_range_and_are_never_told_apart():
    figures = {
        "taux_emploi_6_mois": 50,
        "taux_emploi_6_mois_attendu": 48,
        "valeur_ajoutee_6_mois": 2,
        "taux_rupture_contrats": 30,
    }
    row = shown(factories.school(), None, route="apprentissage", nb_annee_term=200, nb_sortant=100, **figures)
    found = {name: figure(row, name, group_of(row)) for name in figures}
    assert {name: bool(one.measured) for name, one in found.items()} == dict.fromkeys(figures, False) | {
        "taux_emploi_6_mois": True
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
        nb_sortant=40,
        nb_annee_term=50,
        valeur_ajoutee_6_mois=-3,
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


def renewed(*codes):
    diplomas = [factories.diploma(code, f"CAP {code}") for code in codes]
    for former, new in zip(diplomas, diplomas[1:], strict=False):
        Renewal.objects.create(former=former, new=new)
    return diplomas


def test_chain_follows_renewals_one_to_one_on_both_sides():
    renewed("50000001", "50000002", "50000003")
    assert chains(["50000002", "50000003"]) == {
        "50000002": Chain("50000002", ("50000001",), ("50000003",)),
        "50000003": Chain("50000003", ("50000002", "50000001"), ()),
    }


@pytest.mark.parametrize("is_split", [True, False])
def test_chain_stops_at_a_fork(is_split):
    former, new = renewed("50000001", "50000002")
    other = factories.diploma("50000009", "CAP autre")
    Renewal.objects.create(former=former if is_split else other, new=other if is_split else new)
    assert chains([new.pk])[new.pk] == Chain(new.pk)
    assert chains([former.pk])[former.pk] == Chain(former.pk)


def test_chain_queries_do_not_grow_with_diplomas(django_assert_num_queries):
    codes = [f"5000{number:04d}" for number in range(20)]
    for former, new in zip(codes[::2], codes[1::2], strict=True):
        renewed(former, new)
    with django_assert_num_queries(1):
        chains(codes[:2])
    with django_assert_num_queries(1):
        chains(codes)


def test_fork_to_a_code_outside_the_nomenclature_ends_the_chain():
    former, new = renewed("50000001", "50000002")
    Renewal.objects.update(forks_outside=True)

    assert chains([new.pk])[new.pk].formers == ()


def test_course_shows_its_former_diploma_only_for_cohorts_without_its_own():
    former, new = renewed("50000001", "50000002")
    place = factories.territory()
    own = factories.outcome(place, new, "2022_2023", route="apprentissage")
    factories.outcome(place, former, "2022_2023", route="apprentissage", taux_emploi_6_mois=11)
    old = factories.outcome(place, former, "2020_2021", route="apprentissage")
    attributions.rebuild()
    rows = selection.rows_of_course(new.attributions.all(), new.pk)
    [found] = rows.values()
    assert [row.outcome for row in found] == [own, old]
    assert origin_of(found[0]) is None
    assert origin_of(found[1]).sentence == "Chiffres de l’ancien diplôme, CAP 50000001 (code 50000001)."


def apprentices():
    """A site, its trainer and its manager, as the catalogue says, for CAP Cuisine; (diploma, {role: school})."""
    diploma = factories.diploma()
    schools = {
        role: factories.school(name=name)
        for role, name in (("site", "Antenne"), ("trainer", "CFA X"), ("manager", "Chambre Y"))
    }
    codes = {role: school.pk for role, school in schools.items()}
    ApprenticeshipEntry.objects.create(diploma=diploma.pk, **codes)
    return diploma, schools


def page_text(client, address):
    return client.get(address, follow=True).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (
            "trainer",
            "Chiffres du formateur, CFA X, Créteil : ce lieu de formation n’a pas de chiffres à lui.",
        ),
        (
            "manager",
            "Chiffres du gestionnaire, Chambre Y, Créteil : ce lieu de formation n’a pas de chiffres à lui.",
        ),
    ],
)
def test_site_says_whose_figures_it_shows_on_every_page(client, role, sentence):
    diploma, schools = apprentices()
    factories.outcome(schools[role], diploma, route="apprentissage")
    attributions.rebuild()
    site = schools["site"].pk

    assert sentence in page_text(client, f"/etablissements/{site}/")
    assert sentence in page_text(client, f"/formations/{diploma.pk}/?voie=apprentissage")
    assert sentence in page_text(client, f"/comparer/?e={diploma.pk}.apprentissage.{site}")


def test_former_diploma_and_trainer_hold_together(client):
    diploma, schools = apprentices()
    new = factories.diploma("50022146", slug="cap-cuisine-nouveau")
    Renewal.objects.create(former=diploma, new=new)
    factories.outcome(schools["trainer"], diploma, route="apprentissage")
    attributions.rebuild()
    html = page_text(client, f"/etablissements/{schools['site'].pk}/")

    assert (
        "Chiffres de l’ancien diplôme, CAP Cuisine (code 50022139), chez le formateur, CFA X, Créteil : "
        "ce lieu de formation n’a pas de chiffres à lui." in html
    )


def test_figures_of_a_trainer_say_that_they_may_stand_for_several_sites(client):
    diploma, schools = apprentices()
    factories.outcome(schools["trainer"], diploma, route="apprentissage")
    attributions.rebuild()
    html = page_text(client, f"/etablissements/{schools['trainer'].pk}/")

    assert "Ces chiffres peuvent réunir plusieurs lieux de formation" in html


def test_common_year_shows_each_course_of_its_family_and_no_mean(client):
    family = TradeFamily.objects.create(code="TG010001", kind="TG01", label="Métiers de la relation client")
    common = factories.diploma("40031200", "2nde Métiers de la relation client", slug="seconde")
    factories.course_year(common, "23110031200", duration=1)
    TradeFamilyMember.objects.create(family=family, diploma=common, is_common_year=True)
    for code, label, employed in (("40031201", "Bac pro Vente", 40), ("40031202", "Bac pro Accueil", 20)):
        diploma = factories.diploma(code, label)
        year = factories.course_year(diploma, f"233300{code[-5:]}", duration=3)
        TradeFamilyMember.objects.create(family=family, diploma=diploma)
        figures = {
            "taux_en_emploi_6_mois": employed,
            "taux_en_formation": 50,
            "taux_autres_6_mois": 50 - employed,
        }
        factories.outcome(factories.territory(), diploma, course_year=year, **figures)
    attributions.rebuild()
    page = course_page(common, CourseOptions(region="11"))

    assert (page.headline.outlook, page.headline.hole) == (None, None)
    assert [(row.name, row.situations.short[0]) for row in page.family_table.rows] == [
        ("Bac pro Accueil", "20\u00a0% travaillent"),
        ("Bac pro Vente", "40\u00a0% travaillent"),
    ]
    assert "jamais une moyenne" in page_text(client, f"/formations/{common.pk}/?region=11")


def test_own_withheld_figures_are_not_replaced_by_the_former_diploma():
    former, new = renewed("50000001", "50000002")
    place = factories.territory()
    factories.outcome(place, new, nb_annee_term=9)
    factories.outcome(place, former)
    page = course_page(new, CourseOptions(region="11"))
    assert page.headline.outlook.situations.hole.reason is Reason.TOO_FEW_PEOPLE
    assert page.headline.origin is None


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
