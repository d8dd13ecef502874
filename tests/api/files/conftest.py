"""A small published universe, and a directory for its files."""

import pytest

from api.files import files
from stats.reasons import Reason
from tests import factories


@pytest.fixture(autouse=True)
def directory(settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path / "opendata"
    return settings.OPEN_FILES_DIR


@pytest.fixture
def figures(db):
    """Two outcomes of a region and a school, shown under three codes, with every kind of cell; their delivery."""
    region = factories.territory()
    departement = factories.territory("departement", "094", "Val-de-Marne", parent=region)
    school = factories.school(
        name='Lycée "Les Prés"; annexe\nest',
        territory=departement,
        latitude=48.7,
        longitude=2.123456,
        kind="=SOMME(A1)",
    )
    former = factories.diploma(label="CAP Cuisine")
    new = factories.diploma("50022146", label="-CAP Cuisine", slug="", type=None)
    year = factories.course_year(former, "23220022139")
    shown = factories.outcome(
        region,
        former,
        course_year=year,
        nb_annee_term=100,
        nb_poursuite_etudes=40,
        nb_sortant=60,
        nb_en_emploi_6_mois=31,
        taux_en_emploi_6_mois=31,
        taux_en_formation=40,
        taux_autres_6_mois=29,
        taux_emploi_6_mois=52,
        reasons={"taux_emploi_12_mois": Reason.NOT_MEASURED_YET},
    )
    factories.outcome(school, former, route="apprentissage", nb_annee_term=17, taux_en_emploi_6_mois=53)
    factories.outcome(
        region, new, nb_annee_term=40, nb_sortant=12, nb_poursuite_etudes=28, taux_poursuite_etudes=70
    )
    factories.attribution(shown, diploma=new, course_year=None, kind="ancienne", cohort_id="2021_2022")
    factories.cohort("2021_2022")
    factories.teaching(school, former, places=24)
    return shown.delivery


@pytest.fixture
def made(figures):
    """Name of the version of `figures`, whose files are made."""
    return files.make()
