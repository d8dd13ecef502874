"""Seconds to check and publish a national delivery from the managers' desk, while pages are read.

    python -m bench.delivery [rows [database]]

200,000 courses in schools by default, with head-counts, over the reference tables, the former cohort and the totals of regions of
a generated country. database: "postgresql", "sqlite", both by default. A worker in a process of its own does the operations; the
server answers pages and the page of the submission meanwhile. Everything is generated, from a fixed seed.
"""

import gzip
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from bench import generated

# Seconds for both operations, seconds before a first check is told, megabytes of the worker, seconds of the slowest page but one in 100.
MOST_SECONDS, MOST_WAIT, MOST_MEMORY, MOST_LATENCY = 120, 5, 1_536, 1.0
_PAGES = ("/", "/recherche/?q=metier", "/methodologie/")
_WORK = "--work"


def main(count=generated.ROWS, database=""):
    results = [_in_process(name, count) for name in ([database] if database else ["postgresql", "sqlite"])]
    return all(results)


def _in_process(database, count):
    """Measure one database in a process of its own: Django is set up once a process."""
    return (
        subprocess.run([sys.executable, "-m", "bench.delivery", _WORK, database, str(count)]).returncode == 0
    )


@contextmanager
def _portal(database, directory):
    """Django on an empty database of this kind, whose address the processes started here inherit."""
    os.environ |= {"VAR_DIR": str(directory), "OPEN_FILES": "0", "WORKER": "0", "ALLOW_LOCAL_SECRET_KEY": "1"}
    if database == "postgresql":
        from bench import postgresql

        with postgresql.portal():
            yield
        return
    import django
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "inserjeunes_portal.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    yield


def _measure(database, count):
    with (
        tempfile.TemporaryDirectory(prefix="portail-livraison-") as directory,
        _portal(database, Path(directory)),
    ):
        from django.db import connections

        start = time.perf_counter()
        content = _publish_country(count)
        connections.close_all()
        print(
            f"{database}\u00a0: pays de {count} formations en établissement publié en {time.perf_counter() - start:.0f} s"
        )
        with _server() as address, _readers(address) as latencies:
            operations = [_check, _publish]
            submission = _submitted(content)
            seconds = [operation(submission) for operation in operations]
        return _told(seconds, latencies)


def _publish_country(count):
    """Publish all that the delivery stands on; returns its content."""
    from bench import national_files
    from deliveries.candidates import File
    from deliveries.publication import publish

    rows, former = national_files.figures(count), national_files.figures(count, generated.SEED + 1)
    for files in (
        national_files.references(rows),
        {"ij_etablissement_2021_2022.csv": national_files.of_schools(former, "2021_2022")},
        {"ij_region_2021_2022.csv": national_files.of_regions(former, "2021_2022")},
        {"ij_region_2022_2023.csv": national_files.of_regions(rows, "2022_2023")},
    ):
        reports = publish([File(*file) for file in files.items()], confirmed=True)
        if any(report.status != "publie" for report in reports):
            raise AssertionError([(report.file, report.status, report.kinds) for report in reports])
    return national_files.of_schools(rows, "2022_2023")


def _submitted(content):
    from deliveries.models import Submission
    from stats.models import DeliveredFile

    sha256, name = hashlib.sha256(content).hexdigest(), "ij_etablissement_2022_2023.csv"
    file = DeliveredFile.objects.create(sha256=sha256, size=len(content), content=gzip.compress(content))
    submission = Submission.objects.create()
    submission.files.create(position=1, name=name, sha256=sha256, size=len(content), file=file)
    return submission


def _check(submission):
    from deliveries.models import Operation
    from deliveries.operations import queue
    from deliveries.operations.transitions import State, move

    move(submission, State.CHECKING)
    return _done(submission, queue.add(Operation.Kind.CHECK, None, submission))


