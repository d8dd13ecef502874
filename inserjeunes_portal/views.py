"""Home, search, explanations, legal and health pages."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from formations.models import DiplomaType, Job
from inserjeunes_portal import reading, search_request, search_results
from inserjeunes_portal.caching import data_version, is_demo, public_page
from inserjeunes_portal.jobs import job_fields, job_page
from inserjeunes_portal.search import find, searches
from inserjeunes_portal.search_words import in_french
from inserjeunes_portal.suggestions import suggested
from stats.addresses import job_address, links_of

EXAMPLES = ("CAP Cuisine", "coiffure", "mécanique auto", "petite enfance", "électricien")
REAL_TOWN, DEMONSTRATION_TOWN = "Rennes", "Exempleville"


@public_page
def home(request):
    town = DEMONSTRATION_TOWN if is_demo(data_version(request)) else REAL_TOWN
    return render(request, "inserjeunes_portal/home.html", {"examples": (*EXAMPLES, town)})


@public_page
def search(request):
    version, links = data_version(request), links_of(request)
    known = searches(version)
    asked, unknown_town = search_request.asked(request.GET, known.places)
    results = find(asked, version) if asked.query or asked.place else None
    typed = search_request.text_of(request.GET)
    context = {
        "query": known.courses.words_for(typed),
        "subject": known.courses.name_of(typed),
        "french": asked.query if asked.query != typed else "",
        "asked": asked,
        "carried": [*links.fields, *asked.kept],
        "town": search_request.town_text(request.GET, asked.place, known.places),
        "unknown_town": unknown_town,
        "results": results,
        "is_empty": not version,
        "links": links,
        "radii": search_results.RADII,
        "types": _types() if not (results and results.groups) else (),
    }
    return render(request, "inserjeunes_portal/search.html", context)


@public_page
def suggestions(request):
    query = in_french(search_request.text_of(request.GET))
    return JsonResponse(suggested(query, data_version(request), links_of(request)))


@public_page
def job(request, rome, slug=None):
    version = data_version(request)
    job = get_object_or_404(Job, pk=rome.upper())
    links = links_of(request)
    if request.path != links.job(job).split("?")[0]:
        return redirect(
            f"{job_address(job)}?{request.META.get('QUERY_STRING', '')}".rstrip("?"), permanent=True
        )
    places = searches(version).places
    asked, unknown_town = search_request.asked(request.GET, places)
    context = {
        "page": job_page(job, asked, version),
        "links": links,
        "town": search_request.town_text(request.GET, asked.place, places),
        "unknown_town": unknown_town,
        "radii": search_results.RADII,
    }
    return render(request, "inserjeunes_portal/job.html", context)


@public_page
def job_list(request):
    context = {"fields": job_fields(data_version(request)), "links": links_of(request)}
    return render(request, "inserjeunes_portal/job_list.html", context)


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


@public_page
def robots(request):
    """Everything may be read, but the management space; each page says under which one address it is kept."""
    lines = [
        "User-agent: *",
        "Disallow: /gestion/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


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
