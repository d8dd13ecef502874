"""One writer of the published tables at a time, and the version of the data, which it moves last."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, transaction

from deliveries import journal_chain
from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.models import Attribution, Cohort, DataVersion, Delivery, Outcome, Teaching

# Any number that nothing else locks in the same database.
_LOCK = 4_711_820_263
# What PostgreSQL answers when `lock_timeout` is over.
_LOCK_NOT_AVAILABLE = "55P03"
# How long a command waits for another writer: a national publication takes minutes.
PATIENCE_SECONDS = 3_600
# How long a web request waits, which must also have the time to publish before its worker is stopped.
REQUEST_SECONDS = 60


# What exports and pages join: planned without fresh statistics, the export of a whole country takes minutes.
_PLANNED = (Attribution, Outcome, Delivery, Cohort, Teaching, School, Territory, Diploma, CourseYear)


class Busy(Exception):
    """Another writer was still at work when the time to wait for it was over."""


class Writing:
    """What a writer knows of the version: `found`, its number when the lock was given, and whether it has to move.

    entries: keys of the entries of the journal that it made. before_change: called once, before any row changes.
    """

    def __init__(self, found: int) -> None:
        self.found = found
        self.has_changed = False
        self.entries: list[int] = []
        self.before_change: Callable[[], None] | None = None

    def change(self) -> int:
        """Tell that published rows change; returns the number of the version that will hold them."""
        if self.before_change and not self.has_changed:
            self.before_change()
        self.has_changed = True
        return self.found + 1

    def record(self, entry: Delivery) -> Delivery:
        """Tell of an entry of the journal, to be chained at the end of the transaction; returns it."""
        self.entries.append(entry.pk)
        return entry


@contextmanager
def one_writer(seconds: float = PATIENCE_SECONDS) -> Iterator[Writing]:
    """A transaction that no other writer overlaps. Everything that publishes, withdraws or rebuilds goes through it.

    The lock is taken before anything is read and held until the end of the transaction; the version moves last in
    it, so that new rows and new number are read together. seconds: how long to wait; raises `Busy` after that.
    """
    with _waiting(seconds), transaction.atomic():
        _lock(seconds)
        writing = Writing(DataVersion.objects.number())
        yield writing
        if writing.entries:
            journal_chain.seal(writing.entries)
        if writing.has_changed:
            _refresh_statistics()
            DataVersion.objects.move()


def _refresh_statistics():
    """PostgreSQL would refresh them a minute later, when the open files are half made."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in _PLANNED)}")


@contextmanager
def _waiting(seconds):
    """On SQLite the lock is the transaction itself, which settings.py starts as a writing one."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _set_sqlite_wait(seconds)
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error):
            raise Busy from error
        raise
    finally:
        _set_sqlite_wait(settings.DATABASES["default"]["OPTIONS"]["timeout"])


def _set_sqlite_wait(seconds):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _lock(seconds):
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        [former] = cursor.fetchone()
        _set_postgresql_wait(cursor, f"{int(seconds * 1000)}ms")
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
                raise Busy from error
            raise
        _set_postgresql_wait(cursor, former)


def _set_postgresql_wait(cursor, text):
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [text])
