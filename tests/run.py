"""The whole suite on PostgreSQL, as in production, then on SQLite the tests that touch SQL: what `make test` runs.

Arguments go to pytest. TESTS_LONG=1 takes the large sizes of the attack and of the property tests.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import nullcontext

from tests import postgres

PARALLEL = ["-n", os.environ.get("TESTS_PARALLELES", "2"), "--dist", "loadfile", "--no-loadscope-reorder"]
NO_TEST_FOUND = 5


def main(arguments):
    # Whoever stops the run also gets the cluster and the files removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL_TEST")
    postgresql, done_elsewhere = 0, "PostgreSQL"
    try:
        with nullcontext(given) if given else postgres.temporary_cluster() as address:
            postgresql = _pytest("toute la suite sur PostgreSQL", arguments, address)
    except postgres.Lacking as lack:
        print(f"\nSAUTÉ : toute la suite sur PostgreSQL, {lack}.\n", flush=True)
        postgresql, done_elsewhere = int(os.environ.get("REQUIRE_ALL") == "1"), ""
    title = "ce qui touche au SQL, sur SQLite" if done_elsewhere else "toute la suite sur SQLite"
    sqlite = _pytest(title, arguments, done_elsewhere=done_elsewhere)
    if sqlite == NO_TEST_FOUND and done_elsewhere:
        sqlite = 0
    if sqlite or postgresql:
        names = " et ".join(name for name, code in (("PostgreSQL", postgresql), ("SQLite", sqlite)) if code)
        print(f"ÉCHEC de la suite sur {names}.", flush=True)
    return sqlite or postgresql


def _pytest(title, arguments, address="", done_elsewhere=""):
    """done_elsewhere: the database on which the tests that need none, or any, have run already."""
    print(f"\n=== {title[0].upper()}{title[1:]} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="portail-tests-") as directory:
        environment = os.environ | {
            "DATABASE_URL_TEST": address,
            "TESTS_VAR_DIR": directory,
            "TESTS_DONE_ELSEWHERE": done_elsewhere,
        }
        return subprocess.run(
            [sys.executable, "-m", "pytest", *PARALLEL, *arguments], env=environment
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
