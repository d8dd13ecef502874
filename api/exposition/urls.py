"""Addresses of the Exposition API, as its callers write them: an extension and a last slash are theirs to add."""

from django.urls import path, re_path

from api.exposition import views

_EXT = r"(?:\.(?P<ext>[^/.]*))?/?$"

urlpatterns = [
    re_path(r"^auth/login/?$", views.login, name="exposition_login"),
    re_path(rf"^certifications{_EXT}", views.certifications, name="exposition_certifications"),
    re_path(
        rf"^certifications/(?P<codes>[^/]+?){_EXT}", views.certification, name="exposition_certification"
    ),
    re_path(rf"^regionales{_EXT}", views.regionales, name="exposition_regionales"),
    re_path(rf"^regionales/(?P<region>[^/]+?){_EXT}", views.regionales, name="exposition_region"),
    re_path(
        rf"^regionales/(?P<region>[^/]+)/certifications/(?P<codes>[^/]+?){_EXT}",
        views.regionale,
        name="exposition_regionale",
    ),
    re_path(rf"^formations{_EXT}", views.formations, name="exposition_formations"),
    re_path(
        rf"^formations/(?P<uai>[^/-]+)-(?P<code>[^/]+?){_EXT}", views.formation, name="exposition_formation"
    ),
    re_path(rf"^bcn{_EXT}", views.bcn, name="exposition_bcn"),
    path("<path:rest>", views.unknown, name="exposition_unknown"),
]
