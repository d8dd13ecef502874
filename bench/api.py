"""Requests a second of the Exposition API, one process of gunicorn, against a constant view and a list by DRF alone.

    python -m bench.api [seconds]

The demonstration is published in a directory of its own, unless VAR_DIR_BENCH names one where it is already. The
server and what calls it share the machine: the ratios count, measured in turns in the same run.
"""

import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SECONDS, TURNS, ROWS = 2.0, 5, 1_000
SINGLE_TARGET, LIST_TARGET = 0.5, 3.0


def main(seconds=SECONDS):
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as directory:
        directory = os.environ.get("VAR_DIR_BENCH", directory)
        os.environ |= {
            "VAR_DIR": directory,
            "DJANGO_SETTINGS_MODULE": "bench.api_settings",
            "SECRET_KEY": "only-for-benches",
            "DEBUG": "0",
            # Far more is asked than the usual limit allows; it is counted all the same.
            "EXPOSITION_RATE": "6000/s",
            "EXPOSITION_RATE_WITH_KEY": "6000/s",
        }
        addresses, cohort, key = _published(Path(directory))
        with _server() as port:
            return _compare(port, addresses, cohort, key, seconds)


def _published(directory):
    """(addresses of single answers, cohort of the list, key) of what the database holds."""
    import django
    from django.core.management import call_command

    django.setup()
    if not (directory / "portal.sqlite3").exists():
        call_command("migrate", verbosity=0)
        call_command("ingest", "fixtures/demo", stdout=open(os.devnull, "w"))  # noqa: SIM115
    from api.models import ApiKey
    from stats.models import Attribution

    ApiKey.objects.filter(label="bench").delete()
    _, key = ApiKey.objects.make("bench")
    shown = Attribution.objects.filter(is_first=True, diploma__isnull=False).select_related("territory")
    cohort = shown.filter(territory__level="region").latest("cohort__last_year").cohort_id
    regional = [
        f"/api/inserjeunes/regionales/{each.territory.code}/certifications/{each.course_year_id or each.diploma_id}"
        for each in shown.filter(territory__level="region", cohort=cohort)[:400]
    ]
    schools = [
        f"/api/inserjeunes/formations/{each.school_id}-{each.course_year_id or each.diploma_id}"
        for each in shown.filter(school__isnull=False, cohort=cohort)[:400]
    ]
    return [*regional, *schools], cohort, key


class _server:
    """One process of gunicorn on a free port."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [gunicorn, "--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "error"]
        self._process = subprocess.Popen([*command, "--config", "/dev/null", "inserjeunes_portal.wsgi"])
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return port
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("le serveur ne répond pas")

    def __exit__(self, *error):
        self._process.terminate()
        self._process.wait(10)


def _compare(port, addresses, cohort, key, seconds):
    query = f"items_par_page={ROWS}&millesimes={cohort}&apiKey={key}"
    asked = {
        "vue constante": ["/constante"],
        "réponses isolées": addresses,
        "liste par DRF": [f"/liste-drf/{cohort}"],
        "liste Exposition": [f"/api/inserjeunes/regionales?{query}"],
    }
    found = {name: [] for name in asked}
    for paths in asked.values():
        for path in paths:
            _get(port, path)
    for _ in range(TURNS):
        for name, paths in asked.items():
            found[name].append(_rate(port, paths, seconds))
    rates = {name: median(values) for name, values in found.items()}
    for name, rate in rates.items():
        print(f"{name} : {rate:,.1f} requêtes/s".replace(",", "\u202f"))
    single = rates["réponses isolées"] / rates["vue constante"]
    listed = rates["liste Exposition"] / rates["liste par DRF"]
    print(
        f"réponses isolées ({len(addresses)} adresses) : {single:.2f} fois la vue constante (au moins {SINGLE_TARGET})"
    )
    print(
        f"listes de {ROWS} lignes : {listed:.1f} fois DRF sur les mêmes lignes (au moins {LIST_TARGET:.0f})"
    )
    return single >= SINGLE_TARGET and listed >= LIST_TARGET


def _rate(port, paths, seconds):
    """Requests answered in a second, one after the other."""
    turn, done, start = itertools.cycle(paths), 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        _get(port, next(turn))
        done += 1
    return done / spent


def _get(port, path):
    """Read a whole answer on a connection of its own; anything but 200 is a fault of the bench."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = connection.recv(65_536)
        if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")):
            raise RuntimeError(f"{path} : {answer[:200]!r}")
        while connection.recv(1_048_576):
            pass


if __name__ == "__main__":
    sys.exit(not main(*map(float, sys.argv[1:])))
