"""Rows of the portal of today, stored in a database that the copy then migrates: python -m tests.new_indicator.former_rows."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.management import call_command  # noqa: E402

from tests import factories  # noqa: E402

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


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    store()
