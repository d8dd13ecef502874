"""The task that does the operations of the queue. It holds nothing: the queue is in `deliveries.models.Operation`.

So a task that a killed worker left behind is of no consequence, and the next one does what remains.
"""

import os
import socket

from django_tasks import task

from deliveries.operations import queue
from deliveries.operations.heartbeat import OperationProgress, Stopped
from deliveries.operations.running import run


class _Work:
    """What this process does now, for the signal that stops it."""

    progress: OperationProgress | None = None
    is_stopping = False


@task()
def work() -> None:
    """Do the operations that wait, one after the other, until none does, or one runs elsewhere: that worker goes on."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    while not _Work.is_stopping and (operation := queue.start_next(worker)):
        _Work.progress = OperationProgress()
        run(operation, _Work.progress)
        _Work.progress = None


def wake() -> None:
    """Have a worker look at the queue. Call it once what was added is committed."""
    work.enqueue()


def stop() -> None:
    """Start no other operation in this process; the one that it does rolls back, and waits for the next worker."""
    _Work.is_stopping = True
    if _Work.progress:
        _Work.progress.stop(Stopped())
