"""The whole suite on SQLite, then on PostgreSQL: what `make test` runs. Arguments go to pytest."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import nullcontext

from tests import postgres

PARALLEL = ["-n", os.environ.get("TESTS_PARALLELES", "2"), "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments):
    # Whoever stops the run also gets the cluster and the files removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sqlite = _pytest("SQLite", "", arguments)
    given = os.environ.get("DATABASE_URL_TEST")
    try:
        with nullcontext(given) if given else postgres.temporary_cluster() as address:
            postgresql = _pytest("PostgreSQL", address, arguments)
    except postgres.Lacking as lack:
        print(f"\nSAUTÉ : toute la suite sur PostgreSQL, {lack}.\n", flush=True)
        postgresql = int(os.environ.get("REQUIRE_ALL") == "1")
    if sqlite or postgresql:
        names = " et ".join(name for name, code in (("SQLite", sqlite), ("PostgreSQL", postgresql)) if code)
        print(f"ÉCHEC de la suite sur {names}.", flush=True)
    return sqlite or postgresql


def _pytest(name, address, arguments):
    print(f"\n=== La suite sur {name} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="portail-tests-") as directory:
        environment = os.environ | {"DATABASE_URL_TEST": address, "TESTS_VAR_DIR": directory}
        # Continuous integration has a quarter of an hour: the second time, it tries the looks of pages no more, and
        # takes smaller examples of what hardly depends on the database.
        if address and os.environ.get("SHORT_SECOND_TIME") == "1":
            environment["SECOND_TIME"] = "1"
        return subprocess.run(
            [sys.executable, "-m", "pytest", *PARALLEL, *arguments], env=environment
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
