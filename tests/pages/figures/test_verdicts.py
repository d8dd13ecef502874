"""What pages say of figures side by side."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def compared(client, **regions):
    """Text of the comparison of CAP Cuisine in regions: code → columns."""
    diploma = factories.diploma()
    for code, fields in regions.items():
        place = factories.territory(code=code[1:], name=f"Région {code[1:]}")
        factories.outcome(place, diploma, taux_en_formation=30, taux_autres_6_mois=10, **fields)
    tokens = [f"50022139.pro.{code}" for code in regions]
    return client.get("/comparer/", {"e": tokens}).text.replace("\u00a0", " ")


def test_clear_difference_is_said_in_words(client):
    html = compared(
        client,
        r11={"nb_annee_term": 500, "taux_en_emploi_6_mois": 60},
        r53={"nb_annee_term": 400, "taux_en_emploi_6_mois": 30},
    )

    assert "A : nettement plus que B." in html


def test_difference_within_chance_is_said_with_head_counts(client):
    html = compared(
        client,
        r11={"nb_annee_term": 61, "taux_en_emploi_6_mois": 42},
        r53={"nb_annee_term": 24, "taux_en_emploi_6_mois": 35},
    )

    assert (
        "A et B : on ne peut pas les départager : l’écart peut venir du hasard, ces groupes sont petits "
        "(61 et 24 personnes)." in html
    )
    assert "nettement plus que" not in html


def test_unpublished_head_counts_are_said(client):
    html = compared(client, r11={"taux_en_emploi_6_mois": 50}, r53={"taux_en_emploi_6_mois": 45})

    assert "les effectifs nécessaires ne sont pas publiés" in html


def test_range_is_there_for_who_asks(client):
    diploma = factories.diploma()
    factories.outcome(
        factories.territory(), diploma, nb_annee_term=100, nb_sortant=100, taux_emploi_6_mois=50
    )
    html = client.get("/formations/cap-cuisine-50022139/", {"region": "11"}, follow=True).text

    assert "entre 40\u00a0% et 60\u00a0%" in html
