"""Work in the background: states, the queue, what an operation leaves, what a killed worker leaves."""

import gzip
import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliveries.approval import Approval
from deliveries.models import Operation, Submission
from deliveries.operations import queue, tasks, upkeep
from deliveries.operations.heartbeat import OperationProgress, Stopped
from deliveries.operations.running import run
from deliveries.operations.transitions import ALLOWED, NotPossible, State, move, origins
from deliveries.progress import Cancelled
from deliveries.publication import publish
from stats.models import DeliveredFile, Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, create_manager, csv

REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")


def submission_of(*contents, **fields):
    """A submission of files, as the desk leaves it once they are received."""
    submission = Submission.objects.create(**fields)
    for position, content in enumerate(contents, 1):
        sha256 = hashlib.sha256(content).hexdigest()
        file, _ = DeliveredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": len(content), "content": gzip.compress(content)}
        )
        submission.files.create(
            position=position, name=f"cfa-{position}.csv", sha256=sha256, size=len(content), file=file
        )
    return submission


def ask_check(submission):
    move(submission, State.CHECKING)
    return queue.add(Operation.Kind.CHECK, None, submission)


def ask_publication(submission, **confirmed):
    approval = Approval(submission.version, None, "2026-11-27T09:30:00+01:00", confirmed)
    move(submission, State.PUBLISHING, revision=submission.revision, approval=approval.as_dict())
    return queue.add(Operation.Kind.PUBLISH, None, submission)


def checked(*contents):
    submission = submission_of(*contents)
    ask_check(submission)
    tasks.wake()
    submission.refresh_from_db()
    return submission


@pytest.mark.any_database
def test_every_state_is_reached_and_only_two_are_final():
    assert set(ALLOWED) == set(State)
    assert {state for state in State if not origins(state)} == {State.RECEIVED} - set(origins(State.CHECKING))
    assert {state for state, following in ALLOWED.items() if not following} == {
        State.PUBLISHED,
        State.CANCELLED,
    }


def test_move_that_is_not_allowed_changes_nothing(db):
    submission = submission_of(note="intacte")

    with pytest.raises(NotPossible):
        move(submission, State.PUBLISHING, note="changée")
    submission.refresh_from_db()
    assert (submission.state, submission.note) == (State.RECEIVED, "intacte")


def test_second_click_moves_nothing(db):
    first, second = submission_of(), Submission.objects.last()
    move(first, State.CHECKING)

    with pytest.raises(NotPossible):
        move(second, State.CHECKING)


def test_what_was_read_in_an_old_tab_is_not_agreed_to(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))

    with pytest.raises(NotPossible):
        move(submission, State.PUBLISHING, revision=submission.revision - 1)


def test_one_operation_runs_at_a_time_and_the_others_wait_in_order(db):
    operations = [queue.add(Operation.Kind.CHECK, None, submission_of()) for _ in range(3)]

    first = queue.start_next("a")
    assert first == operations[0]
    assert queue.start_next("b") is None
    assert [queue.operations_before(operation) for operation in operations] == [0, 1, 2]
    assert queue.settle(first, Operation.State.DONE)
    assert queue.start_next("b") == operations[1]


def test_the_database_refuses_a_second_running_operation_and_a_second_operation_of_a_submission(db):
    submission = submission_of()
    operation = queue.add(Operation.Kind.CHECK, None, submission)
    with pytest.raises(IntegrityError):
        queue.add(Operation.Kind.PUBLISH, None, submission)
    queue.start_next("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.create(kind=Operation.Kind.CHECK, state=Operation.State.RUNNING)
    operation.refresh_from_db()
    assert operation.state == Operation.State.RUNNING


def test_check_keeps_reports_and_publishes_nothing(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))

    assert (submission.state, submission.version, submission.revision) == (State.CHECKED, 0, 2)
    [report] = submission.files.values_list("report", flat=True)
    assert (report["statut"], report["lignes"]["nouvelles"]) == ("a_publier", 2)
    operation = submission.operations.get()
    assert operation.state == Operation.State.DONE
    assert ["Contrôle de «\u00a0cfa-1.csv\u00a0»", 2, 2] in operation.stages
    assert not Outcome.objects.exists()
    assert not Delivery.objects.exists()


def test_refused_file_refuses_its_submission(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS), csv(CFA_HEADER, CFA_ROWS[0].replace(";57;", ";157;")))

    assert submission.state == State.REFUSED
    assert [file.report["statut"] for file in submission.files.all()] == ["a_publier", "refuse"]


