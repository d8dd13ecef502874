"""Versions of the data as directories of files: their names, their manifests, and which of them may be served.

A version is a directory under OPEN_FILES_DIR that appears whole, with its manifest, and never changes. Only its
data are removed one day; the manifest stays, for the feed of changes.
"""

import json
import re
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from stats.models import Delivery

MANIFEST = "manifest.json"
CHANGES = "changements.json"
NAME = r"\d{4}-\d{2}-\d{2}-\d{6}-\d+"


def current():
    """Name of the version of what is published now, "2026-11-23-221512-120": when, and the journal's number.

    "" before the first delivery. One query.
    """
    last = Delivery.objects.order_by("-id").values_list("id", "at").first()
    return f"{timezone.localtime(last[1]):%Y-%m-%d-%H%M%S}-{last[0]}" if last else ""


def number(name):
    return int(name.rsplit("-", 1)[1])


def path(version, name=""):
    return settings.OPEN_FILES_DIR / version / name


def is_made(version):
    return bool(version) and path(version, MANIFEST).exists()


def manifest(version):
    """What the files of a version are; raises FileNotFoundError when they were never made."""
    return _read(path(version, MANIFEST))


@lru_cache(maxsize=64)
def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def made():
    """Names of the versions of which a manifest is kept, newest first."""
    if not settings.OPEN_FILES_DIR.is_dir():
        return []
    found = (entry.name for entry in settings.OPEN_FILES_DIR.iterdir() if re.fullmatch(NAME, entry.name))
    return sorted(filter(is_made, found), key=number, reverse=True)


def served(version):
    """Names of the versions whose files may be read when `version` is published, newest first.

    None until the files of `version` are made: those before it may hold a number that is withheld now. Then
    itself and the versions before it, up to the first in which a figure was shown that is not any more: its
    files would still tell it.
    """
    kept = []
    while len(kept) < settings.OPEN_FILES_KEPT and version and is_made(version):
        kept.append(version)
        changes = manifest(version)["changements"]
        version = changes["depuis"] if changes and not changes["perdus"] else ""
    return kept
