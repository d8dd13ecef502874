"""References are sums of what is published, and say what they cover."""

from dataclasses import dataclass, replace

import pytest

from stats.totals import COUNTED, SUMMABLE, published_columns, sums_of, total, totals


@dataclass(frozen=True)
class Row:
    nb_annee_term: int | None = None
    nb_sortant: int | None = None
    nb_poursuite_etudes: int | None = None
    nb_en_emploi_6_mois: int | None = None
    nb_en_emploi_12_mois: int | None = None
    nb_en_emploi_18_mois: int | None = None
    nb_en_emploi_24_mois: int | None = None
    taux_en_emploi_6_mois: int | None = None
    taux_en_emploi_12_mois: int | None = None
    taux_en_emploi_18_mois: int | None = None
    taux_en_emploi_24_mois: int | None = None
    taux_en_formation: int | None = None
    taux_poursuite_etudes: int | None = None
    taux_autres_6_mois: int | None = None
    taux_emploi_6_mois: int | None = None
    taux_emploi_12_mois: int | None = None
    taux_emploi_18_mois: int | None = None
    taux_emploi_24_mois: int | None = None
    valeur_ajoutee_6_mois: int | None = None


def row(size, studying, employed):
    """A region that publishes everything."""
    leavers = size - studying
    return Row(
        nb_annee_term=size,
        nb_sortant=leavers,
        nb_poursuite_etudes=studying,
        nb_en_emploi_6_mois=employed,
        taux_en_emploi_6_mois=round(100 * employed / size),
        taux_en_formation=round(100 * studying / size),
        taux_poursuite_etudes=round(100 * studying / size),
        taux_autres_6_mois=0,
        taux_emploi_6_mois=round(100 * employed / leavers) if leavers else None,
        valeur_ajoutee_6_mois=0,
    )


def few_leave(size, studying_percent):
    """A region that publishes its head-count and further study alone, since fewer than 20 leave."""
    return Row(nb_annee_term=size, taux_en_formation=studying_percent, taux_poursuite_etudes=studying_percent)


SITUATIONS = ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois")
WITHHELD = Row(nb_annee_term=12)


def test_shares_are_recomputed_from_summed_counts_not_averaged():
    result = total("taux_en_emploi_6_mois", [row(100, 20, 10), row(300, 60, 150)])

    assert (result.value, result.size) == (40, 400)


def test_employment_rate_is_on_leavers():
    assert total("taux_emploi_6_mois", [row(100, 50, 25), row(100, 0, 25)]).value == 33


def test_withheld_part_stays_out_and_the_reference_says_so():
    result = total("taux_en_emploi_6_mois", [row(100, 20, 30), WITHHELD])

    assert (result.value, result.covered, result.parts, result.is_whole) == (30, 1, 2, False)
    assert (result.people, result.known) == (100, 112)


def test_situations_sum_to_100():
    rows = [row(70, 23, 31), row(41, 11, 17), few_leave(15 + 4, 89)]
    values = [total(name, rows).value for name in SITUATIONS]

    assert sum(values) == 100


def test_nothing_to_count_has_no_value():
    assert total("taux_en_emploi_6_mois", [WITHHELD]).value is None
    assert total("taux_autres_6_mois", [WITHHELD]).value is None
    assert total("taux_emploi_6_mois", []).value is None


@pytest.mark.parametrize("name", ["taux_en_formation", "taux_poursuite_etudes"])
def test_further_study_counts_the_parts_where_few_leave(name):
    """Left out, they would give (184 + 130) ÷ (362 + 240) = 52 % where 67 % study on."""
    rows = [row(362, 184, 105), row(240, 130, 60), few_leave(250, 93), few_leave(210, 92)]
    result = total(name, rows)

    assert result.value == round(100 * (184 + 130 + 232 + 193) / (362 + 240 + 250 + 210)) == 70
    assert (result.size, result.covered, result.parts) == (1062, 4, 4)


@pytest.mark.parametrize("name", ["taux_en_emploi_6_mois", "taux_autres_6_mois", "taux_emploi_6_mois"])
def test_what_became_of_leavers_is_told_where_85_percent_of_the_people_are_covered(name):
    assert total(name, [row(850, 400, 200), few_leave(150, 95)]).value is not None
    assert total(name, [row(849, 400, 200), few_leave(151, 95)]).value is None


def test_total_cannot_exceed_what_the_other_parts_leave_possible():
    """300 of 1,000 work; at most the 6 leavers of the other part do: 306 of 1,120, not the 30 % of the first part."""
    rows = [row(1000, 600, 300), few_leave(120, 95)]
    result = total("taux_en_emploi_6_mois", rows)

    assert round(100 * 300 / 1120) <= result.value <= round(100 * 306 / 1120) == 27
    assert total("taux_emploi_6_mois", rows).value == 75


def test_counts_that_pages_hide_are_told_by_the_published_share_alone():
    """67 % of 30 is 20, whatever the stored count of a group with ten leavers is."""
    hidden = replace(row(30, 20, 4), nb_poursuite_etudes=17, taux_en_formation=67)

    assert sums_of([hidden]).counted["taux_en_formation"].number == 20


def test_sums_of_several_sets_add_up():
    first, second = [row(70, 23, 31)], [row(41, 11, 17), few_leave(60, 90), WITHHELD]

    assert totals([sums_of(first), sums_of(second)]) == totals([sums_of(first + second)])


@pytest.mark.parametrize("name", ["valeur_ajoutee_6_mois", "taux_rupture_contrats", "salaire_12_mois_q2"])
def test_value_added_contracts_and_salaries_are_never_averaged(name):
    assert total(name, [row(100, 20, 30)]).value is None
    assert name not in SUMMABLE


@pytest.mark.parametrize("name", COUNTED)
def test_a_counted_figure_needs_itself_and_head_counts(name):
    columns = published_columns(name)

    assert columns[0] == name
    assert columns[-1] == "nb_annee_term"
