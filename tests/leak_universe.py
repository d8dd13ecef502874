"""A universe of the leak test: files published, then everything that the site answers, logs and reports kept."""

import gzip
import html
import io
import json
import logging
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from logging.handlers import BufferingHandler
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from pyarrow import parquet
from pypdf import PdfReader

from accounts.sessions import SEEN, SINCE
from api.models import ApiKey
from deliveries.desk.actions import check
from deliveries.desk.receiving import receive
from deliveries.models import Operation, Preview, Submission, SubmittedFile
from deliveries.reference_tables import certifications
from pages import views
from reports.models import Report
from stats.models import Attribution, Certification, DataVersion, DeliveredFile, Delivery, Outcome
from tests import leak_addresses, leak_admin_addresses, leak_files
from tests.signing_in import signed_in

DELIVERED_AT = datetime(2020, 10, 10, 10, 10, 10, tzinfo=UTC)
# Models whose keys are read in addresses and answers.
_NUMBERED = (ApiKey, Attribution, Delivery, Operation, Report, Submission, SubmittedFile, User)
# Headers whose digits are a size, a moment, a random token or a digest of them.
UNTOLD_HEADERS = {"Content-Length", "Expires", "Set-Cookie", "ETag"}


@dataclass
class Answer:
    """What an address answered: Answer(200, {"Content-Type": …}, b"<!DOCTYPE html>…")."""

    status: int
    headers: dict
    body: bytes

    @cached_property
    def text(self):
        """Headers and body, without what is random in them."""
        headers = "\n".join(f"{k}: {v}" for k, v in self.headers.items() if k not in UNTOLD_HEADERS)
        return _steady(f"{self.status}\n{headers}\n\n{self.content}")

    @cached_property
    def content(self):
        """The body as a text, whatever its format: the cells of a spreadsheet, the rows of a table."""
        kind = self.headers.get("Content-Type", "")
        if kind == "application/vnd.apache.parquet":
            table = parquet.read_table(io.BytesIO(self.body))
            return f"{table.schema}\n" + "\n".join(map(str, table.to_pylist()))
        if kind == "application/pdf":
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(self.body)).pages)
        if "spreadsheetml" in kind:
            with zipfile.ZipFile(io.BytesIO(self.body)) as book:
                parts = [ElementTree.fromstring(book.read(name)) for name in book.namelist()]
            return "\n".join(" ".join(part.itertext()) for part in parts)
        body = gzip.decompress(self.body) if kind == "application/gzip" else self.body
        return body.decode()

    @cached_property
    def numbers(self):
        """Without ranges of chance: they stand beside the figure and the head-count of which they are made."""
        return numbers(re.sub(r'"fourchette":\{[^}]*\}', "", self.text))


@dataclass
class Universe:
    """Answers by "who address", when the groups were large and once they are small; all that was written on the way."""

    large: dict = field(default_factory=dict)
    small: dict = field(default_factory=dict)
    not_modified: dict = field(default_factory=dict)
    reports: dict = field(default_factory=dict)
    logs: str = ""
    files: list = field(default_factory=list)
    facts: list = field(default_factory=list)


def numbers(text):
    """Whole percentages or counts that a text holds in any spelling: 61, 61 %, 61.0, "0,61", width:61.4%, %3A61."""
    found = set()
    for decoded in {text, unquote(html.unescape(text))}:
        for whole, decimals in set(re.findall(r"(?<![0-9A-Za-z])(\d{1,3})(?:[.,](\d+))?(?!\d)", decoded)):
            found.add(int(whole))
            if decimals:
                value = float(f"{whole}.{decimals}")
                found |= {round(value), int(100 * value), round(100 * value)} if value < 1 else {round(value)}
    return found


def live_through(states, directory, moment):
    """The `Universe` in which the files of the first state were published, then those of the second.

    moment: microseconds that make its data another version than those of the other universe.
    """
    universe = Universe()
    files = override_settings(OPEN_FILES_DIR=directory / "ouvertes")
    with files, transaction.atomic(), _logs() as logs:
        _restart_keys()
        leak_files.create_nomenclature()
        certifications.rebuild({})
        Certification.objects.update(opened_at=DELIVERED_AT)
        ApiKey.objects.make("essai", leak_addresses.API_KEY)
        ApiKey.objects.update(created_at=DELIVERED_AT)
        public, reader = Client(raise_request_exception=False), _reader()
        _deliver(directory / "avant", states[0], universe, moment)
        if states[0] == "large":
            universe.large = _fetch(public, "public", leak_addresses.PUBLIC)
        _deliver(directory / "apres", states[1], universe, moment)
        _submit(directory / "apres")
        _report()
        universe.small = _fetch(public, "public", leak_addresses.PUBLIC, universe.large)
        universe.small |= _fetch(reader, "lecteur", leak_admin_addresses.READER) | _errors(public, reader)
        universe.small |= _reports()
        if universe.large:
            universe.not_modified = _not_modified(public, universe.small)
        reports = list(Delivery.objects.values_list("report", flat=True))
        universe.reports["journal"] = _steady(json.dumps(reports, ensure_ascii=False))
        universe.files = [gzip.decompress(bytes(one.content)) for one in DeliveredFile.objects.all()]
        universe.facts = _facts()
        transaction.set_rollback(True)
    universe.logs = _steady("\n".join(logs))
    return universe


