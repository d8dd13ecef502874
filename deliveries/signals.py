"""The signal that published data changed, for apps that `deliveries` may not import."""

from typing import TextIO

from django.db import transaction
from django.dispatch import Signal

# Receivers get `output`: the stream of a command, None for a web request, whose long work goes to the background.
data_published = Signal()


def announce_publication(output: TextIO | None = None) -> None:
    """Send `data_published` once the transaction of a publication or withdrawal is committed."""
    transaction.on_commit(lambda: data_published.send(sender=None, output=output))
