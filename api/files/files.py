"""Makes the files of the published version: all of them or none, once, in one process at a time."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation

from api.files import changes, dictionary, manifest, versions, writing

# Files of each table; the CSV for programs is written first, and the others are made from it.
FORMATS = (".csv", "-tableur.csv", ".jsonl", ".parquet", ".csv.gz", "-tableur.csv.gz", ".jsonl.gz")
FIGURES = "chiffres.parquet"
_PREPARED = ".preparation-"


class _Moved(Exception):
    """New data were published while the files were being made."""


def make(progress=lambda step: None):
    """Make the files of the published version unless they exist; returns the version, "" when nothing is published.

    progress: called with the name of each file once it is written. Waits for another process that makes them.
    """
    settings.OPEN_FILES_DIR.mkdir(parents=True, exist_ok=True)
    with _alone(), translation.override(settings.LANGUAGE_CODE):
        _clear()
        while not versions.is_made(version := versions.current()) and version:
            try:
                _make(version, progress)
            except _Moved:
                continue
        _tidy(version)
    return version


def steps():
    """How many times `make` calls its `progress`."""
    return len(dictionary.file_tables()) * len(FORMATS) + 2


def start():
    """Make the files in a separate process, which outlives the request. Its output goes to journal.txt beside them."""
    if not settings.OPEN_FILES:
        return
    settings.OPEN_FILES_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.OPEN_FILES_DIR / "journal.txt").open("ab") as journal:
        process = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", "open_files"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()


@contextmanager
def _alone():
    with (settings.OPEN_FILES_DIR / ".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear():
    """Remove what an interrupted process left. The lock ensures that no other process is preparing files."""
    for path in settings.OPEN_FILES_DIR.glob(f"{_PREPARED}*"):
        shutil.rmtree(path)


def _make(version, progress):
    directory = settings.OPEN_FILES_DIR / f"{_PREPARED}{version}"
    directory.mkdir()
    try:
        counts = {table.name: _write(table, directory, progress) for table in dictionary.file_tables()}
        if versions.current() != version:
            raise _Moved
        summary = _compare(version, directory)
        progress(versions.CHANGES)
        _write_json(directory / "dictionnaire.json", {"version": version, **dictionary.as_dict()})
        described = manifest.describe(version, directory, counts, summary)
        _write_json(directory / versions.MANIFEST, described)
        _flush(directory)
        directory.rename(versions.path(version))
        progress(versions.MANIFEST)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _write(table, directory, progress):
    """Every file of a table; returns its number of rows."""
    paths = {ending: directory / f"{table.name}{ending}" for ending in FORMATS}
    count = writing.write_csv(table, paths[".csv"])
    progress(paths[".csv"].name)
    if writing.write_csv(table, paths["-tableur.csv"], for_spreadsheets=True) != count:
        raise _Moved
    progress(paths["-tableur.csv"].name)
    writing.write_typed(table, paths[".csv"], paths[".parquet"], paths[".jsonl"])
    progress(paths[".parquet"].name)
    progress(paths[".jsonl"].name)
    for ending in (ending for ending in FORMATS if ending.endswith(".gz")):
        writing.write_gzip(paths[ending.removesuffix(".gz")], paths[ending])
        progress(paths[ending].name)
    return count


def _compare(version, directory):
    """Summary of the changes since the last version whose figures are kept, None when there is none."""
    former = next((name for name in versions.made() if versions.path(name, FIGURES).exists()), None)
    if former is None:
        return None
    with (directory / "changements.jsonl").open("w", encoding="utf-8") as lines:
        summary = changes.compare(versions.path(former, FIGURES), directory / FIGURES, lines)
    summary = {"depuis": former, "vers": version, **summary}
    _write_json(directory / versions.CHANGES, summary)
    return summary


def _write_json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _flush(directory):
    """Flush the files to disk before the directory gets its final name, so that a power cut leaves no partial file in it."""
    for path in directory.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _tidy(version):
    """Remove the data of the versions that are no longer served; their manifests stay for the feeds."""
    if not versions.is_made(version):
        return
    kept = set(versions.served(version))
    for name in versions.made():
        if name not in kept:
            for path in versions.path(name).iterdir():
                if path.name not in {versions.MANIFEST, versions.CHANGES}:
                    path.unlink()
