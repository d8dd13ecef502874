"""Operations that somebody cancels, or whose worker stops or is killed, and files that nobody publishes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliveries.models import Operation, Submission
from deliveries.operations import queue, tasks, upkeep
from deliveries.operations.heartbeat import OperationProgress, Stopped
from deliveries.operations.running import run
from deliveries.operations.transitions import State
from deliveries.progress import Cancelled
from stats.models import DeliveredFile, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv
from tests.deliveries.submitting import ask_check, ask_publication, checked, submission_of


class _StopsAt(OperationProgress):
    """Is told to stop when a stage begins."""

    def __init__(self, title, reason):
        super().__init__()
        self.title, self.reason = title, reason

    def stage(self, title, total=0, unit=""):
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
