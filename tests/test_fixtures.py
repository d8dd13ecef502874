"""The demonstration files: always the same, evidently fictional, accepted whole, with every state of a figure."""

import io
import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command

from establishments.models import School
from establishments.uai import fault
from fixtures.catalogue import COHORTS, DIPLOMAS, taught_in
from fixtures.generate import files
from fixtures.places import DEPARTEMENT, SCHOOLS
from stats.disclosure_control.primary import THRESHOLD
from stats.models import Outcome, Teaching
from stats.reasons import Reason

DEMO = settings.BASE_DIR / "fixtures" / "demo"


@pytest.fixture(scope="module")
def written():
    return {path.name: path.read_bytes() for path in sorted(DEMO.iterdir())}


def test_generating_again_gives_the_same_bytes(written):
    generated = files()
    assert sorted(generated) == sorted(written)
    assert [name for name in written if written[name] != generated[name]] == [], "python -m fixtures.generate"


def test_files_are_small_and_named_as_a_demonstration(written):
    assert all(name.startswith("demonstration-") for name in written)
    assert sum(map(len, written.values())) < 1_500_000


def test_every_uai_is_valid_and_fictional(written):
    text = b"\n".join(written.values()).decode("utf-8", errors="replace")
    uais = set(re.findall(r"(?<![\w])\d{7}[A-Z](?![\w])", text))
    assert uais == {school.uai for school in SCHOOLS}
    assert [uai for uai in uais if fault(uai) or not uai.startswith(DEPARTEMENT)] == []
    assert all("Démonstration" in school.name for school in SCHOOLS)


def test_catalogue_links_and_trades_hold_together():
    for diploma in DIPLOMAS.values():
        assert set(diploma.former + diploma.new) <= set(DIPLOMAS)
    assert all(taught_in(school.trades, school.is_cfa) for school in SCHOOLS)


def statuses(reports, expected):
    return {report["fichier"]: report["statut"] for report in reports if report["statut"] != expected}


def test_demonstration_is_published_whole(demonstration, db):
    assert statuses(demonstration, "publie") == {}
    assert {
        report["fichier"]: report["constats"] for report in demonstration if report["lignes"]["refusees"]
    } == {}


def test_demonstration_published_again_changes_nothing(demonstration, db, tmp_path):
    report = tmp_path / "rapport.json"
    call_command("ingest", str(DEMO), report=report, stdout=io.StringIO())
    assert statuses(json.loads(report.read_text(encoding="utf-8")), "inchange") == {}


def test_every_file_feeds_its_own_source(demonstration, db):
    sources = {report["fichier"].removeprefix("demonstration-"): report["source"] for report in demonstration}
    assert sources["fr-en-inserjeunes-lycee_pro.csv"] == "inserjeunes_lycee_pro"
    assert sources["fr-en-inserjeunes-cfa.csv"] == "inserjeunes_cfa"
    assert (
        sources["depp-2022-etablissements-2022_2023-apprentissage.csv"] == "depp_etablissements_apprentissage"
    )


def test_demonstration_holds_every_state_of_a_figure(demonstration, db):
    outcomes = Outcome.objects.filter(diploma__isnull=False)
    at_schools = outcomes.filter(school__isnull=False)
    assert set(Outcome.objects.values_list("cohort", flat=True)) == set(COHORTS)
    assert at_schools.values("school", "diploma").distinct().count() >= 200
    for reason in (
        Reason.TOO_FEW_PEOPLE,
        Reason.TOO_FEW_LEAVERS,
        Reason.NOT_MEASURED_YET,
        Reason.NOT_COVERED,
        Reason.NOT_APPLICABLE,
    ):
        assert at_schools.filter(reasons__contains=reason.value).exists(), reason
    for value in (0, 100):
        assert at_schools.filter(taux_emploi_6_mois=value).exists()
        assert at_schools.filter(taux_poursuite_etudes=value).exists()
    # The head-count of a confidential group may be known; what became of it never is.
    small = outcomes.filter(nb_annee_term__lt=THRESHOLD)
    assert small.exists()
    assert not small.exclude(nb_sortant=None, taux_poursuite_etudes=None, taux_emploi_6_mois=None).exists()


def test_demonstration_holds_every_kind_of_course(demonstration, db):
    with_figures = set(Outcome.objects.filter(diploma__isnull=False).values_list("diploma", flat=True))
    taught = set(Teaching.objects.values_list("diploma", flat=True))
    assert {"50022139", "01025507"} <= with_figures, "diplôme rénové, formation fermée"
    assert "50022146" in taught - with_figures, "diplôme neuf, avec les chiffres de l’ancien"
    assert "40025518" in taught - with_figures, "formation trop récente"
    assert "40033404" in taught, "seconde commune"
    site = School.objects.get(uai=next(school.uai for school in SCHOOLS if school.mother))
    assert Teaching.objects.filter(school=site).exists()
    assert not Outcome.objects.filter(school=site).exists(), "lieu de formation sans chiffres à lui"
