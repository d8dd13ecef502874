"""Versions of code and data, and the caching of public pages that follows from them."""

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, wraps
from threading import Lock

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition

from stats.models import DataVersion, Slice

_CODE = ("*.py", "*.html", "*.css", "*.js", "*.svg", "*.mo", "*.toml", "*.txt", "*.yaml")
# Settings that answers show, or that choose what they hold.
_SAID_OF_THE_SITE = (
    "SITE_NAME",
    "SITE_TAGLINE",
    "SITE_OFFICIAL",
    "SITE_BRAND",
    "SITE_PUBLISHER",
    "SITE_HOST",
    "SITE_CONTACT",
    "HASHED_STATIC",
    "EXPOSITION_COHORTS",
    "API_XLSX_ROWS",
    "REST_FRAMEWORK",
)
_texts = ContextVar("texts", default="")


def etag_of(request, *parts, is_weak=False):
    """The ETag of what a request asks for: it moves with the code, the data, the texts, the day, the address, the language and `parts`.

    The day, since courses and schools open and close by themselves. parts: texts that the answer depends on beside. is_weak: whether answers that differ by bytes alone may share it.
    """
    moving = (code_version(), data_version(request), texts_version(request), timezone.localdate().isoformat())
    asked = (request.get_full_path(), get_language() or "")
    digest = hashlib.blake2b("\n".join((*moving, *asked, *parts)).encode(), digest_size=12).hexdigest()
    return f'W/"{digest}"' if is_weak else f'"{digest}"'


def page_etag(request, *args, **kwargs):
    """`etag_of` with the arguments that Django gives to the ETag function of a view."""
    return etag_of(request)


def public_page(view, etag_func=page_etag):
    """Make the pages of `view` cacheable by anybody: no cookie, an ETag, 304 until code or data change.

    The view must depend on nothing but its address, and on what `etag_func` adds to it.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        with texts_shown(texts_version(request)):
            response = condition(etag_func=etag_func)(view)(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return wrapper


def data_version(request=None):
    """A short text that changes each time published rows do; "" before the first publication.

    One query, kept on `request` when one is given.
    """
    return _versions(request)[0]


def texts_version(request):
    """A short text that changes each time an editor changes a text of the pages; "" before the first time.

    Read with `data_version`, by the same query.
    """
    return _versions(request)[1]


@contextmanager
def texts_shown(version):
    """What is shown inside has the texts of this version, those of the files for ""."""
    token = _texts.set(version)
    try:
        yield
    finally:
        _texts.reset(token)


def texts_now():
    """The version of the texts that are being shown, "" for those of the files."""
    return _texts.get()


def _versions(request):
    versions = getattr(request, "_versions", None)
    if versions is None:
        versions = _published_versions()
        if request is not None:
            request._versions = versions
    return versions


def _published_versions():
    """(version of the data, of the texts). Raw SQL: runs on every request, and instantiating a model costs more."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, at, texts FROM {DataVersion._meta.db_table}")
        version = cursor.fetchone()
    if not version:
        return "", ""
    number, at, texts = version
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)
    # The moment tells apart two versions of the same number, once a former database has been restored.
    data = f"{number}-{at.timestamp():.6f}"
    return data, f"{data}-{texts}" if texts else ""


def number_of(version):
    """The number of a version as `data_version` writes it, 0 for ""."""
    return int(version.partition("-")[0] or 0)


class OncePerDataVersion:
    """Cache of one value computed from the published data, replaced when they change.

    Nothing is kept before the first delivery: then there is next to nothing to read.
    """

    def __init__(self, compute):
        self._compute = compute
        self._lock = Lock()
        self._kept = (None, None)

    def __call__(self, version):
        kept_version, value = self._kept
        if version and kept_version == version:
            return value
        with self._lock:
            kept_version, value = self._kept
            if not version or kept_version != version:
                value = self._compute()
                self._kept = (version, value)
        return value


@dataclass(frozen=True)
class Published:
    """What the credits of every page say. is_demo: the figures are invented; has_higher: some are those of InserSup."""

    is_demo: bool
    has_higher: bool


def _published():
    live = Slice.objects.filter(state=Slice.State.LIVE)
    found = live.aggregate(
        demo=Count("pk", filter=Q(delivery__file_name__startswith="demonstration")),
        higher=Count("pk", filter=Q(source__startswith="insersup")),
    )
    return Published(bool(found["demo"]), bool(found["higher"]))


published = OncePerDataVersion(_published)


def is_demo(version):
    """Whether the published figures are invented."""
    return published(version).is_demo


def code_version():
    return _hash_of_code() if settings.DEBUG else _hash_of_running_code()


@lru_cache(maxsize=1)
def _hash_of_running_code():
    return _hash_of_code()


def _hash_of_code():
    """Equal on all machines that run the same code with the same settings: they share ETags."""
    digest = hashlib.blake2b(django.__version__.encode(), digest_size=8)
    for name in _SAID_OF_THE_SITE:
        digest.update(f"{name}={getattr(settings, name)!r}".encode())
    for app in (*settings.PROJECT_APPS, "templates", "static", "locale"):
        root = settings.BASE_DIR / app
        for path in sorted(path for pattern in _CODE for path in root.rglob(pattern)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
