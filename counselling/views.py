"""The pages of a plan without an account: make it, keep it in a file, open it again."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from counselling import payload, starting_points
from counselling.documents.handout import handout as handout_of
from counselling.documents.handout import public_part
from counselling.editing import Edited, edited
from counselling.finding import choices
from counselling.plan import Audience, Plan
from counselling.sheet import read_sheet
from counselling.working_copy import keep, working_copy
from search.engine import searches
from search.results import RADII
from stats.caching import data_version, public_page

View = Callable[..., HttpResponse]
# Translated when a page is made.
_AUDIENCES = {
    Audience.CLASS: gettext_noop("une classe"),
    Audience.FAMILY: gettext_noop("une famille"),
    Audience.FORUM: gettext_noop("un forum"),
}


def plan_page(view: View) -> View:
    """A page that holds what somebody typed: kept by no cache, told to no other site, found by no search engine."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = never_cache(view)(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def plan_form(view: View) -> View:
    """What a form of a plan posts. Nobody is signed in, and the form holds the plan itself: there is nothing that another
    site could do in somebody's name. It could only put words of its own in a plan, which is refused.
    """

    @csrf_exempt
    @plan_page
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _shown(
                request, Edited(Plan(), (_("Ce formulaire vient d’un autre site\u00a0: rien n’a été fait."),))
            )
        return view(request, *args, **kwargs)

    return guarded


@public_page
def guide(request: HttpRequest) -> HttpResponse:
    """What a plan is for, for those who accompany pupils."""
    return render(request, "counselling/guide.html", {"points": starting_points.all_points()})


@plan_page
def plan(request: HttpRequest) -> HttpResponse:
    """The plan of the address; that of the browser where the address has none."""
    text = request.GET.get("s", "")
    if not text:
        kept = working_copy(request)
        return HttpResponseRedirect(_address(kept)) if not kept.is_empty else _shown(request, Edited(Plan()))
    try:
        return _shown(request, Edited(payload.decoded(text)))
    except payload.NotAPlan as error:
        return _shown(request, Edited(Plan(), (str(error),)), status=400)


@plan_form
def change(request: HttpRequest) -> HttpResponse:
    return _answered(request, lambda: edited(request.POST, _places(request)))


@plan_form
def add(request: HttpRequest) -> HttpResponse:
    """Add what a public page shows to the plan of the browser."""
    form = request.POST.copy()
    form["s"] = payload.encoded(working_copy(request))
    return _answered(request, lambda: edited(form, _places(request)))


@plan_form
def start(request: HttpRequest) -> HttpResponse:
    """A plan from a model, around the town that was typed."""
    return _answered(request, lambda: starting_points.started(request.POST, searches(data_version(request))))


@plan_form
def open_file(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("fichier")
    content = upload.read(payload.LARGEST_FILE_BYTES) if upload else b""
    return _answered(request, lambda: Edited(payload.from_file(content)))


@plan_form
def file(request: HttpRequest) -> HttpResponse:
    """The plan of the form as a file, with what was typed and not kept yet."""
    kept = edited(request.POST, _places(request)).plan
    response = HttpResponse(payload.to_file(kept), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(kept)}.json"'
    return response


@plan_page
@csrf_exempt
def handout(request: HttpRequest) -> HttpResponse:
    """The sheet to print, of the plan of the address or of the form with what was typed and not kept yet."""
    try:
        made = (
            edited(request.POST, _places(request)).plan
            if request.method == "POST"
            else payload.decoded(request.GET.get("s", ""))
        )
    except payload.NotAPlan as error:
        return _shown(request, Edited(working_copy(request), (str(error),)), status=400)
    shared = public_part(made)
    address = request.build_absolute_uri(_address(shared))
    document = handout_of(read_sheet(shared, searches(data_version(request))), address, _(settings.SITE_NAME))
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(made)}.pdf"'
    return response


def _file_name(made):
    return slugify(made.title)[:60] or "seance"


def _answered(request, make: Callable[[], Edited]):
    """The page of the plan that was made, at its own address where it fits in one and nothing has to be said."""
    try:
        made = make()
    except payload.NotAPlan as error:
        return _shown(request, Edited(working_copy(request), (str(error),)), status=400)
    if (
        made.problems
        or made.homonyms
        or made.query
        or not payload.fits_in_an_address(payload.encoded(made.plan))
    ):
        return keep(_shown(request, made), made.plan)
    return keep(HttpResponseRedirect(_address(made.plan)), made.plan)


def _address(plan):
    return f"{reverse('plan')}?{urlencode({'s': payload.encoded(plan)})}"


def _places(request):
    return searches(data_version(request)).places


def _shown(request, made: Edited, status=200):
    text, version = payload.encoded(made.plan), data_version(request)
    sheet = read_sheet(made.plan, searches(version))
    context = {
        "sheet": sheet,
        "query": made.query,
        "choices": choices(made.query, made.plan, sheet.place, version),
        "problems": made.problems,
        "homonyms": made.homonyms,
        "payload": text,
        "is_too_long": not payload.fits_in_an_address(text),
        "audiences": [(audience.value, _(label)) for audience, label in _AUDIENCES.items()],
        "radii": sorted({*RADII, made.plan.radius}),
        "points": starting_points.all_points(),
    }
    return render(request, "counselling/plan.html", context, status=status)
