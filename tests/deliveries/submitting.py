"""Submissions of invented files, and what is asked for them, without the pages of the desk."""

import gzip
import hashlib

from deliveries.approval import Accepted, Approval
from deliveries.desk import actions
from deliveries.models import Operation, Submission
from deliveries.operations import queue, tasks
from deliveries.operations.transitions import State, move
from stats.models import DeliveredFile
from tests.deliveries.conftest import CFA_ROWS

AT = "2026-11-27T09:30:00+01:00"
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


def ask_publication(submission, but=()):
    """Every warning is accepted, but those of the checks `but`."""
    accepted = {
        file.sha256: [
            Accepted(tick.key, tick.count, "Vérifié", None, "", AT)
            for tick in actions.ticks_to_accept(file)
            if tick.code not in but
        ]
        for file in submission.files.all()
    }
    approval = Approval(submission.version, None, AT, accepted)
    move(submission, State.PUBLISHING, revision=submission.revision, approval=approval.as_dict())
    return queue.add(Operation.Kind.PUBLISH, None, submission)


def checked(*contents):
    submission = submission_of(*contents)
    ask_check(submission)
    tasks.wake()
    submission.refresh_from_db()
    return submission
