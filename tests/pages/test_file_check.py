"""`/verifier/`: a producer drops a file and reads the report; nothing is kept."""

import gzip
import io
import zipfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pages.file_check.limits import MOST_BYTES, MOST_UNPACKED_BYTES, one_check
from stats.models import DeliveredFile
from tests.deliveries.checking import tables
from tests.deliveries.checking.workbook import workbook

ADDRESS = "/verifier/"
pytestmark = pytest.mark.django_db


def send(client, content=None, name="cfa.csv", address=ADDRESS, **fields):
    content = tables.cfa().bytes() if content is None else content
    return client.post(address, {"fichier": SimpleUploadedFile(name, content), **fields})


def spoiled():
    sheet = tables.cfa()
    sheet.rows[0]["Taux emploi 6 mois"] = "101"
    return sheet.bytes()


def test_report_of_a_right_file(client):
    response = send(client)
    assert response.status_code == 200
    assert "Aucun de ces contrôles n’a rien trouvé." in response.text
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert not DeliveredFile.objects.exists()


def test_report_of_a_wrong_file_names_line_column_and_what_to_do(client):
    response = send(client, spoiled(), name="<b>cfa</b>.csv")
    assert "Ligne 2, colonne «\u00a0Taux emploi 6 mois\u00a0»" in response.text
    assert "Corrigez le pourcentage à la source." in response.text
    assert "<b>cfa" not in response.text


def test_report_in_english(client):
    response = send(client, spoiled(), address="/en/verifier/")
    assert "Row 2, column" in response.text
    assert "Correct the percentage at the source." in response.text
    assert "Percentage outside 0 to 100" in response.text


def test_workbook_is_checked(client):
    sheet = tables.cfa()
    workbook("CFA", before=["Note"])(sheet)
    response = send(client, sheet.bytes(), name="cfa.xlsx", address="/en/verifier/")
    assert "The table was read on sheet “CFA”, which is not the first one." in response.text


def test_archive_of_several_files_and_one_that_unpacks_to_too_much_are_refused(client):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.csv", "a")
        made.writestr("b.csv", "b")
    response = send(client, archive.getvalue(), name="envoi.zip")
    assert "Cette archive contient 2 fichiers\u00a0: donnez-les un par un." in response.text
    bomb = gzip.compress(bytes(MOST_UNPACKED_BYTES + 1), 1)
    assert "Décompressé, le fichier dépasse 100 Mo." in send(client, bomb, name="a.gz").text


@pytest.mark.parametrize(
    ("kind", "content_type", "held"),
    [
        ("csv", "text/csv; charset=utf-8", "pourcentage_hors_bornes"),
        ("json", "application/json", "pourcentage_hors_bornes"),
        ("html", "text/html; charset=utf-8", "Corrigez le pourcentage"),
    ],
)
def test_report_to_keep(client, kind, content_type, held):
    response = send(client, spoiled(), rapport=kind)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="rapport.{kind}"'
    assert held in b"".join(response).decode()


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (b"", {}, "Le fichier est vide."),
        (b"a;b", {"cohorte": "22-23"}, "Écrivez une année"),
    ],
)
def test_what_cannot_be_checked_is_said(client, content, fields, said):
    response = send(client, content, **fields)
    assert response.status_code == 400
    assert said in response.text


def test_form_without_a_file_says_so(client):
    response = client.post(ADDRESS)
    assert response.status_code == 400
    assert "Choisissez un fichier." in response.text


def test_large_request_is_refused_before_it_is_read(client):
    response = client.post(ADDRESS, b"x", content_type="text/plain", CONTENT_LENGTH=str(2 * MOST_BYTES))
    assert response.status_code == 413


def test_address_that_checks_too_often_waits(client, settings):
    rates = {
        "DEFAULT_THROTTLE_RATES": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
        | {"verification": "2/min"}
    }
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates
    cache.clear()
    assert [send(client).status_code for _ in range(3)] == [200, 200, 429]
    cache.clear()


def test_one_check_at_a_time(client):
    with one_check:
        response = send(client)
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert send(client).status_code == 200


def test_page_may_be_cached_and_takes_no_other_method(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "ETag" in response.headers
    assert client.delete(ADDRESS).status_code == 405


def test_form_works_on_a_site_that_demands_tokens():
    assert send(Client(enforce_csrf_checks=True)).status_code == 200


def test_nothing_is_written_on_disk(client, monkeypatch, tmp_path):
    """A directory for temporary files that does not exist would make any writing fail."""
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path / "absent"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    content = tables.cfa(3000).bytes()
    assert len(content) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE / 200
    assert send(client, content).status_code == 200
