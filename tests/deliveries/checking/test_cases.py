"""Each check has a file in which it finds something, and one in which it finds nothing."""

import copy
from functools import cache
from pathlib import Path

import pytest

from deliveries.candidates import File
from deliveries.checking.check import Level
from deliveries.checking.registry import BY_CODE, CHECKS
from deliveries.checking.results import Status
from deliveries.checking.run import Run
from deliveries.source import Bounds
from tests.deliveries.checking import tables
from tests.deliveries.checking.cases import CASES
from tests.deliveries.checking.test_slices import CASES as OF_SLICES

NOT_FIGURES = (tables.directory, tables.diplomas, tables.register)
# These come with something that stops the file.
ACCOMPANIED = {"taux_impossible", "zeros_pour_nd"}
BOUNDS = {"establishments.School.name": Bounds(length=200)}
# What is tried where it happens.
ELSEWHERE = {
    "erreur_imprevue": "test_isolation.py",
    "voie_non_dite": "test_sources_apprenticeship_offers.py",
    "code_deduit": "columns/test_deduction.py",
    "code_a_plusieurs_reponses": "columns/test_deduction.py",
    "presque_tout_disparait": "test_doubts.py",
    "plus_ancien": "test_doubts.py",
    "remplace_aussitot": "test_publication.py",
    "avis_en_vigueur": "../test_figure_notices.py",
    **dict.fromkeys(
        (
            "code_inconnu",
            "commune_retrouvee",
            "commune_inconnue",
            "etablissement_sans_fiche",
            "codes_retires",
            "fiches_retirees",
            "libelles_changes",
        ),
        "checking/test_beside_codes.py",
    ),
    "couverture_qui_baisse": "checking/test_beside_codes.py",
    "groupes_deduits": "checking/test_beside_codes.py",
}


def report_of(case, spoil):
    sheet = _sheet(case.base)
    if spoil:
        spoil(sheet)
    file = File(sheet.name, sheet.bytes(), case.source, case.cohort, (spoil and case.columns) or {})
    return Run(file, BOUNDS).finish()


def _sheet(base):
    return copy.deepcopy(_made(base))


@cache
def _made(base):
    return base()


@cache
def results_of_right(base):
    return {result.check.code: result for result in Run(_file(base), BOUNDS)}


def _file(base):
    sheet = _made(base)
    return File(sheet.name, sheet.bytes())


def result_of(report, code):
    return next(result for result in report.results if result.check.code == code)


def test_every_check_has_its_pair():
    assert set(CASES) | set(OF_SLICES) | set(ELSEWHERE) == set(BY_CODE)
    assert len(CASES) + len(OF_SLICES) + len(ELSEWHERE) == len(CHECKS)


@pytest.mark.parametrize("code", ELSEWHERE)
def test_check_has_its_pair_elsewhere(code):
    words = {"couverture_qui_baisse": "check_coverage", "groupes_deduits": "tell_deduced_groups"}
    assert words.get(code, code) in (Path(__file__).parents[1] / ELSEWHERE[code]).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CASES)
def test_check_finds_what_is_wrong(code):
    report = report_of(CASES[code], CASES[code].spoil)
    result = result_of(report, code)
    is_of_figures = CASES[code].base not in NOT_FIGURES
    level = BY_CODE[code].level
    fails = level is Level.FAILURE or (level is Level.FAILURE_OF_FIGURES and is_of_figures)
    tells = Status.NOTE if level is Level.NOTE else Status.WARNING
    assert result.status is (Status.FAIL if fails else tells)
    assert bool(report.blocking) is fails or code in ACCOMPANIED
    assert BY_CODE[code].guidance in result.findings[0].sentence


@pytest.mark.parametrize("code", CASES)
def test_check_finds_nothing_in_what_is_right(code):
    case = CASES[code]
    result = result_of(report_of(case, case.right), code) if case.right else results_of_right(case.base)[code]
    assert result.status is Status.PASS


@pytest.mark.parametrize(
    "base", sorted({case.base for case in CASES.values()}, key=lambda base: base.__name__)
)
def test_right_files_are_right(base):
    results = results_of_right(base).values()
    found = {result.check for result in results if result.findings}
    assert {check.code for check in found if check.level is not Level.NOTE} <= {"colonne_inconnue"}
    assert len(results) == len(CHECKS)


def test_no_comparison_looks_at_rates_of_too_few_leavers():
    few = CASES["taux_de_trop_peu_de_sortants"]

    def absurd(sheet):
        few.spoil(sheet)
        sheet.rows[0] |= {"taux_emploi_6_mois": "97", "taux_poursuite_etudes": "90"}

    assert result_of(report_of(few, absurd), "taux_different_des_effectifs").status is Status.PASS
