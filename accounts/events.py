"""The journal of people: sign-ins, roles, invitations, second factors, links given to schools; chained by itself.

It has a chain of its own, not that of deliveries: a sign-in must not wait for a publication, whose lock is held for
minutes.
"""

from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.hash_chain import Entry, Verification, chained, verify
from accounts.models import Event, JournalHead
from accounts.names import name_of

JOURNAL = "personnes"
# How long the sign-ins and rights of people are kept.
KEPT = timedelta(days=365)


def content_of(event: Event) -> dict:
    """What the digest of an event covers."""
    return {
        "format": 1,
        "quoi": event.kind,
        "qui": event.who,
        "pour": event.about,
        "quand": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "precisions": event.details,
    }


def record(kind: Event.Kind, by=None, about="", **details) -> Event:
    """Write an event at the end of the journal. by: the user who did it. about: to whom, a user or a text."""
    with transaction.atomic():
        JournalHead.objects.get_or_create(name=JOURNAL)
        head = JournalHead.objects.select_for_update().get(name=JOURNAL)
        about = about if isinstance(about, str) else name_of(about)
        event = Event(kind=kind, who=name_of(by), about=about, details=details, previous=head.last)
        event.digest = chained(head.last, content_of(event))
        event.save()
        head.last, head.entries = event.digest, head.entries + 1
        head.save()
    return event


def forget_old() -> None:
    """Delete the events that are no longer kept; the journal then starts from the last of them."""
    with transaction.atomic():
        head = JournalHead.objects.select_for_update().filter(name=JOURNAL).first()
        old = Event.objects.filter(at__lt=timezone.now() - KEPT)
        # An event cannot be older than the one before it: those to forget are the first ones.
        last = old.order_by("pk").last()
        if head and last:
            number, _ = Event.objects.filter(pk__lte=last.pk).delete()
            head.first, head.entries = last.digest, head.entries - number
            head.save()


def entries() -> Iterator[Entry]:
    """The entries of the journal, oldest first."""
    for event in Event.objects.order_by("pk").iterator():
        yield Entry(event.pk, content_of(event), event.previous, event.digest)


def verify_events() -> Verification:
    """Whether every event is still what was written, and none is missing."""
    head = JournalHead.objects.filter(name=JOURNAL).first() or JournalHead(name=JOURNAL)
    return verify(entries(), head.first, head.last, head.entries)
