"""Legal pages, health check and robots.txt."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.views.decorators.cache import never_cache

from api.exposition import errors
from api.open.problems import UnreadableRequest, problem_response
from stats.caching import public_page


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
def robots(request):
    """Robots may read everything but the management space; the canonical link of a page names the address to index."""
    lines = [
        "User-agent: *",
        "Disallow: /gestion/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def bad_request(request, exception):
    """A request that Django refuses to read, in the form of what it was sent to."""
    path = request.path_info.lower()
    if path.startswith("/api/inserjeunes/"):
        return errors.bad_body().answer()
    if path.startswith("/api/"):
        return problem_response(request, 400, UnreadableRequest.default_detail)
    return HttpResponse(loader.render_to_string("400.html"), status=400)


@never_cache
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"etat": "panne", "base": "injoignable"}, status=503)
    return JsonResponse({"etat": "ok", "base": "ok"})
