"""Both APIs tried by schemathesis against their own descriptions, over HTTP: what it makes of them, good and bad."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.any_database
IS_LONG = os.environ.get("TESTS_LONG") == "1"
# The 1,400 requests that the descriptions cover are always made; these are the random ones that come after them.
# A key made up is refused, as it should be: requests are tried with a true one.
OPTIONS = (
    f"--max-examples={100 if IS_LONG else 5}",
    f"--max-time={180 if IS_LONG else 22}",
    "--generation-deterministic",
    "--generation-with-security-parameters=false",
    "--no-color",
)


def failures(address, key, directory):
    """What schemathesis says when it finds a failure, "" when it finds none."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", address, "--header", f"x-api-key: {key}"]
    run = subprocess.run([*command, *OPTIONS], cwd=directory, capture_output=True, text=True)
    return run.stdout + run.stderr if run.returncode else ""


def test_open_api_answers_as_it_is_described(live_server, api_key, tmp_path):
    found = failures(f"{live_server.url}/api/schema/", api_key, tmp_path)
    assert not found, found


def test_exposition_api_answers_as_it_is_described(live_server, api_key, tmp_path):
    found = failures(f"{live_server.url}/api/schema/inserjeunes/", api_key, tmp_path)
    assert not found, found
