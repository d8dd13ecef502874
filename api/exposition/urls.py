"""Addresses of the Exposition API, as its callers write them: in any case, with or without an extension and a last slash."""

from django.urls import path, re_path

from api.exposition import views


def any_case(words):
    """An expression for words in any case. Addresses could not be made again from one with the flag of regular expressions."""
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in words)


_EXT = r"(?:\.(?P<ext>[^/.]*))?/?$"

_CERTIFICATIONS, _REGIONALES, _FORMATIONS = map(any_case, ("certifications", "regionales", "formations"))

urlpatterns = [
    re_path(rf"^{any_case('auth/login')}/?$", views.login, name="exposition_login"),
    re_path(rf"^{_CERTIFICATIONS}{_EXT}", views.certifications, name="exposition_certifications"),
    re_path(
        rf"^{_CERTIFICATIONS}/(?P<codes>[^/]+?){_EXT}", views.certification, name="exposition_certification"
    ),
    re_path(rf"^{_REGIONALES}{_EXT}", views.regionales, name="exposition_regionales"),
    re_path(rf"^{_REGIONALES}/(?P<region>[^/]+?){_EXT}", views.regionales, name="exposition_region"),
    re_path(
        rf"^{_REGIONALES}/(?P<region>[^/]+)/{_CERTIFICATIONS}/(?P<codes>[^/]+?){_EXT}",
        views.regionale,
        name="exposition_regionale",
    ),
    re_path(rf"^{_FORMATIONS}{_EXT}", views.formations, name="exposition_formations"),
    re_path(
        rf"^{_FORMATIONS}/(?P<uai>[^/-]+)-(?P<code>[^/]+?){_EXT}",
        views.formation,
        name="exposition_formation",
    ),
    re_path(rf"^{any_case('bcn')}{_EXT}", views.bcn, name="exposition_bcn"),
    path("<path:rest>", views.unknown, name="exposition_unknown"),
]
