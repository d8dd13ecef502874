"""The results page of the search, and its suggestions as JSON."""

from django.http import JsonResponse
from django.shortcuts import render

from formations.models import DiplomaType
from search.engine import find, searches
from search.request import read_request, text_of, town_text
from search.results import RADII
from search.suggestions import suggested
from search.translation import in_french
from stats.caching import data_version, public_page
from stats.links import links_of


@public_page
def search(request):
    version, links = data_version(request), links_of(request)
    known = searches(version)
    search_request, unknown_town = read_request(request.GET, known.places)
    results = find(search_request, version) if search_request.query or search_request.place else None
    typed = text_of(request.GET)
    context = {
        "query": known.courses.words_for(typed),
        "subject": known.courses.name_of(typed),
        "french": search_request.query if search_request.query != typed else "",
        "search_request": search_request,
        "carried": [*links.fields, *search_request.kept],
        "town": town_text(request.GET, search_request.place, known.places),
        "unknown_town": unknown_town,
        "results": results,
        "is_empty": not version,
        "links": links,
        "radii": RADII,
        "types": () if results and results.groups else list(DiplomaType.objects.taught()),
    }
    return render(request, "search/search.html", context)


@public_page
def suggestions(request):
    query = in_french(text_of(request.GET))
    return JsonResponse(suggested(query, data_version(request), links_of(request)))
