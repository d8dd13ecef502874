"""A temporary PostgreSQL cluster, made from the installed programs and removed afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# Nobody needs these data after the tests: a crash may lose them.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
INITDB = ("--username=portail", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")


class Lacking(Exception):
    """What this machine lacks, as a French sentence."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster. restart: stops it as a power cut does, without a last word to its clients, and starts it again."""

    address: str
    restart: Callable[[], None]


@contextmanager
def temporary_cluster(settings: str = FAST) -> Iterator[str]:
    """Yield the address of a database in a cluster that no network reaches."""
    with running_cluster(settings) as cluster:
        yield cluster.address


@contextmanager
def running_cluster(settings: str = FAST) -> Iterator[Cluster]:
    """Yield a cluster that no network reaches, removed afterwards."""
    programs, user = _programs(), _owner()
    directory = Path(tempfile.mkdtemp(prefix="portail-pg-"))
    data = directory / "donnees"

    def run(program, *arguments):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=(directory / "journal").open("ab"),
            stderr=subprocess.STDOUT,
            **user,
        )

    def start():
        options = f"{settings} -c listen_addresses='' -c unix_socket_directories={directory}"
        log = directory / "serveur"
        run("pg_ctl", "--pgdata", data, "--wait", "--log", log, "--options", options, "start")

    def stop():
        run("pg_ctl", "--pgdata", data, "--wait", "--mode", "immediate", "stop")

    def restart():
        stop()
        start()

    try:
        (directory / "journal").touch()
        if user:
            shutil.chown(directory, user["user"], user["group"])
            shutil.chown(directory / "journal", user["user"], user["group"])
        run("initdb", "--pgdata", data, *INITDB)
        start()
        try:
            yield Cluster(f"postgres://portail@{quote(str(directory), safe='')}/postgres", restart)
        finally:
            stop()
    except subprocess.CalledProcessError as error:
        journal = (directory / "journal").read_text(errors="replace")
        raise RuntimeError(f"{error}\n{journal[-2000:]}") from error
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _programs():
    """The directory of the newest PostgreSQL programs."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]) if path.parts[-3].replace(".", "").isdigit() else 0,
    )
    found = installed[-1] if installed else shutil.which("initdb")
    if not found or not (Path(found).resolve().parent / "pg_ctl").exists():
        raise Lacking("les programmes de PostgreSQL (initdb, pg_ctl) sont introuvables")
    return Path(found).resolve().parent


def _owner():
    """Who runs the programs, as arguments of `subprocess`: they refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError as error:
        raise Lacking(
            "PostgreSQL refuse d’être lancé par root et le compte « postgres » n’existe pas"
        ) from error
    return {"user": account.pw_name, "group": account.pw_gid, "extra_groups": []}
