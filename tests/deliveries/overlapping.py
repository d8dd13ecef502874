"""Two writers in processes of their own, the second started while the first is in the middle of its work."""

import multiprocessing
import traceback

from django.db import connection

PAUSED = ("paused", None)
_FORK = multiprocessing.get_context("fork")
# Between two looks at whether the second process waits for the first.
_LOOK_SECONDS = 0.005


def overlap(first, second, place):
    """What both actions return: `second` starts when `first` has sent `place` statements to the database, and is let go
    as far as it can before `first` goes on: to its end, or to a lock that `first` holds.

    SQLite does not tell who waits: there both go on together.
    """
    process, pipe = started(first, place)
    reached = pipe.recv()
    other, other_pipe = started(second, None)
    if reached == PAUSED:
        while connection.vendor == "postgresql" and not other_pipe.poll(_LOOK_SECONDS) and not _waits():
            pass
        pipe.send(PAUSED)
        reached = pipe.recv()
    connection.close()
    return _end(process, reached), _end(other, other_pipe.recv())


def started(action, place):
    """A process that does `action` and stops before the statement that follows `place` others, and the pipe by which it
    says so (`PAUSED`), or what it returned.
    """
    # A process must not end the connection of another.
    connection.close()
    here, there = _FORK.Pipe()
    process = _FORK.Process(target=_work, args=(action, place, there))
    process.start()
    return process, here


def _end(process, ended):
    process.join()
    kind, value = ended
    if kind == "failed":
        raise AssertionError(value)
    return value


def _work(action, place, pipe):
    try:
        with connection.execute_wrapper(_Pause(place, pipe)):
            pipe.send(("done", action()))
    except Exception:
        pipe.send(("failed", traceback.format_exc()))
    finally:
        connection.close()


class _Pause:
    """Before the statement that follows `place` others, says so and waits to be let go on; place: None for never."""

    def __init__(self, place, pipe):
        self._left, self._pipe = place, pipe

    def __call__(self, execute, sql, params, many, context):
        if self._left == 0:
            self._pipe.send(PAUSED)
            self._pipe.recv()
        if self._left is not None:
            self._left -= 1
        return execute(sql, params, many, context)


def _waits():
    """Whether a connection to this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
