"""What the pages of the desk show, as plain dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from deliveries.approval import Accepted, not_accepted
from deliveries.checking.presentation import FirstResults, ShownReport, present, present_first
from deliveries.desk.actions import ticks_to_accept
from deliveries.desk.forms import SOURCE_LABELS
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations import queue
from deliveries.operations.heartbeat import signs_of
from deliveries.operations.transitions import ALLOWED, OPEN, State
from deliveries.preview.keeping import PREPARED
from deliveries.report import COUNT_LABELS, disclosure_sentences

# Lines of a report that the page of a submission shows; the page of the file has the others.
FIRST_LINES = 10


@dataclass(frozen=True)
class ReportView:
    """What happened, or would happen, to a file.

    ReportView(file="cfa.csv", source="Apprentissage, par CFA", cohorts=["2021 et 2022"], status="a_publier", …). status: as
    `Report.status`. counts: [(label, rows)]. csv_address: where its findings are downloaded, "" where they are not.
    """

    file: str
    source: str
    cohorts: list[str]
    status: str
    counts: list[tuple[str, int]]
    checks: ShownReport
    csv_address: str
    disclosure: list[str]
    deduced_groups: list[Mapping[str, Any]]


def report_view(report: Mapping[str, Any], csv_address: str = "") -> ReportView:
    """The view of a report as the journal and submissions keep it, which is not {}."""
    disclosure = report.get("recoupements")
    return ReportView(
        file=report["fichier"],
        source=SOURCE_LABELS.get(report["source"], _("inconnue")),
        cohorts=[cohort.replace("_", " et ") for cohort in report["cohortes"]],
        status=report["statut"],
        counts=[(label, report["lignes"][name]) for name, label in COUNT_LABELS.items()],
        checks=present(report),
        csv_address=csv_address,
        disclosure=disclosure_sentences(disclosure),
        deduced_groups=(disclosure or {}).get("groupes", []),
    )


@dataclass(frozen=True)
class StageView:
    """A stage of an operation. share: percentage done, None where nobody knows how much there is to do. unit: of what."""

    title: str
    done: int
    total: int
    share: int | None
    unit: str


@dataclass(frozen=True)
class OperationView:
    """An operation that waits, runs or ended. before: how many are done before it, while it waits. first_results: while it
    runs, what is known already of each of its files.
    """

    pk: int
    label: str
    state: str
    is_over: bool
    is_cancel_asked: bool
    before: int
    stages: list[StageView]
    first_results: list[FirstResults]
    outcome: str
    poll_address: str
    cancel_address: str
    back_address: str
    back_label: str


def operation_view(operation: Operation) -> OperationView:
    stages, is_cancel_asked, first_results = operation.stages, operation.is_cancel_asked, []
    if operation.state == Operation.State.RUNNING:
        signs = signs_of(operation)
        stages, is_cancel_asked, first_results = signs.stages, signs.is_cancel_asked, signs.first_results
    is_waiting = operation.state == Operation.State.WAITING
    return OperationView(
        pk=operation.pk,
        label=operation.get_kind_display(),
        state=operation.state,
        is_over=operation.is_over,
        is_cancel_asked=is_cancel_asked,
        before=queue.operations_before(operation) if is_waiting else 0,
        stages=[_stage(*stage) for stage in stages],
        first_results=[present_first(told) for told in first_results],
        outcome=operation.outcome,
        poll_address=reverse("admin:deliveries_operation_progress", args=[operation.pk]),
        cancel_address=reverse("admin:deliveries_operation_cancel", args=[operation.pk]),
        back_address=_back_address(operation),
        back_label=_back_label(operation),
    )


def _stage(title, done, total, unit=""):
    return StageView(
        title, done, total, min(100, 100 * done // total) if total else None, unit or _("lignes")
    )


def _back_address(operation):
    if operation.submission_id:
        return reverse("admin:deliveries_submission_change", args=[operation.submission_id])
    if operation.kind == Operation.Kind.FETCH:
        return reverse("admin:deliveries_submission_fetch")
    return reverse("admin:stats_delivery_change", args=[operation.delivery_id])


def _back_label(operation):
    if operation.submission_id:
        return _("Aller au dépôt")
    is_fetch = operation.kind == Operation.Kind.FETCH
    return _("Revenir aux services") if is_fetch else _("Revenir à la livraison")


@dataclass(frozen=True)
class FileView:
    """A file of a submission: its report in short, and what can be done with it.

    status: as `Report.status`, "" before its first check. warnings: how many have to be accepted before it
    is published; to_accept: how many of them nobody accepted yet. columns_address: where to say what its columns are, "" where
    its report does not ask. lines: the first sentences of its report; more: how many others there are.
    """

    pk: int
    name: str
    is_erased: bool
    source: str
    cohort: str
    status: str
    counts: list[tuple[str, int]]
    lines: list[str]
    more: int
    warnings: int
    to_accept: int
    address: str
    remove_address: str
    columns_address: str
    delivery_address: str


# Findings that somebody mends by saying what the columns are.
_OF_COLUMNS = {
    *("fichier_inconnu", "autre_source", "source_contredite", "colonnes_indiquees", "colonne_absente"),
    *("colonne_en_double", "entete_vide", "colonne_renommee", "colonne_inconnue", "colonne_par_sa_place"),
}


def _columns_address(file: SubmittedFile) -> str:
    kinds = {kind["sorte"] for kind in file.report.get("constats_par_sorte", ())}
    if file.file_id is None or not kinds & _OF_COLUMNS:
        return ""
    return reverse("admin:deliveries_submission_file_columns", args=[file.submission_id, file.pk])


def _file_view(file: SubmittedFile, may_change: bool) -> FileView:
    report, arguments = file.report, [file.submission_id, file.pk]
    lines = [finding["phrase"] for finding in report.get("constats", [])]
    delivery, ticks = report.get("livraison"), ticks_to_accept(file)
    return FileView(
        pk=file.pk,
        name=file.name,
        is_erased=file.file_id is None,
        source=SOURCE_LABELS.get(report.get("source") or file.source, ""),
        cohort=file.cohort.replace("_", " et "),
        status=report.get("statut", ""),
        counts=[(label, number) for name, label in COUNT_LABELS.items() if (number := _count(report, name))],
        lines=lines[:FIRST_LINES],
        more=max(0, len(lines) - FIRST_LINES),
        warnings=len(ticks),
        to_accept=len(not_accepted(ticks, map(Accepted.from_dict, file.accepted))),
        address=reverse("admin:deliveries_submission_file", args=arguments),
        remove_address=reverse("admin:deliveries_submission_file_remove", args=arguments),
        columns_address=_columns_address(file) if may_change else "",
        delivery_address=reverse("admin:stats_delivery_change", args=[delivery]) if delivery else "",
    )


def _count(report, name):
    return report.get("lignes", {}).get(name, 0)


@dataclass(frozen=True)
class SubmissionView:
    """A submission, its files, the operation under way, and what may be asked for.

    addresses: {what may be asked for now: where}, among "add_files", "check", "ask_agreement",
    "agree", "send_back", "publish", "schedule", "unschedule" and "give_up". is_own: whether who reads prepared what waits for somebody else’s agreement.
    preview_address: where what it changes for families is read, "" where nobody looked.
    """

    pk: int
    author: str
    created_at: Any
    note: str
    state: str
    state_label: str
    outcome: str
    revision: int
    files: list[FileView]
    operation: OperationView | None
    may_change: bool
    addresses: dict[str, str]
    is_own: bool
    can_remove_files: bool
    preview_address: str


def submission_view(
    submission: Submission, may_change: bool, may_publish: bool, has_prepared: bool
) -> SubmissionView:
    """may_change, may_publish: whether who reads may prepare, and may agree to what was prepared; has_prepared: prepared it."""
    is_open = submission.state in OPEN
    files = [_file_view(file, may_change and is_open) for file in submission.files.all()]
    operation = submission.operations.exclude(state__in=_OVER).first()
    return SubmissionView(
        pk=submission.pk,
        author=submission.author.get_username() if submission.author else "–",
        created_at=submission.created_at,
        note=submission.note,
        state=submission.state,
        state_label=submission.get_state_display(),
        outcome=submission.outcome,
        revision=submission.revision,
        files=files,
        operation=operation_view(operation) if operation else None,
        may_change=may_change,
        addresses=_addresses(submission, files, may_publish, has_prepared) if may_change else {},
        is_own=has_prepared and submission.state == State.TO_APPROVE,
        can_remove_files=may_change and is_open and len(files) > 1,
        preview_address=_preview_address(submission),
    )


def _preview_address(submission):
    """Where what it changes for families is read, "" where nobody looked."""
    if submission.state not in (*PREPARED, State.PUBLISHED):
        return ""
    return reverse("admin:deliveries_submission_preview", args=[submission.pk])


_OVER = (Operation.State.DONE, Operation.State.CANCELLED, Operation.State.FAILED)


def _addresses(submission, files, may_publish, has_prepared):
    following = ALLOWED[State(submission.state)]
    has_content = not any(file.is_erased for file in files)
    is_ready = any(file.status == "a_publier" for file in files) and not any(file.to_accept for file in files)
    needs_another = settings.TWO_PERSON_APPROVAL and submission.state == State.CHECKED
    may_agree = may_publish and not has_prepared and submission.state == State.TO_APPROVE
    may_publish_now = may_publish and is_ready and not needs_another
    is_scheduled = submission.state == State.SCHEDULED
    possible = {
        "add_files": submission.state in OPEN,
        "check": State.CHECKING in following and has_content,
        "publish": may_publish_now and State.PUBLISHING in following and not is_scheduled,
        "schedule": may_publish_now and State.SCHEDULED in following,
        "unschedule": may_publish and is_scheduled,
        "ask_agreement": needs_another and is_ready,
        "agree": may_agree,
        "send_back": may_agree,
        "give_up": State.CANCELLED in following,
    }
    return {
        name: reverse(f"admin:deliveries_submission_{name}", args=[submission.pk])
        for name, is_possible in possible.items()
        if is_possible
    }
