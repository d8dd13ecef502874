"""Small official files and what they refer to."""

from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deliveries.desk import actions
from deliveries.models import SubmittedFile
from deliveries.operations.transitions import NotPossible
from deliveries.publication import File, publish
from establishments.models import Territory
from formations.models import CourseYear, Diploma
from tests import databases
from tests.conftest import database
from tests.signing_in import signed_in

CFA_HEADER = (
    "Année;UAI;Libellé;Région;DEVENIR Part poursuite études;DEVENIR Part en emploi 6 mois;"
    "DEVENIR Part autre situation 6 mois;Part contrats apprentissage interrompus;Taux poursuite études;"
    "Taux emploi 6 mois;Taux emploi 6 mois attendu;VA emploi 6 mois;Taux emploi 12 mois;Taux emploi 18 mois;"
    "Taux emploi 24 mois"
)
CFA_ROWS = (
    "cumul 2021-2022;0990001N;CFA Démonstration;ILE-DE-FRANCE;30;57;13;20;30;81;73;8;73;70;71",
    "cumul 2021-2022;0990002P;CFA du Port;ILE-DE-FRANCE;40;40;20;20;40;66;60;6;70;70;71",
)
REGION_HEADER = (
    "id;millesime;code_region_ij;code_region;voie;cfd;mefstat11;nb_annee_term;nb_en_emploi_12_mois;"
    "nb_en_emploi_18_mois;nb_en_emploi_24_mois;nb_en_emploi_6_mois;nb_poursuite_etudes;nb_sortant;"
    "taux_emploi_12_mois;taux_emploi_18_mois;taux_emploi_24_mois;taux_emploi_6_mois;taux_poursuite_etudes"
)
REGION_ROWS = (
    "a;2021_2022;10;11;apprentissage;50022139;;100;40;40;40;40;20;80;50;50;50;50;20",
    "b;2021_2022;10;11;scolaire;;23220022139;100;40;40;40;40;20;80;50;50;50;50;20",
)
DELIVER = "/gestion/deliveries/submission/add/"


def csv(header, *rows):
    return ("\n".join([header, *rows]) + "\n").encode()


def create_nomenclature():
    """One region and one course, as the reference files would leave them."""
    Territory.objects.create(key="region-11", level="region", code="11", name="Île-de-France")
    diploma = Diploma.objects.create(
        code="50022139", label="CAP Cuisine", official_label="CUISINE (CAP)", slug="x"
    )
    CourseYear.objects.create(code="23220022139", diploma=diploma, official_label="2CAP2 CUISINE")


@contextmanager
def published_for_all(blocker, *files):
    """The tests of a module start from these files, published once on the small nomenclature.

    Those tests also ask for `db`, which undoes what each of them changes.
    """
    with database(blocker, databases.EMPTY):
        with blocker.unblock():
            create_nomenclature()
            reports = publish(list(files))
        assert {report.status for report in reports} == {"publie"}
        yield


@pytest.fixture
def nomenclature(db):
    create_nomenclature()


@pytest.fixture
def cfa_file():
    """Builds a delivery of training centres: cfa_file(rows, name)."""

    def build(*rows, name="cfa.csv"):
        return File(name, csv(CFA_HEADER, *(rows or CFA_ROWS)))

    return build


@pytest.fixture
def region_file():
    def build(*rows, name="region.csv"):
        return File(name, csv(REGION_HEADER, *(rows or REGION_ROWS)))

    return build


def create_manager(name):
    """Somebody who may publish and take back."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    codenames = ["view_delivery", "add_delivery", "delete_delivery", "approve_delivery"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def signed_in_manager(name):
    """The browser of such a person."""
    return signed_in(Client(), create_manager(name))


@pytest.fixture
def manager(nomenclature):
    return signed_in_manager("gestion")


def upload(client, content, name="cfa.csv", **fields):
    """The page of the submission of a file, checked; its `submission` is in the context."""
    return client.post(DELIVER, {"files": SimpleUploadedFile(name, content), **fields}, follow=True)


def accept_all(submission_pk, revision):
    """Somebody accepts every warning of a submission, where it is still at that revision; returns the accepted keys."""
    user, keys = User.objects.first(), []
    for file in SubmittedFile.objects.filter(submission=submission_pk):
        reasons = {tick.key: "Vérifié" for tick in actions.ticks_to_accept(file)}
        with suppress(NotPossible):
            actions.accept(file, user, revision, reasons)
        keys += reasons
    return keys


def publish_as_read(client, page):
    """The page after every warning is accepted, and a click on "Publier" on the page of a submission."""
    submission = page.context["submission"]
    accept_all(submission.pk, submission.revision)
    address = f"/gestion/deliveries/submission/{submission.pk}/publier/"
    return client.post(address, {"revision": submission.revision}, follow=True)
