"""The desk: files received, their checks read, what may be asked for and by whom."""

import gzip
import io
import zipfile

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import PREPARER
from deliveries.desk.receiving import receive
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations import queue
from deliveries.operations.transitions import State, move
from stats.models import DeliveredFile, Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, DELIVER, accept_all, csv, publish_as_read, upload
from tests.deliveries.submitting import submission_of
from tests.signing_in import signed_in

CONTENT = csv(CFA_HEADER, *CFA_ROWS)
REFUSED = csv(CFA_HEADER, CFA_ROWS[0].replace(";57;", ";157;"))
DESK = "/gestion/deliveries/submission/"


def test_upload_shows_a_report_and_publishes_nothing(manager):
    page = upload(manager, CONTENT, note="Reçu de la DEPP")

    assert "Le fichier peut être publié. Rien n’est publié encore." in page.text
    assert "Reçu de la DEPP" in page.text
    assert not Outcome.objects.exists()
    assert not Delivery.objects.exists()
    assert gzip.decompress(DeliveredFile.objects.get().content) == CONTENT


def test_publishing_after_the_report_publishes_that_file(manager):
    response = publish_as_read(manager, upload(manager, CONTENT))

    assert "«\u00a0cfa.csv\u00a0» est publié." in response.text
    assert Delivery.objects.get().user.username == "gestion"
    assert Outcome.objects.count() == 2
    assert not response.context["submission"].addresses


def test_several_files_make_one_submission(manager):
    other = csv(CFA_HEADER, CFA_ROWS[0].replace("2021-2022", "2019-2020"))
    files = [SimpleUploadedFile("a.csv", CONTENT), SimpleUploadedFile("b.csv", other)]
    page = manager.post(DELIVER, {"files": files}, follow=True)

    assert [file.name for file in page.context["submission"].files] == ["a.csv", "b.csv"]
    assert "Ces fichiers sont publiés." in publish_as_read(manager, page).text
    assert Delivery.objects.count() == 2


def test_files_of_an_archive_are_each_a_file_of_the_submission(manager):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("un/a.csv", CONTENT)
        made.writestr("b.csv", REFUSED)
    files = [
        SimpleUploadedFile("envoi.zip", archive.getvalue()),
        SimpleUploadedFile("coupee.zip", archive.getvalue()[:-30]),
    ]
    page = manager.post(DELIVER, {"files": files}, follow=True)

    names = [file.name for file in page.context["submission"].files]
    assert names == ["envoi.zip/un/a.csv", "envoi.zip/b.csv", "coupee.zip"]
    assert (
        "C’est un classeur ou un fichier compressé\u00a0: il est coupé ou abîmé, et ne s’ouvre pas."
        in page.text
    )
    contents = DeliveredFile.objects.values_list("content", flat=True)
    assert {CONTENT, REFUSED} < {gzip.decompress(content) for content in contents}


def test_refused_file_shows_its_sentences_and_is_replaced_by_another(manager):
    page = upload(manager, REFUSED, name="faux.csv")
    assert "Ligne 2, colonne «\u00a0DEVENIR Part en emploi 6 mois\u00a0»" in page.text
    assert "Rien n’a changé" in page.text
    assert set(page.context["submission"].addresses) == {"add_files", "check", "give_up"}

    pk = page.context["submission"].pk
    more = {"files": SimpleUploadedFile("juste.csv", CONTENT)}
    page = manager.post(f"{DESK}{pk}/ajouter/", more, follow=True)
    wrong, right = page.context["submission"].files
    assert (wrong.status, right.status) == ("refuse", "a_publier")
    page = manager.post(wrong.remove_address, follow=True)
    assert [file.name for file in page.context["submission"].files] == ["juste.csv"]
    assert "publish" not in page.context["submission"].addresses
    accept_all(pk, page.context["submission"].revision)
    assert "publish" in manager.get(f"{DESK}{pk}/change/").context["submission"].addresses
    assert DeliveredFile.objects.count() == 1


def test_file_added_after_the_report_was_read_is_not_published_with_it(manager):
    """Nor is one added while what was read is being published."""
    page = upload(manager, CONTENT)
    submission = Submission.objects.get()
    receive([SimpleUploadedFile("en-douce.csv", REFUSED)], None, submission)
    assert "a changé depuis que vous l’avez lu" in publish_as_read(manager, page).text

    submission.refresh_from_db()
    move(submission, State.PUBLISHING)
    more = {"files": SimpleUploadedFile("trop-tard.csv", b"a;b")}
    page = manager.post(f"{DESK}{submission.pk}/ajouter/", more, follow=True)
    assert "ne reçoit plus de fichiers" in page.text
    assert [file.name for file in submission.files.all()] == ["cfa.csv", "en-douce.csv"]
    assert not Delivery.objects.exists()


def test_only_file_of_a_submission_is_not_removed(manager):
    [file] = upload(manager, REFUSED).context["submission"].files

    assert "Rien n’a été fait" in manager.post(file.remove_address, follow=True).text
    assert SubmittedFile.objects.exists()


