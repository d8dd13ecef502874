"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from inserjeunes_portal import views

urlpatterns = [
    path("sante/", views.health, name="health"),
    path("gestion/", admin.site.urls),
    path("api/", include("stats.api.urls")),
    # The pages for people, in French at the root and under their language's code in others.
    *i18n_patterns(
        path("", views.home, name="home"),
        path("recherche/", views.search, name="search"),
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
