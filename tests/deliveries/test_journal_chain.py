"""The journal is chained: what somebody edits or deletes by SQL is named, whoever wrote the entries."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import JournalHead
from deliveries.journal import Journal
from deliveries.journal_chain import verify_journal
from deliveries.publication import publish
from deliveries.withdrawal import take_back
from deliveries.writing import one_writer
from stats.models import DeliveredFile, Delivery
from tests.deliveries.conftest import CFA_ROWS, create_manager

REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")


@pytest.fixture
def entries(db):
    """Keys of four entries, written by two writers."""
    file = DeliveredFile.objects.create(sha256="1" * 64, size=0, content=b"")
    delivery = Delivery(source="x", file_name="x.csv", file=file)
    user = User.objects.create_user("gestion")
    for _writer in range(2):
        with one_writer() as writing:
            written = [Journal(writing, user).take_back(delivery) for _entry in range(2)]
            # A report is finished once all the files of a transaction are published.
            Delivery.objects.filter(pk=written[0].pk).update(report={"lignes": {"b": 1, "a": 0.1}})
    return sorted(Delivery.objects.values_list("pk", flat=True))


def executed(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_journal_of_publications_and_withdrawals_is_intact(nomenclature, cfa_file):
    manager = create_manager("gestion")
    publish([cfa_file()], user=manager)
    publish([cfa_file(REVISED)], dry_run=True)
    publish([cfa_file(REVISED)])
    entry = take_back(Delivery.objects.first(), manager)
    found = verify_journal()

    assert (found.is_intact, found.entries) == (True, 3)
    assert found.last == Delivery.objects.get(pk=entry.pk).digest
    assert [delivery.user_name for delivery in Delivery.objects.all()] == ["gestion", "", "gestion"]


@pytest.mark.parametrize(
    "edit",
    [
        "user_name = 'quelqu’un'",
        "report = '{}'",
        "reason = 'aucun'",
        "file_name = 'autre.csv'",
        "version = 999",
        "at = '2020-01-01 00:00:00+00:00'",
        "approval = '{\"par\": 1}'",
        "action = 'recoupement'",
    ],
)
def test_edited_entry_is_named(entries, edit):
    executed(f"UPDATE stats_delivery SET {edit} WHERE id = %s", entries[1])

    assert verify_journal().broken_at == entries[1]


def test_entry_given_another_file_is_named(entries):
    other = DeliveredFile.objects.create(sha256="0" * 64, size=0, content=b"")
    executed("UPDATE stats_delivery SET file_id = %s WHERE id = %s", other.pk, entries[1])

    assert verify_journal().broken_at == entries[1]


def test_deleted_entry_shows(entries):
    Delivery.objects.filter(pk=entries[1]).delete()

    assert verify_journal().broken_at == entries[2]


def test_deleted_last_entry_shows(entries):
    Delivery.objects.filter(pk=entries[-1]).delete()
    found = verify_journal()

    assert (found.is_intact, found.entries) == (False, 3)


def test_entry_added_by_hand_is_named_and_never_chained_later(entries):
    forged = Delivery.objects.create(source="x", file_name="x.csv", file=DeliveredFile.objects.get())
    with one_writer() as writing:
        Journal(writing).take_back(forged)

    assert verify_journal().broken_at == forged.pk


def test_account_deleted_later_leaves_the_journal_whole(entries):
    Delivery.objects.last().user.delete()

    assert verify_journal().is_intact
    assert Delivery.objects.last().user_name == "gestion"


def test_command_tells_where_the_journal_breaks(entries):
    output = io.StringIO()
    call_command("verify_journal", stdout=output)
    assert "Journal des livraisons\u00a0: intact, 4 entrées" in output.getvalue()

    executed("UPDATE stats_delivery SET reason = 'aucun' WHERE id = %s", entries[2])
    with pytest.raises(CommandError, match=f"rompu à l’entrée {entries[2]}"):
        call_command("verify_journal", stdout=output)


def test_empty_journal_is_intact(db):
    assert not JournalHead.objects.exists()
    assert verify_journal().is_intact
