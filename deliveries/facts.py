"""Slices of the facts table: compared, replaced, deleted, and the better source preferred."""

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from deliveries.loading import compare, insert, read, typed
from deliveries.sources import ALL
from deliveries.sources.figures import KEY
from formations.models import CourseYear
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Cohort, Outcome
from stats.reasons import complete

COLUMNS = (*KEY, GROUP_SIZE, *COUNTS, *FIGURES, "reasons")


def compare_slice(source, cohort, rows):
    """Changes that `rows` would make to the published rows of a source and cohort."""
    old = read(Outcome, COLUMNS, {"source": source, "cohort": cohort})
    old["reasons"] = old["reasons"].map(complete)
    return compare(old, typed(Outcome, rows[list(COLUMNS)]), list(KEY))[0]


def replace(rows, delivery):
    """Put `rows` in place of their slices."""
    for cohort in rows["cohort_id"].unique():
        years = [int(year) for year in cohort.split("_")]
        Cohort.objects.get_or_create(code=cohort, defaults={"first_year": years[0], "last_year": years[-1]})
        delete(delivery.source, cohort)
    frame = typed(Outcome, rows[list(COLUMNS)]).assign(delivery_id=delivery.pk, is_preferred=True)
    insert(Outcome, frame)


def delete(source, cohort):
    slice_rows = Outcome.objects.filter(source=source, cohort=cohort)
    slice_rows._raw_delete(slice_rows.db)


def prefer(cohorts):
    """Where several sources give the same group, mark the row of the best-ranked one; call it after any change."""
    cohorts = sorted(cohorts)
    if not cohorts:
        return
    quote = connection.ops.quote_name
    table = quote(Outcome._meta.db_table)
    ranks = " ".join(f"WHEN '{source.name}' THEN {source.rank}" for source in ALL if source.has_cohorts)
    marks = ", ".join(["%s"] * len(cohorts))
    group = ", ".join(quote(name) for name in KEY if name != "source")
    best = (
        f"SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY {group} ORDER BY "
        f"CASE source {ranks} ELSE 99 END, id) AS place FROM {table} WHERE cohort_id IN ({marks})) ranked WHERE place = 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET is_preferred = (id IN ({best})) WHERE cohort_id IN ({marks})",
            [*cohorts, *cohorts],
        )


def withheld_rows(source, cohorts):
    """How many published rows of a source have a figure withheld."""
    rows = Outcome.objects.filter(source=source, cohort__in=cohorts)
    return rows.filter(Q(reasons__contains="P") | Q(reasons__contains="L")).count()


def follow_course_years():
    """Give the facts of a year of course its diploma again, after the nomenclature has changed."""
    diploma = CourseYear.objects.filter(pk=OuterRef("course_year")).values("diploma")
    moved = Outcome.objects.filter(course_year__isnull=False).annotate(wanted=Subquery(diploma))
    moved.exclude(diploma=Coalesce("wanted", "diploma")).update(diploma=Subquery(diploma))
