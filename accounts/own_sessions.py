"""The page where one sees one's own open sessions, and ends those that are not wanted any more."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts import sessions
from accounts.events import record
from accounts.models import Event


def list_sessions(site, request):
    here = request.session.session_key
    if request.method == "POST":
        names = None if "all" in request.POST else request.POST.getlist("session")
        if ended := sessions.end(request.user, names=names, but=here):
            record(Event.Kind.SESSIONS_ENDED, request.user, request.user, nombre=ended)
        messages.success(request, f"Sessions fermées\u00a0: {ended}.")
        return HttpResponseRedirect(reverse("admin:own_sessions"))
    rows = [
        {
            "name": session.name,
            "browser": session.browser,
            "signed_in_at": session.signed_in_at,
            "seen_at": session.seen_at,
            "is_here": session.session_key == here,
        }
        for session in request.user.sessions.all()
    ]
    context = {**site.each_context(request), "title": "Mes sessions ouvertes", "sessions": rows}
    return TemplateResponse(request, "admin/accounts/own_sessions.html", context)
