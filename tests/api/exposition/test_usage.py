"""Calls counted while the database fails are written later, once."""

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from api.exposition.usage import Buffer
from api.models import ApiKey, UsageDay


@pytest.fixture
def key(db):
    return ApiKey.objects.make("essai")[0]


def refusing(start):
    """While it lasts, the database fails on statements that begin with `start`, as when another process holds it."""

    def execute(execute, sql, params, many, context):
        if sql.startswith(start):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(execute)


@pytest.mark.parametrize("statement", ["INSERT INTO", "UPDATE"])
def test_counts_are_kept_while_the_database_fails_and_written_once_it_answers(key, statement):
    calls = Buffer()
    calls.add(key, "certification", "50022139")
    with refusing(statement):
        calls.write()
    assert not UsageDay.objects.exists()

    calls.add(key, "certification", "50022139")
    calls.write()
    calls.write()

    assert list(UsageDay.objects.values_list("consumer", "code", "count")) == [("essai", "50022139", 2)]
    assert ApiKey.objects.get().last_used_on == timezone.localdate()
