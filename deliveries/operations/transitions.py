"""From which state to which a submission may go, and the only function that moves it.

Moves are conditional updates: of two people, two clicks or two workers, one moves it and the other is told so.
"""

from typing import Any

from django.db.models import F
from django.utils import timezone

from deliveries.models import Submission

State = Submission.State
ALLOWED: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.CHECKING, State.CANCELLED}),
    State.CHECKING: frozenset({State.RECEIVED, State.CHECKED, State.REFUSED, State.FAILED}),
    State.CHECKED: frozenset(
        {State.CHECKING, State.TO_APPROVE, State.SCHEDULED, State.PUBLISHING, State.CANCELLED}
    ),
    State.TO_APPROVE: frozenset({State.CHECKING, State.CHECKED, State.APPROVED, State.CANCELLED}),
    State.APPROVED: frozenset({State.CHECKING, State.SCHEDULED, State.PUBLISHING, State.CANCELLED}),
    State.SCHEDULED: frozenset({State.CHECKING, State.APPROVED, State.PUBLISHING, State.CANCELLED}),
    # Back to what is to be read again, where the data changed since it was agreed to, or somebody stopped it.
    State.PUBLISHING: frozenset({State.PUBLISHED, State.CHECKED, State.REFUSED, State.FAILED}),
    State.PUBLISHED: frozenset(),
    State.CANCELLED: frozenset(),
    State.REFUSED: frozenset({State.CHECKING, State.CANCELLED}),
    State.FAILED: frozenset({State.CHECKING, State.CANCELLED}),
}

# Where files may still be added, described and removed.
OPEN = (State.RECEIVED, State.CHECKED, State.REFUSED, State.FAILED)


class NotPossible(Exception):
    """The submission is not, or no longer, in a state from which it can go there."""


def origins(to: State) -> list[State]:
    """The states from which a submission may go to this one."""
    return [state for state, following in ALLOWED.items() if to in following]


def move(submission: Submission, to: State, *, revision: int | None = None, **fields: Any) -> None:
    """Move a submission, and set fields of it; it is read again.

    revision: the one that was read by who asks, None where nobody had to read it. Raises NotPossible, nothing being
    changed, where it is in another state or of another revision.
    """
    rows = Submission.objects.filter(pk=submission.pk, state__in=origins(to))
    if revision is not None:
        rows = rows.filter(revision=revision)
    if not rows.update(state=to, updated_at=timezone.now(), **fields):
        raise NotPossible
    submission.refresh_from_db()


def hold(submission: Submission, state: State, revision: int) -> None:
    """Call it in a transaction, until the end of which nobody else moves the submission. Raises NotPossible, as `move`."""
    rows = Submission.objects.filter(pk=submission.pk, state=state, revision=revision)
    if not rows.update(updated_at=timezone.now()):
        raise NotPossible


def change_files(submission: Submission, revision: int | None = None) -> None:
    """Call it in the transaction that changes the files of a submission: nobody can agree any more to those read before.

    revision: as for `move`. Raises NotPossible where they may not change any more.
    """
    rows = Submission.objects.filter(pk=submission.pk, state__in=OPEN)
    if revision is not None:
        rows = rows.filter(revision=revision)
    if not rows.update(updated_at=timezone.now(), revision=F("revision") + 1):
        raise NotPossible
