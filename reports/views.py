"""`/signaler-une-erreur/`: a form that anybody sends, without a cookie or a script, and the page that gives its number."""

from django.core import signing
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reports.forms import ReportForm, initial_of
from reports.models import Report
from reports.protection import ReportThrottle, is_from_here, is_too_quick, new_token, nonce_of

_RECEIVED = "reports.received"


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request):
    """The form, or what is wrong with it; `reports.protection` stands for the token of a session."""
    if request.method == "POST":
        return _send(request)
    return _page(request, ReportForm(initial=initial_of(request.GET) | {"jeton": new_token()}))


@never_cache
def report_received(request, token):
    """The number of a report, for who has just sent it."""
    try:
        number, wants_answer = signing.loads(token, salt=_RECEIVED)
    except signing.BadSignature:
        return HttpResponseRedirect(reverse("report_error"))
    return render(request, "reports/received.html", {"number": number, "wants_answer": wants_answer})


def _page(request, form, refusal="", status=200):
    context = {"form": form, "place": form.place, "refusal": refusal}
    return render(request, "reports/page.html", context, status=status)


def _again(request, refusal, status=400):
    """The same form, what was written in it kept, with a token that is good."""
    data = request.POST.copy()
    data["jeton"] = new_token()
    return _page(request, ReportForm(data), refusal, status)


def _send(request):
    if not is_from_here(request):
        refusal = _("Ce formulaire ne vient pas de cette page\u00a0: relisez-le, puis envoyez-le d’ici.")
        return _again(request, refusal, 403)
    token = request.POST.get("jeton", "")
    nonce = nonce_of(token)
    if nonce is None:
        return _again(request, _("La page est restée ouverte trop longtemps\u00a0: envoyez de nouveau."))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    if is_too_quick(token):
        # The same token: in a few seconds it is good.
        return _page(request, form, _("Attendez quelques secondes, puis envoyez de nouveau."), 400)
    if known := Report.objects.filter(nonce=nonce).first():
        return _received(known)
    if not ReportThrottle().allow_request(request, None):
        refusal = _("Trop de signalements depuis votre réseau. Recommencez dans une heure.")
        response = _page(request, form, refusal, 429)
        response["Retry-After"] = "3600"
        return response
    return _keep(request, form, nonce)


def _keep(request, form, nonce):
    try:
        with transaction.atomic():
            report = Report.objects.create(nonce=nonce, language=get_language(), **form.fields_of_report())
    except IntegrityError:
        # Two clicks at once: the first made it.
        report = Report.objects.get(nonce=nonce)
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        refusal = _("Les données sont en train de changer. Envoyez de nouveau dans quelques minutes.")
        return _page(request, form, refusal, 503)
    return _received(report)


def _received(report):
    token = signing.dumps([report.pk, report.wants_answer], salt=_RECEIVED)
    return HttpResponseRedirect(reverse("report_received", args=[token]))
