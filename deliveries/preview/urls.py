"""Addresses of previews: those of the desk, under the submission, and the links of schools."""

from collections.abc import Callable

from django.urls import URLPattern, path

from deliveries.preview import link_views, views

_PAGE = "pages/<str:kind>/<str:code>/"


def patterns(wrap: Callable) -> list[URLPattern]:
    """The pages of the desk. wrap: `AdminSite.admin_view`."""
    pages = [
        ("", views.preview, "preview"),
        ("lignes/", views.preview_lines, "preview_lines"),
        ("lignes.csv", views.preview_lines_csv, "preview_lines_csv"),
        ("par/<str:by>/", views.preview_counts, "preview_counts"),
        ("par/<str:by>.csv", views.preview_counts_csv, "preview_counts_csv"),
        (_PAGE, views.preview_page, "preview_page"),
        (f"{_PAGE}avant/", views.preview_before, "preview_before"),
        (f"{_PAGE}apres/", views.preview_after, "preview_after"),
        ("demander/", views.preview_ask, "preview_ask"),
    ]
    links = [
        ("<int:pk>/liens/", link_views.links, "links"),
        ("<int:pk>/liens/<int:link>/retirer/", link_views.revoke_link, "link_revoke"),
    ]
    return [
        path(address, wrap(view), name=f"deliveries_submission_{name}")
        for address, view, name in (*((f"<int:pk>/apercu/{end}", *rest) for end, *rest in pages), *links)
    ]


urlpatterns = [path("<str:token>/", link_views.school_link, name="school_link")]
