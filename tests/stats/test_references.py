"""References are sums of what is published, and say what they cover."""

from dataclasses import dataclass

import pytest

from stats.references import SUMMABLE, total


@dataclass
class Row:
    nb_annee_term: int | None = None
    nb_sortant: int | None = None
    nb_poursuite_etudes: int | None = None
    nb_en_emploi_6_mois: int | None = None
    taux_en_emploi_6_mois: int | None = None
    taux_en_formation: int | None = None
    taux_autres_6_mois: int | None = None
    taux_emploi_6_mois: int | None = None
    valeur_ajoutee_6_mois: int | None = None


def row(size, studying, employed):
    return Row(size, size - studying, studying, employed, 0, 0, 0, 0)


WITHHELD = Row(nb_annee_term=12)


def test_shares_are_recomputed_from_summed_counts_not_averaged():
    result = total("taux_en_emploi_6_mois", [row(100, 20, 10), row(300, 60, 150)])

    assert (result.value, result.size) == (40, 400)


def test_employment_rate_is_on_leavers():
    assert total("taux_emploi_6_mois", [row(100, 50, 25), row(100, 0, 25)]).value == 33


def test_withheld_part_stays_out_and_the_reference_says_so():
    result = total("taux_en_emploi_6_mois", [row(100, 20, 30), WITHHELD])

    assert (result.value, result.covered, result.parts, result.is_whole) == (30, 1, 2, False)


def test_situations_sum_to_100():
    rows = [row(70, 23, 31), row(41, 11, 17)]
    values = [
        total(n, rows).value for n in ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois")
    ]

    assert sum(values) == 100


def test_nothing_to_count_has_no_value():
    assert total("taux_en_emploi_6_mois", [WITHHELD]).value is None
    assert total("taux_autres_6_mois", [WITHHELD]).value is None
    assert total("taux_emploi_6_mois", []).value is None


def test_other_situations_need_employment_and_studies_of_the_same_people():
    half = Row(100, 80, 20, None, None, 20, 5, None)

    assert total("taux_autres_6_mois", [row(100, 20, 30), half]).value is None


@pytest.mark.parametrize("name", ["valeur_ajoutee_6_mois", "taux_rupture_contrats", "salaire_12_mois_q2"])
def test_value_added_contracts_and_salaries_are_never_averaged(name):
    assert total(name, [row(100, 20, 30)]).value is None
    assert name not in SUMMABLE
