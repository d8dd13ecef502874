"""Large files sent in pieces: gone on with after a cut, whole or not there, nobody else's, never over the ceiling."""

import fcntl
import hashlib
import io
import os
import time
import tracemalloc
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deliveries.desk import receiving
from deliveries.models import Submission
from deliveries.operations.transitions import State
from deliveries.uploads import store
from stats.models import DeliveredFile
from tests.conftest import database
from tests.databases import EMPTY
from tests.deliveries.conftest import DELIVER, signed_in_manager
from tests.deliveries.overlapping import overlap
from tests.signing_in import signed_in

UPLOADS = "/gestion/deliveries/submission/envois/"
# Nobody knows its columns: its check is short.
CONTENT = b"a;b\n" + b"1;2\n" * 30
SIZE = len(CONTENT)
HALF = 50


@pytest.fixture(autouse=True)
def own_directory(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.UPLOAD_MAX_BYTES = 1024**2


def begin(client, name="a.csv", size=SIZE, mark="1"):
    return client.post(UPLOADS, {"name": name, "size": size, "mark": mark})


def send(client, address, offset, piece, **headers):
    headers = {"Upload-Offset": str(offset), "Upload-Sha256": hashlib.sha256(piece).hexdigest()} | headers
    return client.generic("PATCH", address, piece, "application/octet-stream", headers=headers)


def sent_whole(client, content=CONTENT, name="a.csv"):
    """The token of an upload that is whole."""
    state = begin(client, name, len(content)).json()
    assert send(client, state["address"], 0, content).status_code == 200
    return state["token"]


def test_file_sent_in_pieces_is_received_like_any_other(manager):
    address = begin(manager).json()["address"]
    assert send(manager, address, 0, CONTENT[:HALF]).json()["offset"] == HALF
    # After a cut or a reload: how far it is, or the same file said again.
    assert manager.head(address).headers["Upload-Offset"] == str(HALF)
    assert begin(manager).json() == manager.get(address).json()
    assert "a.csv (40 %)" in manager.get(DELIVER).text
    assert send(manager, address, HALF, CONTENT[HALF:]).json()["offset"] == SIZE

    token = begin(manager).json()["token"]
    page = manager.post(DELIVER, {"uploads": token, "note": "Gros"}, follow=True)
    submission = Submission.objects.get()
    assert (submission.note, submission.state) == ("Gros", State.REFUSED)
    [file] = submission.files.all()
    assert (file.name, file.size, file.sha256) == ("a.csv", SIZE, hashlib.sha256(CONTENT).hexdigest())
    assert page.context["submission"].pk == submission.pk
    assert not list(store.of(submission.author_id))


def test_pieces_and_plain_files_make_one_submission(manager):
    data = {"uploads": [sent_whole(manager)], "files": SimpleUploadedFile("b.csv", b"c;d\n1;2\n")}
    manager.post(DELIVER, data)
    assert {file.name for file in Submission.objects.get().files.all()} == {"a.csv", "b.csv"}

    pk = Submission.objects.get().pk
    more = sent_whole(manager, b"e;f\n1;2\n", "c.csv")
    manager.post(f"/gestion/deliveries/submission/{pk}/ajouter/", {"uploads": more})
    assert Submission.objects.get().files.count() == 3


@pytest.mark.parametrize(
    ("offset", "piece", "headers", "sentence"),
    [
        (0, CONTENT[:10], {}, "n’est pas celui qui est attendu"),
        (HALF, CONTENT, {}, "n’est pas celui qui est attendu"),
        (HALF, CONTENT[HALF:], {"Upload-Sha256": "0" * 64}, "arrivé abîmé"),
        (HALF, CONTENT[HALF:], {"Upload-Sha256": "x"}, "mal annoncé"),
        (HALF, CONTENT[HALF:], {"Upload-Offset": "-1"}, "mal annoncé"),
        (HALF, b"", {}, "mal annoncé"),
        (HALF, b"a" * (4 * 1024**2 + 1), {}, "mal annoncé"),
    ],
)
def test_piece_that_is_not_the_next_one_is_not_kept(manager, offset, piece, headers, sentence):
    address = begin(manager).json()["address"]
    send(manager, address, 0, CONTENT[:HALF])

    answer = send(manager, address, offset, piece, **headers)
    assert answer.status_code == 409
    assert sentence in answer.json()["sentence"]
    assert send(manager, address, HALF, CONTENT[HALF:]).json()["offset"] == SIZE


def test_piece_that_a_cut_or_a_kill_left_half_is_sent_again(tmp_path):
    upload = store.begin(1, "a.csv", SIZE, "")
    with pytest.raises(store.WrongPiece):
        store.add(upload, 0, io.BytesIO(CONTENT[:10]), SIZE)
    with (store._folder(upload.token) / "content").open("ab") as content:
        content.write(b"written before the kill")
    whole = store.add(store.find(1, upload.token), 0, io.BytesIO(CONTENT), SIZE)
    assert whole.is_whole
    with store.opened(whole) as content:
        assert content.read() == CONTENT


def test_same_file_from_two_windows_is_sent_by_one_at_a_time():
    upload = store.begin(1, "a.csv", SIZE, "")
    with (store._folder(upload.token) / "content").open("rb") as content:
        fcntl.flock(content, fcntl.LOCK_EX)
        with pytest.raises(store.WrongPiece, match="d’une autre fenêtre"):
            store.add(upload, 0, io.BytesIO(CONTENT), SIZE)


def test_upload_that_is_received_twice_makes_one_submission(manager):
    token = sent_whole(manager)
    manager.post(DELIVER, {"uploads": token})
    page = manager.post(DELIVER, {"uploads": token})

    assert "Un envoi n’est pas entier, ou est déjà reçu." in page.text
    assert Submission.objects.count() == 1


def test_upload_that_is_not_whole_is_told(manager):
    assert (
        "Un envoi n’est pas entier" in manager.post(DELIVER, {"uploads": begin(manager).json()["token"]}).text
    )
    assert not Submission.objects.exists()


def test_same_content_sent_by_two_people_is_in_one_submission(manager):
    other = signed_in_manager("autre")
    mine, theirs = sent_whole(manager), sent_whole(other, name="autre.csv")
    manager.post(DELIVER, {"uploads": mine})
    page = other.post(DELIVER, {"uploads": theirs}, follow=True)

    assert "«\u00a0autre.csv\u00a0» est déjà dans le dépôt" in page.text
    assert DeliveredFile.objects.count() == 1


def test_upload_of_somebody_else_is_not_there(manager):
    address = begin(manager).json()["address"]
    other = signed_in_manager("autre")

    assert other.get(address).status_code == 404
    assert send(other, address, 0, CONTENT).status_code == 404
    assert other.delete(address).status_code == 404
    assert begin(other).json()["address"] != address
    assert manager.get(f"{UPLOADS}{'a' * 22}/").status_code == 404
    assert store.find(1, "../../etc") is None


def test_piece_needs_the_token_of_the_page(manager):
    address = begin(manager).json()["address"]
    client = signed_in(Client(enforce_csrf_checks=True), User.objects.get(username="gestion"))
    assert begin(client).status_code == 403
    assert send(client, address, 0, CONTENT).status_code == 403
    assert client.delete(address).status_code == 403


def test_upload_given_up_is_erased(manager, tmp_path):
    address = begin(manager).json()["address"]
    assert manager.delete(address).status_code == 204
    assert manager.get(address).status_code == 404
    assert not list((tmp_path / "uploads").iterdir())


def test_file_over_the_ceiling_is_refused_at_once_by_its_size(manager, settings):
    answer = begin(manager, size=2 * 1024**3)
    assert (answer.status_code, answer.json()["sentence"]) == (413, store.too_large_sentence())
    assert "dépassent 1\u00a0Mo" in store.too_large_sentence()

    # Together too, whether they come in pieces or not.
    token = sent_whole(manager, b"a;b\n" * 150_000)
    page = manager.post(DELIVER, {"uploads": token, "files": SimpleUploadedFile("b.csv", b"a;b\n" * 150_000)})
    assert "dépassent 1\u00a0Mo" in page.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, {"name": "a.csv", "size": "-1"}, {"name": " ", "size": "3"}, {"size": "3"}]
)
def test_upload_without_a_name_or_a_size_is_refused(manager, data):
    assert manager.post(UPLOADS, data).status_code == 400


