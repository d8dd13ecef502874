"""Versions of the data, one directory of files each: their names, their manifests, and which may be served.

A directory appears under OPEN_FILES_DIR with all its files and its manifest, and never changes. Its data are removed
one day; the manifest stays, for the feed of changes.
"""

import json
import re
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from stats.models import DataVersion

MANIFEST = "manifest.json"
CHANGES = "changements.json"
# A longer name is that of no directory, and systems refuse to look for it.
NAME = r"\d{4}-\d{2}-\d{2}-\d{6}-\d{1,18}"


def current():
    """Name of the published version, "2026-11-23-221512-120": date, time, and number of the version of the data.

    "" before the first publication. One query.
    """
    published = DataVersion.objects.first()
    return f"{timezone.localtime(published.at):%Y-%m-%d-%H%M%S}-{published.number}" if published else ""


def number(name):
    return int(name.rsplit("-", 1)[1])


def path(version, name=""):
    return settings.OPEN_FILES_DIR / version / name


def is_made(version):
    return bool(version) and path(version, MANIFEST).exists()


def manifest(version):
    """The manifest of a version; raises FileNotFoundError when its files were never made."""
    return _read(path(version, MANIFEST))


@lru_cache(maxsize=64)
def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def made():
    """Names of the versions that have a manifest, newest first."""
    if not settings.OPEN_FILES_DIR.is_dir():
        return []
    names = (entry.name for entry in settings.OPEN_FILES_DIR.iterdir() if re.fullmatch(NAME, entry.name))
    return sorted(filter(is_made, names), key=number, reverse=True)


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
