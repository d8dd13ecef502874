"""Before anything is published, and when the first figures are."""

from io import StringIO

from django.core.management import call_command

from api.files import versions
from tests import leak_files


def test_nothing_published_makes_nothing(db, directory):
    output = StringIO()
    call_command("open_files", stdout=output)
    assert "Rien n’est publié" in output.getvalue()
    assert versions.made() == []


def test_page_says_that_nothing_is_published(client, db):
    assert "Rien n’est encore publié" in client.get("/donnees/").text


def test_ingestion_makes_the_files_of_what_it_publishes(
    db, tmp_path, settings, directory, django_capture_on_commit_callbacks
):
    leak_files.create_nomenclature()
    (tmp_path / "ij_region_formation.csv").write_bytes(leak_files.region_file("large"))
    settings.OPEN_FILES = True
    output = StringIO()
    call_command("ingest", str(tmp_path / "ij_region_formation.csv"), dry_run=True, stdout=output)
    assert not directory.exists()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("ingest", str(tmp_path / "ij_region_formation.csv"), stdout=output)
    assert versions.made() == [versions.current()]
    assert "Données ouvertes" in output.getvalue()
