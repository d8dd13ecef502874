"""The page of what is covered, and its CSV."""

from django.http import HttpRequest, HttpResponse

from deliveries.coverage.page import CSV_COLUMNS, coverage_tables, csv_rows
from deliveries.desk.guards import page, reading
from stats.exports import csv_response


@reading
def coverage(request: HttpRequest) -> HttpResponse:
    return page(request, "coverage", "Couverture", {"tables": coverage_tables()})


@reading
def coverage_csv(request: HttpRequest) -> HttpResponse:
    return csv_response(CSV_COLUMNS, csv_rows(coverage_tables()), "couverture")
