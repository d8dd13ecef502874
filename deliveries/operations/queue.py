"""Operations waiting their turn, and the one that runs."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from deliveries.models import Operation, Submission
from stats.models import Delivery


def add(
    kind: Operation.Kind,
    user: AbstractBaseUser | None,
    submission: Submission | None = None,
    delivery: Delivery | None = None,
    reason: str = "",
    along: Sequence[int] = (),
) -> Operation:
    """Put an operation in the queue; call `tasks.wake` once it is committed.

    Raises IntegrityError where one waits or runs already for the same submission or delivery.
    """
    with transaction.atomic():
        return Operation.objects.create(
            kind=kind,
            asked_by=user,
            submission=submission,
            delivery=delivery,
            reason=reason,
            along=list(along),
        )


def start_next(worker: str) -> Operation | None:
    """The first operation that waits, now running; None where none waits, or where one runs already.

    The database keeps a second one from running, whoever starts it.
    """
    while operation := Operation.objects.filter(state=Operation.State.WAITING).first():
        now = timezone.now()
        try:
            with transaction.atomic():
                is_ours = Operation.objects.filter(pk=operation.pk, state=Operation.State.WAITING).update(
                    state=Operation.State.RUNNING,
                    worker=worker,
                    attempts=F("attempts") + 1,
                    started_at=now,
                    heartbeat_at=now,
                    stages=[],
                )
        except IntegrityError:
            return None
        if is_ours:
            operation.refresh_from_db()
            return operation
    return None


def operations_before(operation: Operation) -> int:
    """How many operations run or wait before this one."""
    active = Operation.objects.filter(state__in=[Operation.State.WAITING, Operation.State.RUNNING])
    return active.filter(pk__lt=operation.pk).count()


def settle(
    operation: Operation, state: Operation.State, outcome: str = "", stages: list | None = None
) -> bool:
    """End a running operation, or make it wait again; returns whether it was still this run of it that ran.

    In the transaction that publishes, it makes the end of the operation and the publication one and the same.
    """
    ended_at = None if state == Operation.State.WAITING else timezone.now()
    fields = {"state": state, "outcome": outcome, "ended_at": ended_at, "is_cancel_asked": False}
    if stages is not None:
        fields["stages"] = stages
    rows = Operation.objects.filter(
        pk=operation.pk, state=Operation.State.RUNNING, attempts=operation.attempts
    )
    return bool(rows.update(**fields))
