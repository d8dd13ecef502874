"""Addresses of the pages for people."""

from django.conf import settings
from django.urls import path, re_path

from pages import views
from pages.file_check.views import file_check
from pages.gallery.views import gallery

_COURSE = r"^formations/(?:(?P<slug>[-a-zA-Z0-9_]+)-)?(?P<code>[0-9A-Za-z]{7,8})"
_SCHOOL = r"^etablissements/(?:(?P<slug>[-a-zA-Z0-9_]+)-)?(?P<uai>[0-9]{7}[A-Za-z])"

urlpatterns = [
    path("", views.home, name="home"),
    path("metiers/", views.job_list, name="job_list"),
    re_path(r"^metiers/(?:(?P<slug>[-a-zA-Z0-9_]+)-)?(?P<rome>[A-Za-z][0-9]{4})/$", views.job, name="job"),
    path("methodologie/", views.methodology, name="methodology"),
    path("glossaire/", views.glossary, name="glossary"),
    path("verifier/", file_check, name="file_check"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("formations/", views.course_list, name="course_list"),
    path("formations.csv", views.course_list_csv, name="course_list_csv"),
    re_path(rf"{_COURSE}/$", views.course, name="course"),
    re_path(rf"{_COURSE}\.csv$", views.course_csv, name="course_csv"),
    path("etablissements/", views.school_list, name="school_list"),
    path("etablissements.csv", views.school_list_csv, name="school_list_csv"),
    re_path(rf"{_SCHOOL}/$", views.school, name="school"),
    re_path(rf"{_SCHOOL}\.csv$", views.school_csv, name="school_csv"),
    path("comparer/", views.compare, name="compare"),
    path("comparer/partager/", views.compare_share, name="compare_share"),
    path("comparer.csv", views.compare_csv, name="compare_csv"),
]
GALLERY = [
    path("galerie/", gallery, name="gallery"),
    path("galerie/<slug:component>/", gallery, name="gallery_component"),
]
# For whoever works on the portal: a public site has no such address.
if settings.DEBUG:
    urlpatterns += GALLERY
