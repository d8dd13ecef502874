"""What the first checks of a file give is told while the others are made."""

import pytest
from django.urls import reverse

from deliveries.candidates import File
from deliveries.checking.check import Group, Step
from deliveries.checking.registry import CHECKS
from deliveries.models import Operation
from deliveries.operations import queue
from deliveries.operations.heartbeat import OperationProgress
from deliveries.progress import Cancelled, told_to
from deliveries.publication import publish
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, create_manager, csv
from tests.deliveries.submitting import ask_check, submission_of
from tests.signing_in import signed_in


class Listening(OperationProgress):
    """Keeps what is known after each step."""

    def __init__(self):
        super().__init__()
        self.told = {}

    def checked(self, report, step):
        super().checked(report, step)
        [file] = self.first_results
        self.told[step] = {Group(group): (passed, found) for group, passed, found in file["groupes"]}


@pytest.fixture
def told(nomenclature):
    """What is told of a file of which a column is unknown and a row refused, before anything is compared or written."""
    listening = Listening()
    header = f"{CFA_HEADER};Colonne inconnue"
    rows = [f"{CFA_ROWS[0].replace(';57;', ';157;')};", f"{CFA_ROWS[1]};"]
    with told_to(listening):
        publish([File("cfa.csv", csv(header, *rows))], dry_run=True)
    return listening.told


def test_each_step_tells_its_checks_and_no_other(told):
    assert list(told) == [Step.READING, Step.HEADER, Step.ROWS]
    assert Group.VALUES not in told[Step.READING]
    assert Group.VALUES not in told[Step.HEADER]
    assert ["colonne_inconnue", "avertissement", 1] not in told[Step.READING][Group.FILE][1]
    assert ["colonne_inconnue", "avertissement", 1] in told[Step.HEADER][Group.STRUCTURE][1]
    assert told[Step.ROWS][Group.VALUES][1]
    compared = [check for check in CHECKS if check.group is Group.PUBLISHED]
    assert told[Step.ROWS][Group.PUBLISHED][0] < len(compared)


def test_the_page_of_the_work_shows_them_until_it_is_over(nomenclature, cfa_file, client):
    submission = submission_of()
    operation = ask_check(submission)
    queue.start_next("a")
    progress = OperationProgress()
    with told_to(progress):
        publish([cfa_file()], dry_run=True)
    Operation.objects.filter(pk=operation.pk).update(first_results=progress.first_results)
    address = reverse("admin:deliveries_operation_progress", args=[operation.pk])
    signed_in(client, create_manager("gestion"))

    page = client.get(address).content.decode()
    assert "Déjà contrôlé, le reste est en cours" in page
    assert "Fichier\u00a0: " in page

    operation.refresh_from_db()
    queue.settle(operation, Operation.State.DONE, "Contrôle fait.")
    operation.refresh_from_db()
    assert operation.first_results == []
    assert "Déjà contrôlé" not in client.get(address).content.decode()


def test_a_cancelled_check_stops_there(nomenclature, cfa_file):
    progress = OperationProgress()
    progress.stop(Cancelled())
    with told_to(progress), pytest.raises(Cancelled):
        publish([cfa_file()], dry_run=True)
    assert progress.first_results == []
