"""Addresses of the public pages, and of the comparisons to which they lead."""

from urllib.parse import urlencode

from django.urls import reverse

from stats import comparisons


def course_address(diploma, name="course", **parameters):
    address = reverse(name, kwargs={"slug": diploma.slug or "formation", "code": diploma.pk})
    return _with_query(address, parameters)


def school_address(school, name="school", **parameters):
    address = reverse(name, kwargs={"slug": school.slug or "etablissement", "uai": school.pk})
    return _with_query(address, parameters)


def compare_address(texts, name="compare"):
    """Address of the comparison of these tokens."""
    return f"{reverse(name)}?{comparisons.query(texts)}" if texts else reverse(name)


def _with_query(address, parameters):
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{address}?{urlencode(kept)}" if kept else address
