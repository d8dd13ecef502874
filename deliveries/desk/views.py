"""The pages of the desk: receive files, follow a submission, ask for what is done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.roles import APPROVE
from deliveries.checking.presentation import CSV_HEADER, csv_rows
from deliveries.desk import actions, agreement, receiving
from deliveries.desk.forms import FileForm, MoreFilesForm, ScheduleForm, SubmissionForm
from deliveries.desk.guards import (
    PREPARE,
    TAKE_BACK,
    asking,
    may_prepare,
    may_publish,
    page,
    preparing,
    reading,
    to_submission,
    unless_busy,
)
from deliveries.desk.page import operation_view, report_view, submission_view
from deliveries.desk.uploads import Sent, uploads_view
from deliveries.desk.warnings import warning_views
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.operations.transitions import OPEN, NotPossible, State
from deliveries.uploads.store import too_large_sentence
from stats.exports import csv_response


@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Receive files in a new submission, and check them. The token is looked at once the ceiling is set."""
    return _limited(request, _receive)


@csrf_exempt
def add_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive more files in a submission that is still open, and check it again."""
    return _limited(request, _add_files, pk=pk)


def _limited(request, view, **kwargs):
    ceiling = receiving.CeilingHandler(request)
    request.upload_handlers.insert(0, ceiling)
    return csrf_protect(preparing(view))(request, ceiling=ceiling, **kwargs)


def _receive(request, ceiling):
    with Sent(request) as sent:
        form = SubmissionForm(request.POST or None, request.FILES or None, sent=sent.files)
        is_asked = request.method == "POST" and not _is_not_received(request, ceiling, sent)
        if not (is_asked and form.is_valid()):
            context = {"form": form, "uploads": uploads_view(request)}
            return page(request, "receive", _("Livrer des fichiers"), context)
        said = receiving.Said(*(form.cleaned_data[name] for name in ("source", "cohort", "note")))
        received = receiving.receive(form.cleaned_data["files"], request.user, said=said)
        sent.forget()
    _tell_known(request, received)
    if received.submission is None:
        return to_submission(next(iter(received.known.values())))
    actions.check(received.submission, request.user)
    return to_submission(received.submission.pk)


def _add_files(request, ceiling, pk):
    submission = get_object_or_404(Submission, pk=pk)
    with Sent(request) as sent:
        form = MoreFilesForm(request.POST or None, request.FILES or None, sent=sent.files)
        if request.method == "POST" and not _is_not_received(request, ceiling, sent) and form.is_valid():
            try:
                received = receiving.receive(form.cleaned_data["files"], request.user, submission)
                sent.forget()
                _tell_known(request, received)
                actions.check(submission, request.user)
            except NotPossible:
                messages.warning(
                    request, _("Rien n’a été ajouté\u00a0: ce dépôt ne reçoit plus de fichiers.")
                )
    return to_submission(pk)


def _is_not_received(request, ceiling, sent):
    if not sent.is_whole:
        messages.error(
            request,
            _(
                "Un envoi n’est pas entier, ou est déjà reçu. Choisissez de nouveau le fichier\u00a0: il reprend."
            ),
        )
        return True
    if ceiling.received + sent.size <= receiving.settings.UPLOAD_MAX_BYTES:
        return False
    messages.error(request, too_large_sentence())
    return True


def _tell_known(request, received):
    for name, pk in received.known.items():
        sentence = _(
            "«\u00a0%(file)s\u00a0» est déjà dans le dépôt n°\u00a0%(number)s\u00a0: il n’est pas déposé deux fois."
        )
        messages.info(request, sentence % {"file": name, "number": pk})


@reading
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """A submission: its files, what their checks say, the operation under way, what may be asked for."""
    found = get_object_or_404(Submission.objects.select_related("author"), pk=pk)
    view = submission_view(
        found, may_prepare(request), may_publish(request), agreement.has_prepared(found, request.user)
    )
    context = {
        "submission": view,
        "form": MoreFilesForm(),
        "schedule_form": ScheduleForm(),
        "uploads": uploads_view(request),
    }
    return page(request, "submission", str(found), context)


@asking(PREPARE)
def check(request: HttpRequest, submission: Submission) -> None:
    actions.check(submission, request.user)


@asking(APPROVE)
def publish(request: HttpRequest, submission: Submission) -> None:
    actions.publish(submission, request.user, _revision(request))


@asking(APPROVE)
def schedule(request: HttpRequest, submission: Submission) -> None:
    form = ScheduleForm(request.POST)
    if form.is_valid():
        actions.schedule(submission, request.user, _revision(request), form.cleaned_data["at"])
    else:
        messages.warning(request, " ".join(form.errors["at"]))


@asking(APPROVE)
def unschedule(request: HttpRequest, submission: Submission) -> None:
    actions.unschedule(submission)


@asking(PREPARE)
def ask_agreement(request: HttpRequest, submission: Submission) -> None:
    agreement.ask(submission, request.user, _revision(request))


@asking(APPROVE)
def agree(request: HttpRequest, submission: Submission) -> None:
    agreement.agree(submission, request.user, _revision(request), _word(request))


@asking(APPROVE)
def send_back(request: HttpRequest, submission: Submission) -> None:
    agreement.send_back(submission, request.user, _revision(request), _word(request))


def _word(request):
    return request.POST.get("word", "").strip()[:1000]


def _revision(request):
    """That of the reports that were read, which the form holds; 0 where it holds none."""
    revision = request.POST.get("revision", "")
    return int(revision) if revision.isdecimal() else 0


@asking(PREPARE)
def give_up(request: HttpRequest, submission: Submission) -> None:
    actions.give_up(submission)


@asking(PREPARE)
def remove_file(request: HttpRequest, submission: Submission, file: int) -> None:
    actions.remove_file(get_object_or_404(submission.files, pk=file))
    actions.check(submission, request.user)


@reading
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The whole report of a file, and what its header does not say."""
    found = get_object_or_404(SubmittedFile.objects.select_related("submission"), pk=file, submission=pk)
    if request.method == "POST":
        return _describe(request, found)
    return _file_page(request, found, FileForm(initial={"source": found.source, "cohort": found.cohort}))


