"""Read → check → load in one transaction → journal: the only way into the published tables.

The delivered files are kept in the database. The reference tables (territories, nomenclature, schools,
teaching) are a projection of the live files, made again after each delivery; the facts table is replaced
slice by slice. Each stage is one transaction, in which a refused file changes nothing.
"""

import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from deliveries import attributions, disclosure_audit, facts
from deliveries.checks import check_header, cohort_in, recognise, typed_rows
from deliveries.loading import compare
from deliveries.reading import Table, read_table
from deliveries.reference_tables import build
from deliveries.report import Refusal, Report
from deliveries.source import Source, Stage
from deliveries.sources import ALL
from stats.models import DeliveredFile, Delivery, Slice


class _DryRun(Exception):
    """Rolls everything back at the end of a dry run."""


@dataclass(frozen=True)
class File:
    """A file to publish: its name, its bytes, and what the caller knows of it."""

    name: str
    content: bytes
    source: str = ""
    cohort: str = ""


@dataclass
class _Candidate:
    """A recognised file on its way."""

    file: File
    report: Report
    table: Table
    source: Source
    places: dict
    rows: object = None
    cohorts: tuple = ()
    frames: dict = field(default_factory=dict)


def publish(
    files, *, dry_run=False, user: AbstractBaseUser | None = None, progress: Callable = lambda step: None
):
    """Publish `files` in an order that works; returns one Report a file, in the order given.

    progress: called with a file's name when it is done.
    """
    reports, candidates = _recognised(files, progress)
    try:
        with transaction.atomic() if dry_run else _no_transaction():
            for stage in Stage:
                group = [candidate for candidate in candidates if candidate.source.stage is stage]
                group.sort(key=lambda candidate: (candidate.source.rank, candidate.file.name))
                if group:
                    with transaction.atomic():
                        _publish_group(group, stage, user, progress)
            if dry_run:
                raise _DryRun
    except _DryRun:
        for report in reports:
            report.delivery = None
            if report.status == "publie":
                report.status = "a_publier"
    return reports


class _no_transaction:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def _recognised(files, progress):
    reports, candidates = [], []
    for file in files:
        report = Report(file.name)
        reports.append(report)
        try:
            table = read_table(file.name, file.content)
            report.sha256 = table.sha256
            source, places = recognise(table, ALL, file.source)
        except Refusal as refusal:
            report.findings.append(refusal.finding)
            report.stops = frozenset({refusal.finding.kind})
            report.status = "non_reconnu" if refusal.finding.kind == "fichier_inconnu" else "refuse"
            progress(file.name)
            continue
        report.source, report.stops = source.name, source.stops
        report.counts["lues"] = len(table.cells)
        candidates.append(_Candidate(file, report, table, source, places))
    return reports, candidates


def _publish_group(group, stage, user, progress):
    reference = build.load()
    accepted = []
    for candidate in group:
        _check(candidate, reference)
        if not candidate.report.is_refused:
            accepted.append(candidate)
    changed = [candidate for candidate in accepted if not _is_live_already(candidate)]
    if stage is Stage.FIGURES:
        _publish_figures(changed, reference, user)
    elif changed:
        for candidate in changed:
            _count_changes(candidate, reference)
            _journal(candidate, [""], user)
        reachable = _project(stage, {candidate.source.name for candidate in changed})
        for candidate in changed:
            candidate.report.reachable = reachable
    for candidate in group:
        progress(candidate.file.name)
    for candidate in accepted:
        _finish(candidate)


def _project(stage, sources):
    """Make the reference tables again, and where figures are shown if that may depend on these sources.

    Returns how many rows can be asked then, as `attributions.rebuild`; nothing when they are the same.
    """
    if stage is Stage.TEACHING and not sources & attributions.SOURCES:
        build.project_from(stage)
        return Counter()
    attributions.clear()
    build.project_from(stage)
    return attributions.rebuild()


