"""The links given to schools: the page of the desk that makes them and takes them back, and what they lead to."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import APPROVE
from deliveries.desk.actions import refuse_while_writing
from deliveries.desk.guards import page, preparing
from deliveries.models import SchoolLink, Submission
from deliveries.preview import embargo, keeping, rendering
from deliveries.preview.forms import LinksForm
from deliveries.preview.sealed_pages import never_kept, never_named, sealed_response
from deliveries.writing import Busy

_TEMPLATES = "admin/deliveries/submission/preview"
_USUAL = timedelta(days=7)


def _publishing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever may publish what was prepared."""

    @wraps(view)
    @preparing
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(APPROVE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@_publishing
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of a submission; new ones are shown once, in the answer that makes them."""
    submission = get_object_or_404(Submission, pk=pk)
    preview = keeping.preview_of(submission)
    may_make = bool(preview and preview.summary) and keeping.may_be_prepared(submission)
    initial = {"until": timezone.localtime(submission.publish_at or timezone.now() + _USUAL)}
    names = _names(preview) if may_make and request.method == "POST" else {}
    form = LinksForm(request.POST or None, initial=initial, names=names)
    made = []
    if request.method == "POST" and may_make and form.is_valid():
        schools, until = form.cleaned_data["schools"], form.cleaned_data["until"]
        made = [
            (link, request.build_absolute_uri(reverse("school_link", args=[token])))
            for link, token in embargo.make(submission, request.user, schools, until)
        ]
        form = LinksForm(initial=initial, names={})
    context = {
        "submission": submission,
        "form": form if may_make else None,
        "made": made,
        "links": list(submission.school_links.all()),
        "open": _open(submission) if may_make else set(),
    }
    return never_kept(page(request, "preview/links", "Liens pour les établissements", context))


def _open(submission):
    return set(embargo.open_links().filter(submission=submission).values_list("pk", flat=True))


def _names(preview):
    places = keeping.lines_of(preview).labels.places
    return {code: place.label for code, place in places.items() if place.level == "etablissement"}


@_publishing
def revoke_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Take a link back."""
    if request.method == "POST":
        found = get_object_or_404(SchoolLink, pk=link, submission=pk)
        if embargo.revoke(found, request.user):
            messages.success(request, f"Le lien de «\u00a0{found.school_name}\u00a0» est retiré.")
    return HttpResponseRedirect(reverse("admin:deliveries_submission_links", args=[pk]))


@require_safe
def school_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a school as it will be, for whoever holds its link; the same answer for a link that is unknown and one that is over."""
    link = embargo.find(token)
    if link is None:
        return _plain(request, "link_over", 404)
    found = embargo.page_of(link)
    if found is None:
        return _plain(request, "link_waiting", 200)
    try:
        refuse_while_writing()
        if request.method == "GET":
            embargo.count_view(link)
    except (Busy, OperationalError):
        return _plain(request, "link_waiting", 503)
    content = rendering.content_of(found) if found.exists else None
    return sealed_response(content, _sentences(link), ancestors="'none'")


def _sentences(link):
    return [
        f"Aperçu, non publié – réservé à {link.school_name} ({link.school})",
        f"À ne pas diffuser. Lien ouvert au plus tard jusqu’au {timezone.localtime(link.expires_at):%d/%m/%Y à %H:%M}. "
        "Les repères de la région et de la France viendront à la publication.",
    ]


def _plain(request, name, status):
    response = render(request, f"{_TEMPLATES}/{name}.html", status=status)
    response["X-Frame-Options"] = "DENY"
    return never_named(response)
