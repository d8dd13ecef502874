"""What keeps the page that checks files from being used against the site: size, rate, one check at a time."""

from threading import Lock

from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle

MOST_BYTES = 10 * 1024 * 1024
# A compressed file or a workbook says little of what it holds.
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
# The form around the file.
_AROUND = 64 * 1024
# A check takes the whole of a processor: a process makes one at a time, and goes on answering other pages.
one_check = Lock()


class CheckThrottle(SimpleRateThrottle):
    """So many checks a minute from one address. The cache names it by a keyed hash: it cannot be read there."""

    scope = "verification"

    def get_rate(self):
        return settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][self.scope]

    def get_cache_key(self, request, view):
        hashed = salted_hmac("pages.file_check", self.get_ident(request), algorithm="sha256")
        return f"verification-{hashed.hexdigest()}"


def is_too_large(request):
    """Whether a request says, before any of it is read, that its file is too large."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _AROUND
    except ValueError:
        return True
