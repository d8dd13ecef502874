"""Read → check → load in one transaction → journal: the only way into the published tables.

The database keeps the delivered files. The reference tables (territories, nomenclature, schools, teaching) are
rebuilt from the live files after each delivery; the facts table is replaced slice by slice. Each stage is one
transaction: a refused file changes nothing.
"""

import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from deliveries import attributions, disclosure_audit, facts
from deliveries.candidates import File, check, recognise_files
from deliveries.loading import compare
from deliveries.reference_tables import build
from deliveries.report import Report
from deliveries.source import Stage
from stats.models import DeliveredFile, Delivery, Slice


class _DryRun(Exception):
    """Raised at the end of a dry run, so that its transaction rolls back."""


def publish(
    files: Iterable[File],
    *,
    dry_run: bool = False,
    user: AbstractBaseUser | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> list[Report]:
    """Publish files stage by stage, whatever their order; returns a report for each file, in the order given.

    dry_run: do everything, then roll back. progress: called with a file's name when that file is done.
    """
    reports, candidates = recognise_files(files, progress)
    try:
        with transaction.atomic() if dry_run else nullcontext():
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


def _publish_group(group, stage, user, progress):
    reference = build.load()
    accepted = []
    for candidate in group:
        check(candidate, reference)
        if not candidate.report.is_refused:
            accepted.append(candidate)
    changed = [candidate for candidate in accepted if not _is_live_already(candidate)]
    if stage is Stage.FIGURES:
        _publish_figures(changed, reference, user)
    elif changed:
        for candidate in changed:
            _count_changes(candidate, reference)
            _journal(candidate, [""], user)
        reachable = rebuild_reference_tables(stage, {candidate.source.name for candidate in changed})
        for candidate in changed:
            candidate.report.reachable = reachable
    for candidate in group:
        progress(candidate.file.name)
    for candidate in accepted:
        _store_report(candidate)


def rebuild_reference_tables(stage: Stage, sources: set[str]) -> Counter[str]:
    """Rebuild the reference tables of a stage and of the later ones, and the attributions that depend on them.

    sources: names of the sources that changed. Returns how many rows are reachable, by kind (see
    `attributions.rebuild`); an empty Counter when no attribution depends on these sources.
    """
    if stage is Stage.TEACHING and not sources & attributions.SOURCES:
        build.rebuild_from(stage)
        return Counter()
    attributions.clear()
    build.rebuild_from(stage)
    return attributions.rebuild()


def _is_live_already(candidate):
    """Whether each slice of the file is already published from the same bytes."""
    live = Slice.objects.filter(source=candidate.source.name, state=Slice.State.LIVE).select_related(
        "delivery"
    )
    cohorts = set(candidate.cohorts) or {""}
    unchanged = {piece.cohort for piece in live if piece.delivery.file_id == candidate.table.sha256}
    if cohorts <= unchanged:
        candidate.report.counts["inchangees"] = len(candidate.rows)
        candidate.report.status = "inchange"
        if candidate.source.has_cohorts:
            candidate.report.counts["secretes"] = facts.withheld_rows(candidate.source.name, cohorts)
        return True
    return False


def _count_changes(candidate, reference):
    """Count the rows that differ from the live file of the same source."""
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
    """Replace the slices that change. Schools come first: the files name some that no list of schools has."""
    deliveries = []
    for candidate in candidates:
        frames = candidate.source.convert(candidate.rows, reference)
        outcomes = frames["outcome"].assign(source=candidate.source.name)
        candidate.report.counts["secretes"] = int(outcomes["reasons"].str.contains("[PL]").sum())
        changed = [
            cohort
            for cohort, rows in outcomes.groupby("cohort_id")
            if _changes_slice(candidate, cohort, rows)
        ]
        if changed:
            changed_rows = outcomes[outcomes["cohort_id"].isin(changed)]
            deliveries.append((_journal(candidate, changed, user), changed_rows))
        else:
            candidate.report.status = "inchange"
    cohorts = {cohort for _, rows in deliveries for cohort in rows["cohort_id"].unique()}
    if not cohorts:
        return
    attributions.clear(cohorts)
    build.rebuild_from(Stage.SCHOOLS)
    for delivery, rows in deliveries:
        facts.replace(rows, delivery)
    facts.prefer(cohorts)
    disclosure = disclosure_audit.apply_mode(cohorts)
    reachable = attributions.rebuild(cohorts)
    for candidate in candidates:
        if candidate.report.delivery:
            candidate.report.reachable = reachable
            candidate.report.disclosure = disclosure


def _changes_slice(candidate, cohort, rows):
    """Count the changes that `rows` make to the published slice of a cohort; returns whether there are any."""
    changes = facts.compare_slice(candidate.source.name, cohort, rows)
    _add_changes(candidate.report.counts, changes)
    live = Slice.objects.filter(source=candidate.source.name, cohort=cohort, state=Slice.State.LIVE)
    return not changes.is_none or not live.exists()


def _journal(candidate, cohorts, user):
    """Store the file and the delivery, and make its slices the live ones."""
    report, name = candidate.report, candidate.source.name
    file, _ = DeliveredFile.objects.get_or_create(
        sha256=candidate.table.sha256,
        defaults={
            "size": len(candidate.file.content),
            "content": gzip.compress(candidate.file.content, 6, mtime=0),
        },
    )
    delivery = Delivery.objects.create(
        source=name,
        action=Delivery.Action.PUBLISHED,
        file_name=candidate.file.name,
        file=file,
        user=user,
    )
    Slice.objects.filter(source=name, cohort__in=cohorts, state=Slice.State.LIVE).update(
        state=Slice.State.SUPERSEDED
    )
    Slice.objects.bulk_create(Slice(delivery=delivery, source=name, cohort=cohort) for cohort in cohorts)
    report.delivery, report.status = delivery.pk, "publie"
    return delivery


def _store_report(candidate):
    """Write the finished report in the journal."""
    if candidate.report.delivery:
        Delivery.objects.filter(pk=candidate.report.delivery).update(report=candidate.report.as_dict())
