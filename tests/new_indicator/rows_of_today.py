"""Rows of the portal of today, in a database that the copy then migrates."""

from tests import factories

COUNTS = {"nb_annee_term": 100, "nb_poursuite_etudes": 40, "nb_sortant": 60, "nb_en_emploi_6_mois": 30}


def store():
    diploma = factories.diploma("50022139", slug="cap-cuisine")
    year = factories.course_year(diploma, "23220022139")
    school = factories.school(940001)
    factories.teaching(school, diploma)
    for place in (factories.territory(), school):
        factories.outcome(
            place, diploma, course_year=year, taux_emploi_6_mois=50, **COUNTS, **factories.SHARES
        )
    factories.outcome(
        school, None, valeur_ajoutee_6_mois=3, taux_emploi_6_mois=50, **COUNTS, **factories.SHARES
    )
