"""The registry agrees with itself and with the facts table."""

import pytest

from stats.indicators import BY_NAME, COUNTS, FIGURES, INDICATORS, SITUATIONS, Denominator, Route
from stats.models import Outcome


def test_each_indicator_has_its_column_and_its_words():
    columns = {field.name for field in Outcome._meta.concrete_fields}
    for indicator in INDICATORS:
        assert indicator.name in columns
        assert all((indicator.label, indicator.short_label, indicator.explanation, indicator.caution))


def test_positions_follow_each_other_from_0():
    assert [indicator.position for indicator in INDICATORS] == list(range(len(INDICATORS)))


@pytest.mark.parametrize(
    ("name", "is_share"),
    [
        ("taux_en_emploi_6_mois", True),
        ("taux_emploi_6_mois", True),
        ("taux_emploi_6_mois_attendu", False),
        ("valeur_ajoutee_6_mois", False),
        ("taux_rupture_contrats", False),
        ("salaire_12_mois_q2", False),
    ],
)
def test_chance_plays_only_in_shares_counted_among_people(name, is_share):
    assert BY_NAME[name].is_share_of_people is is_share


def test_source_names_are_never_shared_by_two_indicators():
    names = [name for indicator in INDICATORS for name in (indicator.name, *indicator.sources)]
    assert len(names) == len(set(names))


def test_situations_and_counts_are_in_the_registry():
    assert set(SITUATIONS) <= set(FIGURES)
    assert {indicator.count for indicator in INDICATORS} - {""} <= set(COUNTS)


def test_every_denominator_and_route_has_words():
    assert all(denominator.label for denominator in Denominator)
    assert all(route.label for route in Route)
