"""The calendar: each expected delivery with what came for it, or what is being prepared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from deliveries.models import ExpectedDelivery, Submission, SubmittedFile
from stats.models import Delivery, Slice

# A delivery fulfils what was expected from that long after it; before, it is the one of another year.
EARLY = timedelta(days=90)
SOON = timedelta(days=30)
_OVER = (Submission.State.PUBLISHED, Submission.State.CANCELLED)


class Standing(StrEnum):
    LATE = "late"
    SOON = "soon"
    LATER = "later"
    CAME = "came"


@dataclass(frozen=True)
class Came:
    """A slice that was published. cohort: "" where its source has none."""

    source: str
    cohort: str
    on: date
    delivery: int


@dataclass(frozen=True)
class Prepared:
    """A file of a submission that is not published yet; cohorts: what its check found in it, or what somebody said."""

    source: str
    cohorts: tuple[str, ...]
    submission: int


@dataclass(frozen=True)
class Line:
    """An expected delivery. came: what fulfils it. submission: number of the one that prepares it. days: of delay, 0 if none."""

    expected: ExpectedDelivery
    standing: Standing
    came: Came | None
    submission: int | None
    days: int


def read_board(today: date) -> list[Line]:
    """The whole calendar, the earliest first, in three queries."""
    expected = list(ExpectedDelivery.objects.order_by("expected_on", "pk"))
    sources = {one.source for one in expected}
    since = min((one.expected_on for one in expected), default=today) - EARLY
    return match(expected, _came(sources, since), _prepared(sources), today)


def match(
    expected: Iterable[ExpectedDelivery], came: Iterable[Came], prepared: Iterable[Prepared], today: date
) -> list[Line]:
    """expected, came: the earliest first. A delivery fulfils one of those that wait for its source and cohort, the first."""
    left, preparing, lines = list(came), list(prepared), []
    for one in expected:
        found = next((slice_ for slice_ in left if _fulfils(slice_, one)), None)
        if found:
            left.remove(found)
        submission = next((file.submission for file in preparing if _prepares(file, one)), None)
        days = 0 if found else max(0, (today - one.expected_on).days)
        lines.append(Line(one, _standing(one, found, today), found, None if found else submission, days))
    return lines


def _fulfils(came, expected):
    return (
        came.source == expected.source
        and expected.cohort in {"", came.cohort}
        and came.on >= expected.expected_on - EARLY
    )


def _prepares(file, expected):
    return file.source == expected.source and (not expected.cohort or expected.cohort in file.cohorts)


def _standing(expected, found, today):
    if found:
        return Standing.CAME
    if expected.expected_on < today:
        return Standing.LATE
    return Standing.SOON if expected.expected_on - today <= SOON else Standing.LATER


def _came(sources, since):
    """Each delivery once a cohort, what was taken back left out; of a delivery without cohorts, one."""
    slices = (
        Slice.objects.filter(
            source__in=sources, delivery__action=Delivery.Action.PUBLISHED, delivery__at__date__gte=since
        )
        .exclude(state=Slice.State.TAKEN_BACK)
        .order_by("delivery__at", "pk")
        .values_list("source", "cohort", "delivery__at", "delivery_id")
    )
    return [
        Came(source, cohort, timezone.localtime(at).date(), delivery)
        for source, cohort, at, delivery in slices
    ]


def _prepared(sources):
    files = SubmittedFile.objects.exclude(submission__state__in=_OVER).order_by("submission_id", "position")
    found = []
    for source, cohort, report, submission in files.values_list(
        "source", "cohort", "report", "submission_id"
    ):
        name = report.get("source") or source
        if name in sources:
            cohorts = tuple(report.get("cohortes", ())) or ((cohort,) if cohort else ())
            found.append(Prepared(name, cohorts, submission))
    return found
