"""What a data manager asks for: check, publish, cancel, give up, take back. Each says no rather than do it twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.names import name_of
from deliveries.approval import Accepted, Approval, not_accepted
from deliveries.checking.presentation import ticks_of
from deliveries.checking.results import Tick
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations import content, queue
from deliveries.operations.heartbeat import ask_to_cancel
from deliveries.operations.tasks import wake
from deliveries.operations.transitions import NotPossible, State, change_files, hold, move
from deliveries.preview.keeping import erase_stale
from deliveries.writing import Busy
from stats.models import Delivery

_ACTIVE = (Operation.State.WAITING, Operation.State.RUNNING)


class NotAccepted(NotPossible):
    """A warning of a file is not accepted; holds the name of the file."""


def refuse_while_writing() -> None:
    """On SQLite nobody can write while an operation does: raise Busy at once, rather than hold a server for seconds."""
    running = Operation.objects.filter(state=Operation.State.RUNNING).exclude(kind=Operation.Kind.FETCH)
    if connection.vendor == "sqlite" and running.exists():
        raise Busy


def check(submission: Submission, user: AbstractBaseUser) -> None:
    """Ask for the check of all the files of a submission. Raises NotPossible."""
    with transaction.atomic():
        move(submission, State.CHECKING, approval={})
        queue.add(Operation.Kind.CHECK, user, submission)
    wake()


def publish(submission: Submission, user: AbstractBaseUser, revision: int) -> None:
    """Agree to what was read, and ask for its publication; where two people have to agree, they did.

    revision: that of the reports that were read. Raises NotAccepted, or NotPossible where the submission is not that any more.
    """
    with transaction.atomic():
        approval = _agreed(submission, user, revision)
        move(submission, State.PUBLISHING, revision=revision, approval=approval, publish_at=None)
        queue.add(Operation.Kind.PUBLISH, user, submission)
    wake()


def schedule(submission: Submission, user: AbstractBaseUser, revision: int, at: datetime) -> None:
    """Agree to what was read, as `publish`, and have the worker publish it at a moment to come."""
    sentence = f"Sera publié {timezone.localtime(at):le %d/%m/%Y à %H:%M}, demandé par {name_of(user)}."
    with transaction.atomic():
        approval = _agreed(submission, user, revision)
        when = {"publish_at": at, "scheduled_by": user}
        move(submission, State.SCHEDULED, revision=revision, approval=approval, outcome=sentence, **when)


def unschedule(submission: Submission) -> None:
    """Publish a scheduled submission no more by itself; what was agreed to stays. Raises NotPossible."""
    with transaction.atomic():
        hold(submission, State.SCHEDULED, submission.revision)
        sentence = "La publication n’est plus programmée."
        move(submission, State.APPROVED, outcome=sentence, publish_at=None, scheduled_by=None)


def _agreed(submission, user, revision):
    """The approval that a submission is published under; call it in a transaction."""
    if submission.state == State.APPROVED or settings.TWO_PERSON_APPROVAL:
        hold(submission, State.APPROVED, revision)
        submission.refresh_from_db()
        return submission.approval
    hold(submission, State.CHECKED, revision)
    return approval_of(submission, user.pk).as_dict()


def approval_of(submission: Submission, user: int | None) -> Approval:
    """What somebody agrees to now. Raises NotAccepted."""
    return Approval(submission.version or 0, user, now(), _accepted_of(submission))


def _accepted_of(submission):
    """{SHA-256 of each file: its accepted warnings}; raises NotAccepted where one is not."""
    accepted = {}
    for file in submission.files.all():
        accepted[file.sha256] = [Accepted.from_dict(one) for one in file.accepted]
        if not_accepted(ticks_to_accept(file), accepted[file.sha256]):
            raise NotAccepted(file.name)
    return accepted


def ticks_to_accept(file: SubmittedFile) -> tuple[Tick, ...]:
    """The warnings of a file which would be published; none where it changes nothing, is refused, or is not checked."""
    return ticks_of(file.report) if file.report.get("statut") == "a_publier" else ()


def accept(
    file: SubmittedFile, user: AbstractBaseUser, revision: int, reasons: Mapping[str, str]
) -> list[str]:
    """Keep the warnings that somebody accepts, and no other any more; who accepted one first, for the same reason, stays.

    revision: that of the reports that were read. reasons: {key of each tick: why}. Returns the keys that have no reason, and
    are not kept. Raises NotPossible.
    """
    with transaction.atomic():
        hold(file.submission, State.CHECKED, revision)
        file.refresh_from_db()
        former = {(one.key, one.count, one.reason): one for one in map(Accepted.from_dict, file.accepted)}
        kept, lacking = [], []
        for tick in ticks_to_accept(file):
            reason = reasons.get(tick.key)
            if reason:
                new = Accepted(tick.key, tick.count, reason, user.pk, name_of(user), now())
                kept.append(former.get((tick.key, tick.count, reason), new).as_dict())
            elif reason is not None:
                lacking.append(tick.key)
        SubmittedFile.objects.filter(pk=file.pk).update(accepted=kept)
    return lacking


def now() -> str:
    """The moment that an approval is dated with."""
    return timezone.now().isoformat("T", "seconds")


def cancel(operation: Operation) -> bool:
    """Take an operation out of the queue, or ask the worker to stop it; returns whether there was something to stop."""
    if operation.state == Operation.State.WAITING and _leave_queue(operation):
        return True
    if Operation.objects.filter(pk=operation.pk, state=Operation.State.RUNNING).exists():
        ask_to_cancel(operation)
        return True
    return False


def _leave_queue(operation):
    waiting = Operation.objects.filter(pk=operation.pk, state=Operation.State.WAITING)
    with transaction.atomic():
        is_ours = waiting.update(state=Operation.State.CANCELLED, ended_at=timezone.now())
        if is_ours and operation.submission and operation.kind != Operation.Kind.PREVIEW:
            is_check = operation.kind == Operation.Kind.CHECK
            move(operation.submission, State.RECEIVED if is_check else State.CHECKED, approval={})
    return is_ours


def fetch(service: str, cohort: str, user: AbstractBaseUser) -> Operation:
    """Ask for the files of a service; returns the operation, the former one where somebody asked already."""
    try:
        operation = queue.add(Operation.Kind.FETCH, user, service=service, cohort=cohort)
    except IntegrityError:
        return Operation.objects.filter(service=service, cohort=cohort, state__in=_ACTIVE).latest("pk")
    wake()
    operation.refresh_from_db()
    return operation


def give_up(submission: Submission) -> None:
    """Give up a submission, and erase its files. Raises NotPossible."""
    with transaction.atomic():
        move(
            submission,
            State.CANCELLED,
            outcome="Dépôt abandonné\u00a0: ses fichiers sont effacés.",
            approval={},
        )
        content.erase_unused()
        erase_stale()


def change_file(file: SubmittedFile, revision: int | None = None, **fields: Any) -> None:
    """Set what somebody says of a file; its submission has to be checked again. Another source has other columns.

    revision: that of what was read, where it matters. Raises NotPossible.
    """
    if fields.get("source", file.source) != file.source:
        fields = {"columns": {}} | fields
    with transaction.atomic():
        change_files(file.submission, revision)
        SubmittedFile.objects.filter(pk=file.pk).update(**fields)


def remove_file(file: SubmittedFile) -> None:
    """Take a file out of its submission. Raises NotPossible, also for its only file."""
    with transaction.atomic():
        change_files(file.submission)
        if file.submission.files.count() == 1:
            raise NotPossible
        file.delete()
        content.erase_unused()


def take_back(
    delivery: Delivery, user: AbstractBaseUser, reason: str, along: Sequence[int] = ()
) -> Operation:
    """Ask for the withdrawal of a delivery; returns the operation, the former one where somebody asked already.

    reason: why, for the journal. along: keys of the later deliveries that go with it, as `withdrawal.take_back`.
    """
    try:
        operation = queue.add(Operation.Kind.TAKE_BACK, user, delivery=delivery, reason=reason, along=along)
    except IntegrityError:
        return Operation.objects.filter(delivery=delivery, state__in=_ACTIVE).latest("pk")
    wake()
    operation.refresh_from_db()
    return operation
