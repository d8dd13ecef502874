"""Home, search, explanations, legal and health pages."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from formations.models import DiplomaType
from inserjeunes_portal import reading, search_results
from inserjeunes_portal.caching import data_version, is_demo, public_page
from stats.addresses import links_of

LONGEST_QUERY = 200
EXAMPLES = ("CAP Cuisine", "coiffure", "mécanique auto", "petite enfance", "électricien")
REAL_TOWN, DEMONSTRATION_TOWN = "Rennes", "Exempleville"


@public_page
def home(request):
    town = DEMONSTRATION_TOWN if is_demo(data_version(request)) else REAL_TOWN
    return render(request, "inserjeunes_portal/home.html", {"examples": (*EXAMPLES, town)})


@public_page
def search(request):
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    kind = request.GET.get("type", "")
    version = data_version(request)
    results = None
    if query or request.GET.get("lieu"):
        results = search_results.find(
            query,
            version,
            kind=kind if kind in search_results.TITLES else "",
            number=_number(request.GET.get("page"), 1),
            place_code=request.GET.get("lieu", ""),
            radius=_number(request.GET.get("rayon"), search_results.DEFAULT_RADIUS_KM),
        )
    context = {
        "query": query,
        "results": results,
        "is_empty": not version,
        "links": links_of(request),
        "radii": search_results.RADII,
        "types": _types() if not (results and results.groups) else (),
    }
    return render(request, "inserjeunes_portal/search.html", context)


@public_page
def methodology(request):
    context = {"sections": reading.sections(), "reasons": reading.reasons()}
    return render(request, "inserjeunes_portal/methodology.html", context)


@public_page
def glossary(request):
    context = {"terms": reading.glossary(), "reasons": reading.reasons()}
    return render(request, "inserjeunes_portal/glossary.html", context)


@public_page
def legal(request):
    return render(request, "inserjeunes_portal/legal.html")


@public_page
def accessibility(request):
    return render(request, "inserjeunes_portal/accessibility.html")


@public_page
def privacy(request):
    return render(request, "inserjeunes_portal/privacy.html")


@public_page
def site_map(request):
    return render(request, "inserjeunes_portal/site_map.html", {"types": _types()})


@never_cache
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"etat": "panne", "base": "injoignable"}, status=503)
    return JsonResponse({"etat": "ok", "base": "ok"})


def _types():
    """Kinds of diploma that are taught somewhere, for who browses instead of searching."""
    return DiplomaType.objects.filter(diplomas__teachings__isnull=False).distinct()


def _number(text, default):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
