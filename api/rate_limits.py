"""How often the APIs may be asked: who asks, what is left to them, and the headers that say it.

A period starts with the first request of a caller. Each process counts on its own and tells Django's cache, that they
all share, at every hundredth of the limit: reading and writing there for each request would cost as much as the
quickest answers. So a limit may be passed by one per cent for each process, and one under 200 is exact.

The counts stand in the cache under a keyed hash of the key or of the address: neither can be read there.
"""

import ipaddress
import time
from dataclasses import dataclass
from math import ceil
from threading import Lock

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from api.models import ApiKey

KEY_HEADER = "X-Api-Key"
# Names of rates in the settings, without and with a key.
OPEN, EXPOSITION, SIGN_IN = ("anonyme", "cle"), ("exposition", "exposition_cle"), ("connexion", "connexion")
# Whoever has one address of IPv6 has all those of its network.
_IPV6_NETWORK = 64
_MOST_CALLERS = 20_000


def key_of(request):
    """The key that a request carries, "" without one."""
    return request.headers.get(KEY_HEADER, "").strip()


def consumer_of(request):
    """The active `ApiKey` whose key the request carries, None without a key that we know."""
    key = key_of(request)
    return ApiKey.objects.valid(key) if key else None


@dataclass(slots=True)
class _Period:
    """Requests of a caller since `start` (seconds), as this process knows; `untold`: those that the others do not."""

    start: float
    count: int = 0
    untold: int = 0


class Counts:
    """Requests of each caller in its present period."""

    def __init__(self):
        self._periods, self._lock = {}, Lock()

    def add(self, caller, limit, seconds):
        """Count one request, unless `limit` are: (whether it was counted, how many are left, seconds to the end)."""
        now, step = time.time(), max(1, limit // 100)
        with self._lock:
            period = self._periods.get(caller)
            is_new = period is None or not 0 <= now - period.start < seconds
            if is_new:
                period = self._begin(caller, now)
            if is_new or period.untold + 1 >= step:
                _hear(period, caller, now, seconds)
            rest = max(1, ceil(period.start + seconds - now))
            is_allowed = period.count < limit
            if is_allowed:
                period.count += 1
                period.untold += 1
                if period.untold >= step:
                    cache.set(caller, (period.start, period.count), rest)
                    period.untold = 0
        return is_allowed, max(0, limit - period.count), rest

    def _begin(self, caller, now):
        if len(self._periods) >= _MOST_CALLERS:
            self._periods.clear()
        period = self._periods[caller] = _Period(now)
        return period


def _hear(period, caller, now, seconds):
    """Take what every process has told: the cache is right, even when it was emptied."""
    start, count = cache.get(caller) or (period.start, 0)
    if 0 <= now - start < seconds:
        period.start, period.count = start, count + period.untold


counts = Counts()


class ConsumerThrottle(SimpleRateThrottle):
    """The limit of one request, by its consumer (`ApiKey` or `ApiUser`), else by the address that it comes from.

    rates: names of the rates without and with a consumer. DRF asks `allow_request` then `wait`.
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
        who = f"{type(consumer).__name__} {consumer.pk}" if consumer else _network(self.get_ident(request))
        hashed = salted_hmac("api.rate_limits", f"{self.scope} {who}", algorithm="sha256")
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


def _network(address):
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
