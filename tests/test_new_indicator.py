"""An indicator that is only declared is followed everywhere: in a copy of the portal, on a database of today's version.

What is asserted of it is in tests/new_indicator/checks.py, which runs inside the copy.
"""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import databases
from tests.conftest import database
from tests.new_indicator import rows_of_today
from tests.new_indicator.copying import copy, declare


@pytest.fixture
def address(django_db_setup, django_db_blocker):
    """Of a database of today's version, which holds rows of an indicator."""
    with database(django_db_blocker, databases.EMPTY):
        with django_db_blocker.unblock():
            rows_of_today.store()
            connection.close()
        name = connection.settings_dict["NAME"]
        server, is_postgresql = (
            os.environ["DATABASE_URL"].rpartition("/")[0],
            connection.vendor == "postgresql",
        )
        yield f"{server}/{name}" if is_postgresql else f"sqlite:///{name}"


@pytest.mark.any_database
def test_declared_indicator_is_followed_everywhere(address, tmp_path):
    directory = tmp_path / "var"
    directory.mkdir()
    copy(settings.BASE_DIR, tmp_path / "copy")
    declare(tmp_path / "copy")

    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/new_indicator/checks.py"],
        cwd=tmp_path / "copy",
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        | {"TESTS_VAR_DIR": str(directory), "DATABASE_URL_TEST": address},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, f"{found.stdout}\n{found.stderr}"
    assert " passed" in found.stdout
    assert "skipped" not in found.stdout
