"""Query results as blocks: what a figure says, what stands for a hole, whose figures are shown."""

import pytest

from formations.chains import Chain, chains
from formations.models import Renewal
from stats.confidentiality import Reason
from stats.indicators import BY_NAME, Unit
from stats.presenters import choices
from stats.presenters.courses import Wishes, course_page
from stats.presenters.figures import REASON_CODES, figure, group_of, value_text
from stats.presenters.outcomes import no_situations, older, outlook, situation_sentence, situations, trend
from stats.presenters.schools import school_page
from tests import factories

pytestmark = pytest.mark.django_db


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
    row = factories.outcome(
        factories.territory(), factories.diploma(), nb_annee_term=512, nb_sortant=300, taux_emploi_6_mois=58
    )
    shown = figure(row, "taux_emploi_6_mois", group_of(row))
    assert (shown.value, shown.text, shown.reason) == (58, "58\u00a0%", None)
    assert shown.people == "300 jeunes sortis d’études en 2022 et 2023"
    assert 'width="58%"' in shown.bar


def test_zero_is_a_figure():
    row = factories.outcome(
        factories.territory(), factories.diploma(), taux_rupture_contrats=0, route="apprentissage"
    )
    shown = figure(row, "taux_rupture_contrats", group_of(row))
    assert shown.is_shown
    assert shown.text == "0\u00a0%"


def test_hole_tells_reason_quality_and_next_best():
    place, diploma = factories.territory(), factories.diploma()
    new = factories.outcome(place, diploma, nb_annee_term=30, nb_sortant=10, taux_poursuite_etudes=67)
    old = factories.outcome(
        place, diploma, "2020_2021", nb_annee_term=40, nb_sortant=25, taux_emploi_6_mois=55
    )
    hole = figure(new, "taux_emploi_6_mois", group_of(new), older([old]))
    assert hole.reason is Reason.TOO_FEW_LEAVERS
    assert hole.value is None
    assert hole.bar == ""
    assert hole.quality_sentence == "Cela ne dit rien de la qualité de la formation."
    assert (hole.next_best.label, hole.next_best.text) == ("Cohorte 2020 et 2021", "55\u00a0%")


def test_figure_without_object_is_not_held_against_quality():
    row = factories.outcome(factories.territory(), factories.diploma())
    hole = figure(row, "valeur_ajoutee_6_mois", group_of(row))
    assert hole.reason is Reason.NOT_APPLICABLE
    assert hole.quality_sentence == ""


def test_situations_draw_and_say_the_exact_numbers():
    row = factories.outcome(factories.territory(), factories.diploma())
    shown = situations(row, group_of(row))
    assert [share.figure.text for share in shown.shares] == ["31\u00a0%", "47\u00a0%", "22\u00a0%"]
    assert shown.people.count("<circle") == 10
    assert shown.hole is None


def test_situations_of_a_confidential_group_are_a_hole_without_number():
    row = factories.outcome(factories.territory(), factories.diploma(), nb_annee_term=12, **factories.SHARES)
    shown = situations(row, group_of(row))
    assert shown.hole.reason is Reason.TOO_FEW_PEOPLE
    assert (shown.sentence, shown.people, shown.stack, shown.short, shown.shares) == ("", "", "", "", ())


def test_situations_without_a_row_say_so_and_show_the_next_best():
    whole = factories.outcome(factories.school())
    hole = no_situations(others=[("Tout l’établissement", whole)]).hole
    assert hole.reason is Reason.NO_FIGURES
    assert hole.next_best.text.startswith("31\u00a0% travaillent")


def test_value_added_in_words():
    row = factories.outcome(
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
    rows = [
        (factories.outcome(place, diploma, code), None)
        for code in ("2022_2023", "2021_2022", "2020_2021", "2019_2020")
    ]
    shown = trend(rows)
    assert [row.cohort for row in shown.rows] == [
        "2019 et 2020",
        "2020 et 2021",
        "2021 et 2022",
        "2022 et 2023",
    ]
    assert [row.is_after_break for row in shown.rows] == [False, False, True, True]
    assert shown.is_pooled


def test_trend_keeps_pooled_cohorts_and_single_years_apart():
    place, diploma = factories.territory(), factories.diploma()
    rows = [(factories.outcome(place, diploma, code), None) for code in ("2022_2023", "2021", "2020_2021")]
    assert [row.cohort for row in trend(rows).rows] == ["2020 et 2021", "2022 et 2023"]


def test_trend_of_one_cohort_is_none():
    assert trend([(factories.outcome(factories.territory(), factories.diploma()), None)]) is None


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
    own = factories.outcome(place, new, "2022_2023")
    factories.outcome(place, former, "2022_2023", taux_emploi_6_mois=11)
    old = factories.outcome(place, former, "2020_2021")
    chain = chains([new.pk])[new.pk]
    rows = choices.rows_of_course([*former.outcomes.all(), *new.outcomes.all()], chain)
    assert rows == {choices.Key("pro", None, place.pk): [own, old]}
    assert choices.origin_of(own, chain, {}) is None
    assert choices.origin_of(old, chain, {former.pk: "CAP ancien"}).label == "CAP ancien"


def test_own_withheld_figures_are_not_replaced_by_the_former_diploma():
    former, new = renewed("50000001", "50000002")
    place = factories.territory()
    factories.outcome(place, new, nb_annee_term=9)
    factories.outcome(place, former)
    page = course_page(new, Wishes(region="11"))
    assert page.outlook.situations.hole.reason is Reason.TOO_FEW_PEOPLE
    assert page.origin is None


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
    default = course_page(diploma, Wishes(region="11"))
    assert [choice.label for choice in default.routes] == ["Au lycée", "En apprentissage"]
    assert [(choice.label, choice.is_current) for choice in default.durations] == [
        ("en 1 an", False),
        ("en 2 ans", True),
    ]
    assert default.outlook.situations.short.startswith("31\u00a0%")
    assert course_page(diploma, Wishes(duration=1, region="11")).outlook.situations.short.startswith(
        "10\u00a0%"
    )
    apprentices = course_page(diploma, Wishes(route="apprentissage", region="11"))
    assert apprentices.outlook.situations.short.startswith("71\u00a0%")
    assert apprentices.durations == ()


def test_course_page_without_region_lists_regions_and_invents_no_national_figure():
    diploma = factories.diploma()
    factories.outcome(factories.territory(), diploma)
    factories.outcome(factories.territory("region", "53", "Bretagne"), diploma, nb_annee_term=5)
    page = course_page(diploma, Wishes())
    assert page.outlook is None
    assert page.hole.hole.reason is Reason.NO_FIGURES
    assert [row.name for row in page.region_rows] == ["Bretagne", "Île-de-France"]
    assert page.region_rows[0].situations.hole.reason is Reason.TOO_FEW_PEOPLE


def test_school_of_a_course_without_figures_there_shows_the_whole_school_named_as_such():
    diploma, school = factories.diploma(), factories.school()
    factories.teaching(school, diploma)
    factories.outcome(school)
    card = course_page(diploma, Wishes()).schools.object_list[0]
    assert card.situations.hole.reason is Reason.NO_FIGURES
    assert card.situations.hole.next_best.label == "Tout l’établissement, au lycée, cohorte 2022 et 2023"


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