def _steady(text):
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", text)
    text = re.sub(r'(name="jeton" value=")[^"]+', r"\1", text)
    # A key drawn for each task, whose digits would pass for numbers.
    text = re.sub(r"\bTask id=\w+", "Task", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "sha256", text)


@contextmanager
def _logs():
    """Everything that is logged inside, but the traces that Django writes for who debugs."""
    handler, loggers = BufferingHandler(1_000_000), [logging.getLogger(), logging.getLogger("django")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    records = []
    try:
        yield records
    finally:
        records += [logging.Formatter().format(record) for record in handler.buffer]
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _restart_keys():
    """The same keys in each universe: PostgreSQL does not roll its sequences back."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), _NUMBERED):
            cursor.execute(sql)


def _reader():
    """Signed in, and may look at everything that the admin shows."""
    user = User.objects.create_user("lecture", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    session = client.session
    # One moment in both universes, that no later request moves.
    session[SINCE] = session[SEEN] = "2999-01-01T00:00:00+00:00"
    # One secret, where each session would draw its own.
    session["secret_du_second_facteur"] = "1" * 40
    session.save()
    User.objects.update(last_login=None, date_joined=DELIVERED_AT)
    return client


def _deliver(directory, state, universe, moment):
    leak_files.write(directory, state)
    report, output = directory.parent / f"{directory.name}.json", io.StringIO()
    call_command("ingest", str(directory), report=report, stdout=output, stderr=output)
    for delivery in Delivery.objects.defer("report"):
        at = DELIVERED_AT + timedelta(microseconds=moment + delivery.pk)
        Delivery.objects.filter(pk=delivery.pk).update(at=at)
    DataVersion.objects.update(at=at)
    call_command("open_files", stdout=io.StringIO())
    universe.reports[directory.name] = _steady(output.getvalue() + report.read_text(encoding="utf-8"))


def _submit(directory):
    """The figures of schools once more, by the desk, which shows the report of their check."""
    path = directory / leak_files.SUBMITTED
    user = User.objects.get(username="lecture")
    submission = receive([SimpleUploadedFile(path.name, path.read_bytes())], user).submission
    check(submission, user)
    Submission.objects.update(created_at=DELIVERED_AT)
    Preview.objects.update(made_at=DELIVERED_AT)


def _report():
    """Errors reported about a small group: what was published of it stands beside them, in the desk."""
    for school in (leak_files.LYCEE, ""):
        Report.objects.create(
            nonce=school, what="chiffre", text="Faux.", diploma=leak_files.COOK, school=school
        )
    Report.objects.update(at=DELIVERED_AT)


def _reports():
    """The pages of those reports, for who answers them."""
    client = signed_in(Client(), User.objects.create_superuser("réponses"))
    keys = Report.objects.values_list("pk", flat=True)
    addresses = [reverse("admin:reports_report_change", args=[key]) for key in keys]
    return {f"réponses {address}": _get(client, address) for address in addresses}


def _facts():
    kept = [field.name for field in Outcome._meta.fields if field.name not in {"id", "delivery"}]
    return sorted(map(str, Outcome.objects.published().values(*kept)))


def _get(client, address, **headers):
    response = client.get(address, **headers)
    return Answer(response.status_code, dict(response.headers), response.getvalue())


def _fetch(client, who, listed, known=None):
    """{"who address": Answer} of the listed addresses, then of the pages to which they link.

    known: former answers; each page is asked for as by whoever still has the former one.
    """
    answers = {}
    for address in dict.fromkeys(address for make in listed.values() for address in make()):
        former = (known or {}).get(f"{who} {address}")
        tag = former.headers.get("ETag") if former else None
        answers[f"{who} {address}"] = _get(client, address, **({"HTTP_IF_NONE_MATCH": tag} if tag else {}))
    for path in sorted(_paths_linked(answers) - {name.split(" ", 1)[1].split("?")[0] for name in answers}):
        answers[f"{who} {path}"] = _get(client, path)
    return answers


def _paths_linked(answers):
    bodies = [answer.content for answer in answers.values()]
    links = {path for body in bodies for path in re.findall(r'(?:href|src|action)="(/[^"?#]*)', body)}
    return {path for path in links if not path.startswith("/static/")}


def _not_modified(client, answers):
    """What each page answers to whoever has it already."""
    etags = {
        name.removeprefix("public "): answer.headers["ETag"]
        for name, answer in answers.items()
        if name.startswith("public") and "ETag" in answer.headers
    }
    return {address: _get(client, address, HTTP_IF_NONE_MATCH=tag) for address, tag in etags.items()}


def _errors(public, reader):
    lycee = f"/etablissements/lycee-essai-{leak_files.LYCEE}/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "school_page", _breaking_after(views.school_page))
        broken = _get(public, lycee)
    refused = reader.post("/gestion/deliveries/submission/add/")
    wrong_method = public.post("/api/v1/chiffres/", {})
    return {
        "erreur 400": _get(public, lycee, HTTP_HOST="ailleurs.example"),
        "erreur 403": Answer(refused.status_code, dict(refused.headers), refused.getvalue()),
        "erreur 404": _get(public, "/zzz/"),
        "erreur 404 établissement": _get(public, "/etablissements/zzz-0990009X/"),
        "erreur 405": Answer(wrong_method.status_code, dict(wrong_method.headers), wrong_method.getvalue()),
        "erreur 500": broken,
    }


def _breaking_after(present):
    """A fault once the figures were read."""

    def fail(*arguments):
        page = present(*arguments)
        raise RuntimeError(f"panne après {type(page).__name__}")

    return fail
