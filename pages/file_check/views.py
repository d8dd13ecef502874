"""`/verifier/`: the checks that need no database, for whoever drops a file; nothing of it is kept."""

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from deliveries.bounds import bounds_of_models
from deliveries.checking.presentation import CSV_HEADER, csv_rows, present
from deliveries.checking.run import Run
from pages.file_check.form import FileForm
from pages.file_check.limits import CheckThrottle, is_too_large, one_check
from stats.caching import public_page
from stats.exports import csv_response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def file_check(request):
    """A form, then the report of the file that is sent.

    No token guards the form, since a public page has no cookie to hold one. Nothing is at stake that it would protect: the
    request is made in nobody's name, changes and keeps nothing, and another site that sends a file here cannot read the
    answer. What it costs is bounded by its size, by the rate of an address, and by one check at a time.
    """
    return _report(request) if request.method == "POST" else _form(request)


@public_page
def _form(request):
    return _page(request, FileForm())


def _page(request, form, report=None, refusal="", status=200):
    context = {"form": form, "report": report, "refusal": refusal}
    return render(request, "pages/file_check/page.html", context, status=status)


@never_cache
def _report(request):
    if is_too_large(request):
        return _refused(request, _("Le fichier dépasse 10 Mo."), 413)
    if not CheckThrottle().allow_request(request, None):
        return _refused(
            request, _("Trop de vérifications depuis votre adresse. Recommencez dans une minute."), 429
        )
    # In memory only: no file is written on the server.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    if not one_check.acquire(blocking=False):
        return _refused(request, _("Une autre vérification est en cours. Recommencez dans une minute."), 503)
    try:
        report = Run(form.file(), bounds_of_models()).finish().as_dict()
    finally:
        one_check.release()
    return _as_asked(request, report)


def _refused(request, sentence, status):
    response = _page(request, FileForm(), refusal=sentence, status=status)
    if status != 413:
        response["Retry-After"] = "60"
    return response


def _as_asked(request, report):
    """The report as a page, or as a file to keep."""
    kind = request.POST.get("rapport", "")
    if kind == "csv":
        rows = (dict(zip(CSV_HEADER, row, strict=True)) for row in csv_rows(report, translate=_))
        return csv_response(CSV_HEADER, rows, "rapport")
    shown = present(report, _)
    if kind not in {"html", "json"}:
        return _page(request, FileForm(), shown)
    if kind == "json":
        response = JsonResponse(report, json_dumps_params={"ensure_ascii": False})
    else:
        response = render(request, "pages/file_check/kept.html", {"report": shown})
    response["Content-Disposition"] = f'attachment; filename="rapport.{kind}"'
    return response
