"""The lives of a delivery whose worker, or database, is killed at random moments; see `bench.kills`."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection

from bench.readers import Readers, faults
from deliveries.desk import actions, receiving
from deliveries.models import Operation
from deliveries.operations import upkeep
from deliveries.operations.heartbeat import signs_of
from deliveries.operations.transitions import State
from stats.models import Delivery, Outcome, Slice
from tests.postgres import Cluster

# How often a try is disturbed: what writes matters most.
CHANCES = {"contrôle": 0.4, "publication": 0.9, "retrait": 0.9}
# What a kill leaves behind is found by its age in production; here sooner, but for the first ones.
REAL_WAITS = 2
_SOON = timedelta(seconds=5)
_PATIENCE_SECONDS = 3600
# Connections of before an outage are found broken by the first question that each serves.
_AFTER_OUTAGE_SECONDS = 2
_LOOK_SECONDS = 0.2


class Campaign:
    """The lives of a delivery. durations: seconds of each kind of operation that nobody disturbed."""

    def __init__(self, paths: list[Path], cluster: Cluster | None, kills: int, chance: Random) -> None:
        self.paths, self.cluster, self.left, self.chance = paths, cluster, kills, chance
        self.user = User.objects.create_superuser("gestion")
        self.readers = Readers(f"http://127.0.0.1:{os.environ['PORT']}", ["/"])
        self.worker = None
        self.durations, self.outages, self.told, self.wrong = {}, [], [], []
        self.kinds, self.answers, self.ends = Counter(), Counter(), Counter()

    def run(self) -> None:
        try:
            self._wait_for_the_site()
            self._life()
            while self.left > 0:
                self._life()
        finally:
            self._stop_worker()

    def tell(self) -> int:
        """Print the figures; returns the exit code."""
        durations = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in self.durations.items())
        print(f"Durées sans coupure : {durations}")
        print(
            f"Coupures : {dict(self.kinds)} ; fins : {dict(self.ends)} ; réponses lues : {dict(self.answers)}"
        )
        print("\n".join(self.wrong) or "Aucun état incomplet n’a été vu.")
        return int(bool(self.wrong))

    def _wait_for_the_site(self):
        while self.readers.ask("/sante/").status != 200:
            time.sleep(_LOOK_SECONDS)

    def _life(self):
        """Checked, published, then taken back: the first life, without a kill, tells how long each takes."""
        uploads = [ContentFile(path.read_bytes(), name=path.name) for path in self.paths]
        submission = receiving.receive(uploads, self.user).submission
        self._do("contrôle", lambda: actions.check(self._fresh(submission), self.user))
        self._accept_warnings(submission)
        self._do("publication", lambda: self._publish(submission))
        if len(self.readers.addresses) == 1:
            self.readers.addresses = _addresses(submission)
        for delivery in _deliveries_of(submission):
            self._do(
                "retrait",
                lambda delivery=delivery: actions.take_back(delivery, self.user, "Essai de coupure"),
            )

    def _fresh(self, submission):
        submission.refresh_from_db()
        return submission

    def _accept_warnings(self, submission):
        for file in submission.files.all():
            reasons = {tick.key: "Essai de coupure" for tick in actions.ticks_to_accept(file)}
            actions.accept(file, self.user, self._fresh(submission).revision, reasons)

    def _publish(self, submission):
        if self._fresh(submission).state == State.FAILED:
            actions.check(submission, self.user)
            self._wait(Operation.objects.latest("pk"), _PATIENCE_SECONDS)
            self._accept_warnings(submission)
        actions.publish(submission, self.user, self._fresh(submission).revision)

    def _do(self, kind, ask):
        """Have an operation done, asked again where two kills made it fail, while readers look."""
        before = self.readers.state()
        self.readers.start()
        try:
            while not self._one_try(kind, ask):
                pass
        finally:
            answers = self.readers.stop()
        after = self.readers.state()
        self.wrong += faults(answers, before, after, self.outages)
        self.answers.update(answer.status for answer in answers)

    def _one_try(self, kind, ask):
        """Whether the operation was done in the end; it is left failed with a sentence otherwise."""
        ask()
        operation = Operation.objects.latest("pk")
        while not operation.is_over:
            is_disturbed = self.left > 0 and kind in self.durations and self.chance.random() < CHANCES[kind]
            seconds = self.chance.uniform(0, self.durations[kind]) if is_disturbed else _PATIENCE_SECONDS
            if not self._wait(operation, seconds):
                self._kill(kind, operation, seconds)
        if kind not in self.durations:
            self.durations[kind] = (operation.ended_at - operation.started_at).total_seconds()
        self.ends[f"{kind} : {operation.get_state_display()}"] += 1
        if operation.state not in {Operation.State.DONE, Operation.State.FAILED} or not operation.outcome:
            self.wrong.append(f"{operation} : {operation.get_state_display()}, « {operation.outcome} »")
        return operation.state == Operation.State.DONE

    def _kill(self, kind, operation, seconds):
        self.left -= 1
        is_database = bool(self.cluster) and self.left % 2 == 0
        what = "base" if is_database else "worker"
        self.kinds[what] += 1
        stages = signs_of(operation).stages
        self.told.append(
            f"{kind}, {what} coupé après {seconds:.1f} s : {stages[-1][0] if stages else 'avant'}"
        )
        print(self.told[-1], flush=True)
        if is_database:
            started = time.monotonic()
            self.cluster.restart()
            self.outages.append((started, time.monotonic() + _AFTER_OUTAGE_SECONDS))
        else:
            os.kill(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
        self._keep_worker()

    def _wait(self, operation, seconds):
        """Whether the operation ended before it had run for that time; the worker that ended is started again."""
        attempts, end = None, None
        while end is None or time.monotonic() < end:
            _retried(operation.refresh_from_db)
            if operation.is_over:
                return True
            if operation.state == Operation.State.RUNNING and attempts != operation.attempts:
                attempts, end = operation.attempts, time.monotonic() + seconds
            self._keep_worker()
            if len(self.told) > REAL_WAITS:
                _retried(lambda: upkeep.resume_interrupted(_SOON))
            time.sleep(_LOOK_SECONDS)
        return False

    def _keep_worker(self):
        if self.worker is None or self.worker.poll() is not None:
            command = [sys.executable, "manage.py", "worker"]
            self.worker = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def _stop_worker(self):
        if self.worker:
            self.worker.terminate()
            self.worker.wait()


def _retried(action, times=50):
    """The database may just have come back, and this process holds a connection of before."""
    for _ in range(times):
        try:
            return action()
        except DatabaseError:
            connection.close()
            time.sleep(_LOOK_SECONDS)
    return action()


def _deliveries_of(submission):
    digests = submission.files.values_list("sha256", flat=True)
    live = Slice.objects.filter(state=Slice.State.LIVE, delivery__file__sha256__in=digests)
    return list(Delivery.objects.filter(pk__in=live.values("delivery")).order_by("-pk"))


def _addresses(submission):
    """Pages, exports and answers of the API that show the delivered figures, and some that do not."""
    rows = Outcome.objects.filter(delivery__in=_deliveries_of(submission)).exclude(school=None)
    schools = sorted(set(rows.values_list("school_id", flat=True)))
    courses = sorted(set(rows.exclude(diploma=None).values_list("diploma_id", flat=True)))
    some_schools, some_courses = _three_of(schools), _three_of(courses)
    return [
        "/",
        "/formations/",
        *(f"/etablissements/{uai}/" for uai in some_schools),
        *(f"/etablissements/{uai}.csv" for uai in some_schools),
        *(f"/formations/{code}/" for code in some_courses),
        *(f"/formations/{code}.csv" for code in some_courses),
        f"/api/v1/chiffres?etablissement={schools[0]}",
    ]


def _three_of(codes):
    return codes[:: max(1, len(codes) // 3)][:3]
