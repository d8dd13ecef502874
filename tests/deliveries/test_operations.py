"""Work in the background: states, the queue, what an operation leaves."""

import pytest
from django.db import IntegrityError, transaction

from deliveries.models import Operation, Submission
from deliveries.operations import queue, tasks
from deliveries.operations.transitions import ALLOWED, NotPossible, State, move, origins
from deliveries.publication import publish
from stats.models import Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, create_manager, csv
from tests.deliveries.submitting import AT, REVISED, ask_check, ask_publication, checked, submission_of


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
    assert {**delivery.approval, "confirme": []} == {"version": 0, "par": None, "le": AT, "confirme": []}
    assert {one["motif"] for one in delivery.approval["confirme"]} == {"Vérifié"}
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
    """The second one is older than what is published: somebody has to accept it."""
    for rows in (CFA_ROWS, (REVISED, CFA_ROWS[1])):
        publish([cfa_file(*rows)])
    other_cohort = csv(CFA_HEADER, *(row.replace("2021-2022", "2019-2020") for row in CFA_ROWS))
    older = csv(CFA_HEADER, *CFA_ROWS)
    submission = checked(other_cohort, older)
    ask_publication(submission, but=["plus_ancien"])
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.CHECKED
    assert Delivery.objects.count() == 2

    ask_publication(submission)
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED
    assert Delivery.objects.count() == 4


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


def test_withdrawal_is_an_operation_too(nomenclature, cfa_file):
    [report] = publish([cfa_file()])
    delivery = Delivery.objects.get(pk=report.delivery)
    for _ in range(2):
        operation = queue.add(Operation.Kind.TAKE_BACK, create_manager(f"gestion-{_}"), delivery=delivery)
        tasks.wake()
        operation.refresh_from_db()
        assert operation.state == Operation.State.DONE

    assert operation.outcome == "Cette livraison est déjà retirée."
    assert not Outcome.objects.exists()
