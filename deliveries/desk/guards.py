"""Who may open a page of the desk, and what it answers to who may not, or comes at the wrong time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import APPROVE
from deliveries.desk import actions
from deliveries.desk.agreement import OwnWork
from deliveries.full_disk import SENTENCE, is_full_disk
from deliveries.models import Submission
from deliveries.operations import presence
from deliveries.operations.transitions import NotPossible
from deliveries.writing import Busy

_TEMPLATES = "admin/deliveries/submission"
PREPARE, TAKE_BACK = "stats.add_delivery", "stats.delete_delivery"
_READ = ("stats.view_delivery", PREPARE)
_BUSY_SECONDS = 60
View = Callable[..., HttpResponse]


def may_read(request: HttpRequest) -> bool:
    return any(map(request.user.has_perm, _READ))


def may_publish(request: HttpRequest) -> bool:
    return may_prepare(request) and request.user.has_perm(APPROVE)


def may_prepare(request: HttpRequest) -> bool:
    return request.user.has_perm(PREPARE)


def reading(view: View) -> View:
    """For whoever may read the journal, or prepares deliveries."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_read(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def preparing(view: View) -> View:
    """For whoever prepares deliveries; says so where the database is being written, which only SQLite forbids."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_prepare(request):
            raise PermissionDenied
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return unless_busy(request, lambda: view(request, *args, **kwargs))

    return guarded


def asking(permission: str) -> Callable[[View], View]:
    """A button, for whoever has a permission: its page is that of the submission, where what it did is read."""

    def decorated(view: View) -> View:
        @wraps(view)
        @preparing
        def asked(request, pk, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            if request.method == "POST":
                _try(view, request, pk, **kwargs)
            return to_submission(pk)

        return asked

    return decorated


def _try(view, request, pk, **kwargs):
    try:
        view(request, get_object_or_404(Submission, pk=pk), **kwargs)
    except actions.NotAccepted as error:
        sentence = _(
            "Rien n’est publié\u00a0: un avertissement de «\u00a0%(file)s\u00a0» n’est pas accepté, avec son motif."
        )
        messages.warning(request, sentence % {"file": error})
    except OwnWork:
        messages.warning(
            request, _("Rien n’a été fait\u00a0: qui a préparé un dépôt n’y donne pas son accord.")
        )
    except NotPossible:
        messages.warning(request, _("Rien n’a été fait\u00a0: ce dépôt a changé depuis que vous l’avez lu."))


def unless_busy(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """What `do` answers, or a page that says that the database is being written."""
    try:
        actions.refuse_while_writing()
        return do()
    except (DatabaseError, OSError) as error:
        if is_full_disk(error):
            return page(request, "full_disk", _("Le disque est plein"), {"sentence": SENTENCE}, status=503)
        if "locked" not in str(error):
            raise
    except Busy:
        pass
    response = page(request, "busy", _("Un travail est en cours"), status=503)
    response["Retry-After"] = str(_BUSY_SECONDS)
    return response


def page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any] | None = None, **options: Any
) -> TemplateResponse:
    """A page of the desk, from the template of that name; it says so where no worker is there."""
    tell_absence(request)
    shared = {**admin.site.each_context(request), "title": title}
    return TemplateResponse(request, f"{_TEMPLATES}/{name}.html", shared | (context or {}), **options)


def tell_absence(request: HttpRequest) -> None:
    """Say on the page that is about to be shown that no worker does what is asked."""
    if sentence := presence.absence():
        messages.warning(request, sentence)


def to_submission(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:deliveries_submission_change", args=[pk]))
