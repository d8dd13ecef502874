"""Addresses by which visitors report an error."""

from django.urls import path

from reports import views

urlpatterns = [
    path("", views.report_error, name="report_error"),
    path("recu/<str:token>/", views.report_received, name="report_received"),
]
