"""A disk that fills during an upload or a publication: a sentence says so, and nothing is half written."""

import errno

import psycopg
import pytest
from django.db import DatabaseError, connection

from deliveries.full_disk import SENTENCE, is_full_disk
from deliveries.operations import tasks
from deliveries.operations.transitions import State
from stats.models import DataVersion, Outcome
from tests.conftest import database
from tests.databases import EMPTY
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, create_nomenclature, csv
from tests.deliveries.submitting import ask_publication, checked


def raised_from(error, cause):
    try:
        raise error from cause
    except type(error) as raised:
        return raised


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (raised_from(DatabaseError(), psycopg.errors.DiskFull()), True),
        (raised_from(DatabaseError(), psycopg.errors.UniqueViolation()), False),
        (OSError(errno.EACCES, "Permission denied"), False),
    ],
)
def test_full_disk_is_told_from_another_fault(error, is_full):
    assert is_full_disk(error) == is_full


@pytest.fixture
def nomenclature_to_write(django_db_setup, django_db_blocker):
    """In a database of its own: SQLite ends the whole transaction where the disk is full."""
    with database(django_db_blocker, EMPTY), django_db_blocker.unblock():
        create_nomenclature()
        yield


def test_full_disk_fails_the_publication_with_its_sentence(nomenclature_to_write):
    if connection.vendor != "sqlite":
        pytest.skip("seule SQLite laisse borner la taille de sa base")
    submission = checked(csv(CFA_HEADER, *CFA_ROWS))
    ask_publication(submission)
    version = DataVersion.objects.number()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        [pages] = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            tasks.wake()
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")

    submission.refresh_from_db()
    assert (submission.state, submission.outcome) == (State.FAILED, SENTENCE)
    assert (DataVersion.objects.number(), Outcome.objects.count()) == (version, 0)
