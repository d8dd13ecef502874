"""What an address answers, in a few words that are compared with those of `addresses.tsv`.

A line of that file: address (and, after a space, a header of the request), status, content type, digest of other
headers, digest of the body on SQLite, on PostgreSQL ("=" when it is the same: engines sort some equal rows otherwise).
ETag is not looked at: it moves with the code.
"""

import gzip
import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

import time_machine
from django.db import connection

from tests.former_version.database import HERE

# The day of the recorded answers: some say the day, count years or sign it.
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
_HEADERS = (
    "Content-Encoding",
    "Content-Disposition",
    "Content-Language",
    "Content-Range",
    "Location",
    "Link",
    "Vary",
    "Cache-Control",
    "Allow",
    "Access-Control-Allow-Origin",
)


@dataclass(frozen=True)
class Answer:
    """Answer(status=200, content_type="text/html; charset=utf-8", headers="1f0c…", body="9a41…")."""

    status: int
    content_type: str
    headers: str
    body: str


def recorded():
    """{address as a line of the file has it: its `Answer` on the present engine}."""
    found = {}
    for line in (HERE / "addresses.tsv").read_text(encoding="utf-8").splitlines():
        address, status, content_type, headers, sqlite, postgresql = line.split("\t")
        is_other = connection.vendor == "postgresql" and postgresql != "="
        found[address] = Answer(int(status), content_type, headers, postgresql if is_other else sqlite)
    return found


def asked(client, line):
    """The `Answer` of today to the address of a line."""
    address, _, header = line.partition(" ")
    name, _, value = header.partition(": ")
    with time_machine.travel(NOW, tick=False):
        response = client.get(address, headers={name: value} if header else {})
        body = response.getvalue()
    headers = "\n".join(f"{name}: {response[name]}" for name in _HEADERS if name in response)
    return Answer(
        response.status_code,
        response.get("Content-Type", ""),
        hashlib.sha256(headers.encode()).hexdigest()[:16],
        hashlib.sha256(_steady(address, response, body)).hexdigest(),
    )


def _steady(address, response, body):
    """The body without what is random in it, nor what depends on the library that compresses it."""
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return b"".join(name.encode() + book.read(name) for name in sorted(book.namelist()))
    if address.endswith("/manifest.json") and response.status_code == 200:
        manifest = json.loads(body)
        for file in manifest["fichiers"]:
            if file["nom"].endswith(".gz"):
                file["octets"] = file["sha256"] = None
        return json.dumps(manifest).encode()
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")\w+', rb"\1", body)
