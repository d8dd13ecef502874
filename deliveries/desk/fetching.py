"""The page where a manager has files fetched from a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from deliveries.desk import actions
from deliveries.desk.forms import FetchForm
from deliveries.desk.guards import page, preparing
from deliveries.fetching import catalogue
from deliveries.models import Operation


@dataclass(frozen=True)
class ServiceView:
    """A service. missing: names of the settings that it wants and has not, "" where it has them all. last_address: of the page
    of its last fetch, "" where there was none; last_at: when that was asked."""

    name: str
    label: str
    missing: str
    asks_cohort: bool
    last_address: str
    last_at: datetime | None
    last_state: str
    last_outcome: str


@preparing
def fetch(request: HttpRequest) -> HttpResponse:
    """The services, what became of their last fetch, and a button for each that is configured."""
    form = FetchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, cohort = form.cleaned_data["service"], form.cleaned_data["cohort"]
        operation = actions.fetch(name, cohort, request.user)
        return HttpResponseRedirect(reverse("admin:deliveries_operation_page", args=[operation.pk]))
    last = {operation.service: operation for operation in _last_fetches()}
    known = catalogue.by_name(settings.FETCHED_SERVICES)
    services = [_service(what, last.get(what.name), settings.FETCHED_SERVICES) for what in known.values()]
    context = {"services": services, "errors": [error for some in form.errors.values() for error in some]}
    return page(request, "fetch", _("Récupérer d’un service"), context)


def _last_fetches():
    """The last fetch of each service."""
    fetches = Operation.objects.filter(kind=Operation.Kind.FETCH).order_by()
    last = fetches.values("service").annotate(last=Max("pk")).values("last")
    return Operation.objects.filter(pk__in=last).only("service", "asked_at", "state", "outcome")


def _service(what: catalogue.Fetchable, last: Operation | None, values: Mapping[str, str]) -> ServiceView:
    return ServiceView(
        name=what.name,
        label=what.label,
        missing=", ".join(what.missing(values)),
        asks_cohort=what.asks_cohort,
        last_address=reverse("admin:deliveries_operation_page", args=[last.pk]) if last else "",
        last_at=last.asked_at if last else None,
        last_state=last.get_state_display() if last else "",
        last_outcome=last.outcome if last else "",
    )
