"""The journal of people is chained like that of deliveries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from accounts.events import forget_old, record, verify_events
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


def test_events_are_forgotten_after_a_year_and_the_journal_stays_whole():
    with time_machine.travel("2026-01-05 00:00:00+00:00", tick=False) as clock:
        for days in (0, 200, 100):
            clock.shift(timedelta(days=days))
            record(Event.Kind.SIGNED_IN)
        clock.shift(timedelta(days=64))
        forget_old()
        assert Event.objects.count() == 3
        clock.shift(timedelta(days=2))
        forget_old()

    assert Event.objects.count() == 2
    assert verify_events().is_intact
