"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from inserjeunes_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("recherche/", views.search, name="search"),
    path("methodologie/", views.methodology, name="methodology"),
    path("glossaire/", views.glossary, name="glossary"),
    path("mentions-legales/", views.legal, name="legal"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("sante/", views.health, name="health"),
    path("gestion/", admin.site.urls),
    path("", include("stats.urls")),
]
