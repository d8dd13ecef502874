"""Addresses of the desk in the admin, under that of submissions."""

from collections.abc import Callable

from django.urls import URLPattern, path

from deliveries.desk import column_views, fetching, uploads, views


def patterns(wrap: Callable) -> list[URLPattern]:
    """wrap: `AdminSite.admin_view`. The first two take the place of the admin's own."""
    one, of_file = "<int:pk>/", "<int:pk>/fichiers/<int:file>/"
    pages = [
        ("add/", views.receive, "submission_add"),
        ("recuperer/", fetching.fetch, "submission_fetch"),
        (f"{one}change/", views.submission, "submission_change"),
        (f"{one}ajouter/", views.add_files, "submission_add_files"),
        (f"{one}controler/", views.check, "submission_check"),
        (f"{one}publier/", views.publish, "submission_publish"),
        (f"{one}programmer/", views.schedule, "submission_schedule"),
        (f"{one}deprogrammer/", views.unschedule, "submission_unschedule"),
        (f"{one}demander/", views.ask_agreement, "submission_ask_agreement"),
        (f"{one}accord/", views.agree, "submission_agree"),
        (f"{one}renvoyer/", views.send_back, "submission_send_back"),
        (f"{one}abandonner/", views.give_up, "submission_give_up"),
        (of_file, views.file, "submission_file"),
        (f"{of_file}avertissements/", views.accept, "submission_file_accept"),
        (f"{of_file}retirer/", views.remove_file, "submission_file_remove"),
        (f"{of_file}colonnes/", column_views.columns, "submission_file_columns"),
        (f"{of_file}constats.csv", views.findings, "submission_file_findings"),
        ("envois/", uploads.begin, "upload_begin"),
        ("envois/<str:token>/", uploads.piece, "upload"),
        ("operations/<int:pk>/", views.operation, "operation_page"),
        ("operations/<int:pk>/avancement/", views.progress, "operation_progress"),
        ("operations/<int:pk>/annuler/", views.cancel, "operation_cancel"),
    ]
    return [path(address, _wrapped(wrap, view), name=f"deliveries_{name}") for address, view, name in pages]


def _wrapped(wrap, view):
    wrapped = wrap(view)
    # Those that receive files look at the token once the ceiling of the upload is set.
    wrapped.csrf_exempt = getattr(view, "csrf_exempt", False)
    return wrapped
