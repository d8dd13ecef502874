"""What a newer nomenclature may not take away: the diplomas to which published figures refer."""

from collections.abc import Collection, Iterable

import pandas as pd

from deliveries.source import Tables
from formations.models import CourseYear, Diploma, Renewal
from stats.models import Outcome


def tables(live: Collection[str]) -> Tables:
    """The published diplomas that live files lack, to which figures refer or which renewals tie to such ones.

    With their years of courses and their renewals. Without them, the diplomas that a newer nomenclature drops, most of
    them closed, would leave their figures alone: those that replaced them would have nothing to show.

    live: codes of the diplomas of the live files.
    """
    renewals = list(Renewal.objects.order_by("pk").values_list("former_id", "new_id", "forks_outside"))
    codes = tied({code for code in _with_figures() if code}, [pair[:2] for pair in renewals]) - set(live)
    diplomas = Diploma.objects.filter(pk__in=codes, kind=Diploma.Kind.CFD).order_by("pk")
    years = CourseYear.objects.filter(diploma__in=codes).order_by("pk")
    return {
        "diploma": pd.DataFrame.from_records(
            list(diplomas.values_list(*_DIPLOMA.values())), columns=list(_DIPLOMA)
        ),
        "course_year": pd.DataFrame.from_records(
            list(years.values_list(*_YEAR.values())), columns=list(_YEAR)
        ),
        "renewal": pd.DataFrame(
            [
                pair
                for former, new, forks in renewals
                if former in codes or new in codes
                # The other end of a fork is no longer known: no code stands for it.
                for pair in ((former, new), *([(former, ""), ("", new)] if forks else []))
            ],
            columns=["former", "new"],
        ),
    }


_DIPLOMA = {
    "code": "pk",
    "short_label": "type__short_label",
    "official_label": "official_label",
    "speciality": "speciality_id",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
    "last_session": "last_session",
}
_YEAR = {
    "code": "pk",
    "mef": "mef",
    "diploma": "diploma_id",
    "course_type": "course_type",
    "duration": "duration",
    "year": "year",
    "official_label": "official_label",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
}


def _with_figures():
    return Outcome.objects.order_by().values_list("diploma_id", flat=True).distinct()


def tied(codes: Iterable[str], links: Iterable[tuple[str, str]]) -> set[str]:
    """These codes and all those that links tie to them, at any distance.

    tied({"B"}, [("A", "B"), ("C", "D")]) == {"A", "B"}
    """
    others = {}
    for former, new in links:
        others.setdefault(former, set()).add(new)
        others.setdefault(new, set()).add(former)
    found, waiting = set(), set(codes)
    while waiting:
        found |= waiting
        waiting = {other for code in waiting for other in others.get(code, ())} - found
    return found
