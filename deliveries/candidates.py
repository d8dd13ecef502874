"""Delivered files on their way to publication: recognised, then checked row by row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from deliveries import progress
from deliveries.cells import is_to_come, slice_in
from deliveries.checking import columns, files, headers, places, renewals, secrecy
from deliveries.checking import rows as row_checks
from deliveries.checking.check import Step
from deliveries.checking.results import applicable
from deliveries.checks import check_header, number_headers, recognise, scoring, typed_rows
from deliveries.columns.deduction import resolve
from deliveries.columns.positions import Said
from deliveries.findings import Finding, Refusal, fault_of
from deliveries.reading import Table, read_table
from deliveries.report import Report
from deliveries.source import CellType, Reference, Source, Tables
from deliveries.sources import ALL

# Read without doubt, but worth a look.
_ENCODINGS = {"mac-roman": "Mac Roman", "cp850": "CP850"}
_TOLD, _IN_THE_NAME = ", comme quelqu’un l’a indiqué", ", d’après le nom du fichier"
_MISSING = {CellType.COHORT: "millesime_absent", CellType.SCHOOL_YEAR: "rentree_absente"}


@dataclass(frozen=True)
class File:
    """A file to publish.

    content: its bytes. source: name of its source, "" to recognise it by its header. cohort: "2022_2023", or the
    school year "2025" of what schools teach, where neither the file nor its name gives it, else "". columns: what somebody
    said of its columns, which only goes with a source.
    """

    name: str
    content: bytes
    source: str = ""
    cohort: str = ""
    columns: Said = field(default_factory=dict)


@dataclass
class Candidate:
    """A recognised file and what is known of it so far.

    positions: {name of a column of the source: position in the file}. has_database: whether it is checked beside what is
    published. rows: typed and checked rows, once checked.
    cohorts: cohorts or school years of those rows, () for a source of one slice. frames: what the source converts rows to.
    """

    file: File
    report: Report
    table: Table
    source: Source
    positions: dict[str, int]
    has_database: bool = True
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    cohorts: tuple[str, ...] = ()
    frames: Tables = field(default_factory=dict)


def recognise_files(given: Iterable[File]) -> tuple[list[Report], list[Candidate]]:
    """A report for each file, and a candidate for each one that a source recognises."""
    reports, candidates = [], []
    for file in given:
        progress.stage(f"Lecture de «\u00a0{file.name}\u00a0»")
        report, candidate = recognise_file(file)
        reports.append(report)
        progress.checked(report, Step.READING)
        if candidate:
            candidates.append(candidate)
    return reports, candidates


def recognise_file(file: File, has_database: bool = True) -> tuple[Report, Candidate | None]:
    """The report of a file as far as it is read and recognised, and its candidate, None when it is refused here.

    has_database: whether the checks that need what is published will be made.
    """
    report = Report(file.name)
    try:
        table = read_table(file.name, file.content, scoring(ALL, file.source))
        report.sha256, report.reached = table.sha256, Step.HEADER
        files.check(table, report)
        source, positions = recognise(table, ALL, file.source, file.columns)
        report.number_columns = number_headers(table, source, positions)
        _add_remarks_on_reading(table, report)
    except Refusal as refusal:
        return _refused(report, refusal.finding), None
    except Exception as error:
        return _refused(report, Finding("erreur_imprevue", value=fault_of(error))), None
    report.source, report.stops = source.name, source.stops
    report.applies = applicable(source, has_database)
    report.counts["lues"] = len(table.cells)
    return report, Candidate(file, report, table, source, positions, has_database)


def _refused(report: Report, finding: Finding) -> Report:
    report.findings.append(finding)
    report.status = "non_reconnu" if finding.kind == "fichier_inconnu" else "refuse"
    return report


def _add_remarks_on_reading(table: Table, report: Report) -> None:
    if table.encoding in _ENCODINGS:
        report.add("encodage_ancien", value=_ENCODINGS[table.encoding])
    if table.sheet:
        report.add("autre_feuille", value=table.sheet)
    for sheet in table.left_out:
        report.add("feuille_laissee", value=sheet, subject=sheet)
    if table.repaired:
        report.add("encodage_double", value=table.repaired[0], expected=table.repaired[1])


def check(candidate: Candidate, reference: Reference) -> None:
    """Fill the rows and cohorts of a candidate, and its report; the status is "refuse" when a finding stops it."""
    progress.stage(f"Contrôle de «\u00a0{candidate.file.name}\u00a0»", len(candidate.table.cells))
    check_columns(candidate)
    progress.checked(candidate.report, Step.HEADER)
    check_rows(candidate, reference)
    progress.checked(candidate.report, Step.ROWS)
    progress.advance(len(candidate.table.cells))


def check_columns(candidate: Candidate) -> None:
    """Add to the report what its header says."""
    parts = candidate.table, candidate.source, candidate.positions, candidate.report
    check_header(*parts, candidate.file.columns)
    headers.check(*parts, candidate.file.columns)


def check_rows(candidate: Candidate, reference: Reference) -> None:
    """Fill the rows of a candidate whose header is right, and add to the report what they say."""
    report, source = candidate.report, candidate.source
    if not report.blocking:
        report.reached = Step.ROWS
        candidate.rows = _checked_rows(candidate, reference)
    if not report.blocking and candidate.rows.empty:
        report.add("fichier_vide")
    if report.blocking:
        report.status = "refuse"
        report.counts["refusees"] = report.counts["lues"]
        return
    report.counts["refusees"] = report.counts["lues"] - len(candidate.rows)
    if column := source.slice_column:
        candidate.cohorts = report.cohorts = tuple(sorted(candidate.rows[column.name].unique()))
        to_come = filter(is_to_come, candidate.cohorts) if column.kind is CellType.COHORT else ()
        for cohort in to_come:
            line = int(candidate.rows.index[candidate.rows[column.name] == cohort][0])
            report.add("millesime_a_venir", line, value=cohort.replace("_", "-"))


def _checked_rows(candidate: Candidate, reference: Reference) -> pd.DataFrame:
    """Typed and checked rows, with the cohort of the file's name where the rows do not give it."""
    source, report, file = candidate.source, candidate.report, candidate.file
    columns.check_texts(candidate.table, source, candidate.positions, report)
    if report.blocking:
        return candidate.rows
    rows = typed_rows(candidate.table, source, candidate.positions, report, reference)
    if column := source.slice_column:
        cohorts = rows[column.name]
        if (cohorts == "").any():
            cohort = file.cohort or slice_in(file.name, column.kind)
            if not cohort:
                report.add(_MISSING[column.kind])
                return rows
            rows[column.name] = cohorts.where(cohorts != "", cohort)
            told = cohort.replace("_", "-") + (_TOLD if file.cohort else _IN_THE_NAME)
            number = int((cohorts == "").sum())
            report.add("tranche_deduite", column=column.name, value=number, expected=told)
        elif file.cohort:
            rows = rows[cohorts == file.cohort]
    for checks in (columns, row_checks, places, renewals, secrecy):
        checks.check(rows, source, report, reference)
    rows = source.check(rows, report)
    resolved = resolve(rows, source, report, reference)
    # Without a nomenclature, no row is dropped because its code is in none.
    rows = resolved if candidate.has_database else rows
    # Only these read the attributes, and pandas would copy them at each later operation.
    rows.attrs.clear()
    return rows
