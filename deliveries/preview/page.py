"""What the pages of a preview show, as plain dataclasses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from django.urls import reverse

from deliveries.preview.compare import CAVEATS, NONE, Status
from deliveries.preview.kept import Lines
from deliveries.preview.labels import Labels
from deliveries.preview.shown import GROUP
from stats.comparability import Misleading
from stats.indicators import BY_NAME, FIGURES, INDICATORS
from stats.reasons import SHOWN, Reason
from stats.wording import duration_label, route_label, value_text

LABELS = {
    Status.MOVED: "changent",
    Status.APPEARED: "apparaissent",
    Status.VANISHED: "disparaissent",
    Status.WITHHELD: "sont nouvellement retenus",
}
# What the address of a list says of a status.
CODES = {
    Status.MOVED: "changent",
    Status.APPEARED: "apparaissent",
    Status.VANISHED: "disparaissent",
    Status.WITHHELD: "retenus",
}
_CAVEATS = {
    Misleading.ORIGINS: "ne se comparent pas\u00a0: ce ne sont plus les chiffres du même diplôme ou du même lieu",
    Misleading.PERIODS: "ne se comparent pas\u00a0: deux années réunies et une seule",
    Misleading.PUBLIC_JOBS: "ne se comparent pas\u00a0: les emplois du secteur public n’y comptent pas autant",
}
CSV_COLUMNS = (
    *("changement", "code_lieu", "lieu", "region", "code_formation", "formation", "voie", "duree"),
    *("formation_suivante", "indicateur", "cohorte_avant", "avant", "fourchette_basse", "fourchette_haute"),
    *("cohorte_apres", "apres", "raison", "inhabituel", "remarque", "cohorte_ancienne", "reprise"),
)


@dataclass(frozen=True)
class LineView:
    """A figure that changes: LineView(place="Lycée Bel-Air, Rennes", region="Bretagne", course="CAP Cuisine, au lycée, en 2 ans",
    indicator="…", before="31 %", before_note="2021 et 2022, fourchette 22 à 42", after="47 %", after_note="2022 et 2023",
    is_unusual=True, remark="", pages=[("l’établissement", address)])."""

    status: str
    place: str
    region: str
    course: str
    indicator: str
    before: str
    before_note: str
    after: str
    after_note: str
    is_unusual: bool
    remark: str
    pages: list[tuple[str, str]]


def line_views(lines: Lines, table: pd.DataFrame, pk: int) -> list[LineView]:
    """The views of some lines. pk: of the submission."""
    return [_line_view(lines, line, pk) for line in table.itertuples()]


def _line_view(lines, line, pk):
    group, indicator = lines.groups[line.group], INDICATORS[line.indicator]
    parts = dict(zip(GROUP, group, strict=True))
    place = lines.labels.place(parts["place"])
    return LineView(
        status=LABELS[Status(line.status)],
        place=place.label,
        region=place.region if place.level == "etablissement" else "",
        course=_course_words(lines, parts),
        indicator=indicator.label,
        before=_before(line, indicator),
        before_note=", ".join(filter(None, (_cohort(lines, line.before_cohort), _range(line)))),
        after=value_text(line.after, indicator.unit) if line.after != NONE else Reason(line.reason).title,
        after_note=_cohort(lines, line.after_cohort),
        is_unusual=line.is_unusual,
        remark=_remark(line),
        pages=_pages(parts, place, pk),
    )


def _course_words(lines, parts):
    if not parts["diploma"]:
        return f"Toutes formations, {route_label(parts['route'])}"
    words = [lines.labels.courses.get(parts["diploma"], parts["diploma"]), route_label(parts["route"])]
    if parts["duration"]:
        words.append(duration_label(int(parts["duration"])))
    if parts["follows"]:
        words.append(f"pour qui continue en {lines.labels.courses.get(parts['follows'], parts['follows'])}")
    return ", ".join(words)


def _before(line, indicator):
    if line.status == Status.APPEARED:
        return "–"
    return value_text(line.before, indicator.unit) if line.before != NONE else "était montré"


def _cohort(lines, place):
    return lines.cohorts[place].replace("_", " et ") if place >= 0 else ""


def _range(line):
    return f"fourchette {line.low} à {line.high}" if line.low >= 0 else ""


def _remark(line):
    reason = CAVEATS[line.caveat]
    remarks = [_CAVEATS[reason]] if reason else []
    if not line.is_first:
        remarks.append("cohorte ancienne")
    if line.is_repeat:
        remarks.append("montré aussi ailleurs")
    return "\u00a0; ".join(remarks)


def _pages(parts, place, pk):
    pages = []
    if place.level == "etablissement":
        pages.append(("l’établissement", page_address(pk, "etablissement", parts["place"])))
    if parts["diploma"]:
        pages.append(("la formation", page_address(pk, "formation", parts["diploma"])))
    return pages


def page_address(pk: int, kind: str, code: str) -> str:
    """Where the page of a course or a school is shown before and after."""
    return reverse("admin:deliveries_submission_preview_page", args=[pk, kind, code])


def csv_rows(lines: Lines, table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """{column of CSV_COLUMNS: value} of each line."""
    for line in table.itertuples():
        group = dict(zip(GROUP, lines.groups[line.group], strict=True))
        place, reason = lines.labels.place(group["place"]), CAVEATS[line.caveat]
        values = (
            *(LABELS[Status(line.status)], group["place"], place.label, place.region, group["diploma"]),
            *(lines.labels.courses.get(group["diploma"], ""), group["route"], group["duration"]),
            *(group["follows"], FIGURES[line.indicator], _cohort(lines, line.before_cohort)),
            *(_number(line.before), _bound(line.low), _bound(line.high)),
            *(_cohort(lines, line.after_cohort), _number(line.after)),
            *("" if line.reason == SHOWN else Reason(line.reason).title, _yes(line.is_unusual)),
            *(_CAVEATS[reason] if reason else "", _yes(not line.is_first), _yes(line.is_repeat)),
        )
        yield dict(zip(CSV_COLUMNS, values, strict=True))


def _number(value):
    return None if value == NONE else value


def _bound(value):
    return None if value < 0 else value


def _yes(is_so):
    return "oui" if is_so else "non"


@dataclass(frozen=True)
class CountView:
    """How many figures of something change: CountView(label="Bretagne", numbers=[12, 3, 0, 1], total=16, address="…", pages="…")."""

    label: str
    numbers: list[int]
    total: int
    address: str
    pages: str


def count_views(labels: Labels, by: str, rows: Iterable[tuple[str, list[int]]], pk: int) -> list[CountView]:
    """The views of what `summary.counts_by` returns."""
    found = []
    for code, numbers in rows:
        address = f"{lines_address(pk)}?{urlencode({by: code})}"
        pages = page_address(pk, by, code) if by in {"etablissement", "formation"} else ""
        found.append(CountView(_label(labels, by, code), numbers, sum(numbers), address, pages))
    return found


def _label(labels, by, code):
    if by == "indicateur":
        return BY_NAME[code].label
    if by == "etablissement":
        return f"{labels.place(code).label} ({code})"
    return f"{labels.courses.get(code, code)} ({code})" if by == "formation" else code


def lines_address(pk: int) -> str:
    return reverse("admin:deliveries_submission_preview_lines", args=[pk])
