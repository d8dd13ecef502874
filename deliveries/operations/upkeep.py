"""What a worker looks after beside its operations: operations whose worker was killed, files that nobody published, old tasks."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from deliveries.models import Operation, Submission
from deliveries.operations import content, queue
from deliveries.operations.heartbeat import forget, signs_of
from deliveries.operations.running import end_without_result
from deliveries.operations.tasks import wake
from deliveries.operations.transitions import OPEN, NotPossible, move
from deliveries.preview.keeping import erase_stale
from deliveries.writing import Busy, one_writer

# A worker says that it is alive every second; reading a large file may keep it from saying so for some.
DEAD_AFTER = timedelta(seconds=30)
# An operation that is interrupted twice may be what kills its worker.
ATTEMPTS = 2
# A fetch lasts for an hour, and goes on where it was.
_FETCH_ATTEMPTS = 10
# How long the files of a submission that nobody publishes are kept after it last changed.
FILES_KEPT = timedelta(days=7)
_TASKS_KEPT = timedelta(days=1)
State = Submission.State


def resume_interrupted(dead_after: timedelta = DEAD_AFTER) -> None:
    """Make the operation of a killed worker wait again, or end it where it was interrupted twice; wake who does the next one.

    Nothing of it was published: its transaction died with its connection.
    """
    for operation in Operation.objects.filter(state=Operation.State.RUNNING):
        beat = signs_of(operation).heartbeat_at
        if timezone.now() - beat < dead_after:
            continue
        at = f"{timezone.localtime(beat):le %d/%m/%Y à %H:%M}"
        if operation.attempts < (_FETCH_ATTEMPTS if operation.kind == Operation.Kind.FETCH else ATTEMPTS):
            sentence = f"Le travail a été interrompu {at}\u00a0: rien n’a été publié. Il reprend."
            queue.settle(operation, Operation.State.WAITING, sentence)
        else:
            sentence = f"Le travail a été interrompu {at}\u00a0: rien n’a été publié. Relancez-le."
            end_without_result(operation, Operation.State.FAILED, sentence)
        forget(operation)
    states = set(
        Operation.objects.filter(state__in=[Operation.State.WAITING, Operation.State.RUNNING]).values_list(
            "state", flat=True
        )
    )
    if states == {Operation.State.WAITING}:
        wake()


def erase_old_files() -> None:
    """Give up submissions that nobody touched for a week, and erase the files that none published."""
    last = timezone.now() - FILES_KEPT
    forgotten = Submission.objects.filter(
        state__in=[*OPEN, State.TO_APPROVE, State.APPROVED], updated_at__lt=last
    )
    sentence = f"Rien n’a été publié\u00a0: les fichiers sont effacés après {FILES_KEPT.days}\u00a0jours."
    try:
        with one_writer(seconds=1):
            for submission in forgotten:
                try:
                    move(submission, State.CANCELLED, outcome=sentence)
                except NotPossible:
                    continue
            content.erase_unused(before=last)
            erase_stale()
    except Busy:
        # The next look does it.
        return


def forget_old_tasks() -> None:
    """Remove tasks of which nothing is left to say; what killed workers left running was done by others."""
    last = timezone.now() - _TASKS_KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=last).delete()
    DBTaskResult.objects.running().filter(started_at__lt=last).delete()
