"""The gallery of components, on a work station only (see pages.urls)."""

from django.http import Http404
from django.shortcuts import render

from pages.gallery.page import sections


def gallery(request, component=""):
    found = sections(component)
    if not found:
        raise Http404
    return render(request, "pages/gallery.html", {"sections": found})
