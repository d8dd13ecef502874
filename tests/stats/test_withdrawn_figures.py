"""What goes with a withdrawn figure: what gives it back in its row, and in totals."""

import numpy as np
import pytest

from stats.disclosure_control.hierarchies import AdditivityConstraints
from stats.indicators import COUNTS, FIGURES
from stats.withdrawn_figures import ALL_COLUMNS, revealing, withdrawn_with

RATE, STUDYING, SALARY = (
    FIGURES.index(name) for name in ("taux_en_emploi_12_mois", "taux_en_formation", "salaire_12_mois_q1")
)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("taux_emploi_12_mois", {"nb_en_emploi_12_mois", "taux_en_emploi_12_mois", "taux_autres_12_mois"}),
        (
            "taux_autres_6_mois",
            {"nb_en_emploi_6_mois", "taux_en_emploi_6_mois", "taux_emploi_6_mois", "valeur_ajoutee_6_mois"},
        ),
        ("valeur_ajoutee_6_mois", {"taux_emploi_6_mois_attendu"}),
        ("taux_emploi_6_mois_attendu", {"valeur_ajoutee_6_mois"}),
        ("taux_rupture_contrats", set()),
        ("salaire_12_mois_q2", set()),
    ],
)
def test_figure_goes_with_those_that_give_it_back_in_its_row(name, others):
    assert withdrawn_with(name) == {name} | others


def test_further_study_goes_with_the_number_of_leavers_and_every_rate_of_them():
    found = withdrawn_with("taux_en_formation")
    assert found >= {"nb_poursuite_etudes", "nb_sortant", "taux_poursuite_etudes", "taux_emploi_24_mois"}
    assert "taux_rupture_contrats" not in found
    assert frozenset((*COUNTS, *FIGURES)) == ALL_COLUMNS


def goes(shown, withdrawn, parts, sizes=None, empty=(), totals=(0,)):
    """{(row, figure)} that go; parts: {row: its total}. Rows of `shown` show the figure of their column."""
    rows = 1 + max([*parts, *totals])
    is_shown, is_withdrawn = np.zeros((rows, len(FIGURES)), bool), np.zeros((rows, len(FIGURES)), bool)
    for row, figure in shown:
        is_shown[row, figure] = True
    for row, figure in withdrawn:
        is_withdrawn[row, figure] = True
    has_size = np.isin(np.arange(rows), list(range(rows)) if sizes is None else sizes)
    constraints = AdditivityConstraints(
        np.array(totals),
        np.array(list(parts)),
        np.array([totals.index(total) for total in parts.values()]),
        ("place",) * len(totals),
    )
    found = revealing(is_shown, is_withdrawn, has_size, np.isin(np.arange(rows), empty), constraints)
    return set(zip(*(places.tolist() for places in np.nonzero(found)), strict=True))


def test_total_goes_where_its_other_parts_would_give_the_withdrawn_one():
    parts = {1: 0, 2: 0}
    assert goes([(0, RATE), (2, RATE)], [(1, RATE)], parts) == {(0, RATE)}
    # Without a head-count, the other part tells nothing.
    assert goes([(0, RATE), (2, RATE)], [(1, RATE)], parts, sizes=[0, 1]) == set()
    assert goes([(0, RATE), (2, RATE)], [(1, RATE)], parts, sizes=[1, 2]) == set()
    # Another part is missing too.
    assert goes([(0, RATE)], [(1, RATE)], parts) == set()
    assert goes([(0, RATE)], [(1, RATE)], parts, empty=[2]) == {(0, RATE)}


def test_total_of_one_part_is_that_part_whatever_is_known_of_it():
    for shown, withdrawn in ((0, 1), (1, 0)):
        assert goes([(shown, SALARY)], [(withdrawn, SALARY)], {1: 0}, sizes=[]) == {(shown, SALARY)}


def test_salaries_of_parts_do_not_give_that_of_another():
    assert goes([(0, SALARY), (2, SALARY)], [(1, SALARY)], {1: 0, 2: 0}) == set()


def test_total_that_goes_takes_its_own_total_with_it_and_what_stands_beside_it_in_its_row():
    found = goes(
        [(0, RATE), (3, RATE), (0, RATE + 1)], [(2, RATE)], {1: 3, 2: 0, 0: 3}, totals=(0, 3), empty=[1]
    )
    assert found == {(0, RATE), (0, RATE + 1), (3, RATE)}
    assert FIGURES[RATE + 1] == "taux_autres_12_mois"
    assert STUDYING not in {figure for _row, figure in found}
