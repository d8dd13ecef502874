"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path

from inserjeunes_portal import views
from inserjeunes_portal.caching import public_page
from inserjeunes_portal.sitemaps import SITEMAPS
from stats.api.exposition import views as exposition_views

urlpatterns = [
    path("sante/", views.health, name="health"),
    path("gestion/", admin.site.urls),
    path("api", exposition_views.health, name="exposition_health"),
    path("api/inserjeunes/", include("stats.api.exposition.urls")),
    path("api/", include("stats.api.urls")),
    path("donnees/", include("stats.opendata.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", public_page(sitemap_views.index), {"sitemaps": SITEMAPS}, name="sitemaps"),
    path(
        "sitemap-<section>.xml",
        public_page(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    # The pages for people, in French at the root and under their language's code in others.
    *i18n_patterns(
        path("", views.home, name="home"),
        path("recherche/", views.search, name="search"),
        path("recherche/suggestions.json", views.suggestions, name="suggestions"),
        path("metiers/", views.job_list, name="job_list"),
        re_path(
            r"^metiers/(?:(?P<slug>[-a-zA-Z0-9_]+)-)?(?P<rome>[A-Za-z][0-9]{4})/$", views.job, name="job"
        ),
        path("methodologie/", views.methodology, name="methodology"),
        path("glossaire/", views.glossary, name="glossary"),
        path("mentions-legales/", views.legal, name="legal"),
        path("accessibilite/", views.accessibility, name="accessibility"),
        path("donnees-personnelles/", views.privacy, name="privacy"),
        path("plan-du-site/", views.site_map, name="site_map"),
        path("", include("stats.urls")),
        prefix_default_language=False,
    ),
]
