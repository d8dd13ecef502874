"""What apps that `deliveries` may not import are told: published data changed, it is time to look after what is kept."""

from typing import TextIO

from django.db import transaction
from django.dispatch import Signal

# Receivers get `output`: the stream of a command, None for a web request, whose long work goes to the background.
data_published = Signal()
# Sent by the worker every ten minutes; what receivers do is short.
upkeep_due = Signal()


def announce_publication(output: TextIO | None = None) -> None:
    """Send `data_published` once the transaction of a publication or withdrawal is committed."""
    transaction.on_commit(lambda: data_published.send(sender=None, output=output))
