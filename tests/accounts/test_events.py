"""The journal of people is chained like that of deliveries."""

import pytest
from django.db import connection

from accounts.events import record, verify_events
from accounts.models import Event
from accounts.roles import READER
from tests.accounts.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    user = person(READER)
    return [record(Event.Kind.SIGNED_IN, user, essai=number).pk for number in range(3)]


def test_journal_is_intact(events):
    found = verify_events()

    assert (found.is_intact, found.entries) == (True, 3)


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE accounts_event SET who = 'autre' WHERE id = %s", 1),
        ("UPDATE accounts_event SET details = '{}' WHERE id = %s", 1),
        ("DELETE FROM accounts_event WHERE id = %s", 2),
    ],
)
def test_what_is_changed_by_sql_is_named(events, sql, broken_at):
    with connection.cursor() as cursor:
        cursor.execute(sql, [events[1]])

    assert verify_events().broken_at == events[broken_at]
