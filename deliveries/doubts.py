"""What makes a file doubtful beside what is published: it removes a large part of it, or is older.

Such a file is right now and then, so that it is not refused: someone confirms it (see `Report.to_confirm`).
"""

import re
from collections.abc import Iterable

import pandas as pd

from deliveries import beside_published
from deliveries.candidates import Candidate
from deliveries.loading import Changes
from stats.indicators import BY_NAME, EMPLOYMENT_RATES
from stats.models import Outcome, Slice

# A third of what is published vanishes; a few rows do not make a share.
_SHARE, _FEW = 3, 3
_DATE = re.compile(r"(?<!\d)(20\d\d)(?:[-_]?(0[1-9]|1[0-2])(?:[-_]?([0-2]\d|3[01]))?)?(?!\d)")


def date_in(name: str) -> tuple[int, ...]:
    """The date in the name of a file, as far as it goes: (2025,), (2024, 4, 26); () when there is none."""
    dates = _DATE.findall(name)
    return tuple(int(part) for part in dates[-1] if part) if dates else ()


def of_slice(candidate: Candidate, cohort: str, rows: pd.DataFrame, changes: Changes) -> None:
    """Add what is doubtful in the new rows of the slice of a cohort, before they replace it."""
    beside_published.check_slice(candidate, cohort, rows)
    published = Outcome.objects.filter(source=candidate.source.name, cohort=cohort)
    if changes.removed:
        schools = set(published.exclude(school=None).values_list("school", flat=True))
        of_removal(candidate, changes, (len(schools - set(rows["school_id"])), len(schools)), cohort)
    years = cohort.replace("_", "-")
    for name in EMPLOYMENT_RATES:
        if rows[name].isna().all() and published.exclude(**{name: None}).exists():
            label = BY_NAME[name].label
            value = f"«\u00a0{label}\u00a0» est publié pour la cohorte {years}, et ce fichier ne l’a plus"
            candidate.report.add("plus_ancien", value=value)


def of_removal(
    candidate: Candidate, changes: Changes, schools: tuple[int, int] = (0, 0), cohort: str = ""
) -> None:
    """Add a finding when a third of the rows vanish, or of the schools (those that vanish, all of them)."""
    rows = (changes.removed, changes.removed + changes.changed + changes.unchanged)
    if not any(removed >= _FEW and removed * _SHARE >= number for removed, number in (rows, schools)):
        return
    parts = [_share(*rows, "lignes publiées")]
    if schools[0]:
        parts.append(_share(*schools, "établissements"))
    of_cohort = f", pour la cohorte {cohort.replace('_', '-')}" if cohort else ""
    candidate.report.add("presque_tout_disparait", value=" et ".join(parts) + of_cohort)


def _share(removed: int, number: int, what: str) -> str:
    return f"{removed} {what} sur {number} ({round(100 * removed / number)}\u00a0%)"


def of_age(candidate: Candidate, cohorts: Iterable[str]) -> None:
    """Add a finding when the file was replaced already, or when its name bears an earlier date than the published one."""
    report, source = candidate.report, candidate.source.name
    slices = Slice.objects.filter(source=source, cohort__in=list(cohorts)).select_related("delivery")
    live = slices.filter(state=Slice.State.LIVE).exclude(delivery__file=candidate.table.sha256)
    former = slices.filter(state=Slice.State.SUPERSEDED, delivery__file=candidate.table.sha256)
    for piece in live:
        name = piece.delivery.file_name
        ours, theirs = date_in(candidate.file.name), date_in(name)
        common = min(len(ours), len(theirs))
        if former.filter(cohort=piece.cohort).exists():
            value = f"Ce fichier a déjà été publié, puis remplacé par «\u00a0{name}\u00a0»"
        elif ours[:common] < theirs[:common]:
            value = f"D’après son nom, ce fichier est plus ancien que «\u00a0{name}\u00a0», qui est publié"
        else:
            continue
        report.add("plus_ancien", value=value)
        return
