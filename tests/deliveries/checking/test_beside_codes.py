"""The checks of codes, places and coverage beside what is published, without a database."""

from types import SimpleNamespace

import pandas as pd
import pytest

from deliveries.beside_published import check_coverage, check_schools, tell_deduced_groups
from deliveries.candidates import File, check_columns, check_rows, recognise_file
from deliveries.checking import codes_kept
from deliveries.checking.registry import BY_CODE
from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources import ALL
from tests.deliveries.checking import tables
from tests.deliveries.checking.tables import cell

BY_NAME = {source.name: source for source in ALL}
MAPPINGS = {
    "region.name": {"ile de france": "region-11"},
    "commune.place": {f"3500{n + 1}": (f"Commune{n}", "departement-035", 48.1, -1.6) for n in range(6)},
    "commune.named": {(f"commune{n}", "departement-035"): f"3500{n + 1}" for n in range(6)},
}


def checked(sheet, known=None):
    """The candidate of a file, checked beside these published codes."""
    _report, candidate = recognise_file(File(sheet.name, sheet.bytes()))
    check_columns(candidate)
    everything = {name: set() for name in ("region", "diploma", "course_year", "school")}
    check_rows(candidate, Reference(everything | (known or {}), MAPPINGS))
    return candidate


def spoiled(base, spoil):
    sheet = base()
    spoil(sheet)
    return sheet


def codes_of(report):
    return {finding.kind for finding in report.findings}


def test_code_of_no_nomenclature():
    sheet = tables.orion()
    known = {"region": {"11"}, "diploma": {"50022139", "40022106"}}
    assert "code_inconnu" in codes_of(checked(sheet).report)
    assert "code_inconnu" not in codes_of(checked(sheet, known).report)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (cell("Code_commune", "99999"), "commune_retrouvee"),
        (
            lambda sheet: sheet.rows[0].update({"Code_commune": "99999", "Nom_commune": "Ailleurs"}),
            "commune_inconnue",
        ),
    ],
)
def test_commune_that_is_not_known(spoil, code):
    assert code in codes_of(checked(spoiled(tables.directory, spoil)).report)
    assert code not in codes_of(checked(tables.directory()).report)


def test_school_that_no_list_has():
    schools = {row["UAI"] for row in tables.cfa().rows}
    for known, expected in ((schools, 0), (schools - {tables.uai(0)}, 1)):
        candidate = checked(tables.cfa())
        check_schools(candidate, known)
        found = [f.value for f in candidate.report.findings if f.kind == "etablissement_sans_fiche"]
        assert found == [tables.uai(0)] * expected


def kept(name, former, rows, figures_of):
    report = Report("x.csv", applies=dict.fromkeys(BY_CODE, ""))
    codes_kept.check(rows, former, BY_NAME[name], figures_of, report)
    return [(finding.kind, finding.value, finding.expected) for finding in report.findings]


def test_newer_table_drops_codes_that_have_figures():
    former = pd.DataFrame({"formation_diplome": ["A", "B", "C"]})
    for codes, expected in ((["A"], [("codes_retires", "1", "7")]), (["A", "B"], [])):
        rows = pd.DataFrame({"formation_diplome": codes})
        assert kept("bcn_n_formation_diplome", former, rows, {"B": 7}) == expected


def test_newer_list_drops_schools_that_have_figures():
    former = pd.DataFrame({"numero_uai": ["A", "B", "C"]})
    for codes, expected in ((["A"], [("fiches_retirees", "1", "3")]), (["A", "B"], [])):
        assert kept("cfa_uai", former, pd.DataFrame({"numero_uai": codes}), {"B": 7}) == expected


def test_labels_that_nearly_all_change():
    codes = [f"{number:08d}" for number in range(20)]
    former = pd.DataFrame({"formation_diplome": codes, "libelle_long_200": codes})
    for changed, expected in ((15, [("libelles_changes", "15", "20")]), (5, [])):
        labels = ["autre"] * changed + codes[changed:]
        rows = pd.DataFrame({"formation_diplome": codes, "libelle_long_200": labels})
        assert kept("bcn_n_formation_diplome", former, rows, {}) == expected


def of_figures():
    report = Report("x.csv", applies=dict.fromkeys(BY_CODE, ""), number_columns=frozenset())
    return SimpleNamespace(report=report)


@pytest.mark.parametrize(("after", "is_told"), [(980, True), (995, False), (1200, False)])
def test_coverage_that_falls(after, is_told):
    candidate = of_figures()
    check_coverage([candidate], 1000, after)
    assert [(f.value, f.expected) for f in candidate.report.findings] == [(str(after), "1000")] * is_told


@pytest.mark.parametrize("certain", [0, 3])
def test_small_groups_that_published_totals_give_away(certain):
    candidate = of_figures()
    candidate.report.disclosure = SimpleNamespace(certain=certain, confidential=40)
    tell_deduced_groups(candidate)
    assert [finding.value for finding in candidate.report.findings] == ["3"] * bool(certain)
