"""Pages of a preview that somebody asks for: a worker renders them, from a publication that is rolled back."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from deliveries.models import Operation, Submission
from deliveries.operations import queue
from deliveries.operations.tasks import wake
from deliveries.preview.models import PreviewPage


def ask_page(submission: Submission, user: AbstractBaseUser, kind: str, code: str) -> None:
    """Have the page of a course or a school rendered as it would be; once, however often it is asked for."""
    page, _ = PreviewPage.objects.get_or_create(submission=submission, kind=kind, code=code)
    if page.content is None:
        render_waiting(submission, user)


def ask_school_pages(submission: Submission, user: AbstractBaseUser, schools: Iterable[str]) -> None:
    """Have the pages of schools rendered with their own figures of the delivery alone."""
    waiting = False
    for uai in schools:
        page, _ = PreviewPage.objects.get_or_create(
            submission=submission, kind=PreviewPage.Kind.SCHOOL, code=uai, is_of_school_only=True
        )
        waiting |= page.content is None
    if waiting:
        render_waiting(submission, user)


def render_waiting(submission: Submission, user: AbstractBaseUser) -> None:
    """Have a worker render every page of the submission that waits."""
    try:
        with transaction.atomic():
            queue.add(Operation.Kind.PREVIEW, user, submission)
    except IntegrityError:
        # One waits already, and will render this page too.
        return
    wake()
