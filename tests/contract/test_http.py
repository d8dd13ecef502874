"""The recorded requests of the Exposition API, `http_*.json` of the folder CONTRACT_DIR (../shared/contract)."""

import importlib.util
import json
import os
from copy import deepcopy
from functools import cache
from pathlib import Path

import jwt
import pytest
import time_machine
from django.conf import settings
from django.test import Client

from api.exposition import auth
from tests import databases
from tests.conftest import database, skip_loudly
from tests.contract.http_documents import Loader, Withheld, figure_documents, load_territories

FOLDER = Path(os.environ.get("CONTRACT_DIR", settings.BASE_DIR.parent / "shared" / "contract"))
CASES = [case for path in sorted(FOLDER.glob("http_*.json")) for case in json.loads(path.read_text("utf-8"))]
# Tokens that a sign-in of the recorded API answered. They were signed with a key that the contract does not hold:
# the same claims, signed with ours, stand for them.
_TOKENS = {case["answer"].get("json", {}).get("token") for case in CASES} - {None}


@cache
def _compare():
    spec = importlib.util.spec_from_file_location("contract_compare", FOLDER / "compare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _reference():
    return json.loads((FOLDER / "reference.json").read_text("utf-8"))


def _claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def _with_our_signature(text):
    for token in _TOKENS:
        text = text.replace(token, jwt.encode(_claims(token), auth._signing_key(), "HS256"))
    return text


def _request(client, request):
    headers = {name: _with_our_signature(value) for name, value in request["headers"].items()}
    body = request.get("body", "")
    if not isinstance(body, str):
        body = json.dumps(body)
    return client.generic(
        request["method"],
        _with_our_signature(request["url"]),
        body,
        content_type=headers.pop("Content-Type", request.get("content_type", "application/octet-stream")),
        headers=headers,
    )


def _conforms(case, response):
    body = response.getvalue() if response.streaming else response.content
    answer = case["answer"]
    if answer["status"] == response.status_code == 200 and "token" in answer.get("json", {}):
        assert _claims(json.loads(body)["token"]) == _claims(answer["json"]["token"])
        answer = {**answer, "json": {"token": {"$text": True}}}
    return _compare().differences(answer, response.status_code, response["Content-Type"], body)


@pytest.fixture(scope="module")
def portal():
    """One client for all: making the chain of middlewares costs more than any answer."""
    return Client()


@pytest.fixture(scope="module")
def withheld(django_db_setup, django_db_blocker):
    """The `Withheld` of all cases, in a database that has what they share."""
    with database(django_db_blocker, databases.EMPTY):
        with django_db_blocker.unblock():
            load_territories(_reference())
        yield Withheld(document for case in CASES for document in figure_documents(case["collections"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_contract_http(withheld, db, case, portal, settings):
    settings.EXPOSITION_COHORTS = case["millesimes"]
    with time_machine.travel(case["now"], tick=False):
        Loader(deepcopy(case["collections"]), withheld).load()
        response = _request(portal, case["request"])
        assert _conforms(case, response) == []


def test_contract_http_cases_are_there():
    if not CASES:
        skip_loudly(f"les cas enregistrés ({FOLDER.name}, ou CONTRACT_DIR) sont absents", is_required=False)
    assert {case["request"]["method"] for case in CASES} == {"GET", "POST"}
