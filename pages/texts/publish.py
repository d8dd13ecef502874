"""Publishing a text: a version of it, the version of the texts that moves with it, and a line of the journal, at once."""

from django.db import IntegrityError, transaction

from accounts.events import record
from accounts.models import Event
from accounts.names import name_of
from pages.models import EditedText
from stats.models import DataVersion


class Changed(Exception):
    """Somebody published another version of the text since it was read."""


class NothingPublished(Exception):
    """No data are published yet: no page shows the text."""


def versions_of(key: str) -> list[EditedText]:
    """The versions of a text in every language, newest first."""
    return list(EditedText.objects.filter(key=key).order_by("-number"))


def publish(key: str, language: str, content: str, note: str, user, after: int) -> EditedText:
    """Put a text in the place of version `after`, the one that its editor read. content: "" for that of the file."""
    try:
        with transaction.atomic():
            # First, for it holds whoever else publishes until the end.
            if not DataVersion.objects.move_texts():
                raise NothingPublished
            newest = EditedText.objects.filter(key=key, language=language).order_by("-number").first()
            if (newest.number if newest else 0) != after:
                raise Changed
            made = EditedText.objects.create(
                key=key,
                language=language,
                number=after + 1,
                content=content,
                note=note,
                who=name_of(user),
            )
            record(Event.Kind.TEXT, user, key, langue=language, version=made.number, motif=note)
    except IntegrityError as error:
        raise Changed from error
    return made
