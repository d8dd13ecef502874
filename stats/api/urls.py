"""Addresses of the open data."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from stats.api import views

urlpatterns = [
    path("v1/formations/", views.CourseList.as_view(), name="api_courses"),
    path("v1/etablissements/", views.SchoolList.as_view(), name="api_schools"),
    path("v1/chiffres/", views.ShowingList.as_view(), name="api_outcomes"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("doc/", views.documentation, name="api_documentation"),
]
