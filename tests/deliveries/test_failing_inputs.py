"""Files that used to be misread, kept beside the project: each comes out as it should on the demonstration.

Most are only checked, which is what decides; those whose fault lies beyond the checks go through a dry run.
"""

import re

import pytest

from deliveries.candidates import check, recognise_files
from deliveries.publication import File, publish
from deliveries.reference_tables import build, territories
from stats.reasons import Reason, reason_at
from tests import databases
from tests.conftest import skip_loudly

INPUTS = databases.OFFICIAL_FILES.parent / "inputs"
# The kind of finding, its line, and words of its sentence; the file is refused, unless its status is named.
REFUSED = {
    "04c": ("millesime_invalide", 2, "n’est pas une cohorte"),
    "04d": ("millesime_invalide", 2, "deux qui se suivent"),
    "05a": ("nombre_invalide", 2, "n’est pas un nombre"),
    "05b": ("nombre_hors_bornes", 2, "de −12 à 12"),
    "05d": ("nombre_hors_bornes", 2, "de −12 à 12"),
    "05f": ("nombre_non_entier", 2, "doit être un nombre entier"),
    "05h": ("nombre_invalide", 2, "n’est pas un nombre"),
    "06a": ("code_vide", 2, "le code est vide"),
    "06b": ("code_vide", 2, "le code est vide"),
    "13a": ("archive_illisible", None, "C’est un classeur"),
    "13c": ("autre_nature", None, "C’est une page web"),
    "14a": ("caractere_interdit", 2, "U+0000"),
}
REMARKED = {
    "04a": ("millesime_a_venir", 2, "2028-2029"),
    "05i": ("nombre_hors_bornes", 2, "hors de l’intervalle de 0"),
    "08a": ("code_retouche", 2, "01000"),
    "08b": ("commune_inconnue", 2, "Ajaccio"),
    "08d": ("commune_inconnue", 2, "Pignols"),
    "09a": ("position_invraisemblable", 2, "loin de sa commune"),
    "11a": ("encodage_ancien", None, "CP850"),
    "11b": ("encodage_double", None, "est lu «\u00a0Lycée\u00a0»"),
    "11d": ("encodage_ancien", None, "CP850"),
    "16-": ("departement_inconnu", 2, "aucun département n’a le numéro 000"),
}


@pytest.fixture(scope="module")
def reference(demonstration, django_db_blocker):
    with django_db_blocker.unblock():
        return build.load()


def delivered(number):
    """The file whose name begins with this number, under its official name."""
    if not INPUTS.is_dir():
        skip_loudly("les fichiers fautifs (../shared/inputs, ou SHARED_DIR) sont absents", is_required=False)
    [path] = INPUTS.glob(f"{number}*")
    return File(re.sub(r"^\d+[a-z]?-", "", path.name), path.read_bytes())


def checked(number, reference):
    [report], candidates = recognise_files([delivered(number)])
    for candidate in candidates:
        check(candidate, reference)
    return report, candidates


def converted(number, reference, target):
    report, [candidate] = checked(number, reference)
    assert not report.is_refused, report.as_dict()
    if target == "school" and candidate.source.schools:
        return candidate.source.schools(candidate.rows, reference)
    return candidate.source.convert(candidate.rows, reference)[target]


@pytest.mark.parametrize("number", REFUSED | REMARKED)
def test_fault_is_told_with_its_place(number, reference):
    kind, line, words = (REFUSED | REMARKED)[number]

    report, _ = checked(number, reference)

    assert report.is_refused == (number in REFUSED)
    finding = next(finding for finding in report.findings if finding.kind == kind)
    assert finding.line == line
    assert words in finding.sentence


@pytest.mark.parametrize("number", ["04a", "04b", "05e"])
def test_cohort_of_next_years_is_read_in_full_and_waits_for_a_confirmation(number, reference):
    report, _ = checked(number, reference)

    assert (report.cohorts, report.to_confirm) == (("2028_2029",), ["millesime_a_venir"])


def test_typographic_minus_is_a_minus(reference):
    assert converted("05e", reference, "outcome")["valeur_ajoutee_6_mois"].iloc[0] == -4


def test_single_blank_header_after_the_rate_is_the_rate_at_12_months(reference):
    outcomes = converted("01a", reference, "outcome")

    assert set(outcomes["cohort_id"]) == {"2019_2020"}
    assert list(outcomes["taux_emploi_12_mois"]) == [69, 78]


def test_places_in_bts_find_their_diploma_through_the_year_of_the_course(reference):
    assert list(converted("02-", reference, "teaching")["diploma"]) == ["32033422", "32031213"]


def test_year_of_the_places_is_that_of_the_name_of_the_file(reference):
    assert set(converted("03-", reference, "teaching")["year"]) == {2026}


@pytest.mark.parametrize(
    ("number", "commune", "postal_code"),
    [("08a", "01053", "01000"), ("08d", "63266", "63270"), ("09a", "99006", "99060")],
)
def test_damaged_codes_of_a_school_are_repaired_and_its_wrong_position_left_out(
    number, commune, postal_code, reference
):
    school = converted(number, reference, "school").iloc[0]

    assert (school["commune"], school["postal_code"]) == (commune, postal_code)
    assert school[["latitude", "longitude"]].isna().all()


@pytest.mark.parametrize(("number", "region"), [("10-reunion", "region-04"), ("10-centre", "region-24")])
def test_region_is_known_under_the_name_of_the_file(number, region, reference):
    assert set(converted(number, reference, "school")["region_key"]) == {region}


@pytest.mark.parametrize(
    ("number", "name"),
    [("11a", "Lycée privé Bérard"), ("11b", "Lycée privé Bérard"), ("11d", "Démonstration")],
)
def test_accents_are_those_that_were_written(number, name, reference):
    assert name in converted(number, reference, "school")["name"].iloc[0]


def test_figure_that_the_source_says_not_applicable_is_so(reference):
    outcome = converted("12a", reference, "outcome").iloc[0]

    assert reason_at(outcome["reasons"], "taux_emploi_6_mois") is Reason.NOT_APPLICABLE


def test_former_commune_of_the_same_code_keeps_its_name(reference):
    communes = {"insee_communes": {"commune": converted("15-", reference, "commune")}}

    names = next(
        table for table in territories.tables(communes, reference) if table.model.endswith("CommuneName")
    )

    assert ("Vieuxport-sur-Essai", "99001") in set(names.rows.itertuples(index=False, name=None))


def test_file_that_was_cut_asks_for_a_confirmation_before_its_rows_vanish(demonstration, db):
    [report] = publish([delivered("07-")])
    [dry_run] = publish([delivered("07-")], dry_run=True)
    [confirmed] = publish([delivered("07-")], confirmed=True)

    assert (report.status, report.delivery, report.to_confirm) == (
        "a_confirmer",
        None,
        ["presque_tout_disparait"],
    )
    assert (dry_run.status, dry_run.to_confirm) == ("a_publier", ["presque_tout_disparait"])
    assert "9 lignes publiées sur 18 (50\u00a0%) et 9 établissements sur 18" in report.remarks[0].sentence
    assert confirmed.status == "publie"


def test_line_that_says_the_separator_is_skipped(reference):
    report, [candidate] = checked("13d", reference)

    assert (report.status, report.cohorts) == ("", ("2018_2019",))
    assert candidate.rows.index[0] == 3