def _check(candidate, reference):
    report, source = candidate.report, candidate.source
    check_header(candidate.table, source, candidate.places, report)
    if not report.blocking:
        candidate.rows = rows_of(candidate.table, source, candidate.places, report, reference, candidate.file)
    if not report.blocking and candidate.rows.empty:
        report.add("fichier_vide")
    if report.blocking:
        report.status = "refuse"
        report.counts["refusees"] = report.counts["lues"]
        return
    report.counts["refusees"] = report.counts["lues"] - len(candidate.rows)
    if source.has_cohorts:
        cohort = next(column.name for column in source.columns if column.kind == "millesime")
        candidate.cohorts = report.cohorts = tuple(sorted(candidate.rows[cohort].unique()))


def rows_of(table, source, places, report, reference, file):
    """Typed and checked rows of a table, with the cohort of the file's name where it is only there."""
    rows = typed_rows(table, source, places, report, reference)
    cohort_column = next((column for column in source.columns if column.kind == "millesime"), None)
    if cohort_column and (rows[cohort_column.name] == "").any():
        cohort = file.cohort or cohort_in(file.name)
        if not cohort:
            report.add("millesime_absent")
            return rows
        rows[cohort_column.name] = rows[cohort_column.name].where(rows[cohort_column.name] != "", cohort)
    elif cohort_column and file.cohort:
        rows = rows[rows[cohort_column.name] == file.cohort]
    rows = source.check(rows, report)
    # pandas copies these at each operation, and nobody reads them any more.
    rows.attrs.clear()
    return rows


def _is_live_already(candidate):
    """Whether the same bytes are what is published already for every slice of the file."""
    live = Slice.objects.filter(source=candidate.source.name, state=Slice.State.LIVE).select_related(
        "delivery"
    )
    wanted = set(candidate.cohorts) or {""}
    same = {piece.cohort for piece in live if piece.delivery.file_id == candidate.table.sha256}
    if wanted <= same:
        candidate.report.counts["inchangees"] = len(candidate.rows)
        candidate.report.status = "inchange"
        if candidate.source.has_cohorts:
            candidate.report.counts["secretes"] = facts.withheld_rows(candidate.source.name, wanted)
        return True
    return False


def _count_changes(candidate, reference):
    """Compare with the rows of the live file of the same source."""
    counts, source = candidate.report.counts, candidate.source
    live = build.live_files([source.name])
    if not live:
        counts["nouvelles"] = len(candidate.rows)
        return
    former = build.read_live(live[0], reference)[0]
    key = list(source.key) or list(candidate.rows.columns)
    changes = compare(former, candidate.rows, key)[0]
    _add_changes(counts, changes)


def _add_changes(counts, changes):
    counts["nouvelles"] += changes.new
    counts["modifiees"] += changes.changed
    counts["inchangees"] += changes.unchanged
    counts["disparues"] += changes.removed


def _publish_figures(candidates, reference, user):
    """Replace the slices that change; the schools that the files name come first."""
    deliveries = []
    for candidate in candidates:
        frames = candidate.source.convert(candidate.rows, reference)
        outcomes = frames["outcome"].assign(source=candidate.source.name)
        candidate.report.counts["secretes"] = int(outcomes["reasons"].str.contains("[PL]").sum())
        changed = [
            cohort for cohort, rows in outcomes.groupby("cohort_id") if _moves(candidate, cohort, rows)
        ]
        if changed:
            moved = outcomes[outcomes["cohort_id"].isin(changed)]
            deliveries.append((_journal(candidate, changed, user), moved))
        else:
            candidate.report.status = "inchange"
    cohorts = {cohort for _, rows in deliveries for cohort in rows["cohort_id"].unique()}
    if not cohorts:
        return
    attributions.clear(cohorts)
    build.project_from(Stage.SCHOOLS)
    for delivery, rows in deliveries:
        facts.replace(rows, delivery)
    facts.prefer(cohorts)
    deduced = disclosure_audit.apply(cohorts)
    reachable = attributions.rebuild(cohorts)
    for candidate in candidates:
        if candidate.report.delivery:
            candidate.report.reachable = reachable
            candidate.report.deductions = deduced


