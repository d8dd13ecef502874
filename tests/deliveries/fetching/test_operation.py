"""A fetch as people ask for it: on its page or on the command line, in the queue, into a submission."""

import logging
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from deliveries.fetching import workspace
from deliveries.fetching.run import pause
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations import queue, upkeep
from deliveries.operations.heartbeat import OperationProgress
from deliveries.operations.running import run
from deliveries.operations.transitions import State
from deliveries.progress import Cancelled
from stats.models import DeliveredFile, Delivery, Slice
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, DELIVER, csv
from tests.deliveries.fetching.service import Answer
from tests.deliveries.fetching.test_services import inserjeunes
from tests.deliveries.submitting import submission_of

CONTENT = csv(CFA_HEADER, *CFA_ROWS)
PAGE = "/gestion/deliveries/submission/recuperer/"
CFA = {"service": "fr-en-inserjeunes-cfa"}


@pytest.fixture(autouse=True)
def configured(service, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.FETCHED_SERVICES = dict.fromkeys(settings.FETCHED_SERVICES, "") | {
        "EDUCATION_OPEN_DATA_URL": service.url,
        "INSERJEUNES_API_URL": service.url,
        "INSERJEUNES_USERNAME": "moi",
        "INSERJEUNES_PASSWORD": "s3cret",
    }
    monkeypatch.setattr(
        "deliveries.fetching.run.pause", lambda between, seconds: service.pauses.append(seconds)
    )
    service.answer = lambda asked: Answer(CONTENT)


def test_fetched_file_is_a_submission_as_if_it_had_been_sent(manager, service):
    page = manager.post(PAGE, CFA, follow=True)

    [submission] = Submission.objects.all()
    assert submission.state == State.CHECKED
    assert submission.author.username == "gestion"
    assert "Données ouvertes, InserJeunes, centres d’apprentissage, récupéré le" in submission.note
    [file] = submission.files.all()
    assert (file.name, file.address) == (
        "fr-en-inserjeunes-cfa.csv",
        f"{service.url}{service.paths[0]}?use_labels=true&delimiter=%3B",
    )
    assert f"Récupéré\u00a0: dépôt n°\u00a0{submission.pk}." in page.text
    assert page.context["operation"].back_address == f"/gestion/deliveries/submission/{submission.pk}/change/"
    stages = [stage.title for stage in page.context["operation"].stages]
    assert stages == ["Téléchargement de fr-en-inserjeunes-cfa.csv", "Lecture de fr-en-inserjeunes-cfa.csv"]
    assert not list((workspace._root()).glob("*/"))
    file_page = manager.get(f"/gestion/deliveries/submission/{submission.pk}/fichiers/{file.pk}/")
    assert "Récupéré à l’adresse" in file_page.text


def test_file_that_did_not_change_is_told_and_makes_no_submission(manager):
    file = submission_of(CONTENT, state=State.PUBLISHED).files.get().file
    delivery = Delivery.objects.create(source="inserjeunes_cfa", file=file, file_name="cfa.csv")
    Slice.objects.create(delivery=delivery, source="inserjeunes_cfa", cohort="2021_2022")
    page = manager.post(PAGE, CFA, follow=True)

    assert "n’a pas changé\u00a0: il est déjà publié." in page.text
    assert Submission.objects.count() == 1
    assert "n’a pas changé" in manager.get(PAGE).text


def test_file_that_somebody_prepares_already_is_not_received_twice(manager):
    submission_of(CONTENT)
    page = manager.post(PAGE, CFA, follow=True)

    assert "est déjà dans le dépôt" in page.text
    assert SubmittedFile.objects.count() == 1


def test_failure_is_a_sentence_without_any_secret(manager, service, caplog):
    service.answer = lambda asked: Answer(status=403)
    with caplog.at_level(logging.DEBUG):
        page = manager.post(PAGE, {"service": "inserjeunes-regions", "cohort": "2022-2023"}, follow=True)

    assert "Le service refuse l’identifiant ou le mot de passe." in page.text
    operation = Operation.objects.get()
    assert (operation.state, operation.cohort) == (Operation.State.FAILED, "2022_2023")
    assert "s3cret" not in caplog.text + page.text + str(list(Operation.objects.values()))
    assert not Submission.objects.exists()


def test_page_says_which_settings_are_missing(manager):
    page = manager.get(PAGE)
    assert "Non configuré." in page.text
    assert (
        "Réglages attendus\u00a0: BCN_API_URL, BCN_API_KEY, BCN_USERNAME, BCN_PASSWORD."
        in page.text.replace(" :", "\u00a0:")
    )
    assert "s3cret" not in page.text

    assert "n’est pas configuré" in manager.post(PAGE, {"service": "bcn"}).text
    assert "Écrivez la cohorte" in manager.post(PAGE, {"service": "inserjeunes-regions"}).text
    assert not Operation.objects.exists()


def waiting(service="inserjeunes-regions", cohort="2022_2023"):
    return queue.add(Operation.Kind.FETCH, None, service=service, cohort=cohort)


def test_fetch_comes_after_what_others_wait_for(nomenclature):
    fetch = waiting()
    check = queue.add(Operation.Kind.CHECK, None, submission_of(CONTENT))

    assert (queue.operations_before(fetch), queue.operations_before(check)) == (1, 0)
    assert queue.start_next("a") == check


def test_fetch_steps_aside_for_others_and_goes_on_after_them(nomenclature, service, monkeypatch):
    monkeypatch.setattr("deliveries.fetching.operation._LOOK_SECONDS", 0)
    waiting()
    fetch = queue.start_next("a")

    service.answer = inserjeunes
    submission = submission_of(CONTENT, state=State.CHECKING)
    check = queue.add(Operation.Kind.CHECK, None, submission)
    run(fetch, OperationProgress())
    fetch.refresh_from_db()
    assert (fetch.state, fetch.attempts) == (Operation.State.WAITING, 0)

    queue.settle(queue.start_next("a"), Operation.State.DONE)
    assert Operation.objects.get(pk=check.pk).is_over
    run(queue.start_next("a"), OperationProgress())
    fetch.refresh_from_db()
    assert (fetch.state, fetch.attempts) == (Operation.State.DONE, 1)
    assert fetch.submission.files.get().source == "ij_region_formation"


def test_fetch_that_waits_for_its_service_lets_others_pass(nomenclature, service, monkeypatch):
    monkeypatch.setattr("deliveries.fetching.operation._LOOK_SECONDS", 0)
    monkeypatch.setattr("deliveries.fetching.run.pause", pause)
    service.answer = lambda asked: Answer(status=503, headers={"Retry-After": "600"})
    waiting("fr-en-inserjeunes-cfa", "")
    fetch = queue.start_next("a")
    queue.add(Operation.Kind.CHECK, None, submission_of(CONTENT))

    run(fetch, OperationProgress())
    fetch.refresh_from_db()
    assert (fetch.state, len(service.asked)) == (Operation.State.WAITING, 1)


def test_fetch_that_runs_keeps_nobody_from_the_desk(manager):
    waiting()
    assert queue.start_next("a")
    file = SimpleUploadedFile("a.csv", b"a;b\n1;2\n")
    assert manager.post(DELIVER, {"files": file}).status_code == 302


def test_cancelled_fetch_leaves_nothing_but_what_it_may_go_on_with(nomenclature, service):
    waiting()
    fetch, progress = queue.start_next("a"), OperationProgress()

    def answer(asked):
        if len(service.asked) == 3:
            progress.stop(Cancelled())
        return inserjeunes(asked)

    service.answer = answer
    run(fetch, progress)
    fetch.refresh_from_db()
    assert (fetch.state, fetch.outcome) == (
        Operation.State.CANCELLED,
        "Récupération annulée\u00a0: rien n’est déposé.",
    )

    service.asked, service.answer = [], inserjeunes
    waiting()
    run(queue.start_next("a"), OperationProgress())
    assert len(service.asked) == 1 + 3 - 2


def test_fetch_whose_worker_was_killed_is_taken_up_more_than_once(nomenclature):
    waiting()
    for attempts in (1, 2, 3):
        fetch = queue.start_next("killed")
        assert fetch.attempts == attempts
        Operation.objects.update(heartbeat_at=timezone.now() - upkeep.DEAD_AFTER)
        # Nobody does it here.
        upkeep.wake, wake = (lambda: None), upkeep.wake
        upkeep.resume_interrupted()
        upkeep.wake = wake
        fetch.refresh_from_db()
        assert fetch.state == Operation.State.WAITING


def test_two_fetches_of_a_service_do_not_share_its_folder(nomenclature, service):
    waiting()
    with workspace.held("inserjeunes-regions", "2022_2023"):
        run(queue.start_next("a"), OperationProgress())
    assert "Une autre récupération de cette source est en cours." in Operation.objects.get().outcome
    assert not service.asked


def test_what_is_a_day_old_starts_again(settings):
    with workspace.held("a", "") as folder:
        (folder / "x").touch()
    workspace.forget_old()
    assert (folder / "x").exists()
    old = timezone.now().timestamp() - workspace.KEPT_SECONDS - 1
    os.utime(folder / "commence", (old, old))
    with workspace.held("a", "") as folder:
        assert not (folder / "x").exists()
    os.utime(folder / "commence", (old, old))
    workspace.forget_old()
    assert not folder.exists()


def test_command_goes_the_same_way(nomenclature, service, capsys):
    service.answer = lambda asked: Answer(b"a;b\n1;2\n")
    call_command("fetch", "fr-en-inserjeunes-cfa")

    submission = Submission.objects.get()
    assert submission.state == State.REFUSED
    assert capsys.readouterr().out == f"Récupéré\u00a0: dépôt n°\u00a0{submission.pk}.\n"
    assert DeliveredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["rien"], 2, "Service inconnu"),
        (["bcn"], 2, "il manque BCN_API_URL"),
        (["inserjeunes-regions"], 2, "demande --cohort"),
        (["fr-en-inserjeunes-cfa"], 1, "est en panne"),
    ],
)
def test_command_says_why_not(nomenclature, service, arguments, code, sentence):
    service.answer = lambda asked: Answer(status=500)
    with pytest.raises(CommandError, match=sentence) as error:
        call_command("fetch", *arguments)
    assert error.value.returncode == code


def test_command_alone_lists_the_services(capsys):
    call_command("fetch")
    out = capsys.readouterr().out
    assert (
        "fr-en-inserjeunes-cfa\u00a0: Données ouvertes, InserJeunes, centres d’apprentissage (configuré)"
        in out
    )
    assert (
        "acce\u00a0: ACCE, extraction des établissements (non configuré, il manque ACCE_EXTRACT_URL)" in out
    )
