"""Legal pages, health check and robots.txt."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

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


@never_cache
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"etat": "panne", "base": "injoignable"}, status=503)
    return JsonResponse({"etat": "ok", "base": "ok"})
