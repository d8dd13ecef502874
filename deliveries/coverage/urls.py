"""Addresses of the page of what is covered, under that of the journal."""

from collections.abc import Callable

from django.urls import URLPattern, path

from deliveries.coverage import views


def patterns(wrap: Callable) -> list[URLPattern]:
    """wrap: `AdminSite.admin_view`."""
    return [
        path("couverture/", wrap(views.coverage), name="stats_delivery_coverage"),
        path("couverture.csv", wrap(views.coverage_csv), name="stats_delivery_coverage_csv"),
    ]
