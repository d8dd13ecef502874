"""What was published of a figure that somebody reports: cohort by cohort today, version by version in the open files,
and the deliveries that brought it. Only what the site shows today: a number that is withheld now is nowhere here."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from api.files import versions
from deliveries.desk.forms import SOURCE_LABELS
from establishments.models import Territory
from stats.indicators import BY_NAME, SITUATIONS
from stats.models import Attribution, Slice
from stats.reasons import Reason
from stats.wording import REASON_CODES, route_label, value_text

# Where the report names no figure: those that a family reads first.
_FIRST = (*SITUATIONS, "taux_emploi_6_mois")
_MOST_ROWS, _MOST_MOVES, _MOST_DELIVERIES = 60, 40, 20
_REASONS = {code: reason.title for reason, code in REASON_CODES.items()}


@dataclass(frozen=True)
class CohortRow:
    """CohortRow(cohort="2022 et 2023", route="au lycée", texts=("61 %", "Trop peu d’élèves"), source="InserJeunes, par
    lycée", file="….csv", address="/gestion/stats/delivery/12/change/"); address: of the delivery in the desk."""

    cohort: str
    route: str
    texts: tuple[str, ...]
    source: str
    file: str
    address: str


@dataclass(frozen=True)
class Move:
    """What a version of the open files changed: Move(day="2026-11-23", what="2022 et 2023, Taux d’emploi…", text="61 %")."""

    day: str
    what: str
    text: str


@dataclass(frozen=True)
class Published:
    """A delivery of the same cohort and source: Published(at=datetime(…), cohort="2022 et 2023", file="….csv", state="remplacée",
    address="…")."""

    at: datetime
    cohort: str
    file: str
    state: str
    address: str


@dataclass(frozen=True)
class History:
    """columns: labels of the figures of `rows`."""

    columns: tuple[str, ...]
    rows: tuple[CohortRow, ...]
    moves: tuple[Move, ...]
    deliveries: tuple[Published, ...]


NOTHING = History((), (), (), ())


def history_of(report) -> History:
    """The `History` of the figures that a report is about; `NOTHING` where it names no course and no school."""
    if not (report.diploma or report.school):
        return NOTHING
    names = (report.figure,) if report.figure in BY_NAME else _FIRST
    found = list(_attributions(report))
    return History(
        columns=tuple(BY_NAME[name].short_label for name in names),
        rows=tuple(_row(attribution, names) for attribution in found),
        moves=tuple(_moves(report, names)),
        deliveries=_deliveries(found),
    )


def _attributions(report):
    rows = Attribution.objects.filter(diploma=report.diploma or None, is_first=True)
    if report.school:
        rows = rows.filter(school=report.school)
    elif report.region:
        rows = rows.filter(territory__level=Territory.Level.REGION, territory__code=report.region)
    else:
        rows = rows.filter(territory__level=Territory.Level.COUNTRY)
    if report.route:
        rows = rows.filter(route=report.route)
    rows = rows.select_related("cohort", "outcome__delivery").defer("outcome__delivery__report")
    return rows.order_by("-cohort__last_year", "-cohort__first_year", "route", "pk")[:_MOST_ROWS]


def _row(attribution, names):
    outcome = attribution.outcome
    delivery = outcome.delivery
    return CohortRow(
        cohort=attribution.cohort.label,
        route=route_label(attribution.route),
        texts=tuple(_text(outcome, name) for name in names),
        source=SOURCE_LABELS.get(outcome.source, outcome.source),
        file=delivery.file_name,
        address=reverse("admin:stats_delivery_change", args=[delivery.pk]),
    )


def _text(outcome, name):
    reason = outcome.reason(name)
    return reason.title if reason else value_text(getattr(outcome, name), BY_NAME[name].unit)


def _deliveries(attributions):
    """Whatever was published for the same slices, newest first, replaced ones included."""
    slices = {(one.outcome.source, one.outcome.cohort_id) for one in attributions}
    if not slices:
        return ()
    asked = Q()
    for source, cohort in slices:
        asked |= Q(source=source, cohort=cohort)
    rows = Slice.objects.filter(asked).select_related("delivery").defer("delivery__report")
    return tuple(
        Published(
            piece.delivery.at,
            piece.cohort.replace("_", " et "),
            piece.delivery.file_name,
            piece.get_state_display(),
            reverse("admin:stats_delivery_change", args=[piece.delivery_id]),
        )
        for piece in rows.order_by("-delivery_id")[:_MOST_DELIVERIES]
    )


def _moves(report, names):
    """The lines about this group in the changes of the versions that may still be read, newest first."""
    moves = []
    for version in versions.served(versions.current()):
        path = versions.path(version, "changements.jsonl")
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                # Most lines are about others: a look at the text is ten times as quick as reading it.
                if (report.school or report.diploma) in line:
                    moves += _moves_of(json.loads(line), report, names, version[:10])
        if len(moves) >= _MOST_MOVES:
            break
    return moves[:_MOST_MOVES]


def _moves_of(line, report, names, day):
    wanted = {"uai": report.school or None, "code_formation": report.diploma or None}
    if not report.school:
        wanted |= {
            "region": report.region or None,
            "niveau_geographique": "region" if report.region else "pays",
        }
    if report.route:
        wanted["voie"] = report.route
    if any(line.get(name) != value for name, value in wanted.items()):
        return
    for kind in ("nouveaux", "modifies", "masques", "retires"):
        for name, told in line.get(kind, {}).items():
            if name in names:
                label = f"{line['millesime'].replace('_', ' et ')}, {BY_NAME[name].short_label}"
                yield Move(day, label, _told(kind, name, told))


def _told(kind, name, told):
    if kind in {"masques", "retires"}:
        return _REASONS.get(told, Reason.NO_FIGURES.title)
    return value_text(told, BY_NAME[name].unit)
