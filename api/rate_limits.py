"""Rate limits of the APIs: who calls, how many requests are left to them, and the headers that tell it.

A period starts with the first request of a caller. Each process counts on its own and shares its count through Django's
cache at every hundredth of the limit: reading and writing there at each request would cost as much as the quickest
answers (docs/adr/0012). So each process may pass a limit by one per cent, and by more when several processes write the
same count at the same moment.

The cache names a caller by a keyed hash of the key or of the address: neither can be read there.
"""

import time
from dataclasses import dataclass
from math import ceil
from threading import Lock

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from accounts.client_address import network_of
from api.models import ApiKey

KEY_HEADER = "X-Api-Key"
# Names of the rates in the settings: (without a key, with a key).
OPEN, EXPOSITION, SIGN_IN = ("anonyme", "cle"), ("exposition", "exposition_cle"), ("connexion", "connexion")
_MOST_CALLERS = 20_000


def key_of(request):
    """The API key in the headers of a request, "" without one."""
    return request.headers.get(KEY_HEADER, "").strip()


def consumer_of(request):
    """The active `ApiKey` of a request, None without a known key."""
    key = key_of(request)
    return ApiKey.objects.valid(key) if key else None


@dataclass(slots=True)
class _Period:
    """Requests of a caller since `start` (seconds since 1970), as far as this process knows.

    unshared: those of them that the cache does not count yet.
    """

    start: float
    count: int = 0
    unshared: int = 0


class Counts:
    """Counts the requests of each caller in its present period."""

    def __init__(self):
        self._periods, self._lock = {}, Lock()

    def add(self, caller, limit, seconds):
        """Count one request of `caller`, unless the `limit` of a period of so many `seconds` is reached.

        Returns (whether it was counted, how many requests are left, seconds until the next period).
        """
        now, step = time.time(), max(1, limit // 100)
        with self._lock:
            period = self._periods.get(caller)
            is_new = period is None or not 0 <= now - period.start < seconds
            if is_new:
                period = self._begin(caller, now)
            if is_new or period.unshared + 1 >= step:
                _read_shared_count(period, caller, now, seconds)
            rest = max(1, ceil(period.start + seconds - now))
            is_allowed = period.count < limit
            if is_allowed:
                period.count += 1
                period.unshared += 1
                if period.unshared >= step:
                    cache.set(caller, (period.start, period.count), rest)
                    period.unshared = 0
        return is_allowed, max(0, limit - period.count), rest

    def _begin(self, caller, now):
        if len(self._periods) >= _MOST_CALLERS:
            self._periods.clear()
        period = self._periods[caller] = _Period(now)
        return period


def _read_shared_count(period, caller, now, seconds):
    """Take the count of all processes. An emptied cache forgets the requests that every process had shared."""
    start, count = cache.get(caller) or (None, 0)
    if start is None:
        period.count = period.unshared
    elif start == period.start:
        # Two processes that write at once lose a few requests: a count never goes down within its period.
        period.count = max(period.count, count + period.unshared)
    elif 0 <= now - start < seconds:
        period.start, period.count = start, count + period.unshared


counts = Counts()


class ConsumerThrottle(SimpleRateThrottle):
    """The limit of one request, counted by consumer (`ApiKey` or `ApiUser`), else by IP address.

    rates: names of the rates without and with a consumer. DRF calls `allow_request`, then `wait`.
    """

    def __init__(self, consumer=None, rates=OPEN):
        self.consumer = consumer
        self.scope = rates[consumer is not None]
        self._left = self._rest = 0
        super().__init__()

    def get_rate(self):
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]

    def get_cache_key(self, request, view):
        consumer = self.consumer
        caller = (
            f"{type(consumer).__name__} {consumer.pk}" if consumer else network_of(self.get_ident(request))
        )
        hashed = salted_hmac("api.rate_limits", f"{self.scope} {caller}", algorithm="sha256")
        return f"limite-{hashed.hexdigest()}"

    def allow_request(self, request, view=None):
        if not self.rate:
            return True
        caller = self.get_cache_key(request, view)
        is_allowed, self._left, self._rest = counts.add(caller, self.num_requests, self.duration)
        return is_allowed

    def wait(self):
        """Seconds until a request is allowed again."""
        return self._rest

    @property
    def headers(self):
        """RateLimit-Limit, -Remaining and -Reset (seconds until the next period), {} without a limit."""
        if not self.rate:
            return {}
        return {
            "RateLimit-Limit": str(self.num_requests),
            "RateLimit-Remaining": str(self._left),
            "RateLimit-Reset": str(self._rest),
        }
