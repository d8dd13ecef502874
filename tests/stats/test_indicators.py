"""The registry agrees with itself and with the facts table."""

from dataclasses import replace

import pytest

from stats.indicators import (
    BY_NAME,
    COUNTS,
    FIGURES,
    INDICATORS,
    SITUATIONS,
    Denominator,
    Route,
    Unit,
    check_declarations,
    head_counts_of,
)
from stats.models import Outcome
from stats.reasons import Reason, complete, reason_at


def test_each_indicator_has_its_column_and_its_words():
    columns = {field.name for field in Outcome._meta.concrete_fields}
    for indicator in INDICATORS:
        assert indicator.name in columns
        assert all((indicator.label, indicator.short_label, indicator.explanation, indicator.caution))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("taux_emploi_6_mois", {"position": 5}),
        ("taux_emploi_6_mois", {"name": "taux_sans_mots"}),
        ("taux_emploi_6_mois", {"count": "nb_inconnu"}),
        ("taux_emploi_6_mois", {"count": ""}),
        ("taux_emploi_6_mois", {"denominator": Denominator.CONTRACTS}),
        ("taux_emploi_6_mois", {"unit": Unit.EUROS}),
        ("valeur_ajoutee_6_mois", {"difference_of": ()}),
        ("taux_autres_6_mois", {"rest_of": ("taux_inconnu",)}),
    ],
)
def test_declaration_that_disclosure_control_cannot_follow_is_refused(name, change):
    declared = BY_NAME[name]
    changed = tuple(replace(i, **change) if i is declared else i for i in INDICATORS)

    with pytest.raises(ValueError, match=f"^indicator {change.get('name', name)}: "):
        check_declarations(changed)


def test_positions_follow_each_other_from_0():
    assert [indicator.position for indicator in INDICATORS] == list(range(len(INDICATORS)))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("taux_en_emploi_12_mois", {"nb_en_emploi_12_mois"}),
        ("taux_autres_12_mois", {"nb_en_emploi_12_mois", "nb_poursuite_etudes"}),
        ("taux_emploi_12_mois", {"nb_en_emploi_12_mois", "nb_sortant"}),
        ("valeur_ajoutee_6_mois", {"nb_en_emploi_6_mois", "nb_sortant"}),
        ("taux_emploi_6_mois_attendu", set()),
        ("taux_rupture_contrats", set()),
        ("salaire_12_mois_q2", set()),
    ],
)
def test_figure_tells_of_the_head_counts_that_it_is_made_from(name, counts):
    assert head_counts_of(BY_NAME[name]) == counts


def test_row_stored_before_an_indicator_was_declared_does_not_cover_it():
    last = INDICATORS[-1].name
    former = "." * (len(INDICATORS) - 1)

    assert reason_at(former, last) is Reason.NOT_COVERED
    assert reason_at(former, INDICATORS[-2].name) is None
    assert reason_at(complete(former), last) is Reason.NOT_COVERED
    assert complete("." * len(INDICATORS)) == "." * len(INDICATORS)


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
