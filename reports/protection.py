"""What keeps the form from robots, from other sites and from floods, without a cookie, a script or a third party.

The page of the form carries a signed token with its moment: a form sent at once, or a day later, is asked for again. A
browser says from which site a form is sent: another site's is refused, which a token bound to a session would do
elsewhere. No reader of a public page ever holds a cookie.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac
from rest_framework.throttling import SimpleRateThrottle

from accounts.client_address import address_of, network_of

SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3_600
_signer = signing.TimestampSigner(salt="reports.form")


def new_token() -> str:
    """The token of a form that is shown now."""
    return _signer.sign(get_random_string(22))


def nonce_of(token: str) -> str | None:
    """The nonce of a token of ours that is not too old, else None."""
    try:
        return _signer.unsign(token, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None


def is_too_quick(token: str) -> bool:
    """Whether the form of this token was shown a moment ago: nobody writes that fast."""
    try:
        _signer.unsign(token, max_age=SHORTEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def is_from_here(request) -> bool:
    """Whether a form was sent from a page of this site, as every browser says in `Origin`, or else in `Referer`."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    is_ours = parts.scheme == request.scheme and parts.netloc == request.get_host()
    return is_ours or f"{parts.scheme}://{parts.netloc}" in settings.CSRF_TRUSTED_ORIGINS


class ReportThrottle(SimpleRateThrottle):
    """So many reports an hour from one network. The cache names it by a keyed hash: it cannot be read there."""

    scope = "signalement"

    def get_rate(self):
        return settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][self.scope]

    def get_cache_key(self, request, view):
        hashed = salted_hmac("reports.protection", network_of(address_of(request)), algorithm="sha256")
        return f"signalement-{hashed.hexdigest()}"