def test_page_of_a_file_has_the_whole_report_and_its_lines_as_csv(manager):
    rows = [CFA_ROWS[0].replace(";57;", ";157;")] * 12
    [file] = upload(manager, csv(CFA_HEADER, *rows)).context["submission"].files

    assert (len(file.lines), file.more > 0) == (10, True)
    assert "Contrôles en échec" in manager.get(file.address).text
    lines = b"".join(manager.get(f"{file.address}constats.csv").streaming_content).decode()
    assert lines.count("\n") == len(file.lines) + file.more + 1


def test_source_and_cohort_are_said_on_the_page_of_the_file(manager):
    page = upload(manager, CONTENT)
    [file] = page.context["submission"].files

    assert "Écrivez une année" in manager.post(file.address, {"cohort": "22-23"}).text
    page = manager.post(file.address, {"source": "inserjeunes_cfa", "cohort": "2022_2023"}, follow=True)
    [file] = page.context["submission"].files
    assert file.cohort == "2022 et 2023"
    assert SubmittedFile.objects.get().source == "inserjeunes_cfa"


def test_cohort_badly_written_is_said_in_the_form(manager):
    assert "Écrivez une année" in upload(manager, CONTENT, cohort="22-23").text
    assert not Submission.objects.exists()


def test_file_sent_twice_is_recognised(manager):
    first = upload(manager, CONTENT)
    again = upload(manager, CONTENT, name="autre-nom.csv")

    assert "«\u00a0autre-nom.csv\u00a0» est déjà dans le dépôt" in again.text
    assert again.context["submission"].pk == first.context["submission"].pk
    assert SubmittedFile.objects.count() == 1


def test_upload_over_the_ceiling_is_said_and_nothing_is_kept(manager, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    response = upload(manager, b"a;b\n" * 400_000)

    assert "Ces fichiers dépassent 1\u00a0Mo" in response.text
    assert not Submission.objects.exists()
    assert not DeliveredFile.objects.exists()


def test_upload_needs_the_token_of_its_form(manager):
    client = signed_in(Client(enforce_csrf_checks=True), User.objects.get(username="gestion"))

    response = client.post(DELIVER, {"files": SimpleUploadedFile("cfa.csv", CONTENT)})
    assert response.status_code == 403


def test_submission_given_up_erases_its_files(manager):
    page = upload(manager, REFUSED)
    address = page.context["submission"].addresses["give_up"]
    page = manager.post(address, follow=True)

    assert "ses fichiers sont effacés" in page.text
    assert not page.context["submission"].addresses
    assert not DeliveredFile.objects.exists()
    assert SubmittedFile.objects.get().file is None
    assert "Rien n’a été fait" in manager.post(address, follow=True).text


def waiting(submission):
    """A check that waits for another one, which runs."""
    move(submission, State.CHECKING)
    running = queue.add(Operation.Kind.CHECK, None, submission_of())
    queue.start_next("elsewhere")
    return running, queue.add(Operation.Kind.CHECK, None, submission)


def test_page_follows_an_operation_and_cancels_it(manager, monkeypatch):
    submission = submission_of(CONTENT)
    _, operation = waiting(submission)
    monkeypatch.setattr("deliveries.desk.actions.refuse_while_writing", lambda: None)
    page = manager.get(f"{DESK}{submission.pk}/change/")
    view = page.context["submission"].operation

    assert "En attente\u00a0: 1 travail avant celui-ci." in page.text
    assert 'aria-live="polite"' in page.text
    assert "1 avant" in manager.get(DESK).text
    assert manager.get(view.poll_address)["X-Operation-Over"] == "0"
    page = manager.post(view.cancel_address, follow=True)
    assert page.context["submission"].state == State.RECEIVED
    assert manager.get(view.poll_address)["X-Operation-Over"] == "1"
    operation.refresh_from_db()
    assert operation.state == Operation.State.CANCELLED


def test_writing_while_sqlite_is_written_says_so_at_once(manager, monkeypatch):
    waiting(submission_of(CONTENT))
    monkeypatch.setattr("deliveries.desk.actions.connection.vendor", "sqlite")
    response = upload(manager, CONTENT, name="autre.csv")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Recommencez dans une minute" in response.text


def test_who_prepares_does_not_publish(nomenclature):
    client = Client()
    user = User.objects.create_user("prepare", is_staff=True)
    user.groups.add(Group.objects.get(name=PREPARER))
    client.force_login(user)
    page = upload(client, CONTENT)

    assert "publish" not in page.context["submission"].addresses
    pk = page.context["submission"].pk
    assert client.post(f"{DESK}{pk}/publier/", {"revision": 2}).status_code == 403
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("page", ["", "add/", "1/change/", "1/publier/", "operations/1/"])
def test_visitor_is_sent_to_sign_in(client, db, page):
    assert client.get(f"{DESK}{page}").url.startswith("/gestion/login/")
