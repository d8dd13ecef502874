"""What a group publishes bounds what it does not."""

from types import SimpleNamespace

import pytest

from stats.indicators import FIGURES
from stats.possible_values import bounds, is_possible

FEW_LEAVE = {"taux_en_formation": 92, "taux_poursuite_etudes": 92}


def published(**figures):
    return SimpleNamespace(**dict.fromkeys(FIGURES) | figures)


@pytest.mark.parametrize(
    ("name", "value", "known", "can_be"),
    [
        ("taux_en_emploi_6_mois", 8, FEW_LEAVE, True),
        ("taux_en_emploi_6_mois", 9, FEW_LEAVE, True),
        ("taux_en_emploi_6_mois", 29, FEW_LEAVE, False),
        ("taux_en_emploi_24_mois", 29, FEW_LEAVE, False),
        ("taux_autres_6_mois", 20, FEW_LEAVE, False),
        ("taux_en_emploi_6_mois", 29, {"taux_poursuite_etudes": 92}, False),
        ("taux_en_formation", 66, FEW_LEAVE, False),
        ("taux_en_formation", 70, {"taux_en_emploi_6_mois": 40}, False),
        ("taux_en_formation", 47, {"taux_en_emploi_6_mois": 31, "taux_autres_6_mois": 22}, True),
        ("taux_en_formation", 30, {"taux_en_emploi_6_mois": 31, "taux_autres_6_mois": 22}, False),
        ("taux_emploi_6_mois", 40, {"taux_en_emploi_6_mois": 30, "taux_en_formation": 60}, True),
        ("taux_emploi_6_mois", 40, FEW_LEAVE, True),
        ("taux_emploi_12_mois", 40, {"taux_en_emploi_6_mois": 30, "taux_en_formation": 60}, True),
        ("valeur_ajoutee_6_mois", -9, FEW_LEAVE, True),
        ("taux_rupture_contrats", 90, FEW_LEAVE, True),
        ("salaire_12_mois_q2", 1400, FEW_LEAVE, True),
        ("taux_en_emploi_6_mois", 100, {}, True),
    ],
)
def test_a_value_is_possible_beside_what_is_published(name, value, known, can_be):
    assert is_possible(name, value, published(**known)) is can_be


@pytest.mark.parametrize("name", FIGURES)
def test_bounds_hold_whatever_is_known(name):
    low, high = bounds(name, FEW_LEAVE | {"taux_en_emploi_6_mois": 100})

    assert low <= high
