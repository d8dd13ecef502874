"""The page of the whole-data files, the files, and the feeds of changes."""

from functools import partial

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from api.files import dictionary, feed, serving, versions
from api.files.page import page as files_page
from stats.caching import etag_of, public_page
from stats.tables.figure_table import REASON_MEANINGS

LATEST = "derniere"
# Seconds after which to ask again for files that are being made.
RETRY_AFTER = 60


def _etag(request, *args, **kwargs):
    """These pages also move when the files of a version appear, some time after its publication."""
    return etag_of(request, *versions.made()[:1])


_page = partial(public_page, etag_func=_etag)


@_page
def open_files(request):
    context = {"page": files_page(versions.current()), "latest": LATEST}
    return render(request, "api/open_files.html", context)


@_page
def open_files_dictionary(request):
    context = {
        "tables": dictionary.file_tables(),
        "reasons": REASON_MEANINGS,
        "crumbs": [(_("Données à télécharger"), reverse("open_files"))],
    }
    return render(request, "api/open_files_dictionary.html", context)


@_page
def changes_atom(request):
    page = request.build_absolute_uri(reverse("open_files"))
    entries = feed.entries(versions.current())
    text = feed.atom(entries, _title(), page, request.build_absolute_uri(), _link_of(page))
    return _shared(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


@_page
def changes_json(request):
    page = request.build_absolute_uri(reverse("open_files"))
    content = feed.json_feed(
        feed.entries(versions.current()),
        _title(),
        page,
        request.build_absolute_uri(),
        _link_of(page),
        lambda version, name: request.build_absolute_uri(reverse("open_file", args=[version, name])),
    )
    options = {"ensure_ascii": False}
    return _shared(
        JsonResponse(content, json_dumps_params=options, content_type="application/feed+json; charset=utf-8")
    )


def _title():
    return _("Données ouvertes\u00a0: ce qui change")


def _link_of(page):
    return lambda entry: f"{page}#version-{entry.version}"


def _shared(response):
    response["Access-Control-Allow-Origin"] = "*"
    return response


class OpenFile(View):
    """One file of the published version ("derniere") or of a version given by name."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, version, name):
        published = versions.current()
        served = versions.served(published)
        is_latest = version == LATEST
        if is_latest and not served:
            return self._later()
        version = published if is_latest else version
        if not versions.is_made(version):
            raise Http404
        if name not in {"manifest.json", *(file["nom"] for file in versions.manifest(version)["fichiers"])}:
            raise Http404
        if version not in served:
            return self._later() if not served else self._gone()
        try:
            return serving.answer(request, version, name, is_latest)
        except FileNotFoundError:
            return self._gone()

    def _later(self):
        response = _plain(_("Les fichiers sont en préparation. Redemandez-les dans une minute."), 503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response

    def _gone(self):
        return _plain(
            _(
                "Les fichiers de cette version ne sont plus proposés : elle est trop ancienne, ou des chiffres "
                "qu’elle montrait ne peuvent plus l’être. Prenez ceux de la dernière version."
            ),
            410,
        )


def _plain(text, status):
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return _shared(response)
