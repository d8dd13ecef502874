"""All the courses of a type: summed by the database as by `stats.totals`, under a label that names one population."""

import pytest

from pages.figures.type_totals import total_of_type, type_totals
from stats.models import Outcome
from stats.totals import sums_of, totals
from tests import factories

pytestmark = pytest.mark.django_db
DETAILED = {
    "nb_annee_term": 211,
    "nb_poursuite_etudes": 106,
    "nb_sortant": 105,
    "nb_en_emploi_6_mois": 61,
    "taux_en_emploi_6_mois": 29,
    "taux_en_formation": 50,
    "taux_autres_6_mois": 21,
    "taux_poursuite_etudes": 50,
    "taux_emploi_6_mois": 58,
}


@pytest.fixture
def titles():
    """The same sigle at three levels, each with one course in two regions; in a third, few leave the first."""
    regions = [
        factories.territory(code=code, name=name) for code, name in (("11", "A"), ("53", "B"), ("28", "C"))
    ]
    types = []
    for digit, level in (("5", 3), ("4", 4), ("3", 5)):
        kind = factories.diploma_type(
            f"{digit}6T", "Titre professionnel", f"TH de niv {digit} ministère du travail", level
        )
        course = factories.diploma(f"{digit}6T22101", f"TP niveau {level}", type=kind)
        for region in regions[:2]:
            factories.outcome(region, course, **DETAILED)
        types.append(kind)
        if level == 3:
            factories.outcome(
                regions[2], course, nb_annee_term=70, taux_en_formation=93, taux_poursuite_etudes=93
            )
    return types


def test_database_and_rows_give_the_same_totals(titles):
    outcomes = list(Outcome.objects.filter(diploma__type=titles[0]))

    assert type_totals().by_group["2022_2023", "pro", "56T", ""] == totals([sums_of(outcomes)])


def test_types_of_one_sigle_have_each_their_label(titles):
    known = type_totals()
    found = [total_of_type(known, "taux_en_formation", kind, "2022_2023", "pro") for kind in titles]

    assert [total.what for total in found] == [
        f"Toutes les formations de Titre professionnel de niveau {level}, au lycée" for level in (3, 4, 5)
    ]
    assert [total.value for total in found] == [56, 50, 50]


def test_total_says_the_pupils_that_it_covers(titles):
    known = type_totals()
    work = total_of_type(known, "taux_en_emploi_6_mois", titles[0], "2022_2023", "pro")

    assert work.note.endswith(
        "2 groupes publiés sur 3 (une formation dans une région), 422\u00a0élèves sur 492."
    )
