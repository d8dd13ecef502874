"""One reason a hole, one test a cause: what a source leaves out, and what is said of it."""

import pandas as pd
import pytest

from stats.disclosure_control.absence import sign_column
from stats.disclosure_control.primary import suppress
from stats.indicators import FIGURES, INDICATORS, Denominator, Level
from stats.reasons import Reason, reason_at

SHARE, STUDYING, RATE, RATE_12, RATE_24 = (
    "taux_en_emploi_6_mois",
    "taux_en_formation",
    "taux_emploi_6_mois",
    "taux_emploi_12_mois",
    "taux_emploi_24_mois",
)
SHARE_24, CONTRACTS, ADDED = "taux_en_emploi_24_mois", "taux_rupture_contrats", "valeur_ajoutee_6_mois"
# Another group of the same file, of which everything but the 24 months is published.
OTHER = dict.fromkeys((SHARE, STUDYING, RATE, RATE_12, CONTRACTS, ADDED), 50) | {
    RATE_24: None,
    SHARE_24: None,
}
NOTHING = dict.fromkeys(OTHER)


def reasons(level=Level.SCHOOL, other=OTHER, signs=(), **values):
    """{figure: its Reason} of a group of apprentices; values: figures and head-counts; signs: {figure: what stands there}."""
    signs = {sign_column(name): sign for name, sign in dict(signs).items()}
    table = pd.DataFrame([NOTHING | values | signs, other])
    letters = suppress(table.assign(route="apprentissage"), level)["reasons"].iloc[0]
    return {name: reason_at(letters, name) for name in FIGURES}


def test_a_row_of_which_everything_is_hidden_is_confidential_and_promised_nothing():
    found = reasons()

    assert set(found.values()) == {Reason.TOO_FEW_PEOPLE, Reason.NOT_APPLICABLE}
    assert found[RATE_24] is Reason.TOO_FEW_PEOPLE


def test_contracts_that_are_shown_do_not_make_a_group_large():
    found = reasons(**{CONTRACTS: 20})

    assert (found[RATE], found[CONTRACTS]) == (Reason.TOO_FEW_PEOPLE, None)


@pytest.mark.parametrize(
    "values",
    [
        {STUDYING: 92, "nb_annee_term": 78},
        {STUDYING: 92},
        {"taux_poursuite_etudes": 92},
        {RATE: 60},
        {STUDYING: 30, RATE: 60, "nb_annee_term": 100, "nb_sortant": 70},
    ],
)
def test_share_of_a_group_of_which_something_is_published_is_not_detailed_and_never_unreliable(values):
    found = reasons(**values)

    assert found[SHARE] is found[SHARE_24] is Reason.NOT_DETAILED
    for indicator in INDICATORS:
        if indicator.denominator is Denominator.FINAL_YEAR:
            assert found[indicator.name] not in {Reason.TOO_FEW_LEAVERS, Reason.TOO_FEW_PEOPLE}


def test_figures_of_few_leavers_are_unreliable_at_every_date():
    for values in ({"nb_annee_term": 78}, {"nb_annee_term": 100, "nb_sortant": 19, SHARE: 5}, {SHARE: 5}):
        found = reasons(**{STUDYING: 92} | values)
        assert {found[name] for name in (RATE, RATE_12, RATE_24, ADDED)} == {Reason.TOO_FEW_LEAVERS}


@pytest.mark.parametrize("leavers", [None, 70])
def test_figure_of_enough_leavers_is_not_detailed_where_another_is_there(leavers):
    values = {"nb_annee_term": 100, "nb_sortant": leavers} if leavers else {}
    found = reasons(**{SHARE: 20, STUDYING: 30, RATE: 60} | values)

    assert found[RATE_12] is found[ADDED] is Reason.NOT_DETAILED
    assert found[RATE_24] is found[SHARE_24] is Reason.NOT_MEASURED_YET


@pytest.mark.parametrize("leavers", [10, 70])
def test_contracts_are_about_contracts(leavers):
    found = reasons(**{SHARE: 20, STUDYING: 30, RATE: 60, "nb_annee_term": 100, "nb_sortant": leavers})

    assert found[CONTRACTS] is Reason.NOT_DETAILED


def test_column_blank_for_the_whole_cohort_is_not_measured_yet_from_12_months_on():
    shown = {SHARE: 20, STUDYING: 30, RATE: 60}
    found = reasons(other=OTHER | {RATE: None, CONTRACTS: None, SHARE: 50}, **shown | {RATE: None})

    assert found[RATE_24] is Reason.NOT_MEASURED_YET
    assert found[RATE] is found[CONTRACTS] is Reason.NOT_COVERED


def test_column_that_the_source_lacks_is_not_covered():
    table = pd.DataFrame([{SHARE: 20, STUDYING: 30, RATE: 60, "route": "apprentissage"}])

    letters = suppress(table, Level.SCHOOL)["reasons"].iloc[0]

    assert reason_at(letters, RATE_24) is Reason.NOT_COVERED


@pytest.mark.parametrize(
    ("name", "sign", "reason"),
    [
        (RATE, "na", Reason.NOT_APPLICABLE),
        (RATE_24, "na", Reason.NOT_APPLICABLE),
        (RATE_24, "nd", Reason.NOT_DETAILED),
        (RATE_24, "-", Reason.NOT_DETAILED),
        (RATE_24, "", Reason.NOT_MEASURED_YET),
        (RATE_12, "-", Reason.NOT_DETAILED),
        (CONTRACTS, "nd", Reason.NOT_DETAILED),
        (CONTRACTS, "na", Reason.NOT_APPLICABLE),
    ],
)
def test_a_sign_decides_before_the_column_does(name, sign, reason):
    shown = {SHARE: 20, STUDYING: 30, RATE: 60, RATE_12: None}
    values = {key: value for key, value in shown.items() if key != name}
    values |= {} if name != RATE else {RATE_12: 61}

    assert reasons(signs={name: sign}, **values)[name] is reason


def test_dash_does_not_say_that_few_left():
    shown = {SHARE: 20, STUDYING: 30}

    assert reasons(signs={RATE: "nd"}, **shown)[RATE] is Reason.TOO_FEW_LEAVERS
    assert reasons(signs={RATE: "-"}, **shown)[RATE] is Reason.NOT_DETAILED


def test_sign_in_a_confidential_row_that_is_not_na_is_the_confidential_one():
    found = reasons(signs={RATE_24: "nd", CONTRACTS: "na"}, nb_annee_term=12)

    assert (found[RATE_24], found[CONTRACTS]) == (Reason.TOO_FEW_PEOPLE, Reason.NOT_APPLICABLE)


def test_every_row_has_its_reason_whatever_the_index_of_the_table():
    table = pd.DataFrame([OTHER | {"route": "apprentissage"}] * 2, index=[10, 20])

    letters = suppress(table, Level.SCHOOL)["reasons"]

    assert list(letters.index) == [10, 20]
    assert {reason_at(text, RATE_24) for text in letters} == {Reason.NOT_MEASURED_YET}
