"""Whose figures the pages show, where a code or a place has none of its own."""

import pytest

from deliveries import attributions
from formations.models import Renewal, TradeFamily, TradeFamilyMember
from pages.course.options import CourseOptions
from pages.course.page import course_page
from pages.figures import selection
from pages.figures.group import origin_of
from stats.models import ApprenticeshipEntry
from stats.reasons import Reason
from tests import factories

pytestmark = pytest.mark.django_db


def test_course_shows_its_former_diploma_only_for_cohorts_without_its_own():
    former, new = factories.renewed("50000001", "50000002")
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
    former, new = factories.renewed("50000001", "50000002")
    place = factories.territory()
    factories.outcome(place, new, nb_annee_term=9)
    factories.outcome(place, former)
    page = course_page(new, CourseOptions(region="11"))
    assert page.headline.outlook.situations.hole.reason is Reason.TOO_FEW_PEOPLE
    assert page.headline.origin is None
