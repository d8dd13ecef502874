"""Operations waiting their turn, and the one that runs."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils import timezone

from deliveries.models import Operation, Submission
from stats.models import Delivery


def add(
    kind: Operation.Kind,
    user: AbstractBaseUser | None,
    submission: Submission | None = None,
    delivery: Delivery | None = None,
    **fields: Any,
) -> Operation:
    """Put an operation in the queue; call `tasks.wake` once it is committed.

    fields: `reason` and `along`, or `service` and `cohort`. Raises IntegrityError where one waits or runs already for the same
    submission, delivery or service.
    """
    with transaction.atomic():
        return Operation.objects.create(
            kind=kind, asked_by=user, submission=submission, delivery=delivery, **fields
        )


def start_next(worker: str) -> Operation | None:
    """The first operation that waits, now running; None where none waits, or where one runs already.

    The database keeps a second one from running, whoever starts it. Those that fetch come last: they last for an hour.
    """
    while operation := _in_turn(Operation.objects.filter(state=Operation.State.WAITING)).first():
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
                    first_results=[],
                )
        except IntegrityError:
            return None
        if is_ours:
            operation.refresh_from_db()
            return operation
    return None


def _in_turn(operations):
    is_fetch = ExpressionWrapper(Q(kind=Operation.Kind.FETCH), BooleanField())
    return operations.order_by(is_fetch, "pk")


def operations_before(operation: Operation) -> int:
    """How many operations run or wait before this one; a fetch that runs steps aside for the others."""
    active = Operation.objects.filter(state__in=[Operation.State.WAITING, Operation.State.RUNNING])
    others, earlier = ~Q(kind=Operation.Kind.FETCH), Q(pk__lt=operation.pk)
    is_fetch = operation.kind == Operation.Kind.FETCH
    return active.exclude(pk=operation.pk).filter(others | earlier if is_fetch else others & earlier).count()


def is_another_waiting() -> bool:
    """Whether something waits that a fetch steps aside for."""
    waiting = Operation.objects.filter(state=Operation.State.WAITING)
    return waiting.exclude(kind=Operation.Kind.FETCH).exists()


def step_aside(operation: Operation, stages: list) -> None:
    """Make a fetch wait for the others that were asked since; that is no failed attempt at it."""
    if settle(operation, Operation.State.WAITING, "Laisse passer les contrôles et les publications.", stages):
        Operation.objects.filter(pk=operation.pk).update(attempts=F("attempts") - 1)


def settle(
    operation: Operation,
    state: Operation.State,
    outcome: str = "",
    stages: list | None = None,
    submission: Submission | None = None,
) -> bool:
    """End a running operation, or make it wait again; returns whether it was still this run of it that ran.

    submission: what a fetch brought. In the transaction that publishes, it makes the end of the operation and the publication one and the same.
    """
    ended_at = None if state == Operation.State.WAITING else timezone.now()
    fields = {"state": state, "outcome": outcome, "ended_at": ended_at, "is_cancel_asked": False}
    fields["first_results"] = []
    if stages is not None:
        fields["stages"] = stages
    if submission:
        fields["submission"] = submission
    rows = Operation.objects.filter(
        pk=operation.pk, state=Operation.State.RUNNING, attempts=operation.attempts
    )
    return bool(rows.update(**fields))
