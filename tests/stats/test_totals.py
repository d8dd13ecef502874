"""References are sums of what is published, and say what they cover."""

from dataclasses import dataclass

import pytest

from stats.totals import SUMMABLE, needed, total, total_of_sums


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


@dataclass
class Sums:
    covered: int
    parts: int
    size: int
    counts: tuple


def test_sums_give_the_same_total_as_the_rows():
    rows = [row(70, 23, 31), row(41, 11, 17)]
    people = Sums(2, 3, 111, (48,))
    both = Sums(2, 3, 111, (48, 34))

    assert (
        total_of_sums("taux_en_emploi_6_mois", [people]).value == total("taux_en_emploi_6_mois", rows).value
    )
    assert total_of_sums("taux_autres_6_mois", [both]).value == total("taux_autres_6_mois", rows).value
    assert total_of_sums("taux_en_emploi_6_mois", [people]).parts == 3


def test_sums_of_several_sets_add_up():
    result = total_of_sums("taux_emploi_6_mois", [Sums(1, 1, 50, (25,)), Sums(1, 2, 150, (15,))])

    assert (result.value, result.size, result.covered, result.parts) == (20, 200, 2, 3)


def test_sums_of_nothing_have_no_value():
    assert total_of_sums("taux_emploi_6_mois", [Sums(0, 4, 0, (0,))]).value is None


@pytest.mark.parametrize("name", SUMMABLE)
def test_needed_columns_have_a_count_and_a_head_count(name):
    figures, counts, size = needed(name)

    assert name in figures
    assert all(column.startswith("nb_") for column in (*counts, size))
