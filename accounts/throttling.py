"""Slows down whoever tries passwords: each failure beyond the first ones doubles the time before the next try.

Failures are counted for an account from one network, for an account from anywhere, and for a network whatever the
account. The account alone gets the longest credit, so that a stranger does not easily keep its owner out. Counts are rows
of the database, under keyed hashes of account and network, forgotten a day later: all processes share them, and an
emptied cache does not forget them.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.client_address import address_of, network_of
from accounts.models import SignInTries

FREE_TRIES = {"compte et réseau": 5, "réseau": 20, "compte": 50, "oubli": 5}
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
_KEPT = timedelta(days=1)


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after so many failures, the first `free` of which cost nothing."""
    beyond = failures - free
    if beyond < 0:
        return timedelta(0)
    # Any power beyond this one is longer than the longest.
    return min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)


@dataclass(frozen=True)
class Try:
    """One try. counted: {key: how many failures are free}; clear: the keys that a success empties."""

    counted: dict[str, int]
    clear: tuple[str, ...] = ()

    def begin(self) -> int:
        """Count the try as a failure until it succeeds, so that tries made together are all counted.

        Returns how many seconds are left to wait, 0 when it may go on; a try that must wait is not counted.
        """
        now = timezone.now()
        rows = SignInTries.objects.filter(key__in=self.counted)
        # Before anything is written: who must wait leaves no row behind for each account that comes to mind.
        if seconds := self._seconds_left(rows, now):
            return seconds
        with transaction.atomic():
            SignInTries.objects.filter(last_at__lt=now - _KEPT).delete()
            for key in sorted(self.counted):
                SignInTries.objects.get_or_create(key=key, defaults={"last_at": now})
            seconds = self._seconds_left(rows.select_for_update().order_by("key"), now)
            if not seconds:
                rows.update(failures=F("failures") + 1, last_at=now)
        return seconds

    def _seconds_left(self, rows, now):
        waits = (row.last_at + wait_after(row.failures, self.counted[row.key]) - now for row in rows)
        return max(0, ceil(max((wait.total_seconds() for wait in waits), default=0)))

    def succeed(self) -> None:
        """Forget the failures of who has signed in; of the others of the same network, only this one."""
        with transaction.atomic():
            SignInTries.objects.filter(key__in=self.clear).delete()
            SignInTries.objects.filter(key__in=self.counted, failures__gt=0).update(
                failures=F("failures") - 1
            )


def sign_in_try(request, username: str) -> Try:
    network, account = network_of(address_of(request)), username.strip().casefold()
    both, alone = _key("compte et réseau", account, network), _key("compte", account)
    return Try(
        {
            both: FREE_TRIES["compte et réseau"],
            alone: FREE_TRIES["compte"],
            _key("réseau", network): FREE_TRIES["réseau"],
        },
        clear=(both, alone),
    )


def forgotten_password_try(request) -> Try:
    """Asking for a link by e-mail, which fills the box of somebody else: every time counts."""
    return Try({_key("oubli", network_of(address_of(request))): FREE_TRIES["oubli"]})


def _key(kind, *values):
    return salted_hmac("accounts.throttling", "\n".join((kind, *values)), algorithm="sha256").hexdigest()


def wait_sentence(seconds: int) -> str:
    """ "Trop d’essais. Réessayez dans 2 minutes." """
    number, unit = (seconds, "seconde") if seconds < 60 else (ceil(seconds / 60), "minute")
    return f"Trop d’essais. Réessayez dans {number}\u00a0{unit}{'s' if number > 1 else ''}."
