"""Addresses of the texts in the desk, under that of their versions."""

from collections.abc import Callable

from django.urls import URLPattern, path

from pages.texts import views


def patterns(wrap: Callable) -> list[URLPattern]:
    """wrap: `AdminSite.admin_view`. The first one takes the place of the admin's own list."""
    return [
        path("", wrap(views.list_texts), name="pages_editedtext_changelist"),
        path("textes/<str:key>/", wrap(views.text), name="pages_text"),
        path("textes/<str:key>/retablir/", wrap(views.restore), name="pages_text_restore"),
    ]
