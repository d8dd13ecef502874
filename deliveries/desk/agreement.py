"""Two people agree to a publication where the deployment asks for it: one prepares, another approves."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from accounts.names import name_of
from deliveries.approval import Approval, Signature
from deliveries.desk.actions import approval_of, now
from deliveries.models import Submission
from deliveries.operations.transitions import NotPossible, State, hold, move


class OwnWork(NotPossible):
    """Who prepared a submission may not agree to it."""


def ask(submission: Submission, user: AbstractBaseUser, revision: int) -> None:
    """Ask somebody else to agree to what was read. Raises NotAccepted, or NotPossible, as `actions.publish`."""
    if not settings.TWO_PERSON_APPROVAL:
        raise NotPossible
    with transaction.atomic():
        hold(submission, State.CHECKED, revision)
        signature = Signature(user.pk, name_of(user), now())
        approval = replace(approval_of(submission, None), asked=signature)
        sentence = f"Accord demandé par {name_of(user)}."
        move(submission, State.TO_APPROVE, revision=revision, outcome=sentence, approval=approval.as_dict())


def agree(submission: Submission, user: AbstractBaseUser, revision: int, word: str) -> None:
    """Agree to what somebody else prepared. Raises OwnWork, or NotPossible."""
    with transaction.atomic():
        approval = _asked(submission, user, revision)
        signature = Signature(user.pk, name_of(user), now(), word)
        given = replace(approval, user=user.pk, at=signature.at, given=signature)
        sentence = _sentence(f"Accord donné par {name_of(user)}", word)
        move(submission, State.APPROVED, revision=revision, outcome=sentence, approval=given.as_dict())


def send_back(submission: Submission, user: AbstractBaseUser, revision: int, word: str) -> None:
    """Refuse to agree, for a reason. Raises OwnWork, or NotPossible, also without a reason."""
    if not word:
        raise NotPossible
    with transaction.atomic():
        _asked(submission, user, revision)
        sentence = _sentence(f"Renvoyé par {name_of(user)}", word)
        move(submission, State.CHECKED, revision=revision, outcome=sentence, approval={})


def has_prepared(submission: Submission, user: AbstractBaseUser) -> bool:
    """Whether somebody sent it, had it checked, as who adds a file does, accepted a warning, or asked for an agreement."""
    people = {submission.author_id, *submission.operations.values_list("asked_by", flat=True)}
    for accepted in submission.files.values_list("accepted", flat=True):
        people |= {one["par"] for one in accepted}
    if submission.approval.get("demande"):
        people.add(submission.approval["demande"]["par"])
    return user.pk in people


def _asked(submission, user, revision):
    hold(submission, State.TO_APPROVE, revision)
    submission.refresh_from_db()
    if has_prepared(submission, user):
        raise OwnWork
    return Approval.from_dict(submission.approval)


def _sentence(start, word):
    return f"{start}\u00a0: {word}" if word else f"{start}."
