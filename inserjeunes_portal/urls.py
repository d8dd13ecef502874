"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path

from api.exposition import views as exposition_views
from api.exposition.urls import any_case
from inserjeunes_portal import views
from inserjeunes_portal.sitemaps import SITEMAPS
from stats.caching import public_page

handler400 = "inserjeunes_portal.views.bad_request"

urlpatterns = [
    path("sante/", views.health, name="health"),
    path("gestion/", admin.site.urls),
    # Whatever their case, as the platforms have always been answered.
    re_path(rf"^{any_case('api')}$", exposition_views.health, name="exposition_health"),
    re_path(rf"^{any_case('api/inserjeunes')}/", include("api.exposition.urls")),
    path("apercu/", include("deliveries.preview.urls")),
    path("api/", include("api.urls")),
    path("donnees/", include("api.files.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", public_page(sitemap_views.index), {"sitemaps": SITEMAPS}, name="sitemaps"),
    path(
        "sitemap-<section>.xml",
        public_page(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    # Pages for people: French at the root, other languages under their code.
    *i18n_patterns(
        path("mentions-legales/", views.legal, name="legal"),
        path("accessibilite/", views.accessibility, name="accessibility"),
        path("donnees-personnelles/", views.privacy, name="privacy"),
        path("recherche/", include("search.urls")),
        path("signaler-une-erreur/", include("reports.urls")),
        path("", include("counselling.urls")),
        path("", include("pages.urls")),
        prefix_default_language=False,
    ),
]
