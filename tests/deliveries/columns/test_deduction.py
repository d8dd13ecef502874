"""Columns that a file lacks, and that something else tells: never by a choice between two."""

import pandas as pd

from deliveries.checking.results import applicable
from deliveries.columns.deduction import deduced
from deliveries.report import Report
from deliveries.sources import ALL
from deliveries.sources.figures import DIPLOMA_OF_YEAR
from tests.deliveries.conftest import REGION_HEADER, REGION_ROWS
from tests.deliveries.converting import REFERENCE, converted, kinds

REGION = next(source for source in ALL if source.name == "ij_region_formation")


def region_without(*columns):
    """The school route's row of a file that lacks columns."""
    names, cells = REGION_HEADER.split(";"), REGION_ROWS[1].split(";")
    kept = [place for place, name in enumerate(names) if name not in columns]
    return "\n".join(";".join(line[place] for place in kept) for line in (names, cells)) + "\n"


def test_a_file_without_cfd_has_it_from_the_year_of_the_course_and_says_so():
    """The row of the school route is published as with the column."""
    whole = converted(region_without())[1]["outcome"]
    source, tables, report = converted(region_without("cfd"))

    assert (source.name, kinds(report)) == ("ij_region_formation", set())
    pd.testing.assert_frame_equal(tables["outcome"], whole)
    [told] = [finding.sentence for finding in report.findings if finding.kind == "code_deduit"]
    assert "Le code est déduit de «\u00a0mefstat11\u00a0» par N_MEF. Lignes\u00a0: 1." in told


def test_a_file_without_either_code_is_refused():
    report = converted(region_without("cfd"))[2]
    assert "colonne_absente" not in kinds(report)
    report = converted(region_without("cfd", "mefstat11"), source="ij_region_formation")[2]
    assert ("colonne_absente", "cfd") in {(finding.kind, finding.column) for finding in report.findings}


def rows_of(*codes):
    return pd.DataFrame({"cfd": "", "mefstat11": list(codes)}, index=range(2, 2 + len(codes)), dtype="str")


def test_a_code_with_two_answers_is_refused_with_its_sentence():
    """N_MEF gives two diplomas to 32710013401: the one that closes last was taken."""
    report = Report("x.csv", applies=applicable(REGION, has_database=True))
    rows = deduced(rows_of("32710013401", "23220022139"), DIPLOMA_OF_YEAR, report, REFERENCE)

    assert rows["cfd"].to_dict() == {3: "50022139"}
    [finding] = [finding for finding in report.findings if finding.kind == "code_a_plusieurs_reponses"]
    assert finding.sentence.startswith(
        "Ligne 2, colonne «\u00a0mefstat11\u00a0»\u00a0: «\u00a032710013401\u00a0» donne plusieurs codes, "
        "24113401 ou 32113401\u00a0: le portail ne choisit pas."
    )


def test_a_cohort_that_the_file_does_not_say_is_that_of_its_name():
    text = region_without("millesime")
    source, _, report = converted(text, "ij_region_formation_2021_2022.csv")

    assert source.name == "ij_region_formation"
    assert "colonne_absente" not in kinds(report)
