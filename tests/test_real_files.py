"""The official files kept beside the project, from end to end; skipped where they are absent."""

import csv

import pytest
from django.db import connection
from django.test import Client

from bench import second_reading
from deliveries.sources import ALL
from establishments.models import School, SchoolFeature, SchoolLink
from formations.models import CourseYear, Diploma
from search.engine import find
from search.results import SearchRequest
from stats.caching import data_version
from stats.indicators import Route
from stats.models import Attribution, Delivery, Outcome, Teaching
from tests.conftest import skip_loudly
from tests.contract.http_replay import differences_of_shape, platform_of, real_codes, with_codes
from tests.contract.test_http import CASES, FOLDER
from tests.search.relevance import WISHES, what_is_missing

pytestmark = [pytest.mark.real_files, pytest.mark.long]
WITHOUT_A_REAL_FILE = {
    "catalogue_apprentissage",
    "inserjeunes_cfa_niveau_formation",
    "inserjeunes_lycee_pro",
    "inserjeunes_lycee_pro_formation_fine",
    "inserjeunes_cfa_formation_fine",
    "inserjeunes_lycee_agricole_formation_fine",
    "ij_etablissement_formation",
    "bcn_n_diplome_sise",
    "insersup",
}
REGIONAL = "ij_region_formation.csv"
# What docs/donnees.md says.
COUNTED = {
    Diploma: 11_272,
    CourseYear: 10_066,
    School: 8_461,
    SchoolLink: 15,
    SchoolFeature: 6,
    Teaching: 71_330,
    Outcome: 77_254,
    Attribution: 158_359,
}


@pytest.fixture
def published(official, db):
    return official


def test_every_file_is_published(published):
    assert {file for file, _source, status in published if status not in {"publie", "inchange"}} == set()
    unread = {source.name for source in ALL} - {source for _file, source, _status in published}
    assert unread == WITHOUT_A_REAL_FILE


def test_the_tables_hold_the_same_on_both_databases(published):
    counts = {model: model.objects.count() for model in COUNTED}
    assert counts == COUNTED
    assert School.objects.exclude(latitude=None).count() == 7_259
    assert set(Diploma.objects.filter(kind=Diploma.Kind.SISE).values_list("pk", flat=True)) == {
        "2400074",
        "2500249",
    }


def test_every_code_of_the_regional_figures_finds_its_diploma(published, shared_data):
    with (shared_data / "inserjeunes" / REGIONAL).open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    cfds = {row["cfd"] for row in rows} - {""}
    mefs = {row["mefstat11"] for row in rows} - {""}

    assert (len(mefs), len(cfds)) == (598, 1402)
    assert Diploma.objects.filter(pk__in=cfds).count() == 1402
    assert CourseYear.objects.filter(pk__in=mefs, diploma__isnull=False).count() == 598
    assert Outcome.objects.filter(source="ij_region_formation", diploma=None).count() == 0


def test_figures_are_those_of_the_files(published):
    """Each row is a group, but for those of InserSup: it has a row for each date and each kind of student."""
    deliveries = Delivery.objects.filter(outcomes__isnull=False).distinct()
    of_inserjeunes = deliveries.exclude(source__startswith="insersup")
    read = sum(delivery.report["lignes"]["lues"] for delivery in of_inserjeunes)
    assert read == Outcome.objects.exclude(route=Route.HIGHER).count()
    assert Outcome.objects.filter(route=Route.HIGHER).count() == 2


def test_a_second_reading_finds_every_number_and_every_reason(published, shared_data):
    """Another reader, short and apart, traces each published number to its cell and back, and each hole to its cause."""
    with connection.cursor() as cursor:
        comparison = second_reading.check(shared_data / "inserjeunes", cursor)

    assert comparison.differences == []
    assert (comparison.groups, comparison.numbers, comparison.holes) == (77_252, 563_918, 1_102_482)


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
    """Of the queries of tests/search/relevance.py, 95 % have what is wished for in the first three."""
    version = data_version()
    failures = [
        f"{wish.query} : {missing}"
        for wish in WISHES
        if (missing := what_is_missing(wish, find(SearchRequest(wish.query), version)))
    ]
    rate = 1 - len(failures) / len(WISHES)
    with capsys.disabled():
        print(f"\npertinence : {rate:.1%} de {len(WISHES)} recherches", *failures, sep="\n  ")
    assert len(WISHES) >= 120
    assert rate >= 0.95, failures


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


@pytest.fixture(scope="module")
def transactional_db(official):
    """What the live server asks for, and would otherwise empty after the test."""


@pytest.fixture
def platform(live_server, django_db_blocker):
    if not CASES:
        skip_loudly(f"les cas enregistrés ({FOLDER.name}, ou CONTRACT_DIR) sont absents", is_required=False)
    with django_db_blocker.unblock(), platform_of(live_server.url.removeprefix("http://")) as ask:
        yield ask


def _misunderstood(platform, calls):
    """{address: what a client of the former API would not understand} of the (case, address) called."""
    found = {f"{case['id']} {url}": differences_of_shape(case, *platform(case, url)) for case, url in calls}
    return {name: differences for name, differences in found.items() if differences}


def test_exposition_answers_every_recorded_call_over_http(platform):
    assert _misunderstood(platform, [(case, case["request"]["url"]) for case in CASES]) == {}


def test_exposition_answers_recorded_calls_with_real_codes(platform):
    """The official files have figures in regions: these calls find some where the recorded ones did."""
    codes = real_codes()
    calls = [(case, url) for case in CASES if (url := with_codes(case["request"]["url"], *codes))]
    found = [(case, url) for case, url in calls if case["answer"]["status"] == 200]

    assert _misunderstood(platform, calls) == {}
    assert len(found) > 20
    assert {platform(case, url)[0] for case, url in found} == {200}
