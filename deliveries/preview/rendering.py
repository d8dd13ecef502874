"""Public pages rendered from the database as it is in this transaction, by the view that the public address leads to.

No import leads from here to the pages: the address does (docs/adr).
"""

import gzip

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve
from django.utils import timezone, translation

from deliveries.preview.models import PreviewPage
from deliveries.preview.sealing import seal
from establishments.models import School
from formations.models import Diploma
from stats.links import course_address, school_address


def address_of(kind: str, code: str) -> str:
    """The public address of the page of a course or a school, as it is now; "" where there is none."""
    if kind == PreviewPage.Kind.SCHOOL:
        school = School.objects.filter(pk=code).first()
        return school_address(school) if school else ""
    diploma = Diploma.objects.filter(pk=code).first()
    return course_address(diploma) if diploma else ""


def render(kind: str, code: str) -> str | None:
    """The sealed page of a course or a school as the database is now, in French; None where there is none."""
    address = address_of(kind, code)
    if not address:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        found = resolve(address)
        try:
            response = found.func(_request(address), *found.args, **found.kwargs)
        except Http404:
            return None
        if response.status_code != 200:
            return None
        return seal(response.content.decode(), static("portal/preview.css"))


def missing_page() -> str:
    """The sealed page that stands for one that does not exist."""
    return seal(
        render_to_string("admin/deliveries/submission/preview/missing.html"), static("portal/preview.css")
    )


def _request(address):
    """A visitor's request, which holds nothing of who asks for the preview."""
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host not in {"*", "."}]
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.META = {"SERVER_NAME": hosts[0] if hosts else "localhost", "SERVER_PORT": "443"}
    request.LANGUAGE_CODE = settings.LANGUAGE_CODE
    return request


def keep(page: PreviewPage, content: str | None) -> None:
    """Keep what a page would be, None where there would be none."""
    page.content = gzip.compress((content or "").encode(), 6, mtime=0)
    page.exists, page.rendered_at = content is not None, timezone.now()


def content_of(page: PreviewPage) -> str:
    """The sealed page that was kept."""
    return gzip.decompress(bytes(page.content)).decode()
