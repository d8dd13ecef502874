"""Data that comparisons are tested with."""

import pytest

from tests import factories


@pytest.fixture
def regions():
    """CAP Cuisine where one region is clearly above another, and one withholds everything."""
    diploma = factories.diploma()
    shown = {"taux_en_formation": 30, "taux_autres_6_mois": 10}
    for code, name, fields in (
        ("11", "Île-de-France", {"nb_annee_term": 500, "taux_en_emploi_6_mois": 60} | shown),
        ("53", "Bretagne", {"nb_annee_term": 400, "taux_en_emploi_6_mois": 30} | shown),
        ("24", "Centre-Val de Loire", {"nb_annee_term": 12, "taux_en_emploi_6_mois": 60} | shown),
    ):
        factories.outcome(factories.territory(code=code, name=name), diploma, **fields)
    return diploma
