"""Begin a notice, or end it: under the lock of the one writer, with a line of the journal and a new version of the data."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from accounts.names import name_of
from deliveries import disclosure_audit, measured_dates, reread
from deliveries.figure_notices import hiding, journal
from deliveries.signals import announce_publication
from deliveries.writing import REQUEST_SECONDS, one_writer
from stats.disclosure_control.sums import Mode
from stats.models import FigureNotice, NoticeEntry, Outcome


class NothingToHide(Exception):
    """No published figure is in the scope of the notice."""


class AlreadyEnded(Exception):
    """The notice is ended already."""


def begin(
    notice: FigureNotice, user: AbstractBaseUser | None, seconds: float = REQUEST_SECONDS
) -> FigureNotice:
    """Put a new notice in force. seconds: how long to wait for another writer, as `writing.one_writer`.

    Raises NothingToHide, or `writing.Busy`.
    """
    with one_writer(seconds) as writing:
        cohorts = cohorts_of(notice)
        if not cohorts:
            raise NothingToHide
        notice.begun_by = name_of(user)
        notice.save()
        _settle(cohorts)
        journal.record(notice, NoticeEntry.Action.BEGUN, user, notice.reason, writing.change())
    announce_publication()
    return notice


def end(
    notice: FigureNotice, user: AbstractBaseUser | None, reason: str, seconds: float = REQUEST_SECONDS
) -> None:
    """End a notice: its figures come back as their sources publish them now. Raises AlreadyEnded, or `writing.Busy`."""
    with one_writer(seconds) as writing:
        notice.refresh_from_db()
        if not notice.is_in_force:
            raise AlreadyEnded
        notice.ended_at, notice.ended_by, notice.end_reason = timezone.now(), name_of(user), reason
        notice.save()
        _settle(cohorts_of(notice))
        journal.record(notice, NoticeEntry.Action.ENDED, user, reason, writing.change())
    announce_publication()


def cohorts_of(notice: FigureNotice) -> list[str]:
    """The cohorts of the published rows that a notice is about."""
    return sorted(
        Outcome.objects.filter(notice.outcomes).order_by().values_list("cohort", flat=True).distinct()
    )


def _settle(cohorts):
    """What `deliveries.publication` does of a cohort whose figures changed, less what a notice cannot change.

    Rows and places stay, and with them where each figure is shown. Outside of "enforce", an audit would only write a report.
    """
    if not cohorts:
        return
    measured = measured_dates.measured()
    if Mode(disclosure_audit.settings.DISCLOSURE_MODE) is Mode.ENFORCE:
        disclosure_audit.apply_mode(cohorts)
    else:
        disclosure_audit.restore_and_hide(disclosure_audit.linked(cohorts))
    reread.settle(measured)


def preview(notice: FigureNotice) -> Iterator[hiding.Marks]:
    """What a notice would change of what is published now, without writing anything."""
    cohorts = cohorts_of(notice)
    return iter(hiding.marks([notice], disclosure_audit.linked(cohorts)) if cohorts else [])
