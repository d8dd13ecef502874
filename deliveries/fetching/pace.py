"""No more requests a second than a service allows, whoever asks in this process."""

import threading
import time
from collections.abc import Callable

Pause = Callable[[float], None]


class TokenBucket:
    """Gives one token at a time, `per_second` of them a second; none is saved up, so that no second ever holds more."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._every = 1 / per_second
        self._clock = clock
        self._next = clock()
        self._lock = threading.Lock()

    def take(self, pause: Pause) -> None:
        """Wait for a token by `pause`, which is given seconds."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next)
            self._next = at + self._every
        if at > now:
            pause(at - now)


_BUCKETS: dict[tuple[str, float], TokenBucket] = {}
_LOCK = threading.Lock()


def bucket_of(host: str, per_second: float) -> TokenBucket:
    """The bucket that everything in this process that asks a host shares."""
    with _LOCK:
        return _BUCKETS.setdefault((host, per_second), TokenBucket(per_second))
