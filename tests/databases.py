"""Test databases copied from templates, each of which one process makes once a run for all the others.

A copy is a file copy on SQLite, `CREATE DATABASE … TEMPLATE` on PostgreSQL, both by Django's own tools for tests.
"""

import fcntl
import io
import itertools
import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from deliveries.publication import File, publish

_DIRECTORY = Path(os.environ["TESTS_VAR_DIR"]) / "bases"
OFFICIAL_FILES = Path(os.environ.get("SHARED_DIR", settings.BASE_DIR.parent / "shared")) / "data"
OTHER_RELEASES = OFFICIAL_FILES.parent / "releases"
# The courses of these files tell their school year, which they do not say (docs/donnees.md).
_SCHOOL_YEARS = {
    "affelnet2nde.csv": "2022",
    "affelnet1PROspe.csv": "2022",
    "listeFormationApprentissagePsup.csv": "2020",
}
_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "seul")
_copies = itertools.count(1)


@dataclass(frozen=True)
class Template:
    """A database that tests copy. fill: fills a copy of `source` and returns what `copy_of` yields, for JSON."""

    name: str
    source: "Template | None"
    fill: Callable


@contextmanager
def copy_of(template):
    """Connect this process, all its threads included, to a new copy of `template`; yields what its `fill` returned.

    The copy is dropped at the end, with whatever was committed in it. No transaction may be open.
    """
    name, filled_with = _made(template)
    copy = _copied(name, f"{_PROCESS}_{next(_copies)}")
    with _connected_to(copy):
        yield filled_with
    connection.creation._destroy_test_db(copy, verbosity=0)


def _made(template):
    """(name of the database, what `fill` returned); whoever asks second waits for the first to have made it."""
    _DIRECTORY.mkdir(exist_ok=True)
    result = _DIRECTORY / f"{template.name}.json"
    with (_DIRECTORY / f"{template.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            if template.source:
                source, _ = _made(template.source)
                name = _copied(source, template.name)
            else:
                name = connection.settings_dict["TEST"]["NAME"]
            with _connected_to(name):
                filled_with = template.fill()
            result.write_text(json.dumps([name, filled_with]), encoding="utf-8")
    return json.loads(result.read_text(encoding="utf-8"))


def _copied(source, suffix):
    with _connected_to(source):
        connection.creation.clone_test_db(suffix, verbosity=0)
        return connection.creation.get_test_db_clone_settings(suffix)["NAME"]


@contextmanager
def _connected_to(name):
    """The settings of the connection are those of every thread, which reads them when it connects."""
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def drop_templates():
    """What remains once every process has dropped its copies."""
    for result in _DIRECTORY.glob("*.json"):
        name, _ = json.loads(result.read_text(encoding="utf-8"))
        connection.creation._destroy_test_db(name, verbosity=0)
        result.unlink()


def _migrate():
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def _publish_demonstration():
    report = _DIRECTORY / "rapport"
    call_command("ingest", str(settings.BASE_DIR / "fixtures" / "demo"), report=report, stdout=io.StringIO())
    return json.loads(report.read_text(encoding="utf-8"))


def _publish_official_files():
    folders = [OFFICIAL_FILES, *(OTHER_RELEASES / name for name in ("catalogues", "etablissements", "rncp"))]
    paths = (
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".csv", ".json", ".xlsx"}
    )
    files = [File(path.name, path.read_bytes(), cohort=_SCHOOL_YEARS.get(path.name, "")) for path in paths]
    reports = publish(files)
    return [(report.file, report.source, report.status) for report in reports]


def _publish_all_but_figures():
    """What the first delivery of figures finds: nomenclature, places, schools, teaching, jobs."""
    paths = (
        path
        for path in sorted(OFFICIAL_FILES.rglob("*"))
        if path.suffix in {".csv", ".json", ".xlsx"} and path.parent.name not in {"inserjeunes", "insersup"}
    )
    publish([File(path.name, path.read_bytes(), cohort=_SCHOOL_YEARS.get(path.name, "")) for path in paths])


EMPTY = Template("vide", None, _migrate)
DEMONSTRATION = Template("demonstration", EMPTY, _publish_demonstration)
OFFICIAL = Template("officielle", EMPTY, _publish_official_files)
REFERENCES = Template("references", EMPTY, _publish_all_but_figures)