def test_what_somebody_left_alone_makes_room_and_nothing_else_does(manager):
    first = begin(manager, "a.csv", 700_000).json()
    answer = begin(manager, "b.csv", 700_000)
    assert (answer.status_code, "terminez-les d’abord" in answer.json()["sentence"]) == (413, True)
    # Others have a ceiling of their own.
    assert begin(signed_in_manager("autre"), "b.csv", 700_000).status_code == 201

    idle = time.time() - store.IDLE_SECONDS - 1
    os.utime(store._folder(first["token"]) / "notes.json", (idle, idle))
    assert begin(manager, "b.csv", 700_000).status_code == 201
    assert manager.get(first["address"]).status_code == 404


def test_disk_without_room_is_told_before_anything_is_sent(manager, monkeypatch):
    monkeypatch.setattr(store.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 10}))
    assert "n’a pas la place" in begin(manager).json()["sentence"]


def test_uploads_are_forgotten_after_a_day():
    upload = store.begin(1, "a.csv", 3, "")
    store.forget_old()
    assert store.find(1, upload.token)
    old = time.time() - store.KEPT_SECONDS - 1
    os.utime(store._folder(upload.token) / "notes.json", (old, old))
    store.forget_old()
    assert not store.find(1, upload.token)


def test_archive_is_never_whole_in_memory(tmp_path):
    size = 20 * 1024**2
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, archive.open("a.csv", "w") as member:
        for _ in range(size // 1024**2):
            member.write(b"1;2\n" * (1024**2 // 4))
    tracemalloc.start()
    try:
        with (tmp_path / "a.zip").open("rb") as content:
            [file] = receiving.arriving([File(content, name="a.zip")])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (file.name, file.size) == ("a.zip/a.csv", size)
    assert peak < size / 4


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database that processes can write in."""
    with database(django_db_blocker, EMPTY), django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("place", [2, 5])
def test_same_file_received_twice_at_once_is_in_one_submission(own_database, place):
    def receive():
        received = receiving.receive([File(io.BytesIO(CONTENT), name="a.csv")], None)
        return received.submission and received.submission.pk, received.known

    (first, known), (second, other_known) = overlap(receive, receive, place)
    [number] = {first, second} - {None}
    assert known | other_known == {"a.csv": number}
    assert Submission.objects.count() == 1
