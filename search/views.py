"""The results of the search, and what it suggests while somebody types."""

from django.http import JsonResponse
from django.shortcuts import render

from formations.models import DiplomaType
from search.engine import find, searches
from search.request import asked as search_asked
from search.request import text_of, town_text
from search.results import RADII
from search.suggestions import suggested
from search.translation import in_french
from stats.caching import data_version, public_page
from stats.links import links_of


@public_page
def search(request):
    version, links = data_version(request), links_of(request)
    known = searches(version)
    asked, unknown_town = search_asked(request.GET, known.places)
    results = find(asked, version) if asked.query or asked.place else None
    typed = text_of(request.GET)
    context = {
        "query": known.courses.words_for(typed),
        "subject": known.courses.name_of(typed),
        "french": asked.query if asked.query != typed else "",
        "asked": asked,
        "carried": [*links.fields, *asked.kept],
        "town": town_text(request.GET, asked.place, known.places),
        "unknown_town": unknown_town,
        "results": results,
        "is_empty": not version,
        "links": links,
        "radii": RADII,
        "types": DiplomaType.objects.taught() if not (results and results.groups) else (),
    }
    return render(request, "search/search.html", context)


@public_page
def suggestions(request):
    query = in_french(text_of(request.GET))
    return JsonResponse(suggested(query, data_version(request), links_of(request)))
