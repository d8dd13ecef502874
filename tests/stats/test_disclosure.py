"""Rule 3: sums that the portal computes tell nothing of a small group inside them."""

import pandas as pd
import pytest

from stats.calculations import share
from stats.confidentiality import Reason, reason_at, withhold
from stats.disclosure import confidential, sum_may_be_shown, sums
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, Denominator, Level
from stats.ingestion.sources.figures import shares_from_counts


def parts(*groups, **columns):
    """Published rows of (final year, studying, employed), as the facts table holds them."""
    table = pd.DataFrame(groups, columns=[GROUP_SIZE, "nb_poursuite_etudes", "nb_en_emploi_6_mois"])
    table["nb_sortant"] = table[GROUP_SIZE] - table["nb_poursuite_etudes"]
    table = table.assign(route="pro").reindex(columns=["route", GROUP_SIZE, *COUNTS, *FIGURES])
    table = shares_from_counts(table.astype(dict.fromkeys((GROUP_SIZE, *COUNTS, *FIGURES), "Float64")))
    table["taux_poursuite_etudes"] = table["taux_en_formation"]
    table["taux_emploi_6_mois"] = share(table["nb_en_emploi_6_mois"], table["nb_sortant"])
    facts = withhold(table, Level.SCHOOL_COURSE)
    return facts.assign(route="pro", territory="region-11", **columns)


def summed(facts):
    [row] = sums(facts, ["territory"], Level.REGION).to_dict("records")
    return row


def test_sum_is_made_from_the_counts_of_its_parts():
    row = summed(parts((100, 40, 30), (50, 5, 30)))

    assert (row[GROUP_SIZE], row["nb_sortant"]) == (150, 105)
    assert (row["taux_en_formation"], row["taux_en_emploi_6_mois"], row["taux_autres_6_mois"]) == (30, 40, 30)
    assert row["taux_emploi_6_mois"] == 57
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is None


@pytest.mark.parametrize("small", [[(19, 4, 8)], [(1, 0, 1)], [(12, 3, 9), (13, 1, 11)]])
def test_sum_is_withheld_when_confidential_groups_are_inside_and_only_its_head_count_is_told(small):
    facts = parts((100, 40, 30), *small)
    row = summed(facts)

    assert not sum_may_be_shown(facts)
    assert row[GROUP_SIZE] == 100 + sum(size for size, *_ in small)
    assert all(pd.isna(row[name]) for name in (*COUNTS, *FIGURES))
    assert reason_at(row["reasons"], "taux_en_formation") is Reason.PROTECTS_OTHERS
    assert reason_at(row["reasons"], "taux_emploi_6_mois") is Reason.PROTECTS_OTHERS


def test_sum_may_hold_a_group_of_nobody():
    facts = parts((100, 40, 30)).pipe(
        lambda one: pd.concat([one, one.assign(nb_annee_term=0, reasons="P" * 20)])
    )

    assert sum_may_be_shown(facts)


def test_sum_is_withheld_when_a_part_has_too_few_leavers_to_publish_its_counts():
    facts = parts((100, 40, 30), (30, 20, 5))
    row = summed(facts)

    assert sum_may_be_shown(facts)
    assert not sum_may_be_shown(facts, Denominator.LEAVERS)
    for name in ("taux_emploi_6_mois", "taux_en_formation", "taux_en_emploi_6_mois"):
        assert pd.isna(row[name])
        assert reason_at(row["reasons"], name) is Reason.PROTECTS_OTHERS


def test_group_without_head_count_whose_shares_were_withheld_counts_as_small():
    facts = parts((100, 40, 30), (100, 40, 30))
    facts.loc[1, [GROUP_SIZE, *COUNTS, *FIGURES]] = pd.NA
    facts.loc[1, "reasons"] = Reason.TOO_FEW_PEOPLE.value * len(FIGURES)

    assert confidential(facts).tolist() == [False, True]
    assert not sum_may_be_shown(facts)


def test_sum_lacks_what_its_parts_were_not_measured_for():
    facts = parts((100, 40, 30), (50, 5, 30))

    assert reason_at(summed(facts)["reasons"], "taux_en_emploi_12_mois") is Reason.NOT_MEASURED_YET


def test_sums_are_made_apart_for_each_territory():
    facts = parts((100, 40, 30), (50, 5, 30), (12, 3, 9)).assign(territory=["a", "b", "b"])
    found = sums(facts, ["territory"], Level.REGION)

    assert found.loc[("a",), "taux_en_formation"] == 40
    assert pd.isna(found.loc[("b",), "taux_en_formation"])
