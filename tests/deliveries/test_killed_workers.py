"""A worker killed in the middle of a check or a publication: nothing half done is seen, and the next one ends it."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import connection

from deliveries.models import Operation
from deliveries.operations import tasks, upkeep
from deliveries.operations.transitions import State
from stats.models import Attribution, DataVersion, Delivery, Outcome
from tests.browser.revision import revised_file
from tests.conftest import database
from tests.databases import DEMONSTRATION
from tests.deliveries.overlapping import PAUSED, started
from tests.deliveries.submitting import ask_check, ask_publication, checked, submission_of

pytestmark = pytest.mark.long
# Statements that the worker has sent when it is killed, from its first to its last ones.
PLACES = (3, 20, 60, 150, 400)


@pytest.fixture
def demonstration_to_write(django_db_setup, django_db_blocker):
    """The demonstration in a database of its own, which processes can write in."""
    with database(django_db_blocker, DEMONSTRATION), django_db_blocker.unblock():
        yield


def shown():
    figures = sorted(
        Outcome.objects.values_list("source", "cohort", "school", "taux_emploi_12_mois", "delivery"), key=repr
    )
    return DataVersion.objects.number(), Delivery.objects.count(), Attribution.objects.count(), figures


def kill_at(place):
    """A worker in a process of its own does what waits, and is killed before its statement of that place; returns
    whether it was still at work.
    """
    process, pipe = started(tasks.work.call, place)
    is_paused = pipe.recv() == PAUSED
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    connection.close()
    return is_paused


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("is_publication", [False, True], ids=["check", "publication"])
def test_nothing_half_done_is_seen_and_the_next_worker_ends_it(demonstration_to_write, place, is_publication):
    content = revised_file(";48;;", ";51;;")
    submission = checked(content) if is_publication else submission_of(content)
    before = shown()
    (ask_publication if is_publication else ask_check)(submission)

    was_at_work = kill_at(place)

    if was_at_work:
        assert shown() == before
        upkeep.resume_interrupted(dead_after=timedelta(0))
    submission.refresh_from_db()
    operation = submission.operations.latest("pk")
    # Killed before it had started the operation, the worker left it in the queue.
    assert operation.state == Operation.State.DONE
    assert operation.attempts <= (2 if was_at_work else 1)
    assert submission.state == (State.PUBLISHED if is_publication else State.CHECKED)
    version, deliveries, attributions, figures = shown()
    assert (version, deliveries, attributions) == (
        before[0] + is_publication,
        before[1] + is_publication,
        before[2],
    )
    changed = set(figures) - set(before[3])
    assert 51 in {rate for *_, rate, _ in changed} if is_publication else not changed
