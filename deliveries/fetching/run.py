"""Fetch the files of a service, and put those that are new in a submission, as if somebody had sent them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from deliveries import progress
from deliveries.desk import receiving
from deliveries.fetching.catalogue import Fetchable
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.http import Client
from deliveries.fetching.work import Fetched, Work
from deliveries.models import Operation, Submission
from deliveries.operations import queue
from deliveries.operations.transitions import State, move
from stats.models import ApprenticeshipEntry, Attribution, Slice, Teaching


@dataclass
class Outcome:
    """What became of fetched files. submission: where the new ones are, None where there is none. lines: a sentence about each
    of the others, and about what the service did not give."""

    submission: Submission | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        first = (
            f"Récupéré\u00a0: dépôt n°\u00a0{self.submission.pk}." if self.submission else "Rien de nouveau."
        )
        return " ".join([first, *self.lines])


def fetch(
    what: Fetchable, folder: Path, cohort: str = "", between: Callable[[], None] = lambda: None
) -> list[Fetched]:
    """The files of a service, in `folder`. Raises FetchFailed, its sentence holding no credential."""
    if missing := what.missing(settings.FETCHED_SERVICES):
        raise FetchFailed(f"Non configuré\u00a0: il manque {', '.join(missing)}.")
    if what.asks_cohort and not cohort:
        raise FetchFailed("Ce service demande une cohorte\u00a0: 2022_2023.")
    client = Client(settings.FETCHED_SERVICES[what.address], what.manners, partial(pause, between))
    return list(what.fetch(Work(client, settings.FETCHED_SERVICES, folder, cohort, schools, between)))


def arrived(files: list[Fetched]) -> list[tuple[Fetched, list[receiving.Arrived]]]:
    """The files with what each is, or holds where it is an archive: read and compressed before any transaction."""
    read = []
    for file in files:
        progress.stage(f"Lecture de {file.name}")
        with file.path.open("rb") as content:
            read.append((file, list(receiving.arriving([File(content, name=file.name)]))))
    return read


def keep(
    files: list[tuple[Fetched, list[receiving.Arrived]]], user: AbstractBaseUser | None, label: str
) -> Outcome:
    """Receive what is not published as it is, and ask for its check; call it in the transaction that ends the work."""
    received = receiving.Received()
    at = f"{timezone.localtime():%d/%m/%Y à %H:%M}"
    for file, contents in files:
        said = receiving.Said(file.source, note=f"{label}, récupéré le {at}.", address=file.address)
        for content in contents:
            receiving.put(received, content, user, said, _live)
    if received.submission:
        move(received.submission, State.CHECKING)
        queue.add(Operation.Kind.CHECK, user, received.submission)
    lines = [file.note for file, _ in files if file.note]
    for name, pk in received.known.items():
        lines.append(f"«\u00a0{name}\u00a0» est déjà dans le dépôt n°\u00a0{pk}.")
    for name in received.published:
        lines.append(f"«\u00a0{name}\u00a0» n’a pas changé\u00a0: il est déjà publié.")
    return Outcome(received.submission, lines)


def _live() -> set[str]:
    """SHA-256 of the files of which a slice is published."""
    live = Slice.objects.filter(state=Slice.State.LIVE)
    return set(live.values_list("delivery__file_id", flat=True))


def schools() -> list[str]:
    """The schools that teach something, or of which figures are shown."""
    codes = set(Teaching.objects.values_list("school_id", flat=True).distinct())
    codes |= set(Attribution.objects.exclude(school=None).values_list("school_id", flat=True).distinct())
    for name in ("site", "trainer", "manager"):
        codes |= set(ApprenticeshipEntry.objects.values_list(name, flat=True).distinct())
    return sorted(code for code in codes if code)


def pause(between: Callable[[], None], seconds: float) -> None:
    """Wait, hear meanwhile that somebody cancels, and let others pass, as `between` does."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        progress.advance(0)
        between()
        time.sleep(min(1.0, left))


def keep_at_once(files: list[tuple[Fetched, list[receiving.Arrived]]], label: str) -> Outcome:
    """`keep`, for nobody that the portal knows, in a transaction of its own."""
    with transaction.atomic():
        return keep(files, None, label)