@preparing
def _describe(request, found):
    form = FileForm(request.POST)
    if not form.is_valid():
        return _file_page(request, found, form)
    try:
        actions.change_file(found, **form.cleaned_data)
        actions.check(found.submission, request.user)
    except NotPossible:
        messages.warning(request, _("Rien n’a été fait\u00a0: ce dépôt n’est plus à préparer."))
    return to_submission(found.submission_id)


@preparing
def accept(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Accept the warnings of a file one by one, each with its reason."""
    found = get_object_or_404(SubmittedFile.objects.select_related("submission"), pk=file, submission=pk)
    if request.method == "POST":
        reasons = {
            key: request.POST.get(f"motif {key}", "").strip() for key in request.POST.getlist("accepte")
        }
        try:
            if actions.accept(found, request.user, _revision(request), reasons):
                messages.warning(request, _("Une case est cochée sans motif\u00a0: elle n’est pas gardée."))
        except NotPossible:
            messages.warning(
                request, _("Rien n’a été fait\u00a0: ce dépôt a changé depuis que vous l’avez lu.")
            )
    return HttpResponseRedirect(reverse("admin:deliveries_submission_file", args=[pk, file]))


def _file_page(request, found, form):
    address = reverse("admin:deliveries_submission_file_findings", args=[found.submission_id, found.pk])
    context: dict[str, Any] = {
        "file": {"pk": found.pk, "name": found.name, "sha256": found.sha256, "address": found.address},
        "submission": {"pk": found.submission_id, "revision": found.submission.revision},
        "warnings": warning_views(found),
        "may_accept": may_prepare(request) and found.submission.state == State.CHECKED,
        "report": report_view(found.report, address) if found.report else None,
        "form": form if may_prepare(request) and found.submission.state in OPEN else None,
    }
    return page(request, "file", found.name, context)


@reading
def findings(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Every finding of a file as CSV, or those of the check that `controle` names."""
    report = get_object_or_404(SubmittedFile, pk=file, submission=pk).report
    rows = csv_rows(report, request.GET.get("controle", "")) if report else ()
    return csv_response(CSV_HEADER, (dict(zip(CSV_HEADER, row, strict=True)) for row in rows), "constats")


@reading
def operation(request: HttpRequest, pk: int) -> HttpResponse:
    """An operation that is followed for itself: the withdrawal of a delivery."""
    found = get_object_or_404(Operation, pk=pk)
    return page(request, "operation", str(found), {"operation": operation_view(found)})


@reading
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an operation is, for the script that shows it again every two seconds."""
    view = operation_view(get_object_or_404(Operation, pk=pk))
    response = TemplateResponse(request, "admin/deliveries/submission/progress.html", {"operation": view})
    response["X-Operation-Over"] = "1" if view.is_over else "0"
    return response


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an operation, for whoever may ask for it."""
    found = get_object_or_404(Operation.objects.select_related("submission"), pk=pk)
    is_withdrawal = found.kind == Operation.Kind.TAKE_BACK
    if not request.user.has_perm(TAKE_BACK if is_withdrawal else PREPARE):
        raise PermissionDenied
    if request.method == "POST":
        if found.state == Operation.State.RUNNING:
            return _cancel(request, found)
        return unless_busy(request, lambda: _cancel(request, found))
    return HttpResponseRedirect(operation_view(found).back_address)


def _cancel(request, found):
    if not actions.cancel(found):
        messages.info(request, _("Ce travail est déjà fini."))
    return HttpResponseRedirect(operation_view(found).back_address)