def _publish(submission):
    """Every warning is accepted."""
    from deliveries.approval import Accepted, Approval
    from deliveries.desk import actions
    from deliveries.models import Operation
    from deliveries.operations import queue
    from deliveries.operations.transitions import State, move

    submission.refresh_from_db()
    accepted = {
        file.sha256: [
            Accepted(tick.key, tick.count, "Vérifié", None, "", actions.now())
            for tick in actions.ticks_to_accept(file)
        ]
        for file in submission.files.all()
    }
    approval = Approval(submission.version or 0, None, actions.now(), accepted)
    move(submission, State.PUBLISHING, revision=submission.revision, approval=approval.as_dict())
    return _done(submission, queue.add(Operation.Kind.PUBLISH, None, submission))


def _done(submission, operation):
    """(seconds of an operation done by a worker, seconds before its first check was told, megabytes of the worker, seconds of
    processor that it took).
    """
    from deliveries.operations.tasks import wake

    start, first, memory, before = time.perf_counter(), float("inf"), 0, _processor()
    wake()
    with tempfile.TemporaryFile() as told:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--batch"], stdout=told, stderr=told
        )
        while worker.poll() is None:
            if first == float("inf") and _has_a_result(submission):
                first = time.perf_counter() - start
            time.sleep(0.1)
            memory = _memory(worker.pid) or memory
        told.seek(0)
        text = told.read().decode()
    operation.refresh_from_db()
    if operation.state != operation.State.DONE:
        raise AssertionError(f"{operation.outcome}\n{text}")
    return time.perf_counter() - start, first, memory, _processor() - before


def _processor():
    """Seconds of processor of the workers that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _has_a_result(submission):
    """Whether the page of the submission tells what some check gives."""
    from deliveries.desk.page import operation_view

    return bool(operation_view(submission.operations.latest("pk")).first_results)


def _memory(pid):
    """The most megabytes that a process has used, 0 once it is over."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


@contextmanager
def _server():
    """The portal on a port of its own; yields its address."""
    port = os.environ.get("PORT", "8765")
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "inserjeunes_portal.wsgi"]
    with subprocess.Popen(command, env=os.environ | {"PORT": port}, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _second in range(60):
                try:
                    urllib.request.urlopen(address).close()
                    break
                except OSError:
                    time.sleep(1)
            yield address
        finally:
            server.terminate()


@contextmanager
def _readers(address):
    """Somebody reads pages all the time, two a second; yields the seconds that each took."""
    latencies, is_over = [], threading.Event()

    def read():
        place = 0
        while not is_over.wait(0.5):
            place += 1
            start = time.perf_counter()
            try:
                urllib.request.urlopen(f"{address}{_PAGES[place % len(_PAGES)]}", timeout=60).read()
                latencies.append(time.perf_counter() - start)
            except OSError as error:
                print(f"page sans réponse\u00a0: {error}")
                latencies.append(float("inf"))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield latencies
    finally:
        is_over.set()
        thread.join()


def _told(measures, latencies):
    """Print what was measured; whether it is within the limits."""
    (check, first, *_), (publication, *_) = measures
    memory = max(memory for _, _, memory, _ in measures)
    processor = sum(seconds for *_, seconds in measures)
    slowest = sorted(latencies)[int(0.99 * len(latencies))]
    total = check + publication
    print(
        f"contrôle {check:.0f} s, publication {publication:.0f} s\u00a0: {total:.0f} s (au plus {MOST_SECONDS})"
    )
    print(f"processeur du programme de fond\u00a0: {processor:.0f} s")
    print(f"premier contrôle montré après {first:.1f} s (au plus {MOST_WAIT})")
    print(f"mémoire du programme de fond\u00a0: {memory} Mo (au plus {MOST_MEMORY})")
    print(
        f"{len(latencies)} pages lues pendant ce temps, 99 sur 100 en moins de {slowest:.2f} s (au plus {MOST_LATENCY})"
    )
    return total <= MOST_SECONDS and first <= MOST_WAIT and memory <= MOST_MEMORY and slowest <= MOST_LATENCY


if __name__ == "__main__":
    if sys.argv[1:2] == [_WORK]:
        sys.exit(not _measure(sys.argv[2], int(sys.argv[3])))
    sys.exit(not main(*(int(text) if text.isdigit() else text for text in sys.argv[1:])))
