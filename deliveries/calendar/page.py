"""What the calendar's page and the first lines of the list of submissions show, as plain dataclasses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from deliveries.calendar.board import Line, Standing, read_board
from deliveries.desk.forms import SOURCE_LABELS
from deliveries.fetching import catalogue


@dataclass(frozen=True)
class LineView:
    """An expected delivery. state: words, "" where there is nothing to say yet. what_address: of the delivery that came, or of the submission that prepares it, ""
    where there is none. address: where it is changed. fetch_address: where what did not come is fetched, "" where no service gives it."""

    source: str
    cohort: str
    on: date
    note: str
    state: str
    what: str
    what_address: str
    address: str
    fetch_address: str
    is_late: bool


@dataclass(frozen=True)
class Section:
    """title: "En retard". lines: the earliest first; the last first of those that came."""

    title: str
    lines: list[LineView]


def sections(today: date) -> list[Section]:
    """The calendar, what is late first; sections without a line are left out."""
    board = read_board(today)
    titled = (
        (_("En retard"), (Standing.LATE,)),
        (_("Dans les trente jours"), (Standing.SOON,)),
        (_("Plus tard"), (Standing.LATER,)),
    )
    found = [
        Section(title, _views(line for line in board if line.standing in those)) for title, those in titled
    ]
    came = [line for line in reversed(board) if line.standing is Standing.CAME]
    return [section for section in [*found, Section(_("Venues"), _views(came))] if section.lines]


def urgent_lines(today: date) -> list[LineView]:
    """Those that are late, then those of the coming month."""
    board = read_board(today)
    return [
        view
        for standing in (Standing.LATE, Standing.SOON)
        for view in _views(line for line in board if line.standing is standing)
    ]


def _views(lines: Iterable[Line]) -> list[LineView]:
    return [_view(line) for line in lines]


def _view(line: Line) -> LineView:
    expected = line.expected
    what, what_address = _what(line)
    return LineView(
        source=SOURCE_LABELS.get(expected.source, expected.source),
        cohort=expected.cohort.replace("_", " et "),
        on=expected.expected_on,
        note=expected.note,
        state=_state(line),
        what=what,
        what_address=what_address,
        address=reverse("admin:deliveries_expecteddelivery_change", args=[expected.pk]),
        fetch_address="" if line.came else _fetch_address(expected.source),
        is_late=line.standing is Standing.LATE,
    )


def _fetch_address(source):
    name = catalogue.configured_for(settings.FETCHED_SERVICES).get(source)
    return f"{reverse('admin:deliveries_submission_fetch')}#desk-{name}" if name else ""


def _what(line):
    if line.came:
        return _("la livraison"), reverse("admin:stats_delivery_change", args=[line.came.delivery])
    if line.submission:
        address = reverse("admin:deliveries_submission_change", args=[line.submission])
        return _("dépôt n°\u00a0%(number)s, en préparation") % {"number": line.submission}, address
    return "", ""


def _state(line):
    if line.came:
        return _("venue le %(day)s") % {"day": f"{line.came.on:%d/%m/%Y}"}
    if line.days == 1:
        return _("en retard d’un jour")
    return _("en retard de %(days)s jours") % {"days": line.days} if line.days else ""
