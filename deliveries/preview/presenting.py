"""The first page of a preview, and its counts by indicator, region, school, course and coverage."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from deliveries.models import Submission
from deliveries.preview.compare import Status
from deliveries.preview.kept import Filter, Lines
from deliveries.preview.labels import TABLES
from deliveries.preview.models import Preview, PreviewPage
from deliveries.preview.page import (
    CODES,
    LABELS,
    CountView,
    LineView,
    count_views,
    line_views,
    lines_address,
    page_address,
)
from deliveries.preview.summary import FIRST_LINES, counts_by, coverage_by_table
from stats.reasons import Reason

TITLES = {
    "indicateur": "Par indicateur",
    "region": "Par région",
    "etablissement": "Par établissement",
    "formation": "Par formation",
    "couverture": "Ce que couvrent les pages",
}
_NUMBERS = ("changent", "apparaissent", "disparaissent", "retenus")
COUNT_COLUMNS = {by: (by, "libelle", *_NUMBERS) for by in TITLES} | {
    "couverture": ("table", "region", "avant", "apres")
}


@dataclass(frozen=True)
class SectionView:
    """What happens to some figures: SectionView(title="Chiffres qui changent", total=65294, notes=["…"], lines=[LineView], address="…",
    csv="…")."""

    title: str
    total: int
    notes: list[str]
    lines: list[LineView]
    address: str
    csv: str


@dataclass(frozen=True)
class CountsView:
    """Where figures change most: CountsView(title="Par région", total=17, rows=[CountView], address="…", csv="…")."""

    title: str
    total: int
    rows: list[CountView]
    address: str
    csv: str


@dataclass(frozen=True)
class CoverageView:
    """Groups of which something is shown: CoverageView(table="Formations dans une région", region="", before=15460, after=15727)."""

    table: str
    region: str
    before: int
    after: int

    @property
    def change(self):
        change = self.after - self.before
        return f"+{change}" if change > 0 else f"−{-change}" if change else "0"


@dataclass(frozen=True)
class PreviewView:
    """Everything that the first page of a preview shows. totals: [(words, number, address)]. pages: [(name, address, is_ready)]."""

    made_at: Any
    is_empty: bool
    totals: list[tuple[str, int, str]]
    sections: list[SectionView]
    counts: list[CountsView]
    tables: list[CoverageView]
    coverage: list[CoverageView]
    coverage_address: str
    pages: list[tuple[str, str, bool]]


def preview_view(submission: Submission, preview: Preview, lines: Lines | None = None) -> PreviewView:
    """lines: of the preview; without them, its sections have none."""
    summary, pk = preview.summary, submission.pk
    sections = [_section(pk, summary, lines, status) for status in Status] if lines else []
    if lines and summary["inhabituels"]:
        sections.insert(0, _unusual(pk, summary, lines))
    coverage = [
        CoverageView(TABLES[table], region, *numbers) for table, region, *numbers in summary["couverture"]
    ]
    return PreviewView(
        made_at=preview.made_at,
        is_empty=not any(
            summary[name][status] for name in ("nombres", "anciennes", "reprises") for status in Status
        ),
        totals=_totals(pk, summary),
        sections=[section for section in sections if section.total],
        counts=[_counts(pk, summary, lines, by) for by in summary["par"] if summary["en_tout"][by]]
        if lines
        else [],
        tables=[
            CoverageView(TABLES[table], "", *numbers)
            for table, *numbers in coverage_by_table(summary["couverture"])
        ],
        coverage=coverage,
        coverage_address=counts_address(pk, "couverture"),
        pages=_pages(submission, lines) if lines else [],
    )


def counts_address(pk: int, by: str, kind: str = "") -> str:
    return reverse(f"admin:deliveries_submission_preview_counts{kind}", args=[pk, by])


def _totals(pk, summary):
    address = lines_address(pk)
    totals = [
        (f"{LABELS[status]}", summary["nombres"][status], f"{address}?changement={CODES[status]}")
        for status in Status
    ]
    return [
        *totals,
        ("changent plus que le hasard ne l’explique", summary["inhabituels"], f"{address}?inhabituels=on"),
    ]


def _section(pk, summary, lines, status):
    query = f"changement={CODES[status]}"
    notes = []
    if status == Status.MOVED and summary["reculs"]:
        notes.append(
            f"{summary['reculs']} reviennent à une cohorte plus ancienne\u00a0: la plus récente n’a plus de ligne."
        )
    reasons = summary["motifs"].get(str(status.value), {})
    notes += [f"{Reason(letter).title}\u00a0: {number}." for letter, number in reasons.items()]
    for name, words in (
        ("anciennes", "dans des cohortes plus anciennes"),
        ("reprises", "à d’autres endroits qui les reprennent"),
    ):
        if number := summary[name][status]:
            notes.append(f"Et {number} {words}.")
    first = Filter(status=status).of(lines).head(FIRST_LINES)
    return _section_view(
        pk, f"Chiffres qui {LABELS[status]}", summary["nombres"][status], notes, lines, first, query
    )


def _unusual(pk, summary, lines):
    first = Filter(is_unusual=True).of(lines).head(FIRST_LINES)
    title = "Chiffres qui changent plus que le hasard ne l’explique"
    notes = ["Jugés tous ensemble, avec leur effectif, comme sur les pages publiques."]
    return _section_view(pk, title, summary["inhabituels"], notes, lines, first, "inhabituels=on")


def _section_view(pk, title, total, notes, lines, first, query):
    address = lines_address(pk)
    csv = reverse("admin:deliveries_submission_preview_lines_csv", args=[pk])
    views = line_views(lines, first, pk)
    return SectionView(title, total, notes, views, f"{address}?{query}", f"{csv}?{query}")


def _counts(pk, summary, lines, by):
    rows = count_views(lines.labels, by, summary["par"][by], pk)
    return CountsView(
        TITLES[by], summary["en_tout"][by], rows, counts_address(pk, by), counts_address(pk, by, "_csv")
    )


def _pages(submission, lines):
    names = {code: place.label for code, place in lines.labels.places.items()} | lines.labels.courses
    pages = submission.preview_pages.filter(is_of_school_only=False)
    return [
        (
            f"{PreviewPage.Kind(kind).label.capitalize()}\u00a0: {names.get(code, code)}",
            page_address(submission.pk, kind, code),
            is_ready,
        )
        for kind, code, is_ready in (
            (page.kind, page.code, page.rendered_at is not None) for page in pages.defer("content")
        )
    ]


def count_csv_rows(preview: Preview, by: str, lines: Lines | None) -> Iterator[dict[str, Any]]:
    """{column of COUNT_COLUMNS: value} of each row; lines: but for the coverage."""
    if lines is None:
        for row in preview.summary["couverture"]:
            yield dict(zip(COUNT_COLUMNS[by], (TABLES[row[0]], *row[1:]), strict=True))
        return
    for row, (code, numbers) in zip(
        count_views(lines.labels, by, counts_by(lines, by), preview.submission_id),
        counts_by(lines, by),
        strict=True,
    ):
        yield dict(zip(COUNT_COLUMNS[by], (code, row.label, *numbers), strict=True))
