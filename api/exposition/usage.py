"""Usage counts, kept in memory and written once a minute and when the server stops. No IP address, no key."""

import logging
import time
from collections import Counter
from threading import Lock

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from api.models import UsageDay

MOST_KEPT = 5_000
_COLUMNS = ("day", "consumer", "route", "code", "school", "region", "status", "count")
_MARKS = ", ".join(["%s"] * len(_COLUMNS))
_KEY = ", ".join(_COLUMNS[:-1])
_SQL = (
    f"INSERT INTO {UsageDay._meta.db_table} ({', '.join(_COLUMNS)}) VALUES ({_MARKS}) ON CONFLICT ({_KEY}) "
    f"DO UPDATE SET count = {UsageDay._meta.db_table}.count + EXCLUDED.count"
)
_log = logging.getLogger(__name__)


class Buffer:
    """Calls counted since the last writing."""

    def __init__(self):
        self._counts, self._used, self._lock, self._written = Counter(), {}, Lock(), time.monotonic()

    def add(self, consumer, route, code="", school="", region="", status=200):
        """Count one call. consumer: an ApiKey, an ApiUser or None."""
        day = timezone.localdate()
        with self._lock:
            self._counts[day, str(consumer or ""), route, code, school, region, status] += 1
            if consumer is not None:
                self._used[type(consumer), consumer.pk] = day

    def write_when_due(self, **kwargs):
        """After an answer has been sent: write if a minute has passed, or if a lot has been kept."""
        is_late = time.monotonic() - self._written > settings.USAGE_EVERY_SECONDS
        if self._counts and (is_late or len(self._counts) > MOST_KEPT):
            self.write()

    def write(self):
        """Add what was counted to the table; nothing is lost when the database is busy."""
        with self._lock:
            counts, used = self._counts, self._used
            self._counts, self._used, self._written = Counter(), {}, time.monotonic()
        if not counts:
            return
        try:
            # All or nothing: what is kept to be written later must not be in the table already.
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.executemany(_SQL, [(*key, number) for key, number in sorted(counts.items())])
                for (model, pk), day in used.items():
                    model.objects.filter(pk=pk).update(last_used_on=day)
        except DatabaseError:
            _log.warning("les appels comptés n’ont pas pu être écrits : ils le seront plus tard")
            with self._lock:
                self._counts.update(counts)
                self._used = used | self._used


calls = Buffer()
request_finished.connect(calls.write_when_due, dispatch_uid="exposition usage")
