"""The fault of one file never takes the others with it, nor the report of the batch."""

import pytest
from django.db import IntegrityError, OperationalError, connection

from deliveries.candidates import Candidate, File
from deliveries.isolation import publish_apart
from deliveries.journal import Journal
from deliveries.publication import publish
from deliveries.report import Report
from deliveries.writing import Writing
from establishments.models import Territory
from stats.models import Delivery

pytestmark = pytest.mark.django_db


def candidates(*names):
    return [Candidate(File(name, b""), Report(name), None, None, {}) for name in names]


def journal():
    return Journal(Writing(1))


def writes_a_region(group, journal):
    """Publishes a region per file; the one named "99" then divides by zero."""
    for candidate in group:
        journal.writing.change()
        Territory.objects.create(key=f"region-{candidate.file.name}", code=candidate.file.name, name="x")
        if candidate.file.name == "99":
            1 / 0  # noqa: B018
        candidate.report.status = "publie"


def test_files_that_can_be_published_are_and_the_one_at_fault_is_refused():
    group = candidates("01", "99", "02")

    publish_apart(group, journal(), writes_a_region)

    assert [candidate.report.status for candidate in group] == ["publie", "refuse", "publie"]
    assert set(Territory.objects.values_list("code", flat=True)) == {"01", "02"}
    [finding] = group[1].report.findings
    assert finding.kind == "erreur_imprevue"
    assert "ZeroDivisionError, writes_a_region" in finding.sentence


def test_version_does_not_move_for_a_file_that_is_refused_so():
    shared = journal()

    publish_apart(candidates("99"), shared, writes_a_region)

    assert not shared.writing.has_changed


def test_link_to_nothing_is_found_without_a_commit():
    def writes_a_broken_link(group, journal):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO establishments_postalcode (code, commune_id) VALUES (%s, %s)", ["99999", "nulle"]
            )

    [candidate] = candidates("01")

    publish_apart([candidate], journal(), writes_a_broken_link)

    assert candidate.report.status == "refuse"
    assert IntegrityError.__name__ in candidate.report.findings[0].sentence


def test_database_that_fails_is_no_fault_of_a_file():
    def fails(group, journal):
        raise OperationalError

    with pytest.raises(OperationalError):
        publish_apart(candidates("01", "02"), journal(), fails)


def test_unreadable_file_of_a_batch_is_reported_and_the_others_published(nomenclature, cfa_file):
    reports = publish([File("profond.json", b"[" * 100_000), cfa_file(), File("vide.csv", b"")])

    assert [report.status for report in reports] == ["refuse", "publie", "refuse"]
    assert Delivery.objects.count() == 1
