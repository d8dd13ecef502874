"""What the rest of the portal may react to when published data change."""

from django.db import transaction
from django.dispatch import Signal

# Sent with `output`: the stream of whoever waits in front of a terminal, None when nobody waits and long work belongs
# in the background.
data_published = Signal()


def announce_publication(output=None):
    """Send `data_published` once the publication, or the withdrawal, is committed."""
    transaction.on_commit(lambda: data_published.send(sender=None, output=output))
