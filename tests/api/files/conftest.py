"""A small published universe, and a directory for its files: both made once for the tests of a module."""

import shutil
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from api.files import files
from stats.reasons import Reason
from tests import factories


@pytest.fixture(autouse=True)
def directory(settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path / "opendata"
    return settings.OPEN_FILES_DIR


@contextmanager
def undone(blocker, files_directory):
    """What is written until the end is in the database of the tests of any scope; it is undone at the end."""
    with blocker.unblock(), transaction.atomic(), override_settings(OPEN_FILES_DIR=files_directory):
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker, tmp_path_factory):
    """(directory of the files, delivery of the figures, name of the version of their files)."""
    directory = tmp_path_factory.mktemp("publie") / "opendata"
    with undone(django_db_blocker, directory):
        delivery = publish_figures()
        version = files.make()
        with django_db_blocker.block():
            yield directory, delivery, version


@pytest.fixture
def figures(published, db):
    """The delivery of the figures, whose files are not made."""
    _directory, delivery, _version = published
    return delivery


@pytest.fixture
def made(published, figures, directory):
    """Name of the version of `figures`, whose files are made."""
    made_once, _delivery, version = published
    shutil.copytree(made_once, directory)
    return version


def publish_figures():
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
