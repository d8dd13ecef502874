"""The journal of deliveries as a chain: each entry holds the digest of the one before and of what it says itself."""

from collections.abc import Iterable, Iterator
from datetime import UTC

from accounts.hash_chain import START, Entry, Verification, chained, digest_of, verify
from accounts.models import JournalHead
from stats.models import Delivery

JOURNAL = "livraisons"


def content_of(delivery: Delivery) -> dict:
    """What the digest of an entry covers: who by the name of that moment, what, when, which file, read how, which report, why."""
    return {
        "format": 1,
        "numero": delivery.pk,
        "quoi": delivery.action,
        "source": delivery.source,
        "fichier": delivery.file_name,
        "sha256": delivery.file_id,
        "qui": delivery.user_name,
        "quand": delivery.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "version": delivery.version,
        "accord": delivery.approval,
        "rapport": digest_of(delivery.report),
        "motif": delivery.reason,
        # Entries of former versions had none: their digests stay. A migration chains them before they have the field.
        **({"colonnes": columns} if (columns := getattr(delivery, "columns", {})) else {}),
    }


def seal(numbers: Iterable[int]) -> None:
    """Chain the entries with these numbers after those that the journal holds.

    Last in the transaction of a writer, whose lock keeps two writers from following the same entry, and once their
    reports are written. Entries are read again, for a database may give back another form of what it was given.
    """
    entries = Delivery.objects.filter(pk__in=set(numbers)).order_by("pk")
    head, _ = JournalHead.objects.get_or_create(name=JOURNAL)
    for delivery in entries:
        delivery.previous, delivery.digest = head.last, chained(head.last, content_of(delivery))
        delivery.save(update_fields=["previous", "digest"])
        head.last, head.entries = delivery.digest, head.entries + 1
    head.save()


def entries() -> Iterator[Entry]:
    """The entries of the journal, oldest first."""
    for delivery in Delivery.objects.order_by("pk").iterator(chunk_size=50):
        yield Entry(delivery.pk, content_of(delivery), delivery.previous, delivery.digest)


def verify_journal() -> Verification:
    """Whether every entry is still what was written, and none is missing."""
    head = JournalHead.objects.filter(name=JOURNAL).first() or JournalHead(name=JOURNAL, first=START)
    return verify(entries(), head.first, head.last, head.entries)
