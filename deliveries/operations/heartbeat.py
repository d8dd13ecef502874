"""What a running operation tells the pages, and what they tell it, while its transaction hides everything it writes.

On PostgreSQL the row of the operation is written through the connection of a second thread. On SQLite nobody can write while
a publication does: files beside the database do, one an operation (docs/adr/0023).
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from deliveries.checking.check import Step
from deliveries.checking.presentation import first_results_of
from deliveries.models import Operation
from deliveries.progress import Cancelled, Progress
from deliveries.report import Report

EVERY_SECONDS = 1.0


class Stopped(Cancelled):
    """The worker is being stopped: the operation waits for the next one."""


class SteppedAside(Cancelled):
    """The operation lets others pass, and waits for its turn again."""


class Lost(Cancelled):
    """Another worker was given the operation, as this one did not say that it was alive: what this one did does not count."""


@dataclass(frozen=True)
class Signs:
    """What is known of a running operation from outside. stages, first_results: as in `Operation`."""

    heartbeat_at: datetime
    stages: list
    first_results: list
    is_cancel_asked: bool


class OperationProgress(Progress):
    """Keeps what the work says, for the thread that passes it on, and stops the work where that thread was told to."""

    def __init__(self) -> None:
        self.stages: list[list] = []
        self.first_results: list[dict] = []
        self._stop: Cancelled | None = None

    def stage(self, title: str, total: int = 0, unit: str = "") -> None:
        self._go_on()
        if not self.stages or self.stages[-1][0] != title:
            self.stages = [*self.stages, [title, 0, total, *filter(None, [unit])]]

    def advance(self, rows: int = 1) -> None:
        self._go_on()
        if self.stages:
            *former, (title, done, *rest) = self.stages
            self.stages = [*former, [title, done + rows, *rest]]

    def checked(self, report: Report, step: Step) -> None:
        self._go_on()
        told = first_results_of(report, step)
        others = [one for one in self.first_results if one["cle"] != told["cle"]]
        self.first_results = [*others, told]

    def stop(self, reason: Cancelled) -> None:
        """Raise `reason` in the work the next time that it says where it is."""
        self._stop = self._stop or reason

    def _go_on(self):
        if self._stop:
            raise self._stop


def signs_of(operation: Operation) -> Signs:
    """The last signs of a running operation."""
    if connection.vendor != "sqlite":
        return _known(operation)
    is_cancel_asked = operation.is_cancel_asked or _cancel_path(operation).exists()
    try:
        path = _path(operation)
        told = json.loads(path.read_text(encoding="utf-8"))
        beat = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    except (OSError, ValueError):
        return replace(_known(operation), is_cancel_asked=is_cancel_asked)
    return Signs(max(beat, operation.heartbeat_at), told["stages"], told["first_results"], is_cancel_asked)


def _known(operation):
    return Signs(operation.heartbeat_at, operation.stages, operation.first_results, operation.is_cancel_asked)


def ask_to_cancel(operation: Operation) -> None:
    """Ask a running operation to stop."""
    if connection.vendor == "sqlite":
        _cancel_path(operation).parent.mkdir(parents=True, exist_ok=True)
        _cancel_path(operation).touch()
    else:
        Operation.objects.filter(pk=operation.pk, state=Operation.State.RUNNING).update(is_cancel_asked=True)


@contextmanager
def beating(operation: Operation, progress: OperationProgress) -> Iterator[None]:
    """A thread says every second that the operation is alive and how far it is, and hears that it has to stop.

    Inside a transaction that somebody else opened, nobody outside could see the operation: there is no thread.
    """
    if connection.in_atomic_block:
        yield
        return
    beat = _beat_in_file if connection.vendor == "sqlite" else _beat_in_database
    is_over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(is_over, beat, operation, progress), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        forget(operation)


def forget(operation: Operation) -> None:
    """Remove the files of an operation that is over."""
    if connection.vendor == "sqlite":
        _path(operation).unlink(missing_ok=True)
        _cancel_path(operation).unlink(missing_ok=True)


def _beat_until(is_over, beat, operation, progress):
    try:
        while True:
            try:
                if beat(operation, progress):
                    progress.stop(Cancelled())
            except (DatabaseError, OSError):
                # The work itself says what is wrong with the database; a missed beat does not end it.
                connection.close()
            if is_over.wait(EVERY_SECONDS):
                return
    finally:
        connection.close()


def _beat_in_database(operation, progress):
    """Returns whether to stop: somebody asked to, or this run of the operation is not the one that counts any more."""
    rows = Operation.objects.filter(
        pk=operation.pk, state=Operation.State.RUNNING, attempts=operation.attempts
    )
    rows.update(heartbeat_at=timezone.now(), stages=progress.stages, first_results=progress.first_results)
    return rows.values_list("is_cancel_asked", flat=True).first() is not False


def _beat_in_file(operation, progress):
    path = _path(operation)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not there: a page reads it at any time.
    whole = path.with_suffix(".partiel")
    told = {"stages": progress.stages, "first_results": progress.first_results}
    whole.write_text(json.dumps(told), encoding="utf-8")
    os.replace(whole, path)
    return _cancel_path(operation).exists()


def _path(operation) -> Path:
    return settings.VAR_DIR / "operations" / f"{operation.pk}.json"


def _cancel_path(operation) -> Path:
    return settings.VAR_DIR / "operations" / f"{operation.pk}.annuler"
