"""The desk pages of a preview: what changes for families, line by line, and pages before and after."""

from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from deliveries.desk.guards import may_prepare, may_publish, page, preparing, reading
from deliveries.desk.page import operation_view
from deliveries.models import Operation, Submission
from deliveries.preview import asking, keeping, rendering
from deliveries.preview.forms import FilterForm, PageForm
from deliveries.preview.models import Preview, PreviewPage
from deliveries.preview.page import CSV_COLUMNS, count_views, csv_rows, line_views, page_address
from deliveries.preview.presenting import COUNT_COLUMNS, TITLES, count_csv_rows, preview_view
from deliveries.preview.sealed_pages import never_kept, sealed_response
from deliveries.preview.summary import counts_by
from stats.exports import csv_response

_LINES_A_PAGE = 50
_TODAY = "Publié aujourd’hui"
_AFTER = "Aperçu, non publié"


def _asked(pk) -> tuple[Submission, Preview]:
    submission = get_object_or_404(Submission, pk=pk)
    found = keeping.preview_of(submission)
    if found is None or not found.summary:
        raise Http404
    return submission, found


@reading
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes for families, in ten minutes of reading."""
    submission = get_object_or_404(Submission, pk=pk)
    found = keeping.preview_of(submission)
    lines = keeping.lines_of(found) if found and found.summary else None
    context = {
        "submission": submission,
        "preview": preview_view(submission, found, lines) if lines else None,
        "has_failed": bool(found) and not found.summary,
        "page_form": PageForm() if may_prepare(request) and keeping.may_be_prepared(submission) else None,
        "may_give_links": may_publish(request) and keeping.may_be_prepared(submission),
    }
    return _page(request, "preview", f"Aperçu du dépôt n°\u00a0{pk}", context)


def _page(request, name, title, context):
    return never_kept(page(request, f"preview/{name}", title, context))


@reading
def preview_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that a filter keeps, fifty a page."""
    submission, found = _asked(pk)
    lines, form = keeping.lines_of(found), FilterForm(request.GET)
    form.offer_regions(lines)
    table = form.filter().of(lines)
    paginator = Paginator(range(len(table)), _LINES_A_PAGE)
    shown = paginator.get_page(request.GET.get("page", 1))
    rows = table.iloc[shown.start_index() - 1 : shown.end_index()] if len(table) else table
    query = urlencode([(key, value) for key, value in request.GET.items() if key != "page" and value])
    context = {
        "submission": submission,
        "form": form,
        "pages": Page(line_views(lines, rows, pk), shown.number, paginator),
        "total": len(table),
        "query": query,
    }
    return _page(request, "lines", "Lignes de l’aperçu", context)


@reading
def preview_lines_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same lines, all of them, as a CSV."""
    _submission, found = _asked(pk)
    lines, form = keeping.lines_of(found), FilterForm(request.GET)
    form.offer_regions(lines)
    return csv_response(CSV_COLUMNS, csv_rows(lines, form.filter().of(lines)), f"apercu-{pk}")


@reading
def preview_counts(request: HttpRequest, pk: int, by: str) -> HttpResponse:
    """How many figures change, for every indicator, region, school or course, or what is covered in each region."""
    submission, found = _asked(pk)
    if by not in TITLES:
        raise Http404
    context: dict[str, Any] = {"submission": submission, "by": by, "title": TITLES[by]}
    if by == "couverture":
        rows = preview_view(submission, found).coverage
    else:
        lines = keeping.lines_of(found)
        rows = count_views(lines.labels, by, counts_by(lines, by), pk)
    context["pages"] = Paginator(rows, _LINES_A_PAGE).get_page(request.GET.get("page", 1))
    return _page(request, "counts", TITLES[by], context)


@reading
def preview_counts_csv(request: HttpRequest, pk: int, by: str) -> HttpResponse:
    _submission, found = _asked(pk)
    if by not in TITLES:
        raise Http404
    rows = count_csv_rows(found, by, None if by == "couverture" else keeping.lines_of(found))
    return csv_response(COUNT_COLUMNS[by], rows, f"apercu-{pk}-{by}")


@reading
@csp_update({"frame-src": ["'self'"]})
def preview_page(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """A page of the site before and after, side by side, as wide as a phone."""
    submission, found = _asked(pk)
    labels = keeping.lines_of(found).labels
    kept = submission.preview_pages.filter(kind=kind, code=code, is_of_school_only=False).first()
    active = [Operation.State.WAITING, Operation.State.RUNNING]
    asked = submission.operations.filter(kind=Operation.Kind.PREVIEW, state__in=active).last()
    is_ready = bool(kept) and kept.rendered_at is not None
    name = labels.places[code].label if code in labels.places else labels.courses.get(code, code)
    context = {
        "submission": submission,
        "kind": kind,
        "code": code,
        "name": name,
        "is_ready": is_ready,
        "operation": operation_view(asked) if asked and not is_ready else None,
        "is_published": submission.state == keeping.State.PUBLISHED,
        "form": PageForm(initial={"kind": kind, "code": code})
        if may_prepare(request) and keeping.may_be_prepared(submission)
        else None,
    }
    return _page(request, "page", name, context)


@reading
def preview_before(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """The page as it is published now, sealed as the other one is."""
    _asked(pk)
    content = rendering.render(kind, code)
    return sealed_response(content, [_TODAY], is_published=True)


@reading
def preview_after(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """The page as it would be."""
    submission, _found = _asked(pk)
    kept = get_object_or_404(
        PreviewPage,
        submission=submission,
        kind=kind,
        code=code,
        is_of_school_only=False,
        content__isnull=False,
    )
    content = rendering.content_of(kept) if kept.exists else None
    return sealed_response(content, [f"{_AFTER} – dépôt n°\u00a0{pk}"])


@preparing
def preview_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a page of the prepared delivery, which the queue renders."""
    submission, form = get_object_or_404(Submission, pk=pk), PageForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(sum(form.errors.values(), [])))
    elif not keeping.may_be_prepared(submission):
        messages.warning(request, "Rien n’a été demandé\u00a0: ce dépôt n’est plus à publier.")
    else:
        kind, code = form.cleaned_data["kind"], form.cleaned_data["code"]
        asking.ask_page(submission, request.user, kind, code)
        return HttpResponseRedirect(page_address(pk, kind, code))
    return HttpResponseRedirect(reverse("admin:deliveries_submission_preview", args=[pk]))
