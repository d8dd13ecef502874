"""Addresses of the whole-data files."""

from django.urls import path, re_path

from api.files import views
from api.files.versions import NAME

urlpatterns = [
    path("", views.open_files, name="open_files"),
    path("dictionnaire/", views.open_files_dictionary, name="open_files_dictionary"),
    path("changements.atom", views.changes_atom, name="open_files_atom"),
    path("changements.json", views.changes_json, name="open_files_feed"),
    re_path(
        rf"^(?P<version>{views.LATEST}|{NAME})/(?P<name>[-a-z.]+)$",
        views.OpenFile.as_view(),
        name="open_file",
    ),
]
