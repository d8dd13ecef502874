"""The prepared delivery without any figure but those of some schools, for as long as their pages are rendered."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from stats.models import Attribution, DataVersion, Outcome


@contextmanager
def only_of_schools(schools: Collection[str], deliveries: Collection[int]) -> Iterator[None]:
    """Inside, nothing of these deliveries can be read but what belongs to these schools; afterwards all is as before.

    The page of a school shows its region, the country and the schools whose figures stand in for its own: of a delivery
    that is not published, they are not there to be shown. deliveries: keys of the entries of the journal.
    """
    with transaction.atomic():
        new = Attribution.objects.filter(outcome__delivery__in=deliveries)
        own = new.filter(school__in=schools, outcome__school=F("school"))
        _delete(Attribution.objects.filter(pk__in=new.exclude(pk__in=own.values("pk")).values("pk")))
        _delete(Outcome.objects.filter(delivery__in=deliveries).exclude(school__in=schools))
        # Totals that a cache keeps were made of more.
        DataVersion.objects.move()
        yield
        transaction.set_rollback(True)


def _delete(rows):
    rows._raw_delete(rows.db)
