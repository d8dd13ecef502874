"""Rule 3: sums that the portal computes tell nothing of a small group inside them."""

import pandas as pd
import pytest

from deliveries.sources.figures import shares_from_counts
from stats.disclosure_control.primary import suppress
from stats.disclosure_control.sums import are_confidential, suppressed_sum
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, Level
from stats.rates import share
from stats.reasons import Reason


def parts(*groups, **columns):
    """Published rows of (final year, studying, employed), as the facts table holds them."""
    table = pd.DataFrame(groups, columns=[GROUP_SIZE, "nb_poursuite_etudes", "nb_en_emploi_6_mois"])
    table["nb_sortant"] = table[GROUP_SIZE] - table["nb_poursuite_etudes"]
    table = table.assign(route="pro").reindex(columns=["route", GROUP_SIZE, *COUNTS, *FIGURES])
    table = shares_from_counts(table.astype(dict.fromkeys((GROUP_SIZE, *COUNTS, *FIGURES), "Float64")))
    table["taux_poursuite_etudes"] = table["taux_en_formation"]
    table["taux_emploi_6_mois"] = share(table["nb_en_emploi_6_mois"], table["nb_sortant"])
    facts = suppress(table, Level.SCHOOL_COURSE)
    return facts.assign(route="pro", territory="region-11", **columns)


def total(facts):
    groups = facts.astype("object").where(facts.notna(), None).to_dict("records")
    withheld = are_confidential(facts)
    return suppressed_sum(
        [group | {"is_withheld": hidden} for group, hidden in zip(groups, withheld, strict=True)],
        (GROUP_SIZE, *COUNTS),
    )


def test_sum_is_made_from_the_counts_of_its_parts():
    counts, is_shown = total(parts((100, 40, 30), (50, 5, 30)))

    assert is_shown
    assert (counts[GROUP_SIZE], counts["nb_sortant"], counts["nb_poursuite_etudes"]) == (150, 105, 45)
    assert counts["nb_en_emploi_6_mois"] == 60
    assert counts["nb_en_emploi_12_mois"] is None


@pytest.mark.parametrize("small", [[(19, 4, 8)], [(1, 0, 1)], [(7, 2, 3), (12, 3, 9)]])
def test_a_sum_is_withheld_when_the_confidential_groups_inside_hold_1_to_19_pupils_together(small):
    counts, is_shown = total(parts((100, 40, 30), *small))

    assert not is_shown
    assert counts == dict.fromkeys(COUNTS) | {GROUP_SIZE: 100 + sum(size for size, *_ in small)}


def test_a_sum_is_withheld_whenever_one_part_is_even_where_these_hold_20_pupils_together():
    counts, is_shown = total(parts((100, 40, 30), (12, 3, 9), (13, 1, 11)))

    assert not is_shown
    assert counts == dict.fromkeys(COUNTS) | {GROUP_SIZE: 125}


def test_sum_of_fewer_than_20_pupils_is_withheld():
    assert total(parts((12, 3, 9)))[1] is False


def test_sum_may_hold_a_group_of_nobody():
    facts = parts((100, 40, 30)).pipe(
        lambda one: pd.concat([one, one.assign(nb_annee_term=0, reasons="P" * 20)], ignore_index=True)
    )

    assert total(facts)[1] is True


def test_sum_is_withheld_when_the_head_count_of_a_part_is_unknown():
    facts = parts((100, 40, 30), (100, 40, 30))
    facts.loc[1, [GROUP_SIZE, *COUNTS]] = pd.NA

    assert total(facts) == (dict.fromkeys((GROUP_SIZE, *COUNTS)), False)


def test_group_without_head_count_whose_shares_were_withheld_counts_as_small():
    facts = parts((100, 40, 30), (100, 40, 30))
    facts.loc[1, [GROUP_SIZE, *COUNTS, *FIGURES]] = pd.NA
    facts.loc[1, "reasons"] = Reason.TOO_FEW_PEOPLE.value * len(FIGURES)

    assert are_confidential(facts).tolist() == [False, True]
    assert total(facts)[1] is False
