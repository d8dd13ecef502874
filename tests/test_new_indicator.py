"""An indicator that is only declared is followed everywhere: in a copy of the portal, on a database of today's version.

What is asserted of it is in tests/new_indicator/checks.py, which runs inside the copy.
"""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.new_indicator.copying import copy, declare


@pytest.fixture
def run(tmp_path):
    """Run Python in the portal or in its copy, on the same database of tests; fails with what was printed."""
    directory = tmp_path / "var"
    directory.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {
        "TESTS_VAR_DIR": str(directory),
        "DATABASE_URL_TEST": f"sqlite:///{directory / 'portal.sqlite3'}",
    }

    def run_in(root, *arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    return run_in


def test_declared_indicator_is_followed_everywhere(run, tmp_path):
    today, tomorrow = settings.BASE_DIR, tmp_path / "copy"
    run(today, "-m", "tests.new_indicator.former_rows")
    copy(today, tomorrow)
    declare(tomorrow)

    run(
        tomorrow,
        "manage.py",
        "makemigrations",
        "stats",
        "--name",
        "rate_at_54_months",
        "--settings=tests.settings",
    )
    run(tomorrow, "manage.py", "makemigrations", "--check", "--dry-run", "--settings=tests.settings")
    found = run(
        tomorrow,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/new_indicator/checks.py",
    )

    assert " passed" in found
    assert "skipped" not in found
