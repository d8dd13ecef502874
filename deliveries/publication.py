"""Read → check → load in one transaction → journal: the only way into the published tables.

The database keeps the delivered files. The reference tables (territories, nomenclature, schools, teaching) are
rebuilt from the live files after each delivery; the facts table is replaced slice by slice. Each stage is one
transaction that no other writer overlaps: a refused file changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

import pandas as pd
from django.contrib.auth.models import AbstractBaseUser

from deliveries import (
    attributions,
    beside_published,
    disclosure_audit,
    doubts,
    facts,
    measured_dates,
    names_in_files,
    progress,
    reread,
)
from deliveries.approval import Approval
from deliveries.candidates import File, check, recognise_files
from deliveries.checking.check import Step
from deliveries.isolation import publish_apart
from deliveries.journal import Journal, finish
from deliveries.loading import compare
from deliveries.reference_tables import build
from deliveries.report import Report
from deliveries.source import Stage
from deliveries.writing import PATIENCE_SECONDS, Writing, one_writer
from stats.models import Slice
from stats.reasons import WITHHELD


class Watcher(Protocol):
    """Looks at the rows before the first one changes, and once all are published, before a dry run rolls back."""

    def before(self) -> None: ...

    def after(self, writing: Writing) -> None: ...


class _NothingKept(Exception):
    """Raised at the end of a dry run, or where an approval does not hold any more, so that the transaction rolls back."""


def publish(
    files: Iterable[File],
    *,
    dry_run: bool = False,
    confirmed: bool = False,
    approval: Approval | None = None,
    user: AbstractBaseUser | None = None,
    seconds: float = PATIENCE_SECONDS,
    watcher: Watcher | None = None,
) -> list[Report]:
    """Publish files stage by stage, whatever their order; returns a report for each file, in the order given.

    dry_run: do everything, then roll back. confirmed: publish doubtful files too (`Report.to_confirm`). approval: of
    all the files, published together or not at all: where it does not hold any more and something would change, or where
    one of them may not be published, or has a warning that nobody accepted, this is a dry run. Files that are published already change nothing. seconds: how
    long to wait for another writer, as `writing.one_writer`. watcher: looks at what a dry run changes. What is done is told to `deliveries.progress`.
    """
    reports, candidates = recognise_files(files)
    stages = {}
    for candidate in sorted(candidates, key=lambda candidate: (candidate.source.rank, candidate.file.name)):
        stages.setdefault(candidate.source.stage, []).append(candidate)
    if dry_run or approval:
        _publish_at_once(reports, stages, approval, user, seconds, watcher)
    else:
        for _, group in sorted(stages.items()):
            with one_writer(seconds) as writing:
                _publish_stage(group, Journal(writing, user, confirms=confirmed))
    return reports


def _publish_at_once(reports, stages, approval, user, seconds, watcher):
    """Publish all stages in one transaction, which is kept only under an approval that holds."""
    try:
        with one_writer(seconds) as writing:
            writing.before_change = watcher and watcher.before
            for _, group in sorted(stages.items()):
                _publish_stage(group, Journal(writing, user, approval, confirms=True))
            if watcher and writing.has_changed:
                watcher.after(writing)
            if not approval or (writing.has_changed and not _is_agreed_to(approval, writing, reports)):
                raise _NothingKept
    except _NothingKept:
        for report in reports:
            report.delivery, report.version = None, writing.found
            if report.status == "publie":
                report.status = "a_publier"


def _is_agreed_to(approval, writing, reports):
    is_whole = all(report.status in {"publie", "inchange"} for report in reports)
    is_covered = all(
        approval.covers(report.sha256, report.ticks) for report in reports if report.status == "publie"
    )
    return is_whole and is_covered and approval.holds(writing.found)


def _publish_stage(group, journal):
    publish_apart(group, journal, _publish_group)


def _publish_group(group, journal):
    reference, stage = build.load(), group[0].source.stage
    accepted = []
    for candidate in group:
        check(candidate, reference)
        if not candidate.report.is_refused:
            accepted.append(candidate)
    if stage is Stage.FIGURES:
        for files in _one_after_another(accepted):
            changed = [candidate for candidate in files if not _is_live_already(candidate)]
            _publish_figures(changed, reference, journal)
    else:
        _publish_references(accepted, stage, reference, journal)
    for candidate in accepted:
        finish(candidate)


def _one_after_another(candidates):
    """Files that replace the same slice, each in a list of its own; those that do not, together, as it costs less."""
    lists, held = [[]], set()
    for candidate in candidates:
        slices = {(candidate.source.name, cohort) for cohort in candidate.cohorts}
        if slices & held:
            lists.append([])
            held = set()
        lists[-1].append(candidate)
        held |= slices
    return lists


def _publish_references(candidates, stage, reference, journal):
    changed = []
    for candidate in candidates:
        if not _is_live_already(candidate):
            _count_changes(candidate, reference)
            doubts.of_age(candidate, candidate.cohorts or [""])
            if journal.allows(candidate):
                journal.publish(candidate, candidate.cohorts or [""])
                changed.append(candidate)
    if changed:
        before = beside_published.askable()
        sources, typed = {candidate.source.name for candidate in changed}, _typed(changed)
        reachable = rebuild_reference_tables(stage, sources, typed)
        if reachable:
            beside_published.check_coverage(changed, before, beside_published.askable())
        for candidate in changed:
            candidate.report.reachable = reachable


def _typed(candidates):
    """The rows of files of one slice at most, which a rebuild would read in the same way: see `build.rebuild_from`."""
    return {
        (candidate.source.name, candidate.table.sha256, "".join(candidate.cohorts)): candidate.rows
        for candidate in candidates
        if len(candidate.cohorts) <= 1
    }


def rebuild_reference_tables(
    stage: Stage, sources: set[str], typed: build.Typed | None = None
) -> Counter[str]:
    """Rebuild the reference tables of a stage and of the later ones, and the attributions that depend on them.

    sources: names of the sources that changed. typed: as for `build.rebuild_from`. Returns how many rows are reachable, by kind (see
    `attributions.rebuild`); an empty Counter when no attribution depends on these sources.
    """
    stage = min(stage, build.first_stage(sources))
    if stage is Stage.TEACHING and not sources & attributions.SOURCES:
        build.rebuild_from(stage, typed)
        return Counter()
    attributions.clear()
    progress.stage("Tables de référence")
    build.rebuild_from(stage, typed)
    progress.stage("Où chaque chiffre est montré")
    return attributions.rebuild()


def _is_live_already(candidate):
    """Whether each slice of the file is already published from the same bytes, its columns being read in the same way."""
    candidate.report.reached = Step.PUBLISHED
    live = Slice.objects.filter(source=candidate.source.name, state=Slice.State.LIVE).select_related(
        "delivery"
    )
    cohorts = set(candidate.cohorts) or {""}
    unchanged = {
        piece.cohort
        for piece in live
        if piece.delivery.file_id == candidate.table.sha256
        and piece.delivery.columns == candidate.file.columns
    }
    if cohorts <= unchanged:
        candidate.report.counts["inchangees"] = len(candidate.rows)
        candidate.report.status = "inchange"
        if candidate.source.has_cohorts:
            candidate.report.counts["secretes"] = facts.withheld_rows(candidate.source.name, cohorts)
        return True
    return False


def _count_changes(candidate, reference):
    """Count the rows that differ from the live files of the same source and school years."""
    counts, source = candidate.report.counts, candidate.source
    cohorts = candidate.cohorts or ("",)
    live = [piece for piece in build.live_files([source.name]) if piece.cohort in cohorts]
    if not live:
        counts["nouvelles"] = len(candidate.rows)
        return
    former = pd.concat([build.live_rows(piece, reference) for piece in live])
    key = list(source.key) or list(candidate.rows.columns)
    changes = compare(former, candidate.rows, key).changes
    _add_changes(counts, changes)
    doubts.of_removal(candidate, changes)
    beside_published.check_codes(candidate, former)


def _add_changes(counts, changes):
    counts["nouvelles"] += changes.new
    counts["modifiees"] += changes.changed
    counts["inchangees"] += changes.unchanged
    counts["disparues"] += changes.removed


def _publish_figures(candidates, reference, journal):
    """Replace the slices that change. Schools come first: the files name some that no list of schools has."""
    deliveries = []
    for candidate in candidates:
        progress.stage(f"Comparaison de «\u00a0{candidate.file.name}\u00a0»", len(candidate.rows))
        beside_published.check_schools(candidate, reference.known["school"])
        frames = candidate.source.convert(candidate.rows, reference)
        outcomes = frames["outcome"].assign(source=candidate.source.name)
        candidate.report.counts["secretes"] = int(outcomes["reasons"].str.contains(f"[{WITHHELD}]").sum())
        changed = [
            cohort
            for cohort, rows in outcomes.groupby("cohort_id")
            if _changes_slice(candidate, cohort, rows)
        ]
        doubts.of_age(candidate, changed)
        progress.advance(len(candidate.rows))
        if changed and not journal.allows(candidate):
            continue
        if changed:
            changed_rows = outcomes[outcomes["cohort_id"].isin(changed)]
            deliveries.append((journal.publish(candidate, changed), changed_rows))
            _remember_names(candidate, reference)
        else:
            candidate.report.status = "inchange"
    cohorts = {cohort for _, rows in deliveries for cohort in rows["cohort_id"].unique()}
    if not cohorts:
        return
    progress.stage("Écriture des chiffres", sum(len(rows) for _, rows in deliveries))
    measured = measured_dates.measured()
    before = beside_published.askable(cohorts)
    attributions.clear(cohorts)
    for delivery, rows in deliveries:
        facts.delete(delivery.source, rows["cohort_id"].unique())
    build.follow_names(delivery.source for delivery, _ in deliveries)
    for delivery, rows in deliveries:
        facts.add(rows, delivery)
        progress.advance(len(rows))
    facts.prefer(cohorts)
    progress.stage("Secret statistique")
    disclosure = disclosure_audit.apply_mode(cohorts)
    reread.settle(measured)
    progress.stage("Où chaque chiffre est montré")
    reachable = attributions.rebuild(cohorts)
    published = [candidate for candidate in candidates if candidate.report.delivery]
    beside_published.check_coverage(published, before, beside_published.askable(cohorts))
    for candidate in published:
        candidate.report.reachable = reachable
        candidate.report.disclosure = disclosure
        beside_published.tell_deduced_groups(candidate)
        beside_published.tell_notices(candidate)


def _remember_names(candidate, reference):
    """Keep what the file names while its rows are at hand, unless it is published in part: later, it is read whole."""
    if candidate.file.cohort:
        names_in_files.forget_file(candidate.source.name, candidate.table.sha256)
    else:
        names_in_files.remember(candidate.source, candidate.table.sha256, candidate.rows, reference)


def _changes_slice(candidate, cohort, rows):
    """Count the changes that `rows` make to the published slice of a cohort; returns whether there are any."""
    changes = facts.compare_slice(candidate.source.name, cohort, rows)
    _add_changes(candidate.report.counts, changes)
    doubts.of_slice(candidate, cohort, rows, changes)
    live = Slice.objects.filter(source=candidate.source.name, cohort=cohort, state=Slice.State.LIVE)
    return not changes.is_none or not live.exists()
