"""One test a sentence of the rules on what may be shown."""

import pandas as pd
import pytest
from django.db import IntegrityError, transaction

from establishments.models import Territory
from stats.confidentiality import Reason, is_confidential, level_of, reason_at, withhold
from stats.indicators import COUNTS, FIGURES, INDICATORS, Denominator, Level
from stats.models import Cohort, DeliveredFile, Delivery, Outcome

FINAL_YEAR_FIGURES = [i.name for i in INDICATORS if i.denominator is Denominator.FINAL_YEAR]
LEAVERS_FIGURES = [i.name for i in INDICATORS if i.needs_leavers]
ALL_COUNTS = dict.fromkeys(COUNTS, 10)


def group(route="apprentissage", level=Level.SCHOOL, **values):
    figures = dict.fromkeys(FIGURES, 50)
    table = pd.DataFrame([{"route": route, **figures, **values}])
    return withhold(table, level).iloc[0]


def test_group_of_20_shows_its_figures():
    row = group(nb_annee_term=20, nb_sortant=20)

    assert row["taux_en_emploi_6_mois"] == 50
    assert row["taux_emploi_6_mois"] == 50


def test_group_of_19_shows_nothing_about_what_became_of_it():
    row = group(nb_annee_term=19, **{**ALL_COUNTS, "nb_sortant": 19})

    assert row[[*FIGURES, *COUNTS]].isna().all()
    assert {reason_at(row["reasons"], name) for name in FINAL_YEAR_FIGURES} == {Reason.TOO_FEW_PEOPLE}


def test_head_count_of_a_confidential_group_may_be_shown():
    assert group(nb_annee_term=19)["nb_annee_term"] == 19


def test_each_figure_is_judged_on_its_own_denominator():
    row = group(nb_annee_term=30, nb_poursuite_etudes=20, nb_sortant=10, taux_poursuite_etudes=67)

    assert row["taux_poursuite_etudes"] == 67
    assert pd.isna(row["taux_emploi_6_mois"])
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is Reason.TOO_FEW_LEAVERS


def test_counts_of_fewer_than_20_leavers_stay_in_the_table_for_the_api_that_always_gave_them():
    row = group(nb_annee_term=30, **{**ALL_COUNTS, "nb_sortant": 19})

    assert (row["nb_annee_term"], row["nb_sortant"]) == (30, 19)


def test_value_added_follows_the_leavers():
    row = group(nb_annee_term=30, nb_sortant=19, valeur_ajoutee_6_mois=4)

    assert pd.isna(row["valeur_ajoutee_6_mois"])
    assert pd.isna(row["taux_emploi_6_mois_attendu"])


def test_zero_is_a_figure_and_is_shown():
    row = group(nb_annee_term=40, nb_sortant=40, taux_emploi_6_mois=0)

    assert row["taux_emploi_6_mois"] == 0
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is None


def test_every_hole_has_a_reason_and_no_shown_figure_has_one():
    row = group(nb_annee_term=30, nb_sortant=10)

    for name in FIGURES:
        assert pd.isna(row[name]) == (reason_at(row["reasons"], name) is not None)


def test_figure_that_does_not_exist_at_this_level_is_not_applicable():
    row = group(level=Level.REGION, nb_annee_term=40, nb_sortant=40)

    assert pd.isna(row["valeur_ajoutee_6_mois"])
    assert reason_at(row["reasons"], "valeur_ajoutee_6_mois") is Reason.NOT_APPLICABLE


def test_broken_contracts_do_not_apply_to_the_school_route():
    row = group(route="pro", nb_annee_term=40, nb_sortant=40)

    assert reason_at(row["reasons"], "taux_rupture_contrats") is Reason.NOT_APPLICABLE


def arriving(rows):
    return withhold(pd.DataFrame(rows).assign(route="apprentissage"), Level.SCHOOL)


def test_row_that_arrives_without_any_share_is_confidential():
    table = arriving(
        [
            {"taux_poursuite_etudes": 30, "taux_emploi_6_mois": 60},
            {"taux_poursuite_etudes": None, "taux_emploi_6_mois": None},
        ]
    )

    assert reason_at(table["reasons"].iloc[1], "taux_emploi_6_mois") is Reason.TOO_FEW_PEOPLE


def test_row_that_arrives_with_shares_and_no_rate_has_too_few_leavers():
    table = arriving(
        [
            {"taux_poursuite_etudes": 30, "taux_emploi_6_mois": 60},
            {"taux_poursuite_etudes": 80, "taux_emploi_6_mois": None},
        ]
    )

    assert reason_at(table["reasons"].iloc[1], "taux_emploi_6_mois") is Reason.TOO_FEW_LEAVERS


def test_column_empty_for_the_whole_cohort_is_not_measured_yet():
    table = arriving([{"taux_poursuite_etudes": 30, "taux_emploi_24_mois": None}])

    assert reason_at(table["reasons"].iloc[0], "taux_emploi_24_mois") is Reason.NOT_MEASURED_YET


def test_column_that_the_source_lacks_is_not_covered():
    table = arriving([{"taux_poursuite_etudes": 30}])

    assert reason_at(table["reasons"].iloc[0], "taux_emploi_24_mois") is Reason.NOT_COVERED


def test_threshold_is_20():
    assert is_confidential(19)
    assert not is_confidential(20)


@pytest.fixture
def identity(db):
    file = DeliveredFile.objects.create(sha256="0" * 64, size=1, content=b"")
    return {
        "cohort": Cohort.objects.create(code="2023", first_year=2023, last_year=2023),
        "delivery": Delivery.objects.create(source="x", file=file),
        "route": "pro",
        "territory": Territory.objects.create(
            key="region-11", level="region", code="11", name="Île-de-France"
        ),
    }


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
    ],
    ids=[
        "confidential",
        "count_inside",
        "few_leavers",
        "reason_beside_value",
        "hole_without_reason",
        "over_100",
    ],
)
def test_database_refuses_a_row_that_shows_too_much(identity, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(**identity, **values)


def test_database_takes_a_confidential_group_with_its_head_count(identity):
    Outcome.objects.create(**identity, nb_annee_term=19, reasons=WITHHELD)


def test_each_reason_has_its_own_letter_and_words():
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert all(reason.title and reason.sentence.endswith(".") for reason in Reason)


def test_absence_and_confidentiality_are_kept_apart():
    withheld = {reason for reason in Reason if reason.is_withheld}

    assert {Reason.TOO_FEW_PEOPLE, Reason.TOO_FEW_LEAVERS, Reason.REMOVED} <= withheld
    assert not withheld & {
        Reason.NOT_APPLICABLE,
        Reason.NOT_MEASURED_YET,
        Reason.NO_FIGURES,
        Reason.NOT_COVERED,
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
