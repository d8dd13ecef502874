"""Reads what is published beside a file on its way to publication, for the checks that compare the two."""

from collections.abc import Iterable

import pandas as pd
from django.db.models import Count

from deliveries.candidates import Candidate
from deliveries.checking import codes_kept, slices
from deliveries.figure_notices.hiding import IS_MARKED
from deliveries.loading import read, typed
from deliveries.sources.figures import KEY
from establishments.models import School
from formations.models import Diploma
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Attribution, Outcome, Slice

_COLUMNS = (*KEY, GROUP_SIZE, *COUNTS, *FIGURES)
# What figures refer to, by source of the nomenclature; the lists of schools are all of schools.
_REFERRED = {
    "bcn_n_formation_diplome": "diploma",
    "bcn_v_formation_diplome": "diploma",
    "bcn_n_mef": "",
}
# A fall of one in so many rows that can be asked for.
_FALL = 100


def check_slice(candidate: Candidate, cohort: str, rows: pd.DataFrame) -> None:
    """Add to the report what the rows of a cohort change, before they replace its slice."""
    source = candidate.source.name
    live = Slice.objects.filter(source=source, state=Slice.State.LIVE).values_list("cohort", flat=True)
    cohorts = tuple(sorted(live))
    former = slices.former_of(cohort, cohorts)
    diplomas = Diploma.objects.filter(pk__in=set(rows["diploma_id"].dropna()))
    published = slices.Published(
        same=_rows(source, cohort if cohort in cohorts else ""),
        former=_rows(source, former),
        former_cohort=former,
        cohorts=cohorts,
        region_of=dict(School.objects.exclude(region=None).values_list("pk", "region__name")),
        dates={code: dates for code, *dates in diplomas.values_list("pk", "opened_on", "closed_on")},
    )
    headers = {name: candidate.table.header[place] or name for name, place in candidate.positions.items()}
    slices.check(typed(Outcome, rows[list(_COLUMNS)]), cohort, published, headers, candidate.report)


def _rows(source: str, cohort: str) -> pd.DataFrame:
    if not cohort:
        return pd.DataFrame(columns=list(_COLUMNS))
    return read(Outcome, _COLUMNS, {"source": source, "cohort": cohort})


def check_schools(candidate: Candidate, known: set[str]) -> None:
    """Add the schools of a file of figures that no list of schools has. known: those of the lists."""
    column = next((c.name for c in candidate.source.columns if c.name == "uai"), "")
    if column in candidate.rows:
        schools = candidate.rows[column].drop_duplicates()
        header = candidate.table.header[candidate.positions[column]]
        candidate.report.add_all("etablissement_sans_fiche", header, schools[~schools.isin(known)])


def check_codes(candidate: Candidate, former: pd.DataFrame) -> None:
    """Add what a newer table of reference drops. former: the typed rows of the files that it replaces."""
    codes_kept.check(candidate.rows, former, candidate.source, _figures_of(candidate), candidate.report)


def _figures_of(candidate: Candidate) -> dict[str, int]:
    name = _REFERRED.get(candidate.source.name, "school")
    if not name:
        return {}
    outcomes = Outcome.objects.exclude(**{name: None}).order_by().values_list(name)
    return dict(outcomes.annotate(Count("pk")))


def askable(cohorts: Iterable[str] | None = None) -> int:
    """How many rows can be asked for now, of these cohorts or of all."""
    rows = Attribution.objects.exclude(diploma=None)
    return rows.count() if cohorts is None else rows.filter(cohort__in=list(cohorts)).count()


def check_coverage(candidates: Iterable[Candidate], before: int, after: int) -> None:
    """Add to the report of each published file that fewer rows can be asked for than before, as `askable` counts both."""
    if before and (before - after) * _FALL > before:
        for candidate in candidates:
            candidate.report.add("couverture_qui_baisse", value=after, expected=before)


def tell_notices(candidate: Candidate) -> None:
    """Add how many groups of the file have a figure that a notice in force withdraws or contests."""
    rows = Outcome.objects.filter(source=candidate.source.name, cohort__in=candidate.cohorts)
    if number := rows.filter(IS_MARKED).count():
        candidate.report.add("avis_en_vigueur", value=number)


def tell_deduced_groups(candidate: Candidate) -> None:
    """Add how many small groups the published totals give away, as the audit found."""
    audit = candidate.report.disclosure
    if audit and audit.certain:
        candidate.report.add("groupes_deduits", value=audit.certain, expected=audit.confidential)
