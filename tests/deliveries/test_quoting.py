"""No message of an ingestion holds a number of a small group: every source of figures, every column, every fault."""

from itertools import count

import pandas as pd
import pytest
from django.db import DatabaseError, connection

from deliveries.candidates import File, check, recognise_files
from deliveries.loading import insert
from deliveries.quoting import without_numbers
from deliveries.source import CellType
from deliveries.sources import ALL
from establishments.uai import check_letter
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Outcome
from tests.deliveries.converting import REFERENCE
from tests.deliveries.test_sources_figures import WITH_COUNTS

SOURCES = [source for source in ALL if source.has_cohorts]
NUMBERS = {CellType.INTEGER, CellType.NUMBER, CellType.PERCENT}
# A small group in two tellings: whatever its row holds, no message may depend on it.
TELLINGS = (
    {GROUP_SIZE: "17", "nb_poursuite_etudes": "13", "nb_sortant": "4", "other": 31},
    {GROUP_SIZE: "16", "nb_poursuite_etudes": "9", "nb_sortant": "7", "other": 51},
)
# What slips into a cell of the row, made from one of its numbers.
FAULTS = (
    *(
        "1{0}",
        "-{0}",
        "\u2212{0}",
        "{0},5",
        "{0}.0",
        "{0}.5",
        "{0} élèves",
        "{0}**",
        "{0} %",
        "{0} / 3",
        "<{0}",
    ),
    *("{0}e9", "{0}", "00{0}", "{0}9", "{0}?", "é{0}", "\x01{0}", "CFA {0}"),
)
# What recognition reads to tell sources apart: with a fault, the file is of none.
READ_TO_RECOGNISE = {"annee", "perimetre"}
RIGHT = {"voie": "scolaire", "perimetre": "ensemble", "ensemble": "", "valeur_ajoutee_6_mois": "3"}
CODES = {"diploma": "50022139", "course_year": "23220022139", "region": "11"}
AGRICULTURAL = {"mefstat11": "23832021001"}


def columns_of(source):
    """The files of the DEPP have their cohort in their name alone."""
    is_depp = source.name.startswith("depp")
    return [column for column in source.columns if not (is_depp and column.name == "annee")]


def row_of(source, telling, number):
    """A row with every cell right: {column: cell}."""
    digits, others = f"{990000 + number:07d}", count(telling["other"])
    of_kind = {
        CellType.UAI: digits + check_letter(digits),
        CellType.COHORT: "2021_2022",
        CellType.TEXT: "Texte",
    }
    cells = {}
    for column in columns_of(source):
        if column.kind in NUMBERS:
            number = "3" if column.name in COUNTS else str(next(others))
            cells[column.name] = telling.get(column.name, number)
        else:
            cells[column.name] = of_kind.get(column.kind) or CODES.get(column.refers, "")
    right = RIGHT | (AGRICULTURAL if "agricole" in source.name else {})
    if {"cfd", "mefstat11"} <= set(cells):
        right |= {"mefstat11": ""}
    return cells | {name: cell for name, cell in right.items() if name in cells}


def file_of(source, telling):
    """A file with one row for each column and each fault in it."""
    lines, number = [], count(1)
    for column in columns_of(source):
        if source.name.startswith("depp") and column.name in READ_TO_RECOGNISE:
            continue
        for fault in FAULTS:
            cells = row_of(source, telling, next(number))
            cells[column.name] = fault.format(telling[GROUP_SIZE])
            lines.append(";".join(cells.values()))
    header = ";".join(column.name for column in columns_of(source))
    return File("fichier-2021_2022.csv", "\n".join([header, *lines, ""]).encode(), source.name)


def findings_of(file):
    [report], candidates = recognise_files([file])
    for candidate in candidates:
        check(candidate, REFERENCE)
    return report.as_dict()["constats"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_message_depends_on_a_number_of_a_small_group(source):
    one, other = (findings_of(file_of(source, telling)) for telling in TELLINGS)

    assert len(one) > len(FAULTS) * 4
    assert one == other


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (
            ["a;2021_2022;10;11;0350053T;scolaire;50022139;;;{0};5;5;5;5;3;4;50;50;50;50;40;2"] * 2,
            "fichier_inconnu",
        ),
        ([WITH_COUNTS.strip() + ";{0};4", "a" + ";" * 23], "colonne_inconnue"),
        (['["{0}", 4'], "json_illisible"),
        ([WITH_COUNTS.strip(), "a;2021_2022;10;11;0350053T;{0};\x00é{0}"], "encodage"),
        ([WITH_COUNTS.strip(), "a;2021_2022;{0}"], "fichier_tronque"),
        ([WITH_COUNTS.strip(), "a;" * 30 + "{0}"], "ligne_trop_longue"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_message_on_a_file_as_a_whole_holds_a_number_of_its_rows(lines, kind):
    one, other = (
        findings_of(File("x.csv", "\n".join(lines).replace("{0}", number).encode("latin-1")))
        for number in ("17", "16")
    )

    assert kind in {finding["sorte"] for finding in one}
    assert one == other
    assert "17" not in str(one)


@pytest.mark.parametrize(
    "text",
    [
        "0990002P",
        "990002P",
        "50022139",
        "46X32301",
        "23220022139.0",
        "cumul 2021-2022",
        "2021-22",
        "0010006B",
    ],
)
def test_codes_and_years_are_quoted(text):
    assert without_numbers(text) == text


@pytest.mark.parametrize(
    "text", ["17", "17.0", "17,5", "-17", "17 %", "17**", "00000017", "1 234", "17e9", "A17"]
)
def test_numbers_are_not(text):
    assert not any(digit in without_numbers(text) for digit in "1234567")


@pytest.mark.parametrize("size", ["17", ""])
@pytest.mark.parametrize(
    "source",
    [s for s in SOURCES if GROUP_SIZE in {c.name for c in s.columns}],
    ids=lambda source: source.name,
)
def test_no_converter_keeps_a_number_of_a_small_group(source, size):
    telling = TELLINGS[0] | {GROUP_SIZE: size}
    cells = row_of(source, telling, 1)
    content = "\n".join([";".join(cells), ";".join(cells.values()), ""]).encode()
    _reports, [candidate] = recognise_files([File("x.csv", content, source.name)])
    check(candidate, REFERENCE)

    # That a small group tells something is said; what it tells is not.
    assert {finding.kind for finding in candidate.report.findings} - {"colonne_vide"} == {
        "groupe_secret_montre"
    }
    table = source.convert(candidate.rows, REFERENCE)["outcome"]
    assert len(table) == 1
    assert table[[*COUNTS, *FIGURES]].isna().all(axis=None)


def test_fault_of_the_database_does_not_quote_the_row(db):
    row = dict.fromkeys((*COUNTS, *FIGURES)) | {GROUP_SIZE: 17, "nb_sortant": 4}
    with pytest.raises((DatabaseError, connection.Database.Error)) as caught:
        insert(Outcome, pd.DataFrame([row | {"source": "x", "route": "pro", "reasons": "P" * len(FIGURES)}]))

    assert "17" not in str(caught.value)
    assert caught.value.__suppress_context__
