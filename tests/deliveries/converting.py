"""What a file becomes, without a database: recognised, checked, converted."""

from datetime import date

from deliveries.checking.check import Level
from deliveries.checks import check_header, recognise, scoring, typed_rows
from deliveries.columns.deduction import deduced
from deliveries.reading import read_table
from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources import ALL

REFERENCE = Reference(
    known={
        "school": {"0350053T", "0010001W"},
        "course_year": {"23220022139", "23111022139", "23832021001", "23820020006"}
        | {"24022000101", "24022000102"},
        "diploma": {"50022139", "40321001", "40020006", "32032001"},
        "region": {"11", "84"},
        "departement": {"001"},
        "commune": {"01004"},
        "job": set(),
        "course_label": {"1erpro menuiserie aluminium verre"},
    },
    mappings={
        "course_year.diploma": {
            "23220022139": "50022139",
            "23111022139": "50022139",
            "23832021001": "40321001",
            "23820020006": "40020006",
            "24022000101": "50022139",
            "24022000102": "43000001",
        },
        "course_year.diploma.several": {"32710013401": ["24113401", "32113401"]},
        "course_label.years": {"1erpro menuiserie aluminium verre": [("23820020006", date(2008, 9, 1))]},
        "region.name": {"bretagne": "region-53"},
    },
)


def converted(text, name="fichier.csv", reference=REFERENCE, source="", resolves=False):
    """(source, tables, report) of a file given as a text. resolves: whether what is published repairs its codes."""
    return converted_bytes(text.encode(), name, reference, source, resolves)


def converted_bytes(content, name="fichier.csv", reference=REFERENCE, source="", resolves=False):
    table = read_table(name, content, scoring(ALL, source))
    found, places = recognise(table, ALL, source)
    report = Report(name)
    check_header(table, found, places, report)
    rows = found.check(typed_rows(table, found, places, report, reference), report)
    for deduction in found.deductions:
        rows = deduced(rows, deduction, report, reference)
    rows = found.resolve(rows, report, reference) if resolves else rows
    report.stops = found.stops
    schools = {"school": found.schools(rows, reference)} if found.schools else {}
    return found, found.convert(rows, reference) | schools, report


def kinds(report):
    """The kinds of findings, but for notes and for columns that the source does not read."""
    found = {finding.kind for finding in report.findings if finding.check.level is not Level.NOTE}
    return found - {"colonne_inconnue"}
