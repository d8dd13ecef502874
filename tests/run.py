"""The whole suite on PostgreSQL, as in production, and on SQLite the tests that touch SQL: what `make test` runs.

Arguments go to pytest. TESTS_LONG=1 takes the large sizes of the attack and of the property tests.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext

from tests import postgres

PARALLEL = ["-n", os.environ.get("TESTS_PARALLELES", "2"), "--dist", "loadfile", "--no-loadscope-reorder"]
NO_TEST_FOUND = 5


def main(arguments):
    # Whoever stops the run also gets the cluster and the files removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL_TEST")
    try:
        with nullcontext(given) if given else postgres.temporary_cluster() as address:
            codes = _on_both(arguments, address)
    except postgres.Lacking as lack:
        print(f"\nSAUTÉ : toute la suite sur PostgreSQL, {lack}.\n", flush=True)
        codes = {"PostgreSQL": int(os.environ.get("REQUIRE_ALL") == "1")}
        with _pytest(arguments, "toute la suite sur SQLite") as sqlite:
            codes["SQLite"] = sqlite.wait()
    if failed := [name for name, code in codes.items() if code]:
        print(f"ÉCHEC de la suite sur {' et '.join(failed)}.", flush=True)
    return next(filter(None, codes.values()), 0)


def _on_both(arguments, address):
    """What SQLite has to see runs in the time that PostgreSQL leaves, and is told after it."""
    with tempfile.TemporaryFile("w+") as told:
        with (
            _pytest(arguments, "", output=told, done_elsewhere="PostgreSQL") as sqlite,
            _pytest(arguments, "toute la suite sur PostgreSQL", address) as postgresql,
        ):
            codes = {"PostgreSQL": postgresql.wait(), "SQLite": sqlite.wait()}
        _announce("ce qui touche au SQL, sur SQLite")
        told.seek(0)
        print(told.read(), flush=True)
    if codes["SQLite"] == NO_TEST_FOUND:
        codes["SQLite"] = 0
    return codes


def _announce(title):
    print(f"\n=== {title[0].upper()}{title[1:]} ===", flush=True)


@contextmanager
def _pytest(arguments, title, address="", output=None, done_elsewhere=""):
    """The process of the tests, which is stopped with whoever started it.

    output: file where it is told, at a lower priority; done_elsewhere: the database on which the tests that need none,
    or any, run.
    """
    if title:
        _announce(title)
    with tempfile.TemporaryDirectory(prefix="portail-tests-") as directory:
        environment = os.environ | {
            "DATABASE_URL_TEST": address,
            "TESTS_VAR_DIR": directory,
            "TESTS_DONE_ELSEWHERE": done_elsewhere,
        }
        command = [sys.executable, "-m", "pytest", *PARALLEL, *arguments]
        with subprocess.Popen(
            ["nice", *command] if output else command, env=environment, stdout=output, stderr=output
        ) as process:
            try:
                yield process
            finally:
                process.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
