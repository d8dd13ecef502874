"""What pages show in place of a missing figure."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliveries import attributions
from formations.models import Renewal
from pages.course.options import CourseOptions
from pages.course.page import course_page
from pages.school.page import school_page
from stats.reasons import Reason
from tests import factories

COUNTS = {"nb_annee_term": 200, "nb_poursuite_etudes": 80, "nb_sortant": 120, "nb_en_emploi_6_mois": 60}
SHOWN = COUNTS | {"taux_en_emploi_6_mois": 30, "taux_en_formation": 40, "taux_autres_6_mois": 30}
WITHHELD = {"nb_annee_term": 12}


def hole_at(school, diploma):
    """What stands for the withheld figures of a course at a school, on its page: label and text."""
    [card] = [one for one in school_page(school).courses.object_list if one.diploma == diploma]
    hole = card.groups[0].situations.hole
    assert hole.reason is Reason.TOO_FEW_PEOPLE
    return (hole.next_best.label, hole.next_best.text.split(" · ")[0]) if hole.next_best else None


@pytest.fixture
def place(db):
    """A school of Bretagne where CAP Cuisine has too few pupils; (school, diploma)."""
    school = factories.school(region=factories.territory(code="53", name="Bretagne"), name="Lycée Ouest")
    diploma = factories.diploma()
    factories.outcome(school, diploma, **WITHHELD)
    return school, diploma


def test_next_best_is_the_region_named_with_its_cohort(place):
    school, diploma = place
    factories.outcome(school.region, diploma, **SHOWN)
    factories.outcome(school, diploma, "2021_2022")
    factories.outcome(school)

    assert hole_at(*place) == ("Bretagne, cohorte 2022 et 2023", "30\u00a0% travaillent")


def test_next_best_is_france_as_the_sum_of_its_regions_where_the_region_has_none(place):
    school, diploma = place
    factories.outcome(school.region, diploma, **WITHHELD)
    for code in ("11", "84"):
        factories.outcome(factories.territory(code=code, name=f"Région {code}"), diploma, **SHOWN)

    label = "France (2 régions sur 3), cohorte 2022 et 2023"
    assert hole_at(*place) == (label, "30\u00a0% travaillent")


def test_next_best_is_an_older_cohort_of_the_same_school_then_all_its_courses(place):
    school, diploma = place
    factories.outcome(school)
    whole = "Tout l’établissement, au lycée, cohorte 2022 et 2023"
    assert hole_at(*place) == (whole, "31\u00a0% travaillent")

    factories.outcome(school, diploma, "2021_2022")
    assert hole_at(*place) == ("Lycée Ouest, cohorte 2021 et 2022", "31\u00a0% travaillent")


def test_next_best_of_a_renewed_diploma_is_the_former_one_named(place):
    school, new = place
    former = factories.diploma("50022120", "CAP Cuisinier")
    Renewal.objects.create(former=former, new=new)
    factories.outcome(school, former, **SHOWN)

    label = "Lycée Ouest, ancien diplôme CAP Cuisinier (code 50022120), cohorte 2022 et 2023"
    assert hole_at(*place) == (label, "30\u00a0% travaillent")


def test_next_best_that_is_itself_a_former_diplomas_says_so(place):
    school, new = place
    former = factories.diploma("50022120", "CAP Cuisinier")
    Renewal.objects.create(former=former, new=new)
    shown = factories.outcome(school.region, former, **SHOWN)
    factories.attribution(shown, diploma=new, kind="ancienne")

    label, _text = hole_at(*place)
    assert label == "Bretagne, cohorte 2022 et 2023 (ancien diplôme, code 50022120)"


def test_nothing_near_is_said_in_a_sentence(place, client):
    school, _diploma = place

    assert hole_at(*place) is None
    assert (
        "Aucun chiffre proche ne peut en tenir lieu"
        in client.get(f"/etablissements/{school.pk}/", follow=True).text
    )


@pytest.mark.django_db
def test_figure_of_a_region_is_looked_for_one_by_one():
    diploma, region = factories.diploma(), factories.territory()
    few = COUNTS | {"nb_annee_term": 92, "nb_sortant": 12}
    factories.outcome(region, diploma, **few, **factories.SHARES)
    factories.outcome(region, diploma, "2021_2022", **COUNTS, taux_emploi_6_mois=50)
    [hole] = course_page(diploma, CourseOptions(region="11")).headline.outlook.later_holes[:1]

    assert hole.figure.reason is Reason.TOO_FEW_LEAVERS
    [(_label, found)] = hole.next_best
    assert (found.label, found.text) == ("Île-de-France, cohorte 2021 et 2022", "50\u00a0%")


@pytest.mark.django_db
def test_holes_of_tables_are_told_once_with_what_to_read_instead(client):
    diploma = factories.diploma()
    for number in range(4):
        place = factories.territory(code=f"{11 + number}", name=f"Région {number}")
        factories.outcome(place, diploma, **(SHOWN if number < 2 else WITHHELD))
    table = course_page(diploma, CourseOptions()).region_table

    [holes] = table.holes
    assert holes.label == "Région 2, Région 3"
    [(label, found)] = holes.next_best
    assert (label, found.label) == (holes.label, "France (2 régions sur 4), cohorte 2022 et 2023")


@pytest.mark.django_db
def test_trend_tells_under_its_table_what_to_read_instead_of_a_hole():
    diploma, bretagne = factories.diploma(), factories.territory(code="53", name="Bretagne")
    for place in (factories.territory(), factories.territory(code="84", name="Ailleurs")):
        factories.outcome(place, diploma, "2021_2022", **SHOWN)
    factories.outcome(bretagne, diploma, "2021_2022", **WITHHELD)
    factories.outcome(bretagne, diploma, **SHOWN)
    [holes] = course_page(diploma, CourseOptions(region="53")).trend.holes

    assert holes.label == "2021 et 2022"
    assert [found.label for _label, found in holes.next_best] == [
        "France (2 régions sur 3), cohorte 2021 et 2022"
    ]


def holes_of_pages(number, client):
    """`number` of schools, courses and regions where a figure is withheld; queries of the pages that show them."""
    diplomas = [factories.diploma(f"5200{place:04d}", f"CAP {place}") for place in range(number)]
    schools = [factories.school(name=f"Lycée {place}") for place in range(number)]
    for place, school in enumerate(schools):
        region = factories.territory(code=f"{20 + place}", name=f"Région {place}")
        for diploma in diplomas:
            factories.outcome(school, diploma, **WITHHELD)
            factories.outcome(region, diploma, **WITHHELD)
    attributions.rebuild()
    counts = []
    for address in (
        f"/formations/{diplomas[0].pk}/",
        f"/formations/{diplomas[0].pk}/?region=20",
        f"/etablissements/{schools[0].pk}/",
        "/comparer/?" + "&".join(f"e={diploma.pk}.{schools[0].pk}" for diploma in diplomas),
    ):
        client.get(address, follow=True)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, follow=True).status_code == 200
        counts.append(len(captured))
    return counts


@pytest.mark.django_db
def test_queries_do_not_grow_with_holes(client):
    few = holes_of_pages(2, client)
    for model in (factories.Outcome, factories.Diploma, factories.School):
        model.objects.all().delete()

    assert holes_of_pages(8, client) == few
