"""The warnings of a file, to be accepted one by one, as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliveries.approval import Accepted
from deliveries.checking.presentation import ticks_of
from deliveries.checking.registry import BY_CODE
from deliveries.desk.actions import ticks_to_accept
from deliveries.models import SubmittedFile


@dataclass(frozen=True)
class WarningView:
    """A warning. accepted: who accepted it, why and when, None while nobody did."""

    key: str
    title: str
    subject: str
    count: int
    accepted: Accepted | None
    at: datetime | None


def warning_views(file: SubmittedFile) -> list[WarningView]:
    """Those that somebody has to accept before the file is published, or accepted before it was."""
    is_published = file.report.get("statut") == "publie"
    ticks = ticks_of(file.report) if is_published else ticks_to_accept(file)
    return _views(ticks, map(Accepted.from_dict, file.accepted))


def accepted_lines(approval: Mapping[str, Any]) -> list[str]:
    """What the journal says was agreed to and accepted, a line each; entries of former versions name checks alone."""
    lines = []
    for name, start in (("demande", "Accord demandé par"), ("accord", "Accord donné par")):
        if signed := approval.get(name):
            lines.append(f"{start} {signed['qui']}" + (f"\u00a0: {signed['mot']}" if signed["mot"] else ""))
    for one in approval.get("confirme", ()):
        if isinstance(one, str):
            lines.append(_title(one))
        else:
            accepted = Accepted.from_dict(one)
            lines.append(f"{_title(accepted.key)}, accepté par {accepted.user_name}\u00a0: {accepted.reason}")
    return lines


def _title(key):
    """The title of the check of a tick, by its key, and its subject."""
    code, _, subject = key.partition(":")
    title = BY_CODE[code].title if code in BY_CODE else code
    return f"{title} ({subject})" if subject else title


def _views(ticks, accepted):
    by_tick = {(one.key, one.count): one for one in accepted}
    views = []
    for tick in ticks:
        one = by_tick.get((tick.key, tick.count))
        at = datetime.fromisoformat(one.at) if one else None
        views.append(WarningView(tick.key, BY_CODE[tick.code].title, tick.subject, tick.count, one, at))
    return views
