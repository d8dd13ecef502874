"""The journal of notices: who withdrew or contested which figures, when, why, and who ended it; chained by hash."""

from collections.abc import Iterator
from datetime import UTC

from django.contrib.auth.models import AbstractBaseUser

from accounts.hash_chain import Entry, Verification, chained, verify
from accounts.models import JournalHead
from accounts.names import name_of
from stats.models import FigureNotice, NoticeEntry

JOURNAL = "avis"


def told_of(notice: FigureNotice) -> dict:
    """What an entry says of a notice: no value of a figure is in it."""
    return {
        "avis": notice.pk,
        "sorte": notice.kind,
        "etablissement": notice.uai,
        "portee": notice.scope,
        "formation": notice.course,
        "voie": notice.route,
        "cohorte": notice.cohort,
        "chiffres": notice.figures,
        "phrase": notice.sentence,
    }


def content_of(entry: NoticeEntry) -> dict:
    """What the digest of an entry covers."""
    return {
        "format": 1,
        "numero": entry.pk,
        "quoi": entry.action,
        "qui": entry.user_name,
        "quand": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "avis": entry.told,
        "motif": entry.reason,
        "version": entry.version,
    }


def record(
    notice: FigureNotice, action: NoticeEntry.Action, user: AbstractBaseUser | None, reason: str, version: int
) -> NoticeEntry:
    """Write an entry at the end of the journal. Call it under the lock of the one writer, which keeps the chain in order."""
    head, _ = JournalHead.objects.get_or_create(name=JOURNAL)
    entry = NoticeEntry.objects.create(
        notice=notice,
        action=action,
        user=user,
        user_name=name_of(user),
        told=told_of(notice),
        reason=reason,
        version=version,
    )
    # Read again, for a database may give back another form of what it was given.
    entry = NoticeEntry.objects.get(pk=entry.pk)
    entry.previous, entry.digest = head.last, chained(head.last, content_of(entry))
    entry.save(update_fields=["previous", "digest"])
    head.last, head.entries = entry.digest, head.entries + 1
    head.save()
    return entry


def entries() -> Iterator[Entry]:
    """The entries of the journal, oldest first."""
    for entry in NoticeEntry.objects.order_by("pk").iterator():
        yield Entry(entry.pk, content_of(entry), entry.previous, entry.digest)


def verify_notices() -> Verification:
    """Whether every entry is still what was written, and none is missing."""
    head = JournalHead.objects.filter(name=JOURNAL).first() or JournalHead(name=JOURNAL)
    return verify(entries(), head.first, head.last, head.entries)
