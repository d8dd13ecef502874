"""Kill the worker, or the database, at random moments of a national delivery, while readers poll the site.

    python -m bench.kills ../shared/data --deliver inserjeunes/fr-en-inserjeunes-cfa.csv [--kills 30] [--database sqlite]

The folder is published first without the delivered files. Then the delivery lives over and over: checked, published, taken
back, each by a worker that is killed (SIGKILL) at a random moment, twice at most, as a third run fails by design; on
PostgreSQL every other kill is an immediate stop of the database. Readers must only ever see a whole state, and each
operation must end: done, or failed with its sentence. Prints what happened; ends with 1 where something was wrong.
"""

import argparse
import io
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django

from tests import postgres

DURABLE = "-c shared_buffers=256MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--deliver", type=Path, nargs="+", required=True, help="in the folder")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    is_postgresql = options.database == "postgresql"
    with (
        tempfile.TemporaryDirectory(prefix="portail-coupures-") as var,
        postgres.running_cluster(DURABLE) if is_postgresql else nullcontext() as cluster,
    ):
        os.environ |= {
            "VAR_DIR": var,
            "DJANGO_SETTINGS_MODULE": "inserjeunes_portal.settings",
            "OPEN_FILES": "0",
        }
        os.environ |= {"ALLOW_LOCAL_SECRET_KEY": "1", "WORKER": "0", "PORT": str(_free_port())}
        if cluster:
            os.environ["DATABASE_URL"] = cluster.address
        django.setup()
        delivered = [options.folder / path for path in options.deliver]
        _prepare(options.folder, delivered)
        with _server():
            from bench.kill_campaign import Campaign

            campaign = Campaign(delivered, cluster, options.kills, random.Random(options.seed))
            campaign.run()
    sys.exit(campaign.tell())


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _prepare(folder, delivered):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix == ".csv" and path not in delivered]
    try:
        call_command("ingest", *map(str, paths), "--confirm", stdout=io.StringIO())
    except SystemExit as end:
        # Files that are no source of the portal are told, and the others are published.
        print(f"publication du reste : code {end.code}", flush=True)


@contextmanager
def _server():
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "inserjeunes_portal.wsgi"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(Path(os.environ["VAR_DIR"]) / "operations", ignore_errors=True)


if __name__ == "__main__":
    main()
