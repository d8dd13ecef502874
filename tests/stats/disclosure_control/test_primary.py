"""One test a sentence of the rules on what may be shown."""

import pandas as pd
import pytest
from django.db import IntegrityError, transaction

from stats.disclosure_control.primary import (
    is_confidential,
    level_of,
    suppress,
)
from stats.indicators import COUNTS, FIGURES, INDICATORS, Denominator, Level
from stats.models import Outcome
from stats.reasons import Reason, reason_at

FINAL_YEAR_FIGURES = [i.name for i in INDICATORS if i.denominator is Denominator.FINAL_YEAR]
LEAVERS_FIGURES = [i.name for i in INDICATORS if i.needs_leavers]
ALL_COUNTS = dict.fromkeys(COUNTS, 10)


def group(route="apprentissage", level=Level.SCHOOL, **values):
    figures = dict.fromkeys(FIGURES, 50)
    table = pd.DataFrame([{"route": route, **figures, **values}])
    return suppress(table, level).iloc[0]


@pytest.mark.parametrize(
    ("size", "leavers", "shown"),
    [(20, 20, {*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES}), (20, 19, {*FINAL_YEAR_FIGURES}), (19, 19, set())],
)
def test_a_figure_is_shown_only_if_its_own_denominator_is_20_or_more(size, leavers, shown):
    row = group(nb_annee_term=size, nb_sortant=leavers)

    assert {name for name in (*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES) if pd.notna(row[name])} == shown


def test_a_group_under_20_is_confidential_and_shows_nothing_about_what_became_of_it():
    row = group(nb_annee_term=19, **{**ALL_COUNTS, "nb_sortant": 19})

    assert row[[*FIGURES, *COUNTS]].isna().all()
    assert {reason_at(row["reasons"], name) for name in FINAL_YEAR_FIGURES} == {Reason.TOO_FEW_PEOPLE}


def test_the_head_count_of_a_confidential_group_may_be_shown():
    assert group(nb_annee_term=19)["nb_annee_term"] == 19


def test_of_30_pupils_of_whom_20_study_on_67_percent_is_shown_and_the_rate_of_10_leavers_is_not():
    row = group(nb_annee_term=30, nb_poursuite_etudes=20, nb_sortant=10, taux_poursuite_etudes=67)

    assert row["taux_poursuite_etudes"] == 67
    assert pd.isna(row["taux_emploi_6_mois"])
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is Reason.TOO_FEW_LEAVERS


def test_counts_of_fewer_than_20_leavers_stay_in_the_table_for_the_api_that_always_gave_them():
    row = group(nb_annee_term=30, **{**ALL_COUNTS, "nb_sortant": 19})

    assert (row["nb_annee_term"], row["nb_sortant"]) == (30, 19)


def test_a_rate_with_fewer_than_20_leavers_in_a_larger_group_is_not_reliable_and_the_shares_beside_it_are_shown():
    row = group(nb_annee_term=30, nb_sortant=19, valeur_ajoutee_6_mois=4)

    assert {reason_at(row["reasons"], name) for name in LEAVERS_FIGURES} == {Reason.TOO_FEW_LEAVERS}
    assert row[LEAVERS_FIGURES].isna().all()
    assert {row[name] for name in FINAL_YEAR_FIGURES} == {50}


def test_zero_is_a_figure_and_is_shown():
    row = group(nb_annee_term=40, nb_sortant=40, taux_emploi_6_mois=0)

    assert row["taux_emploi_6_mois"] == 0
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is None


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("size", "leavers"), [(30, 30), (30, 10), (10, 5), (30, None), (None, None)])
def test_a_withheld_figure_is_never_0_nor_empty_without_a_reason(size, leavers, level):
    row = group(level=level, nb_annee_term=size, nb_sortant=leavers)

    for name in FIGURES:
        assert pd.isna(row[name]) == (reason_at(row["reasons"], name) is not None)
        assert pd.isna(row[name]) or row[name] == 50


def test_figure_that_does_not_exist_at_this_level_is_not_applicable():
    row = group(level=Level.REGION, nb_annee_term=40, nb_sortant=40)

    assert pd.isna(row["valeur_ajoutee_6_mois"])
    assert reason_at(row["reasons"], "valeur_ajoutee_6_mois") is Reason.NOT_APPLICABLE


