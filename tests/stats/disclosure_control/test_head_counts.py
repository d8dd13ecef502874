"""Head-counts complete each other, and a blank one is under the threshold: in suppression, in the database, in old rows."""

from importlib import import_module
from itertools import product
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from stats.disclosure_control.primary import completed, suppress
from stats.indicators import COUNTS, FIGURES, Level
from stats.models import Outcome
from stats.reasons import Reason, reason_at
from tests.stats.disclosure_control.test_primary import FINAL_YEAR_FIGURES, LEAVERS_FIGURES, group

migration = import_module("stats.migrations.0007_blank_head_counts_are_small")


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"nb_annee_term": 30, "nb_poursuite_etudes": 20, "nb_sortant": None}, "leavers"),
        ({"nb_annee_term": None, "nb_poursuite_etudes": 4, "nb_sortant": 7}, "all"),
        ({"nb_annee_term": None, "nb_poursuite_etudes": 20, "nb_sortant": 10}, "leavers"),
        ({"nb_annee_term": 100, "nb_poursuite_etudes": None, "nb_sortant": None}, "leavers"),
        ({"nb_annee_term": None, "nb_poursuite_etudes": None, "nb_sortant": None}, "all"),
        ({"nb_annee_term": None, "nb_poursuite_etudes": None, "nb_sortant": 25}, ""),
        ({"nb_annee_term": None, "nb_poursuite_etudes": 19, "nb_en_emploi_6_mois": 3}, "all"),
        ({"nb_annee_term": None, "nb_en_emploi_12_mois": 20}, ""),
        ({"nb_annee_term": 100, "nb_poursuite_etudes": 20, "nb_sortant": None}, ""),
        ({"nb_annee_term": 19, "nb_sortant": None}, "all"),
        ({"nb_en_emploi_6_mois": 3}, "all"),
    ],
)
def test_a_blank_head_count_is_under_the_threshold_unless_others_prove_it_is_not(counts, hidden):
    row = group(**counts)

    shown = {name for name in (*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES) if pd.notna(row[name])}
    expected = {"all": set(), "leavers": {*FINAL_YEAR_FIGURES}, "": {*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES}}
    assert shown == expected[hidden]
    if hidden == "all":
        assert row[list(COUNTS)].isna().all()
        assert {reason_at(row["reasons"], name) for name in FINAL_YEAR_FIGURES} == {Reason.TOO_FEW_PEOPLE}


@pytest.mark.parametrize("missing", ["nb_annee_term", "nb_poursuite_etudes", "nb_sortant"])
def test_each_of_final_year_further_study_and_leavers_is_completed_from_the_two_others(missing):
    counts = {"nb_annee_term": 100, "nb_poursuite_etudes": 30, "nb_sortant": 70}
    table = pd.DataFrame([counts]).astype("Float64")

    assert completed(table.assign(**{missing: pd.array([pd.NA], "Float64")})).equals(table)


def test_head_counts_that_contradict_each_other_leave_nobody_rather_than_fewer():
    row = group(nb_annee_term=30, nb_poursuite_etudes=40)

    assert row[LEAVERS_FIGURES].isna().all()


def every_way_to_blank_head_counts():
    """Groups of 15 to 45 pupils, each with every subset of its head-counts blank: (rows, what they really are)."""
    names = ("nb_annee_term", "nb_poursuite_etudes", "nb_sortant", "nb_en_emploi_6_mois")
    rows, true = [], []
    for size, studying in product(range(15, 46, 3), range(0, 46, 3)):
        for employed in {0, (size - studying) // 2, size - studying} if studying <= size else ():
            numbers = (size, studying, size - studying, employed)
            for is_given in product((True, False), repeat=4):
                given = (n if is_there else None for n, is_there in zip(numbers, is_given, strict=True))
                rows.append(dict(zip(names, given, strict=True)))
                true.append(numbers)
    return pd.DataFrame(rows).assign(route="pro", **dict.fromkeys(FIGURES, 50)), np.array(true)


def test_no_way_to_blank_head_counts_shows_a_figure_of_fewer_than_20():
    """Whatever a source leaves blank: brute force over what the row really is."""
    rows, true = every_way_to_blank_head_counts()
    table = suppress(rows, Level.REGION)

    shows_shares = table[FINAL_YEAR_FIGURES].notna().any(axis=1).to_numpy()
    shows_counts = table[list(COUNTS)].notna().any(axis=1).to_numpy()
    shows_rates = table[LEAVERS_FIGURES].notna().any(axis=1).to_numpy()
    assert not (shows_shares & (true[:, 0] < 20)).any()
    assert not (shows_counts & (true[:, 0] < 20)).any()
    assert not (shows_rates & (true[:, 2] < 20)).any()
    # Nothing is lost where nothing is blank, nor where one blank can be completed.
    is_complete = rows.iloc[:, :3].notna().sum(axis=1).to_numpy() >= 2
    assert (shows_shares == (true[:, 0] >= 20))[is_complete].all()
    assert (shows_rates == ((true[:, 2] >= 20) & (true[:, 0] >= 20)))[is_complete].all()


def test_rows_stored_before_are_suppressed_again_as_deliveries_are():
    rows = every_way_to_blank_head_counts()[0]
    rows = rows[rows.iloc[:, :4].notna().any(axis=1)]
    names = [*COUNTS, "nb_annee_term", *FIGURES]
    table, shown = suppress(rows, Level.REGION), "." * len(FIGURES)
    for values, after in zip(rows.to_dict("records"), table.to_dict("records"), strict=True):
        row = SimpleNamespace(**dict.fromkeys(names) | values, reasons=shown)
        vars(row).update({name: None for name in names if pd.isna(vars(row)[name])})
        migration.suppress_row(row)
        for name in (*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES, *COUNTS):
            is_applicable = (
                reason_at(after["reasons"], name) is not Reason.NOT_APPLICABLE if name in FIGURES else True
            )
            assert not is_applicable or (getattr(row, name) is None) == pd.isna(after[name])
        assert all(
            (getattr(row, name) is None) == (row.reasons[place] != ".") for place, name in enumerate(FIGURES)
        )


def test_database_takes_whatever_suppression_leaves(identity):
    """One rule in two places: no row that `suppress` returns is refused."""
    rows = every_way_to_blank_head_counts()[0].drop_duplicates(["nb_annee_term", "nb_sortant"])
    table = suppress(rows, Level.REGION).astype("object")
    names = [*COUNTS, "nb_annee_term", *FIGURES, "reasons"]
    kept = table[names].where(table[names].notna(), None).to_dict("records")
    Outcome.objects.bulk_create(Outcome(**identity, **row) for row in kept)
