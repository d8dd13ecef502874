"""Data that several pages are tested with."""

import pytest

from formations.models import Domain, Job, TradeFamily
from tests import factories


@pytest.fixture
def cooking():
    """CAP Cuisine with figures in two regions and a school, by both routes, and everything a page can tell."""
    diploma = factories.diploma()
    diploma.domains.add(Domain.objects.create(slug="hotellerie", label="Hôtellerie"))
    diploma.jobs.add(Job.objects.create(code="G1602", label="Personnel de cuisine"))
    TradeFamily.objects.create(code="TG010001", kind="TG01", label="Métiers de la cuisine").diplomas.add(
        diploma
    )
    year = factories.course_year(diploma, "23220022139")
    for region in (factories.territory(), factories.territory("region", "53", "Bretagne")):
        for code in ("2021_2022", "2022_2023"):
            factories.outcome(
                region,
                diploma,
                code,
                course_year=year,
                nb_annee_term=512,
                nb_sortant=300,
                taux_emploi_6_mois=58,
                **factories.SHARES,
            )
    factories.outcome(factories.territory(), diploma, route="apprentissage", taux_rupture_contrats=23)
    school = factories.school()
    factories.teaching(school, diploma)
    factories.outcome(school, diploma, course_year=year, nb_annee_term=13, **factories.SHARES)
    factories.outcome(school, valeur_ajoutee_6_mois=4, taux_emploi_6_mois_attendu=50, **factories.SHARES)
    return diploma, school
