"""Rows a second of the full CSV of the open data, beside `psql \\copy` of the same rows, and the memory that it takes.

    python -m bench.export [rows]

1.5 million rows by default, of six generated cohorts, in a temporary PostgreSQL. Each way writes the file three times,
in turns; the best time of each counts. The portal's way runs in a process of its own, whose memory is told.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench import derivation, generated, postgresql

ROWS, COHORTS = 1_500_000, 6
# Against `psql \copy`, and in megabytes.
LEAST_RATIO, MOST_GROWTH = 0.9, 100
_WRITE = "--write"


def main(count=ROWS):
    with postgresql.portal(), tempfile.TemporaryDirectory(prefix="portail-export-") as directory:
        start = time.perf_counter()
        _publish(count // COHORTS)
        print(f"{count} lignes générées et chargées en {time.perf_counter() - start:.0f} s, PostgreSQL")
        return _measured(Path(directory))


def _publish(count):
    """`count` groups in each of the cohorts, shown under their own codes."""
    from django.db import connection
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from deliveries import facts
    from establishments.models import School
    from formations.models import Diploma
    from stats.disclosure_control.primary import suppress
    from stats.indicators import Level
    from stats.models import Attribution, Cohort, Outcome

    for model in (Outcome, Attribution):
        _keep_only_the_key(model)
    rows = generated.delivery(count, np.random.default_rng(generated.SEED))
    entries = generated.catalogue(rows, np.random.default_rng(generated.SEED))
    delivery = derivation.references(generated.nomenclature(), rows, entries)
    Diploma.objects.update(label=Concat(Value("Baccalauréat professionnel, spécialité "), F("code")))
    School.objects.update(name=Concat(Value("Lycée professionnel "), F("uai")))
    shown = suppress(rows, Level.SCHOOL_COURSE)
    facts.add(derivation.outcomes(rows, shown, delivery.source), delivery)
    first = Cohort.objects.get()
    copied = [f.column for f in Outcome._meta.concrete_fields if f.name not in {"id", "cohort"}]
    columns = ", ".join(copied)
    with connection.cursor() as cursor:
        for year in range(1, COHORTS):
            code = f"{first.first_year - year}_{first.last_year - year}"
            Cohort.objects.create(
                code=code, first_year=first.first_year - year, last_year=first.last_year - year
            )
            cursor.execute(
                f"INSERT INTO stats_outcome ({columns}, cohort_id) SELECT {columns}, %s FROM stats_outcome"
                " WHERE cohort_id = %s ORDER BY id",
                [code, first.code],
            )
        shared = "cohort_id, route, diploma_id, course_year_id, school_id, territory_id"
        blanks = {f.column: f.get_default() for f in Attribution._meta.concrete_fields if f.has_default()}
        blanks |= {"kind": "self", "role": "", "place_role": "", "trainers": "[]", "managers": "[]"}
        names, marks = ", ".join(blanks), ", ".join(["%s"] * len(blanks))
        cursor.execute(
            f"INSERT INTO stats_showing (outcome_id, {shared}, {names})"
            f" SELECT id, {shared}, {marks} FROM stats_outcome ORDER BY id",
            list(blanks.values()),
        )
        cursor.execute("VACUUM ANALYZE")


def _keep_only_the_key(model):
    """Drop what makes loading slow and what the export does not read: indexes, constraints, the journal of writes."""
    from django.db import connection

    table = model._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
        for name, one in found.items():
            if one["check"] or one["foreign_key"]:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            elif one["index"] and not one["primary_key"]:
                cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(f"ALTER TABLE {table} SET UNLOGGED")


def _measured(directory):
    """Print the rows a second of both ways; whether the portal's is fast and small enough."""
    statement, times, growth = _statement(), {"psql": [], "portail": []}, 0
    for turn in range(3):
        path = directory / f"psql-{turn}.csv"
        start = time.perf_counter()
        command = f"\\copy ({statement}) TO '{path}' (FORMAT csv, DELIMITER ';', HEADER)"
        subprocess.run(["psql", os.environ["DATABASE_URL"], "-XqAt", "-c", command], check=True)
        times["psql"].append(time.perf_counter() - start)
        written = json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench.export", _WRITE, directory / f"portail-{turn}.csv"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        times["portail"].append(written["seconds"])
        growth = max(growth, written["growth"])
        path.unlink()
    rates = {way: written["rows"] / min(seconds) for way, seconds in times.items()}
    ratio = rates["portail"] / rates["psql"]
    size = (directory / "portail-0.csv").stat().st_size / 1e6
    print(f"CSV de {written['rows']} lignes, {len(written['columns'])} colonnes, {size:.0f} Mo")
    print(f"psql \\copy\u00a0: {rates['psql']:.0f} lignes/s ({min(times['psql']):.1f} s)")
    print(f"portail\u00a0: {rates['portail']:.0f} lignes/s ({min(times['portail']):.1f} s)")
    print(f"rapport\u00a0: {ratio:.2f} (au moins {LEAST_RATIO})")
    print(f"mémoire en plus\u00a0: {growth:.0f} Mo (au plus {MOST_GROWTH})")
    return ratio >= LEAST_RATIO and growth <= MOST_GROWTH


def _statement():
    """The query of the CSV in full, on one line, for a program that takes no parameters."""
    import psycopg
    from django.db import connection

    from api.files import dictionary, rows

    sql, parameters = rows.query(dictionary.file_tables()[0]).query.sql_with_params()
    connection.ensure_connection()
    return psycopg.ClientCursor(connection.connection).mogrify(sql, parameters)


def write(path):
    """Write the CSV in this process, and print its rows, seconds and growth in megabytes as JSON."""
    import django

    django.setup()
    from django.db import connection

    from api.files import dictionary, writing

    connection.ensure_connection()
    [table, *_others] = dictionary.file_tables()
    before = _memory("VmRSS")
    start = time.perf_counter()
    count = writing.write_csv(table, Path(path))
    seconds = time.perf_counter() - start
    columns = [column.name for column in table.columns]
    growth = _memory("VmHWM") - before
    print(json.dumps({"rows": count, "seconds": seconds, "growth": growth, "columns": columns}))


def _memory(name):
    """A measure of /proc/self/status in megabytes: VmRSS, used now; VmHWM, the most ever used."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == [_WRITE]:
        write(sys.argv[2])
    else:
        sys.exit(not main(*map(int, sys.argv[1:])))
