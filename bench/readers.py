"""Readers who ask a running site the same addresses over and over, and what they saw."""

import hashlib
import re
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

# A form's token, and the number of the version, differ between two answers that say the same.
_OF_ONE_ANSWER = re.compile(rb'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
# A school that only the delivered figures name is not there before them.
WHOLE = {200, 404}
_PAUSE_SECONDS = 0.1
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """status: 0 where nobody answered. digest: of the status and the body. started, ended: seconds of the monotonic clock."""

    address: str
    status: int
    digest: str
    started: float
    ended: float


@dataclass
class Readers:
    """Threads that ask `addresses` of the site in turn, between `start` and `stop`."""

    site: str
    addresses: list[str]
    threads: int = 2
    answers: list[Answer] = field(default_factory=list)

    def state(self) -> dict[str, str]:
        """{address: digest} of what the site answers now, be it that a school is not there; raises RuntimeError for a failure."""
        answers = [self.ask(address) for address in self.addresses]
        wrong = [f"{answer.status} {answer.address}" for answer in answers if answer.status not in WHOLE]
        if wrong:
            raise RuntimeError(", ".join(wrong))
        return {answer.address: answer.digest for answer in answers}

    def ask(self, address: str) -> Answer:
        started = time.monotonic()
        try:
            with urllib.request.urlopen(self.site + address, timeout=_TIMEOUT_SECONDS) as response:
                status, body = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        except OSError:
            status, body = 0, b""
        digest = hashlib.sha256(b"%d " % status + _OF_ONE_ANSWER.sub(b"", body)).hexdigest()
        return Answer(address, status, digest, started, time.monotonic())

    def start(self) -> None:
        self.answers = []
        self._is_over = threading.Event()
        self._running = [
            threading.Thread(target=self._read, args=(number,)) for number in range(self.threads)
        ]
        for thread in self._running:
            thread.start()

    def stop(self) -> list[Answer]:
        self._is_over.set()
        for thread in self._running:
            thread.join()
        return sorted(self.answers, key=lambda answer: answer.started)

    def _read(self, number):
        """Each thread starts elsewhere in the list, so that the addresses are asked in many orders."""
        place = number * len(self.addresses) // self.threads
        while not self._is_over.is_set():
            self.answers.append(self.ask(self.addresses[place % len(self.addresses)]))
            place += 1
            time.sleep(_PAUSE_SECONDS)


def faults(
    answers: list[Answer], before: dict[str, str], after: dict[str, str], outages: list[tuple[float, float]]
) -> list[str]:
    """What readers should not have seen while the site went from one state to the other, each as a sentence.

    Every answer is one of the two states, and after an answer of the new one no later question gets the old one, at
    whatever address. outages: (start, end) of the moments when the database was down, when an error is no fault.
    """
    seen, new_since = [], None
    for answer in answers:
        if answer.status not in WHOLE:
            if not any(start <= answer.ended and answer.started <= end for start, end in outages):
                seen.append(f"réponse {answer.status} de {answer.address}")
            continue
        old, new = before[answer.address], after[answer.address]
        if answer.digest not in {old, new}:
            seen.append(f"ni l’ancien état ni le nouveau : {answer.address}")
        elif old != new and answer.digest == old and new_since is not None and answer.started > new_since:
            seen.append(f"l’ancien état après le nouveau : {answer.address}")
        if old != new and answer.digest == new:
            new_since = min(new_since or answer.ended, answer.ended)
    return seen
