"""The version of the data moves with what pages show, whoever writes it, and with nothing else."""

import io

import pytest
from django.core.management import call_command

from deliveries.journal_chain import verify_journal
from deliveries.publication import File, publish
from deliveries.reference_tables import certifications
from deliveries.withdrawal import take_back
from deliveries.writing import one_writer
from stats.caching import data_version
from stats.models import DataVersion, Delivery
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, published_for_all

REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")


@pytest.fixture(scope="module")
def published_once(django_db_setup, django_db_blocker):
    with published_for_all(django_db_blocker, File("cfa.csv", csv(CFA_HEADER, *CFA_ROWS))):
        with django_db_blocker.unblock():
            certifications.rebuild({})
        yield


@pytest.fixture
def published(published_once, db):
    """What each test changes is undone."""


def called(name, **options):
    call_command(name, stdout=io.StringIO(), **options)


WRITERS = {
    "publication": lambda file: publish([file(REVISED)]),
    "withdrawal": lambda file: take_back(Delivery.objects.get()),
    "rebuild": lambda file: called("rebuild"),
    "disclosure": lambda file: called("audit_disclosure", apply=True),
}
OTHERS = {
    "dry run": lambda file: publish([file(REVISED)], dry_run=True),
    "same file": lambda file: publish([file()]),
    "refused file": lambda file: publish([file(CFA_ROWS[0].replace(";57;", ";157;"))]),
    "rebuild of what is there": lambda file: called("rebuild", if_needed=True),
    "audit": lambda file: called("audit_disclosure"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_version_moves_by_one_with_each_writer(published, cfa_file, name):
    text, number = data_version(), DataVersion.objects.number()

    WRITERS[name](cfa_file)

    assert DataVersion.objects.number() == number + 1
    assert data_version() != text
    assert verify_journal().is_intact


@pytest.mark.parametrize("name", OTHERS)
def test_version_stays_when_nothing_changes(published, cfa_file, name):
    text = data_version()

    OTHERS[name](cfa_file)

    assert data_version() == text != ""


def test_journal_names_the_version_that_each_entry_made(published, cfa_file):
    publish([cfa_file(REVISED)])
    called("rebuild")
    take_back(Delivery.objects.latest("pk"))

    assert list(Delivery.objects.order_by("pk").values_list("version", flat=True)) == [1, 2, 4]


def _change_and_fail():
    with one_writer() as writing:
        writing.change()
        raise ZeroDivisionError


def test_writer_that_fails_leaves_the_version(published):
    with pytest.raises(ZeroDivisionError):
        _change_and_fail()

    assert DataVersion.objects.number() == 1


def test_page_and_cursor_of_before_a_rebuild_do_not_outlive_it(published, client):
    """A rebuild gives new keys to the same rows."""
    first = client.get("/api/v1/chiffres?par_page=1")
    following = first.json()["suivant"]
    page = client.get(following)
    assert page.status_code == 200

    called("rebuild")

    assert client.get(following).status_code == 410
    assert client.get(following, headers={"If-None-Match": page["ETag"]}).status_code == 410
    again = client.get("/api/v1/chiffres?par_page=1", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
