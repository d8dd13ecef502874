"""The recorded requests asked over HTTP of a portal with other data, and whether its answers have the recorded shape.

Shape: the status as far as the data leave a choice, the content type, the names that are known and their types.
"""

import csv
import http.client
import io
import json
import re
from collections import Counter
from contextlib import contextmanager
from functools import cache
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from api.exposition import auth
from api.models import ApiKey, ApiUser
from stats.models import Attribution
from tests.contract.http_documents import KEY
from tests.contract.job_documents import STATS
from tests.contract.test_http import CASES, FOLDER, _reference

# Where the names of what a key holds are listed together, whichever answer it stands in.
_INTO = {
    **dict.fromkeys(("certifications", "regionales", "formations", "certificationsTerminales"), "document"),
    **dict.fromkeys(("pro", "apprentissage"), "sum"),
}
_STORED = dict.fromkeys(STATS.values(), "document") | {"bcn": ".bcn"}
_SINGLE = re.compile(r"/api/inserjeunes/(?:(?:regionales/[^/]+/)?certifications|formations)/.")
_TYPES = {str: "text", bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}
_TOKEN = re.compile(r"eyJ[\w.-]+")
_CODE = re.compile(r"(?<![0-9])(?:[0-9]{11}|[0-9]{8})(?![0-9])")
_ERROR = {"statusCode", "error", "message"}


@contextmanager
def platform_of(host):
    """Function (recorded case, address) → (status, content type, body) of the portal served at `host`.

    The portal knows the key and the users of the recorded cases, with their former passwords.
    """
    ApiKey.objects.make("contrat", KEY)
    known = [user for case in CASES for user in case["collections"].get("users", [])]
    for user in {user["username"]: user for user in known}.values():
        ApiUser.objects.create(username=user["username"], password=user["password"])
    token = auth.token_for(ApiUser.objects.first())
    yield lambda case, address: _ask(host, case, address, token)
    ApiKey.objects.all().delete()
    ApiUser.objects.all().delete()


def _ask(host, case, address, token):
    """token: stands for the recorded ones, which are out of date, where they were good."""
    request, headers = case["request"], dict(case["request"]["headers"])
    if case["answer"]["status"] == 200:
        headers = {name: _TOKEN.sub(token, value) for name, value in headers.items()}
    body = request.get("body")
    if kind := request.get("content_type"):
        headers.setdefault("Content-Type", kind)
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        body = body if isinstance(body, str | None) else json.dumps(body)
        connection.request(request["method"], address, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Content-Type", ""), answer.read()
    finally:
        connection.close()


def real_codes():
    """(two diplomas, two last years of courses) whose figures are shown wherever and whenever the cases ask."""
    return _shown_everywhere("apprentissage", "diploma"), _shown_everywhere("pro", "course_year")


def _shown_everywhere(route, kind):
    places, periods = ("region-11", "region-94"), ("2021_2022", "2022_2023")
    shown = Attribution.objects.filter(
        route=route,
        kind="self",
        territory__in=places,
        cohort__in=periods,
        outcome__taux_en_emploi_6_mois__isnull=False,
    )
    numbers = Counter(shown.values_list(kind, flat=True))
    return sorted(code for code, number in numbers.items() if number == len(places) * len(periods))[:2]


def with_codes(address, diplomas, years):
    """The address of the figures of a region with other codes, None for other addresses."""
    if "/regionales/" not in address or "/certifications/" not in address:
        return None
    found = {8: iter(diplomas), 11: iter(years)}
    codes = {}
    for code in _CODE.findall(address):
        codes.setdefault(code, next(found[len(code)]))
    return _CODE.sub(lambda match: codes[match[0]], address)


def differences_of_shape(case, status, content_type, body):
    """What a client that knows the recorded cases would not understand in an answer to the request of `case`."""
    answer = case["answer"]
    if status not in statuses(case):
        return [f"status {status} instead of {answer['status']}: {body[:200]!r}"]
    expected = answer["content_type"] if status == answer["status"] else None
    # A picture may have nothing to show, and then be an error; and the other way round.
    expected = expected or ("application/json" if status >= 400 or not _is_picture(case) else "image/svg+xml")
    kind = content_type.partition(";")[0]
    if kind != expected:
        return [f"content type {kind} instead of {expected}"]
    if kind == "image/svg+xml":
        return [] if ElementTree.fromstring(body).tag.endswith("svg") else ["no drawing"]
    if kind == "text/csv":
        return _differences_of_csv(case, body.decode("utf-8-sig"))
    return _differences_of_json(status, json.loads(body))


def statuses(case):
    """The statuses that the answer may have.

    The request alone decides, but for single answers and for who signs in where the case has no user.
    """
    status, address = case["answer"]["status"], urlsplit(case["request"]["url"])
    if address.path.endswith("/auth/login") and not case["collections"].get("users"):
        return {status, 200}
    on_error = parse_qs(address.query).get("imageOnError", ["false"])[0]
    is_sure = _is_picture(case) and on_error != "false"
    return {200, 404} if status in {200, 404} and _SINGLE.match(address.path) and not is_sure else {status}


def _is_picture(case):
    return urlsplit(case["request"]["url"]).path.endswith(".svg")


def _differences_of_csv(case, text):
    name = urlsplit(case["request"]["url"]).path.split("/")[3].removesuffix(".csv")
    [header, *_rows] = csv.reader(io.StringIO(text), delimiter=";")
    known = _reference()["csv_columns"][name]
    return [] if header == known else [f"columns {header}"]


def _differences_of_json(status, body):
    if status >= 400:
        lacking = _ERROR - body.keys()
        return [f"{name} is lacking" for name in lacking] + _unknown(body)
    return (["an error under status 200"] if "statusCode" in body else []) + _unknown(body)


def _unknown(body):
    known, free = _known()
    return sorted(
        {
            f"unknown {path}: {kind}"
            for path, kind in _names(body)
            if (path, kind) not in known and not any(path.startswith(f"{each}.") for each in free)
        }
    )


@cache
def _known():
    """(names and types of the recorded answers, names under which anything goes).

    The documents of a list are those of the recorded database, as requests find them and as jobs leave them.
    """
    jobs = [
        case for path in sorted(FOLDER.glob("job_*.json")) for case in json.loads(path.read_text("utf-8"))
    ]
    known = {found for case in CASES for found in _names(case["answer"].get("json", {}))}
    for stored in [*(case["collections"] for case in CASES), *(job["after"] for job in jobs)]:
        for collection, at in _STORED.items():
            known.update(_names(stored.get(collection, []), at))
    free = {path for path, kind in known if kind == "anything"}
    return known | {(path, kind) for path in free for kind in ("list", "object")}, free


def _names(body, at=None):
    """(dotted name, type) of everything that a body says; null says nothing."""
    if at is None:
        at = "document" if "code_certification" in body else ""
    if isinstance(body, list):
        for each in body:
            yield from _names(each, at)
    elif isinstance(body, dict):
        for name, value in body.items():
            path = f"{at}.{name}"
            if value == {"$text": True}:
                yield path, "text"
            elif value == {"$some": True}:
                yield path, "anything"
            elif value is not None:
                yield path, _TYPES[type(value)]
                yield from _names(value, _INTO.get(name, path))