def test_publication_ends_operation_and_submission_with_it(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    ask_publication(submission)
    tasks.wake()

    submission.refresh_from_db()
    assert (submission.state, submission.outcome) == (State.PUBLISHED, "«\u00a0cfa-1.csv\u00a0» est publié.")
    assert Outcome.objects.count() == 2
    delivery = Delivery.objects.get()
    assert delivery.approval == {"version": 0, "par": None, "le": "2026-11-27T09:30:00+01:00", "confirme": []}
    assert submission.files.get().report["livraison"] == delivery.pk


def test_publication_of_what_is_published_says_so(nomenclature, cfa_file):
    first, second = (submission_of(csv(CFA_HEADER, *CFA_ROWS)) for _ in range(2))
    for submission in (first, second):
        ask_check(submission)
    tasks.wake()
    for submission in (first, second):
        submission.refresh_from_db()
        ask_publication(submission)
    tasks.wake()

    second.refresh_from_db()
    assert (second.state, second.outcome) == (
        State.PUBLISHED,
        "«\u00a0cfa-1.csv\u00a0» est déjà publié\u00a0: rien d’autre n’a changé.",
    )
    assert Delivery.objects.count() == 1


def test_data_that_changed_since_the_check_are_checked_again(nomenclature, cfa_file):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    publish([cfa_file(REVISED)])
    ask_publication(submission)
    tasks.wake()

    submission.refresh_from_db()
    assert (submission.state, submission.version, submission.approval) == (State.CHECKED, 1, {})
    assert "lisez-le avant de publier" in submission.outcome
    assert submission.files.get().report["lignes"]["modifiees"] == 1
    assert Delivery.objects.count() == 1


def test_files_of_a_submission_are_published_together_or_not_at_all(nomenclature, cfa_file):
    """The second one is older than what is published: somebody has to confirm it."""
    for rows in (CFA_ROWS, (REVISED, CFA_ROWS[1])):
        publish([cfa_file(*rows)])
    other_cohort = csv(CFA_HEADER, *(row.replace("2021-2022", "2019-2020") for row in CFA_ROWS))
    older = csv(CFA_HEADER, *CFA_ROWS)
    submission = checked(other_cohort, older)
    ask_publication(submission)
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.CHECKED
    assert Delivery.objects.count() == 2

    ask_publication(submission, **{hashlib.sha256(older).hexdigest(): ["plus_ancien"]})
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED
    assert Delivery.objects.count() == 4


class _StopsAt(OperationProgress):
    """Is told to stop when a stage begins."""

    def __init__(self, title, reason):
        super().__init__()
        self.title, self.reason = title, reason

    def stage(self, title, total=0):
        if title.startswith(self.title):
            self.stop(self.reason)
        super().stage(title, total)


@pytest.mark.parametrize("title", ["Lecture", "Contrôle", "Écriture", "Où chaque"])
def test_cancelled_publication_publishes_nothing_and_can_be_asked_again(nomenclature, title):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    operation = ask_publication(submission)
    run(queue.start_next("a"), _StopsAt(title, Cancelled()))

    submission.refresh_from_db()
    operation.refresh_from_db()
    assert (operation.state, submission.state) == (Operation.State.CANCELLED, State.CHECKED)
    assert not Outcome.objects.exists()
    ask_publication(submission)
    tasks.wake()
    assert Outcome.objects.count() == 2


def test_operation_of_a_worker_that_stops_is_resumed_by_the_next_one(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    operation = ask_publication(submission)
    run(queue.start_next("a"), _StopsAt("Écriture", Stopped()))
    operation.refresh_from_db()
    assert operation.state == Operation.State.WAITING

    upkeep.resume_interrupted()

    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED


def test_operation_of_a_killed_worker_is_resumed_once_then_fails_with_a_sentence(nomenclature):
    submission = submission_of(csv(CFA_HEADER, *CFA_ROWS))
    ask_check(submission)
    operation = queue.start_next("killed")
    upkeep.resume_interrupted()
    operation.refresh_from_db()
    assert operation.state == Operation.State.RUNNING

    Operation.objects.update(attempts=upkeep.ATTEMPTS, heartbeat_at=timezone.now() - timedelta(minutes=1))
    upkeep.resume_interrupted()

    submission.refresh_from_db()
    assert submission.state == State.FAILED
    assert "Le travail a été interrompu le" in submission.outcome
    assert submission.outcome.endswith("rien n’a été publié. Relancez-le.")


def test_worker_that_was_taken_for_dead_publishes_nothing(nomenclature):
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    ask_publication(submission)
    slow = queue.start_next("slow")
    queue.settle(slow, Operation.State.WAITING)
    other = queue.start_next("other")
    run(slow, OperationProgress())
    assert not Outcome.objects.exists()

    run(other, OperationProgress())
    assert Outcome.objects.count() == 2


def test_withdrawal_is_a_operation_too(nomenclature, cfa_file):
    [report] = publish([cfa_file()])
    delivery = Delivery.objects.get(pk=report.delivery)
    for _ in range(2):
        operation = queue.add(Operation.Kind.TAKE_BACK, create_manager(f"gestion-{_}"), delivery=delivery)
        tasks.wake()
        operation.refresh_from_db()
        assert operation.state == Operation.State.DONE

    assert operation.outcome == "Cette livraison est déjà retirée."
    assert not Outcome.objects.exists()


def test_fault_is_said_and_the_next_operation_is_done(nomenclature):
    lost, kept = (submission_of(csv(CFA_HEADER, *CFA_ROWS[:number])) for number in (1, 2))
    for submission in (lost, kept):
        ask_check(submission)
    lost.files.update(file=None)
    tasks.wake()

    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (lost.state, kept.state) == (State.FAILED, State.CHECKED)
    assert "rien n’a été publié. Relancez-le." in lost.outcome


def test_files_that_nobody_publishes_are_erased_after_a_week(nomenclature):
    old, recent = checked(csv(CFA_HEADER, CFA_ROWS[0])), checked(csv(CFA_HEADER, CFA_ROWS[1]))
    published = checked(csv(CFA_HEADER, *CFA_ROWS))
    ask_publication(published)
    tasks.wake()
    long_ago = timezone.now() - upkeep.FILES_KEPT - timedelta(days=1)
    DeliveredFile.objects.update(tried_at=long_ago)
    Submission.objects.filter(pk=old.pk).update(updated_at=long_ago)

    upkeep.erase_old_files()

    assert [submission.files.get().file is None for submission in (old, recent, published)] == [
        True,
        False,
        False,
    ]
    old.refresh_from_db()
    assert (old.state, old.outcome) == (
        State.CANCELLED,
        "Rien n’a été publié\u00a0: les fichiers sont effacés après 7\u00a0jours.",
    )
