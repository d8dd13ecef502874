"""Counts into shares, shares into ten people, value added into words."""

import pandas as pd
import pytest

from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, MONTHS
from stats.rates import most_left_out, others, share, shares_of_counts, tens


@pytest.mark.parametrize(
    ("count", "total", "percent"),
    [(0, 20, 0), (20, 20, 100), (1, 3, 33), (2, 3, 67), (1, 200, 0), (3, 200, 2), (5, 200, 2), (7, 200, 4)],
)
def test_share_rounds_half_to_even(count, total, percent):
    assert share(count, total) == percent


def test_share_of_nobody_is_none():
    assert share(0, 0) is None


def test_share_of_an_unknown_count_is_unknown():
    assert share(None, 40) is None
    assert share(12, None) is None
    assert share(1, 1) == 100


def test_shares_of_columns_are_those_of_their_cells():
    shares = share(numbers(1, 5, 0, 3, None, 3), numbers(1, 200, 0, 0, 20, None))

    assert cells(shares) == [100, 2, None, None, None, None]
    assert cells(others(numbers(31, 51, None), numbers(47, 50, 1))) == [22, 0, None]


def test_shares_of_counts_are_of_the_final_year_pupils():
    counts = pd.DataFrame(
        {
            "nb_annee_term": numbers(40, 20, 10),
            "nb_en_emploi_6_mois": numbers(10, 20, None),
            "nb_en_emploi_12_mois": numbers(20, 0, 5),
            "nb_en_emploi_18_mois": numbers(None, None, None),
        }
    )

    shares = shares_of_counts(counts, numbers(50, 0, 30), months=(6, 12, 18))

    assert {name: cells(column) for name, column in shares.items()} == {
        "taux_en_emploi_6_mois": [25, 100, None],
        "taux_autres_6_mois": [25, 0, None],
        "taux_en_emploi_12_mois": [50, 0, 50],
        "taux_autres_12_mois": [0, 100, 20],
        "taux_en_emploi_18_mois": [None, None, None],
        "taux_autres_18_mois": [None, None, None],
    }


def test_shares_are_given_at_every_date_unless_some_are_named():
    counts = pd.DataFrame({name: numbers(40) for name in (GROUP_SIZE, *COUNTS)})

    shares = shares_of_counts(counts, numbers(0))

    names = {f"taux_{name}_{months}_mois" for name in ("en_emploi", "autres") for months in MONTHS}
    assert shares.keys() == names & set(FIGURES)


def numbers(*values):
    return pd.Series(values, dtype="Float64")


def cells(column):
    return [None if value is pd.NA else value for value in column]


def test_others_never_go_below_zero():
    assert others(31, 47) == 22
    assert others(51, 50) == 0


@pytest.mark.parametrize(
    ("shares", "people"),
    [
        ((31, 47, 22), (3, 5, 2)),
        ((98, 1, 1), (8, 1, 1)),
        ((97, 3, 0), (9, 1, 0)),
        ((100, 0, 0), (10, 0, 0)),
        ((33, 33, 33), (4, 3, 3)),
        ((0, 50, 49), (0, 5, 5)),
        ((5, 5, 90), (1, 1, 8)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_tens_of_shares(shares, people):
    assert tens(shares) == people


def test_tens_always_sum_to_ten_and_keep_everybody():
    for work in range(101):
        for study in range(101 - work):
            shares = (work, study, 100 - work - study)
            people = tens(shares)
            assert sum(people) == 10
            assert [bool(number) for number in people] == [bool(part) for part in shares]


@pytest.mark.parametrize("total", [20, 41, 78, 200, 1001])
def test_most_people_that_a_rounded_share_leaves_out(total):
    for percent in range(101):
        possible = [total - part for part in range(total + 1) if share(part, total) == percent]
        assert not possible or max(possible) <= most_left_out(total, percent) <= max(possible) + 1