def _moves(candidate, cohort, rows):
    """Count what `rows` change in the published slice of a cohort; whether they change anything."""
    changes = facts.compare_slice(candidate.source.name, cohort, rows)
    _add_changes(candidate.report.counts, changes)
    live = Slice.objects.filter(source=candidate.source.name, cohort=cohort, state=Slice.State.LIVE)
    return not changes.is_none or not live.exists()


def _journal(candidate, cohorts, user, action=Delivery.Action.PUBLISHED):
    """Keep the file, write the delivery and make its slices the live ones."""
    report, name = candidate.report, candidate.source.name
    file, _ = DeliveredFile.objects.get_or_create(
        sha256=candidate.table.sha256,
        defaults={
            "size": len(candidate.file.content),
            "content": gzip.compress(candidate.file.content, 6, mtime=0),
        },
    )
    delivery = Delivery.objects.create(
        source=name, action=action, file_name=candidate.file.name, file=file, user=user
    )
    Slice.objects.filter(source=name, cohort__in=cohorts, state=Slice.State.LIVE).update(
        state=Slice.State.SUPERSEDED
    )
    Slice.objects.bulk_create(Slice(delivery=delivery, source=name, cohort=cohort) for cohort in cohorts)
    report.delivery, report.status = delivery.pk, "publie"
    return delivery


def _finish(candidate):
    """The journal holds the report as it ends."""
    if candidate.report.delivery:
        Delivery.objects.filter(pk=candidate.report.delivery).update(report=candidate.report.as_dict())


def can_take_back(delivery):
    """Whether every slice of the delivery is the published one still."""
    pieces = list(delivery.slices.all())
    return bool(pieces) and all(piece.state == Slice.State.LIVE for piece in pieces)


@transaction.atomic
def take_back(delivery, user=None):
    """Unpublish the last delivery of its slices and publish each slice's former file again, if any.

    Returns the journal entry. Raises ValueError when a later delivery has replaced a slice of it.
    """
    if not can_take_back(delivery):
        raise ValueError("une livraison plus récente a remplacé celle-ci")
    stage = next(source.stage for source in ALL if source.name == delivery.source)
    cohorts = list(delivery.slices.values_list("cohort", flat=True))
    entry = Delivery.objects.create(
        source=delivery.source,
        action=Delivery.Action.TAKEN_BACK,
        file_name=delivery.file_name,
        file=delivery.file,
        user=user,
        report={"livraison_retiree": delivery.pk},
    )
    delivery.slices.update(state=Slice.State.TAKEN_BACK)
    formers = [piece for cohort in cohorts if (piece := _former(delivery.source, cohort))]
    Slice.objects.filter(pk__in=[piece.pk for piece in formers]).update(state=Slice.State.LIVE)
    if stage is Stage.FIGURES:
        attributions.clear(cohorts)
        for cohort in cohorts:
            facts.delete(delivery.source, cohort)
        for piece in formers:
            _publish_slice_again(piece)
        build.project_from(Stage.SCHOOLS)
        facts.prefer(cohorts)
        if deduced := disclosure_audit.apply(cohorts):
            entry.report["recoupements"] = deduced.as_dict()
            entry.save(update_fields=["report"])
        attributions.rebuild(cohorts)
    else:
        _project(stage, {delivery.source})
    return entry


def _former(source, cohort):
    """The slice that the last delivery of this source and cohort replaced, None when there is none."""
    replaced = Slice.objects.filter(source=source, cohort=cohort, state=Slice.State.SUPERSEDED)
    return replaced.select_related("delivery__file").order_by("-delivery_id").first()


def _publish_slice_again(piece):
    reference = build.load()
    _, frames = build.read_live(piece, reference)
    outcomes = frames["outcome"].assign(source=piece.source)
    facts.replace(outcomes[outcomes["cohort_id"] == piece.cohort], piece.delivery)
