"""How often the open API may be asked: who asks, what is left to them, and the headers that say it.

The counts stand in Django's cache under a keyed hash of the key or of the address: neither can be read there.
"""

import ipaddress
from math import ceil

from django.utils.crypto import salted_hmac
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from stats.models import ApiKey

KEY_HEADER = "X-Api-Key"
ANONYMOUS, WITH_KEY = "anonyme", "cle"
# Whoever has one address of IPv6 has all those of its network.
_IPV6_NETWORK = 64


def key_of(request):
    """The key that a request carries, "" without one."""
    return request.headers.get(KEY_HEADER, "").strip()


def consumer_of(request):
    """The active `ApiKey` whose key the request carries, None without a key that we know."""
    key = key_of(request)
    return ApiKey.objects.valid(key) if key else None


class ConsumerThrottle(SimpleRateThrottle):
    """DRF's sliding window for one request, by its key, else by the address that it comes from."""

    def __init__(self, consumer=None):
        self.consumer = consumer
        self.scope = WITH_KEY if consumer else ANONYMOUS
        self.history = []
        self.now = 0
        super().__init__()

    def get_rate(self):
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]

    def get_cache_key(self, request, view):
        who = f"cle {self.consumer.pk}" if self.consumer else _network(self.get_ident(request))
        return f"limite-{salted_hmac('stats.api.limits', who, algorithm='sha256').hexdigest()}"

    @property
    def headers(self):
        """RateLimit-Limit, -Remaining and -Reset (seconds until one more request is allowed), {} without a limit."""
        if not self.rate:
            return {}
        oldest = self.history[-1] if self.history else self.now
        return {
            "RateLimit-Limit": str(self.num_requests),
            "RateLimit-Remaining": str(max(0, self.num_requests - len(self.history))),
            "RateLimit-Reset": str(max(1, ceil(self.duration - (self.now - oldest)))),
        }


def _network(address):
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
