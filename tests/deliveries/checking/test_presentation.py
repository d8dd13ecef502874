"""What pages and files show of a report."""

import pytest

from deliveries.candidates import File
from deliveries.checking.presentation import CSV_HEADER, FIRST_LINES, Tick, csv_rows, present
from deliveries.checking.run import Run
from tests.deliveries.checking import tables


@pytest.fixture(scope="module")
def report():
    sheet = tables.cfa()
    for row in sheet.rows[:9]:
        row["Taux emploi 6 mois"] = "101"
    for row in sheet.rows:
        row["Part contrats apprentissage interrompus"] = "20"
    sheet.rows[12]["Libellé"] = "Lyc\ufffde"
    return Run(File(sheet.name, sheet.bytes())).finish().as_dict()


def found(shown):
    return {check.code: check for group in shown.groups for check in group.found}


def test_findings_come_by_group_with_what_to_do_and_the_first_lines(report):
    shown = present(report)
    check = found(shown)["pourcentage_hors_bornes"]
    assert (check.count, len(check.lines), check.more) == (9, FIRST_LINES, 9 - FIRST_LINES)
    assert check.guidance == "Corrigez le pourcentage à la source."
    assert check.guidance not in check.lines[0]
    assert check.lines[0].startswith("Ligne 2, colonne «\u00a0Taux emploi 6 mois\u00a0»")
    assert (shown.failures, shown.warnings, shown.status) == (1, 2, "echec")
    assert {group.code: group.status for group in shown.groups}["fichier"] == "avertissement"


def test_each_part_of_a_warning_is_ticked_under_a_key_of_its_own(report):
    assert present(report).ticks == (
        Tick("texte_abime", "", 1),
        Tick("valeurs_toutes_egales", "taux_rupture_contrats", 1),
    )
    assert [tick.key for tick in present(report).ticks] == [
        "texte_abime",
        "valeurs_toutes_egales:taux_rupture_contrats",
    ]


def test_checks_that_do_not_apply_say_why(report):
    others = {check.code: check.why for group in present(report).groups for check in group.others}
    assert others["code_inconnu"] == "Le contrôle demande les données publiées."
    assert others["annee_non_terminale"] == "Ce fichier n’est pas de ceux que le contrôle regarde."


def test_refused_file_says_which_checks_were_not_made():
    shown = present(Run(File("x.csv", b"couleur;taille\nbleu;4\n")).finish().as_dict())
    others = {check.code: check.why for group in shown.groups for check in group.others}
    assert others["uai_invalide"] == "Le fichier a été arrêté avant ce contrôle."
    assert list(found(shown)) == ["fichier_inconnu"]


def test_all_lines_are_downloaded_or_those_of_one_check(report):
    rows = list(csv_rows(report))
    assert len(rows) == len(report["constats"]) == 11
    assert all(len(row) == len(CSV_HEADER) for row in rows)
    assert {row[0] for row in csv_rows(report, "texte_abime")} == {"texte_abime"}


def test_report_of_the_journal_before_there_were_results(report):
    former = {key: value for key, value in report.items() if key != "controles"}
    former["constats"] = [
        {key: value for key, value in finding.items() if key not in {"attendu", "sujet"}}
        for finding in report["constats"]
    ]
    shown = present(former)
    assert (shown.failures, shown.warnings, shown.passed) == (1, 2, 0)
    assert len(list(csv_rows(former))) == 11


def test_report_in_another_language(report):
    words = {"Pourcentage hors de 0 à 100": "Percentage outside 0 to 100", "ligne": "row"}
    shown = present(report, lambda text: words.get(text, text))
    check = found(shown)["pourcentage_hors_bornes"]
    assert check.title == "Percentage outside 0 to 100"
    assert check.lines[0].startswith("Row 2,")
