"""Do an operation: check the files of a submission, publish them, take a delivery back, fetch files, or render pages of a preview.

The transaction that publishes also ends the operation and moves its submission: after a kill at any moment, either all of it
is done or nothing is.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from deliveries import full_disk
from deliveries.approval import Accepted, Approval, still_accepted
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.operation import fetch_and_keep
from deliveries.findings import fault_of
from deliveries.full_disk import is_full_disk
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations import queue
from deliveries.operations.content import files_of
from deliveries.operations.heartbeat import Lost, OperationProgress, SteppedAside, Stopped, beating
from deliveries.operations.transitions import move
from deliveries.preview.keeping import erase_stale, may_be_prepared
from deliveries.preview.watching import Watcher
from deliveries.progress import Cancelled, told_to
from deliveries.publication import publish
from deliveries.report import Report
from deliveries.signals import announce_publication
from deliveries.withdrawal import AlreadyTakenBack, ReplacedSince, take_back
from deliveries.writing import Busy, one_writer

logger = logging.getLogger("django.deliveries")
State = Submission.State
# Between two looks at whether somebody cancelled an operation that waits for another writer.
_WAIT_SECONDS = 5


def run(operation: Operation, progress: OperationProgress) -> None:
    """Do an operation that `queue.start_next` started. However it ends, its row and its submission say so."""
    try:
        with beating(operation, progress):
            _DO[operation.kind](operation, progress)
    except Stopped:
        queue.settle(operation, Operation.State.WAITING, "Le service a redémarré\u00a0: le travail reprend.")
    except SteppedAside:
        queue.step_aside(operation, progress.stages)
    except Lost:
        pass
    except FetchFailed as error:
        end_without_result(operation, Operation.State.FAILED, str(error))
    except Cancelled:
        end_without_result(operation, Operation.State.CANCELLED, _cancelled_sentence(operation))
    except Exception as error:
        logger.exception("%s", operation)
        end_without_result(operation, Operation.State.FAILED, _failure_sentence(error))


def end_without_result(operation: Operation, state: Operation.State, sentence: str) -> None:
    """End a running operation that did nothing, and put its submission where somebody can ask again."""
    with transaction.atomic():
        is_ours = queue.settle(operation, state, sentence)
        if is_ours and operation.submission and operation.kind != Operation.Kind.PREVIEW:
            move(operation.submission, _after(operation, state), outcome=sentence, approval={})


def _failure_sentence(error):
    if is_full_disk(error):
        return full_disk.SENTENCE
    return f"Une panne a arrêté ce travail ({fault_of(error)})\u00a0: rien n’a été publié. Relancez-le."


def _after(operation, state):
    if state == Operation.State.FAILED:
        return State.FAILED
    return State.RECEIVED if operation.kind == Operation.Kind.CHECK else State.CHECKED


def _cancelled_sentence(operation):
    return {
        Operation.Kind.CHECK: "Contrôle annulé\u00a0: rien n’a changé.",
        Operation.Kind.PUBLISH: "Publication annulée\u00a0: rien n’a été publié.",
        Operation.Kind.TAKE_BACK: "Retrait annulé\u00a0: rien n’a changé.",
        Operation.Kind.FETCH: "Récupération annulée\u00a0: rien n’est déposé.",
        Operation.Kind.PREVIEW: "Aperçu annulé\u00a0: les pages demandées ne sont pas prêtes.",
    }[Operation.Kind(operation.kind)]


@contextmanager
def _writing(progress: OperationProgress) -> Iterator[None]:
    """The transaction of an operation, once no other writer is at work; somebody may cancel the operation while it waits."""
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(one_writer(_WAIT_SECONDS))
                break
            except Busy:
                progress.stage("Attente d’une autre publication")
        with told_to(progress):
            yield


def _check(operation, progress):
    with _writing(progress):
        watcher = Watcher(operation.submission)
        files = files_of(operation.submission)
        reports = publish(files, dry_run=True, user=operation.asked_by, watcher=watcher)
        _keep_reports(operation, reports, progress)
        if operation.submission.state == State.CHECKED:
            watcher.keep(operation.submission.version or 0)


def _preview(operation, progress):
    """Render the pages that are asked for, from a publication that is rolled back."""
    sentence = "Ce dépôt n’est plus à publier\u00a0: il n’y a rien à préparer."
    with _writing(progress):
        if may_be_prepared(operation.submission):
            watcher, files = Watcher(operation.submission, is_whole=False), files_of(operation.submission)
            reports = publish(files, dry_run=True, user=operation.asked_by, watcher=watcher)
            watcher.keep(max(report.version or 0 for report in reports))
            sentence = "Pages prêtes."
        _end(operation, progress, sentence)


def _keep_reports(operation, reports, progress, sentence=""):
    """What was checked is what somebody may agree to publish now, or the reason why nobody may."""
    is_refused = any(report.is_refused for report in reports)
    sentence = sentence or ("Contrôle refusé." if is_refused else "Contrôle fait.")
    versions = {report.version for report in reports if not report.is_refused}
    submission = operation.submission
    _end(operation, progress, sentence)
    move(
        submission,
        State.REFUSED if is_refused else State.CHECKED,
        revision=submission.revision,
        version=max(versions, default=None),
        outcome=sentence,
        approval={},
    )
    _store(submission, reports)


def _publish(operation, progress):
    with _writing(progress):
        approval = Approval.from_dict(operation.submission.approval)
        files = files_of(operation.submission)
        reports = publish(files, approval=approval, user=operation.asked_by)
        if operation.submission.publish_at and _says_the_same(operation.submission, reports):
            approval = replace(approval, version=max(report.version for report in reports))
            reports = publish(files, approval=approval, user=operation.asked_by)
        statuses = {report.status for report in reports}
        if statuses <= {"publie", "inchange"}:
            _end(operation, progress, "Publication faite.")
            move(operation.submission, State.PUBLISHED, outcome=_published_sentence(reports))
            _store(operation.submission, reports)
            erase_stale()
        else:
            sentence = (
                "Rien n’est publié\u00a0: les données ont changé depuis le contrôle. "
                "Voici un nouveau rapport\u00a0: lisez-le avant de publier."
            )
            _keep_reports(operation, reports, progress, sentence)
    if "publie" in statuses:
        announce_publication()


def _says_the_same(submission, reports):
    """Whether nothing is published, as the data changed, though every report is what was agreed to when it was scheduled."""
    return all(report.status in {"a_publier", "inchange"} for report in reports) and [
        file.report for file in submission.files.all()
    ] == [json.loads(json.dumps(report.as_dict())) for report in reports]


def _published_sentence(reports):
    if len(reports) > 1:
        return "Ces fichiers sont publiés."
    [report] = reports
    if report.status == "publie":
        return f"«\u00a0{report.file}\u00a0» est publié."
    return f"«\u00a0{report.file}\u00a0» est déjà publié\u00a0: rien d’autre n’a changé."


def _take_back(operation, progress):
    try:
        with _writing(progress):
            take_back(operation.delivery, operation.asked_by, operation.reason, along=operation.along)
            _end(operation, progress, _taken_back_sentence(operation))
            erase_stale()
    except AlreadyTakenBack:
        queue.settle(operation, Operation.State.DONE, "Cette livraison est déjà retirée.")
    except ReplacedSince:
        sentence = (
            "Rien n’est retiré\u00a0: d’autres livraisons ont remplacé celle-ci depuis votre demande. "
            "Relisez la page du retrait."
        )
        queue.settle(operation, Operation.State.FAILED, sentence)
    else:
        announce_publication()


def _taken_back_sentence(operation):
    name = f"«\u00a0{operation.delivery.file_name}\u00a0»"
    number = len(operation.along)
    if not number:
        return f"{name} est retiré."
    plural = "s" if number > 1 else ""
    return f"{name} est retiré, avec {number} livraison{plural} plus récente{plural}."


def _end(operation: Operation, progress: OperationProgress, sentence: str) -> None:
    """End the operation in the transaction of its work, which rolls back where this run of it does not count any more."""
    if not queue.settle(operation, Operation.State.DONE, sentence, progress.stages):
        raise Lost


def _store(submission: Submission, reports: list[Report]) -> None:
    """Keep the new report of each file, and what was accepted of it that is in it still; who read the former has to read it."""
    for file, report in zip(submission.files.all(), reports, strict=True):
        accepted = still_accepted(report.ticks, map(Accepted.from_dict, file.accepted))
        SubmittedFile.objects.filter(pk=file.pk).update(
            report=report.as_dict(), accepted=[one.as_dict() for one in accepted]
        )
    Submission.objects.filter(pk=submission.pk).update(revision=F("revision") + 1)


_DO = {
    Operation.Kind.CHECK: _check,
    Operation.Kind.PUBLISH: _publish,
    Operation.Kind.TAKE_BACK: _take_back,
    Operation.Kind.FETCH: fetch_and_keep,
    Operation.Kind.PREVIEW: _preview,
}
