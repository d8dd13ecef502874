"""What a long piece of work says of itself while it lasts, and where it can be stopped.

Work calls `stage` and `advance`; whoever started it listens, by `told_to`. Nobody listening is the usual case.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deliveries.checking.check import Step
    from deliveries.report import Report


class Cancelled(BaseException):
    """Somebody asked to stop: the transaction under way rolls back.

    Not an Exception: those are faults of files, which `isolation` and `candidates` turn into findings.
    """


class Progress:
    """Listens to nothing. Its methods may raise `Cancelled`."""

    def stage(self, title: str, total: int = 0, unit: str = "") -> None:
        """A stage begins. title: French words. total: how many rows it goes through, 0 where nobody knows. unit: the French
        name of what is counted, if it is not rows."""

    def advance(self, rows: int = 1) -> None:
        """That many more rows of the stage are done."""

    def checked(self, report: Report, step: Step) -> None:
        """The checks of a file are made up to this step; those of the later ones are still to come."""


_NOBODY = Progress()
_LISTENER: ContextVar[Progress] = ContextVar("progress")


@contextmanager
def told_to(listener: Progress) -> Iterator[None]:
    """What is done inside tells `listener` how far it is."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def stage(title: str, total: int = 0, unit: str = "") -> None:
    _LISTENER.get(_NOBODY).stage(title, total, unit)


def checked(report: Report, step: Step) -> None:
    _LISTENER.get(_NOBODY).checked(report, step)


def advance(rows: int = 1) -> None:
    _LISTENER.get(_NOBODY).advance(rows)
