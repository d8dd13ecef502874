"""The facts table: compare, replace and delete its slices, and mark the preferred source of each group."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

import pandas as pd
from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from deliveries import measured_dates
from deliveries.loading import Changes, compare, insert, key_of, read, typed
from deliveries.sources import ALL
from deliveries.sources.figures import GROUP, KEY
from formations.models import CourseYear
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Cohort, Delivery, Outcome
from stats.reasons import WITHHELD, complete

COLUMNS = (*KEY, GROUP_SIZE, *COUNTS, *FIGURES, "reasons")


def compare_slice(source: str, cohort: str, rows: pd.DataFrame) -> Changes:
    """The changes that `rows` would make to the published slice of a source and cohort.

    Whether a date is not measured yet or not covered is no change: other sources decide it (`measured_dates`).
    """
    published = {"source": source, "cohort": cohort}
    if not Outcome.objects.filter(**published).exists():
        return Changes(new=key_of(rows, KEY).nunique())
    old = read(Outcome, COLUMNS, published)
    new = typed(Outcome, rows[list(COLUMNS)])
    old["reasons"] = old["reasons"].map(complete).map(measured_dates.undecided)
    new["reasons"] = new["reasons"].map(measured_dates.undecided)
    return compare(old, new, list(KEY)).changes


def delete(source: str, cohorts: Iterable[str]) -> None:
    """Delete the slices of these cohorts."""
    slice_rows = Outcome.objects.filter(source=source, cohort__in=list(cohorts))
    slice_rows._raw_delete(slice_rows.db)


def add(rows: pd.DataFrame, delivery: Delivery) -> None:
    """Insert the slices of the cohorts of `rows`. Call `prefer` once all slices are there."""
    for cohort in rows["cohort_id"].unique():
        years = [int(year) for year in cohort.split("_")]
        Cohort.objects.get_or_create(code=cohort, defaults={"first_year": years[0], "last_year": years[-1]})
    insert(Outcome, typed(Outcome, rows[list(COLUMNS)]).assign(delivery_id=delivery.pk, is_preferred=True))


def prefer(cohorts: Iterable[str]) -> None:
    """Mark one row per group as preferred: that of the source of lowest rank, and of the longest course where a source
    tells several durations. None of a level as a whole, which no page shows. Call it after any change of facts.
    """
    cohorts = sorted(cohorts)
    if not cohorts:
        return
    quote = connection.ops.quote_name
    table = quote(Outcome._meta.db_table)
    ranks = " ".join(f"WHEN '{source.name}' THEN {source.rank}" for source in ALL if source.has_cohorts)
    marks = ", ".join(["%s"] * len(cohorts))
    group = ", ".join(map(quote, GROUP))
    best = (
        f"SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY {group} ORDER BY "
        f"CASE source {ranks} ELSE 99 END, COALESCE(duration, 0) DESC, id) AS place FROM {table} WHERE cohort_id IN ({marks})) ranked WHERE place = 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET is_preferred = (level = '' AND id IN ({best})) WHERE cohort_id IN ({marks})",
            [*cohorts, *cohorts],
        )


def withheld_rows(source: str, cohorts: Iterable[str]) -> int:
    """How many published rows of a source have a withheld figure."""
    rows = Outcome.objects.filter(source=source, cohort__in=cohorts)
    return rows.filter(reduce(or_, (Q(reasons__contains=letter) for letter in WITHHELD))).count()


def follow_course_years() -> None:
    """Update the diploma of the facts of years of courses, after a change of nomenclature."""
    diploma = CourseYear.objects.filter(pk=OuterRef("course_year")).values("diploma")
    of_years = Outcome.objects.filter(course_year__isnull=False).annotate(new_diploma=Subquery(diploma))
    of_years.exclude(diploma=Coalesce("new_diploma", "diploma")).update(diploma=Subquery(diploma))
