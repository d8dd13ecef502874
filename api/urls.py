"""Addresses of the APIs and of their documentation."""

from django.urls import path, re_path

from api.open import views


def _list(address, name, shown, file):
    """The addresses of a list: with or without a final slash, with the suffix .json, and with that of a file."""
    return [
        re_path(rf"^{address}/?$", shown.as_view(), name=name),
        path(f"{address}.json", shown.as_view(schema=None), {"suffixe": "json"}, name=f"{name}_json"),
        path(f"{address}.<slug:suffixe>", file.as_view(), name=f"{name}_file"),
    ]


urlpatterns = [
    *_list("v1/formations", "api_courses", views.CourseList, views.CourseFile),
    *_list("v1/etablissements", "api_schools", views.SchoolList, views.SchoolFile),
    *_list("v1/territoires", "api_territories", views.TerritoryList, views.TerritoryFile),
    *_list("v1/chiffres", "api_outcomes", views.AttributionList, views.AttributionFile),
    path("v1/formations/<slug:code>", views.CourseItem.as_view(), name="api_course"),
    path("v1/etablissements/<slug:code>", views.SchoolItem.as_view(), name="api_school"),
    path("v1/territoires/<slug:code>", views.TerritoryItem.as_view(), name="api_territory"),
    # Any character, line ends included.
    re_path(r"^v1/(?P<rest>[\s\S]*)$", views.UnknownAddress.as_view(), name="api_unknown"),
    path("schema/", views.schema, name="api_schema"),
    path("schema/inserjeunes/", views.schema_of_exposition, name="api_schema_exposition"),
    path("doc/", views.documentation, name="api_documentation"),
]
