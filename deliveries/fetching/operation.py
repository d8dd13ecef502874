"""A fetch as an operation of the queue."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction

from deliveries.fetching import workspace
from deliveries.fetching.catalogue import by_name
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.run import arrived, fetch, keep
from deliveries.models import Operation
from deliveries.operations import queue
from deliveries.operations.heartbeat import Lost, OperationProgress, SteppedAside
from deliveries.progress import told_to

_LOOK_SECONDS = 5


def fetch_and_keep(operation: Operation, progress: OperationProgress) -> None:
    """Fetch, then make the submission, ask for its check and end the operation in one transaction. Raises FetchFailed."""
    what = by_name(settings.FETCHED_SERVICES).get(operation.service)
    if what is None:
        raise FetchFailed("Ce service n’est plus configuré.")
    with workspace.held(what.name, operation.cohort) as folder:
        with told_to(progress):
            files = arrived(fetch(what, folder, operation.cohort, _stepping_aside()))
        # Replies of an hour are not lost for a connection that the database closed meanwhile.
        _renew_connection()
        with transaction.atomic():
            outcome = keep(files, operation.asked_by, what.label)
            is_ours = queue.settle(
                operation, Operation.State.DONE, outcome.sentence, progress.stages, outcome.submission
            )
            if not is_ours:
                raise Lost
        workspace.forget(folder)


def _stepping_aside() -> Callable[[], None]:
    """Stops the fetch between two requests where others wait: it keeps what it has, and goes on after them."""
    next_look = time.monotonic() + _LOOK_SECONDS

    def look() -> None:
        nonlocal next_look
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + _LOOK_SECONDS
            if _is_another_waiting():
                raise SteppedAside

    return look


def _is_another_waiting():
    _renew_connection()
    try:
        return queue.is_another_waiting()
    except DatabaseError:
        # It starts again: what it says next will do.
        _renew_connection()
        return False


def _renew_connection():
    """The database may have closed it, or started again, while nothing was asked."""
    if not connection.in_atomic_block:
        close_old_connections()
