"""Cells of every written form: cohorts and numbers, within what the fields that hold them can hold."""

from datetime import date

import pandas as pd
import pytest

from deliveries.cells import cohort_code, cohort_in, converted, is_to_come
from deliveries.report import Report
from deliveries.source import Bounds, CellType, Column

NEXT_YEAR = date.today().year + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023", "2023"),
        ("2023.0", "2023"),
        ("cumul 2022-2023", "2022_2023"),
        ("Cumul 2022 - 2023", "2022_2023"),
        ("2022_2023", "2022_2023"),
        ("2022–2023", "2022_2023"),
        ("2022−2023", "2022_2023"),
        ("2022/2023", "2022_2023"),
        ("2022-23", "2022_2023"),
        ("2022/23", "2022_2023"),
        ("2022,2023", "2022_2023"),
        ("cohortes 2022 et 2023", "2022_2023"),
        ("sortants en 2023", "2023"),
        ("année scolaire 2022-2023", "2022_2023"),
        # The years do not follow one another.
        ("cumul 2023-2022", ""),
        ("2022-2022", ""),
        ("2021-2023", ""),
        ("2021-2022-2023", ""),
        ("2022-24", ""),
        ("2099", ""),
        ("2098-2099", ""),
        ("01/09/2028", ""),
        ("2022-09", ""),
        ("2022-09-01", ""),
        ("1998-1999", ""),
        ("", ""),
        ("l’an dernier", ""),
        ("20222023", ""),
        ("2022.5", ""),
    ],
)
def test_cohort_in_any_written_form_or_none(text, code):
    assert cohort_code(text) == code


def test_cohort_of_the_next_years_is_to_come():
    assert is_to_come(cohort_code(str(NEXT_YEAR)))
    assert not is_to_come(cohort_code(str(NEXT_YEAR - 1)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("depp-2022-etablissements-2019_2020-apprentissage.csv", "2019_2020"),
        ("ij-2019-2020.csv", "2019_2020"),
        ("ij-2020_2019.csv", ""),
        ("export_20240426.csv", ""),
    ],
)
def test_cohort_in_the_name_of_a_file(name, code):
    assert cohort_in(name) == code


def read(text, kind, bounds=None, **fields):
    """(value, kinds of findings, whether the row is lost) of one cell."""
    report, faulty = Report("x.csv"), set()
    cells = pd.Series([text], index=[7], dtype="str")
    values = converted(cells, Column("x", (), kind, **fields), "X", report, faulty, bounds or Bounds())
    assert all(finding.line == 7 and finding.column == "X" for finding in report.findings)
    return values.loc[7], [finding.kind for finding in report.findings], bool(faulty)


SMALL = Bounds(0, 32_767, is_whole=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("45", 45),
        ("45.0", 45),
        ("45,0", 45),
        (" 45\u00a0% ", 45),
        ("1\u202f250", 1250),
        ("1 250", 1250),
        ("+8", 8),
        ("\u22124", -4),
        ("–4", -4),
        ("‑4", -4),
        ("- 4", -4),
    ],
)
def test_number_in_its_written_forms(text, value):
    assert read(text, CellType.NUMBER) == (value, [], False)


@pytest.mark.parametrize("text", ["", "nd", "ND", "na", "n.d.", "ns", "-", "–", "—", "."])
def test_what_stands_for_no_number_is_missing(text):
    value, findings, is_lost = read(text, CellType.PERCENT)

    assert (pd.isna(value), findings, is_lost) == (True, [], False)


@pytest.mark.parametrize(
    "text",
    ["inf", "-inf", "Infinity", "nan", "1e5", "0x10", "1_000", "12a", "1.2.3", "--4", "beaucoup", "4-5"],
)
@pytest.mark.parametrize("kind", [CellType.INTEGER, CellType.NUMBER, CellType.PERCENT])
def test_what_is_no_number_is_told_whatever_a_library_makes_of_it(text, kind):
    value, findings, is_lost = read(text, kind)

    assert (pd.isna(value), findings, is_lost) == (True, ["nombre_invalide"], True)


@pytest.mark.parametrize(
    ("text", "kind", "fields", "bounds", "finding"),
    [
        ("101", CellType.PERCENT, {}, SMALL, "pourcentage_hors_bornes"),
        ("-1", CellType.PERCENT, {}, SMALL, "pourcentage_hors_bornes"),
        ("45.6", CellType.PERCENT, {}, SMALL, "nombre_non_entier"),
        ("45,6", CellType.INTEGER, {}, SMALL, "nombre_non_entier"),
        ("-1", CellType.INTEGER, {}, None, "nombre_hors_bornes"),
        ("32768", CellType.INTEGER, {}, SMALL, "nombre_hors_bornes"),
        ("9" * 400, CellType.INTEGER, {}, SMALL, "nombre_hors_bornes"),
        ("99999999999", CellType.INTEGER, {}, None, "nombre_hors_bornes"),
        ("99", CellType.NUMBER, {"within": (-12, 12)}, Bounds(-32_768, 32_767, True), "nombre_hors_bornes"),
        ("-13", CellType.NUMBER, {"within": (-12, 12)}, Bounds(-32_768, 32_767, True), "nombre_hors_bornes"),
        ("7.5", CellType.NUMBER, {"within": (-12, 12)}, Bounds(-32_768, 32_767, True), "nombre_non_entier"),
        ("9" * 9, CellType.TEXT, {}, Bounds(length=8), "texte_trop_long"),
        ("É" * 9, CellType.CODE, {}, Bounds(length=8), "texte_trop_long"),
    ],
)  # fmt: skip
def test_what_the_field_cannot_hold_is_told_with_its_place(text, kind, fields, bounds, finding):
    _, findings, is_lost = read(text, kind, bounds, **fields)

    assert (findings, is_lost) == ([finding], True)