def test_broken_contracts_do_not_apply_to_the_school_route():
    row = group(route="pro", nb_annee_term=40, nb_sortant=40)

    assert reason_at(row["reasons"], "taux_rupture_contrats") is Reason.NOT_APPLICABLE


def test_a_figure_of_open_data_without_head_count_is_published_as_its_source_did():
    row = group()

    assert pd.isna(row["nb_annee_term"])
    assert {row[name] for name in (*FINAL_YEAR_FIGURES, *LEAVERS_FIGURES)} == {50}


def test_threshold_is_20():
    assert is_confidential(19)
    assert not is_confidential(20)


WITHHELD = "P" * len(FIGURES)
SHOWN_FIRST = "." + WITHHELD[1:]


@pytest.mark.parametrize(
    "values",
    [
        {"nb_annee_term": 19, "taux_en_emploi_6_mois": 50, "reasons": SHOWN_FIRST},
        {"nb_annee_term": 19, "nb_sortant": 12, "reasons": WITHHELD},
        {
            "nb_annee_term": 40,
            "nb_sortant": 19,
            "taux_emploi_6_mois": 50,
            "reasons": WITHHELD[:4] + "." + WITHHELD[5:],
        },
        {"nb_annee_term": 40, "taux_en_emploi_6_mois": 50, "reasons": WITHHELD},
        {"nb_annee_term": 40, "reasons": SHOWN_FIRST},
        {"nb_annee_term": 40, "taux_en_emploi_6_mois": 101, "reasons": SHOWN_FIRST},
        {"nb_annee_term": 40, "salaire_12_mois_q3": 1500, "reasons": WITHHELD[:-1]},
        {"nb_poursuite_etudes": 4, "nb_en_emploi_6_mois": 3, "reasons": WITHHELD},
        {"nb_poursuite_etudes": 4, "taux_en_emploi_6_mois": 50, "reasons": SHOWN_FIRST},
        {"nb_annee_term": 30, "taux_emploi_6_mois": 50, "reasons": WITHHELD[:4] + "." + WITHHELD[5:]},
        {
            "nb_annee_term": 30,
            "nb_poursuite_etudes": 20,
            "taux_emploi_6_mois": 50,
            "reasons": WITHHELD[:4] + "." + WITHHELD[5:],
        },
    ],
    ids=[
        "confidential",
        "count_inside",
        "few_leavers",
        "reason_beside_value",
        "hole_without_reason",
        "over_100",
        "value_beyond_the_reasons",
        "counts_of_unknown_size",
        "share_of_unknown_size",
        "rate_of_unknown_leavers",
        "rate_of_few_leavers_by_subtraction",
    ],
)
def test_database_refuses_a_row_that_shows_too_much(identity, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(**identity, **values)


def test_database_takes_a_confidential_group_with_its_head_count(identity):
    Outcome.objects.create(**identity, nb_annee_term=19, reasons=WITHHELD)


def test_database_takes_a_row_stored_before_the_last_indicator_was_declared(identity):
    Outcome.objects.create(**identity, nb_annee_term=40, reasons=WITHHELD[:-1])


def test_the_reasons_are_kept_apart_and_each_is_one_plain_sentence():
    assert all(reason.sentence.count(".") == 1 and reason.sentence.endswith(".") for reason in Reason)
    assert (
        len({reason.title for reason in Reason}) == len({reason.sentence for reason in Reason}) == len(Reason)
    )


def test_absence_is_kept_apart_from_confidentiality():
    assert {reason for reason in Reason if reason.is_withheld} == {
        Reason.TOO_FEW_PEOPLE,
        Reason.TOO_FEW_LEAVERS,
        Reason.REMOVED,
        Reason.PROTECTS_OTHERS,
        Reason.NOT_DETAILED,
    }


@pytest.mark.parametrize(
    ("has_school", "has_course", "is_country", "level"),
    [
        (True, True, False, Level.SCHOOL_COURSE),
        (True, False, False, Level.SCHOOL),
        (False, True, False, Level.REGION),
        (False, True, True, Level.COUNTRY),
    ],
)
def test_level_of_a_group_follows_from_what_identifies_it(has_school, has_course, is_country, level):
    assert level_of(has_school, has_course, is_country) is level
