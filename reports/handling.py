"""What is done about a report: each thing is a step kept with it; what ends or answers it is a line of the journal."""

from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.events import record
from accounts.models import Event
from accounts.names import name_of
from reports.models import Report, Step

State = Report.State


class Changed(Exception):
    """The report is not what it was when the page was read."""


def note(report: Report, user, steps: int, text: str) -> None:
    """Keep an internal note. steps: how many the reader saw, as in every function here."""
    with _unchanged(report, steps):
        _step(report, user, Step.Kind.NOTE, text)


def assign(report: Report, user, steps: int, to) -> None:
    """Give the report to somebody of the desk, or to nobody; it is then under way."""
    with _unchanged(report, steps) as found:
        found.assigned_to = to
        if found.is_open:
            found.state = State.STARTED if to else State.NEW
        found.save(update_fields=["assigned_to", "state"])
        _step(report, user, Step.Kind.CHANGE, f"Confié à {name_of(to)}." if to else "N’est plus confié.")


def end(report: Report, user, steps: int, state: str, reason: str) -> None:
    """Say that the report is over, and why. state: `State.ANSWERED` or `State.DISMISSED`."""
    with _unchanged(report, steps) as found:
        _settle(found, user, state, reason)


def reopen(report: Report, user, steps: int, reason: str) -> None:
    with _unchanged(report, steps) as found:
        found.state, found.ended_at = State.STARTED, None
        found.save(update_fields=["state", "ended_at"])
        _step(found, user, Step.Kind.CHANGE, f"Rouvert\u00a0: {reason}")
        _journal(found, user)


def answer(report: Report, user, steps: int, text: str) -> bool:
    """Send an answer to who asked for one, and end the report; returns whether a server took the message.

    The step is kept first, so that nobody else answers meanwhile. The message holds nothing of what the visitor wrote:
    an address that is not theirs gets nothing from them.
    """
    with _unchanged(report, steps) as found:
        if not found.email:
            raise Changed
        step = _step(found, user, Step.Kind.ANSWER, text)
    try:
        _message(found, text).send()
    except OSError:
        step.delete()
        return False
    with transaction.atomic():
        step.sent_at = timezone.now()
        step.save(update_fields=["sent_at"])
        found.state, found.ended_at = State.ANSWERED, step.sent_at
        found.save(update_fields=["state", "ended_at"])
        _journal(found, user)
    return True


def do(gesture: str, report: Report, user, steps: int, said: dict) -> bool:
    """Do what a form of the desk asks; returns whether it was done. said: its cleaned data."""
    if gesture == "repondre":
        return answer(report, user, steps, said["text"])
    if gesture == "confier":
        assign(report, user, steps, said["to"])
    elif gesture == "noter":
        note(report, user, steps, said["text"])
    elif gesture == "clore":
        end(report, user, steps, said["state"], said["reason"])
    elif gesture == "rouvrir":
        reopen(report, user, steps, said["reason"])
    return True


def _message(report, text):
    with translation.override(report.language):
        words = {"number": report.pk, "day": f"{timezone.localtime(report.at):%d/%m/%Y}"}
        subject = gettext("Votre signalement n°\u00a0%(number)s") % words
        opening = gettext("Vous avez signalé une erreur le %(day)s (n°\u00a0%(number)s).") % words
    reply_to = [settings.SITE_CONTACT] if settings.SITE_CONTACT else None
    return EmailMessage(subject, f"{opening}\n\n{text}\n", to=[report.email], reply_to=reply_to)


@contextmanager
def _unchanged(report, steps):
    """The row of a report, held until the end, if it has as many steps as the reader saw; else `Changed`."""
    with transaction.atomic():
        found = Report.objects.select_for_update().get(pk=report.pk)
        if found.steps.count() != steps:
            raise Changed
        yield found


def _settle(report, user, state, reason):
    report.state, report.ended_at = state, timezone.now()
    report.save(update_fields=["state", "ended_at"])
    _step(report, user, Step.Kind.CHANGE, f"{report.get_state_display().capitalize()}\u00a0: {reason}")
    _journal(report, user)


def _step(report, user, kind, text):
    return Step.objects.create(report=report, kind=kind, who=name_of(user), text=text)


def _journal(report, user):
    record(Event.Kind.REPORT, user, str(report), etat=report.state)
