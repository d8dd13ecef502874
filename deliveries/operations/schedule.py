"""Submissions that the worker publishes at a moment that somebody chose."""

from django.db import transaction
from django.utils import timezone

from deliveries.models import Operation, Submission
from deliveries.operations import queue
from deliveries.operations.tasks import wake
from deliveries.operations.transitions import NotPossible, State, move


def start_due() -> None:
    """Put in the queue the publication of every submission whose moment has come, once, however many workers look."""
    due = Submission.objects.filter(state=State.SCHEDULED, publish_at__lte=timezone.now())
    for submission in due.order_by("publish_at", "pk"):
        try:
            with transaction.atomic():
                move(submission, State.PUBLISHING, revision=submission.revision)
                queue.add(Operation.Kind.PUBLISH, submission.scheduled_by, submission)
        except NotPossible:
            continue
        wake()
