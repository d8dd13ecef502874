"""The official files kept beside the project, from end to end; skipped where they are absent."""

import csv
import time
from statistics import median

import pytest
from django.core.management import call_command
from django.test import Client

from establishments.models import School
from formations.models import CourseYear, Diploma
from inserjeunes_portal.caching import data_version
from inserjeunes_portal.search import find
from inserjeunes_portal.search_results import Asked
from stats.ingestion.publication import File, publish
from stats.ingestion.sources import ALL
from stats.models import Delivery, Outcome
from tests.inserjeunes_portal.relevance import WISHES, what_is_missing

pytestmark = pytest.mark.real_files
# Partner catalogues, InserSup and the other ACCE tables come with later issues.
NOT_RECOGNISED = {
    "affelnet_2020-05.csv",
    "listeFormationApprentissagePsup.csv",
    "ACCE_UAI_FILLE.csv",
    "ACCE_UAI_MERE.csv",
    "ACCE_UAI_SPEC.csv",
    "ACCE_UAI_ZONE.csv",
    "fr-esr-insersup_2025-02.json",
    "insersup_api_2025-04.json",
}
WITHOUT_A_REAL_FILE = {
    "catalogue_apprentissage",
    "inserjeunes_lycee_pro",
    "inserjeunes_lycee_pro_formation_fine",
    "inserjeunes_cfa_formation_fine",
}


@pytest.fixture(scope="module")
def reports(shared_data, django_db_setup, django_db_blocker):
    """Everything published once for the module, and removed after it."""
    paths = sorted(path for path in shared_data.rglob("*") if path.suffix in {".csv", ".json"})
    with django_db_blocker.unblock():
        yield {r.file: r for r in publish([File(path.name, path.read_bytes()) for path in paths])}
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def published(reports, db):
    return reports


def test_every_file_of_a_known_source_is_published(published):
    assert {name for name, report in published.items() if report.status == "non_reconnu"} == NOT_RECOGNISED
    assert {report.status for name, report in published.items() if name not in NOT_RECOGNISED} == {"publie"}
    assert {source.name for source in ALL} - {
        report.source for report in published.values()
    } == WITHOUT_A_REAL_FILE


def test_every_code_of_the_regional_figures_finds_its_diploma(published, shared_data):
    with (shared_data / "inserjeunes" / "ij_region_formation.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    cfds = {row["cfd"] for row in rows} - {""}
    mefs = {row["mefstat11"] for row in rows} - {""}

    assert (len(mefs), len(cfds)) == (598, 1402)
    assert Diploma.objects.filter(pk__in=cfds).count() == 1402
    assert CourseYear.objects.filter(pk__in=mefs, diploma__isnull=False).count() == 598
    assert Outcome.objects.filter(source="ij_region_formation", diploma=None).count() == 0


def test_figures_are_those_of_the_files(published):
    deliveries = Delivery.objects.filter(outcomes__isnull=False).distinct()
    assert sum(delivery.report["lignes"]["lues"] for delivery in deliveries) == Outcome.objects.count()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("coiffure", "Métiers de la coiffure"),
        ("mecanique auto", "Maintenance des véhicules"),
        ("cuisnie", "CAP Cuisine"),
    ],
)
def test_search_finds_the_right_diploma_first(published, query, words):
    results = Client().get("/recherche/", {"q": query}).context["results"]
    first = next(group for group in results.groups if group.kind == "formations").items[0].course

    assert words in first.label


def test_people_find_what_they_look_for(published, capsys):
    """Of the queries of tests/inserjeunes_portal/relevance.py, 95 % have what is wished for in the first three."""
    version = data_version()
    find(Asked("cuisine"), version)
    failures, durations = [], []
    for wish in WISHES:
        start = time.perf_counter()
        results = find(Asked(wish.query), version)
        durations.append(1000 * (time.perf_counter() - start))
        if missing := what_is_missing(wish, results):
            failures.append(f"{wish.query} : {missing}")
    rate = 1 - len(failures) / len(WISHES)
    with capsys.disabled():
        print(
            f"\npertinence : {rate:.1%} de {len(WISHES)} recherches, médiane {median(durations):.0f} ms, "
            f"la plus longue {max(durations):.0f} ms",
            *failures,
            sep="\n  ",
        )
    assert len(WISHES) >= 120
    assert rate >= 0.95, failures
    assert median(durations) < 50


def test_page_of_cap_cuisine_shows_the_figures_of_its_former_code(published):
    school = Client().get("/formations/cap-cuisine-50022146/", {"region": "11"}).text
    apprentices = (
        Client().get("/formations/cap-cuisine-50022146/", {"region": "11", "voie": "apprentissage"}).text
    )

    for page in (school, apprentices):
        assert "50022139" in page
        assert "Sur 10" in page
        assert "2019 et 2020" in page
    assert (
        School.objects.get(pk="0010001W").name
        in Client().get("/etablissements/x-0010001W/", follow=True).text
    )


def test_four_real_items_stand_side_by_side(published):
    tokens = ["50022146.pro.r11", "50022146.apprentissage.r53", "0010001W", "0010826T"]
    page = Client().get("/comparer/", {"e": tokens}).context["page"]

    assert [item.letter for item in page.items] == ["A", "B", "C", "D"]
    assert not page.problems
    assert all(item.figures["taux_emploi_6_mois"].is_shown for item in page.items)


def test_no_published_group_is_under_the_threshold(published):
    assert not Outcome.objects.filter(nb_annee_term__lt=20, taux_poursuite_etudes__isnull=False).exists()
    assert not Outcome.objects.filter(nb_sortant__lt=20, taux_emploi_6_mois__isnull=False).exists()
