"""Files that remove much, or are older than what is published, wait for someone to confirm them."""

import pytest
from django.core.management import call_command

from deliveries.doubts import date_in
from deliveries.publication import File, publish
from establishments.uai import check_letter
from stats.models import Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, publish_as_read, published_for_all, upload

NUMBERS = [f"{990_001 + n:07d}" for n in range(9)]
ROWS = [CFA_ROWS[0].replace("0990001N", number + check_letter(number)) for number in NUMBERS]


@pytest.fixture(scope="module")
def published_once(django_db_setup, django_db_blocker):
    with published_for_all(django_db_blocker, File("cfa_2025-02.csv", csv(CFA_HEADER, *ROWS))):
        yield


@pytest.fixture
def published(published_once, db):
    """What each test changes is undone."""


def outcome_of(file, **options):
    [report] = publish([file], **options)
    return report.status, report.to_confirm


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (9, ("inchange", [])),
        (7, ("publie", [])),
        (6, ("a_confirmer", ["presque_tout_disparait"])),
        (1, ("a_confirmer", ["presque_tout_disparait"])),
    ],
)
def test_file_that_removes_a_third_of_the_rows_waits(published, cfa_file, kept, expected):
    assert outcome_of(cfa_file(*ROWS[:kept])) == expected
    assert Outcome.objects.count() == (kept if expected[0] == "publie" else 9)


def test_confirmed_file_is_published(published, cfa_file):
    assert outcome_of(cfa_file(ROWS[0]), confirmed=True) == ("publie", ["presque_tout_disparait"])
    assert Outcome.objects.count() == 1


def test_rows_under_other_schools_make_the_same_doubt(published, cfa_file):
    number = "0750001"
    rows = [CFA_ROWS[0].replace("0990001N", number + check_letter(number)), *ROWS[:5]]

    assert outcome_of(cfa_file(*rows)) == ("a_confirmer", ["presque_tout_disparait"])


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("attractivite_capacite_2025.csv", (2025,)),
        ("Kit_apprentissage_20240426.csv", (2024, 4, 26)),
        ("insersup_2025-02.json", (2025, 2)),
        ("depp-2022-etablissements-2022_2023-pro.csv", (2023,)),
        ("cfa.csv", ()),
    ],
)
def test_date_in_the_name_of_a_file(name, date):
    assert date_in(name) == date


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("cfa_2024-12.csv", "a_confirmer"),
        ("cfa_2024.csv", "a_confirmer"),
        ("cfa_2025.csv", "publie"),
        ("cfa_2025-03.csv", "publie"),
        ("cfa.csv", "publie"),
    ],
)
def test_file_whose_name_is_older_than_that_of_the_published_one_waits(published, cfa_file, name, status):
    revised = [ROWS[0].replace(";30;57;13;", ";31;57;12;"), *ROWS[1:]]

    assert outcome_of(cfa_file(*revised, name=name))[0] == status


def test_file_that_was_replaced_already_waits(published, cfa_file):
    former = cfa_file(*ROWS, name="cfa.csv")
    publish([cfa_file(ROWS[0].replace(";30;57;13;", ";31;57;12;"), *ROWS[1:], name="cfa-corrige.csv")])

    [report] = publish([former])

    assert report.status == "a_confirmer"
    assert "déjà été publié, puis remplacé par «\u00a0cfa-corrige.csv\u00a0»" in report.remarks[0].sentence


def test_file_without_a_date_that_is_published_waits(published, cfa_file):
    without = [row.rsplit(";", 1)[0] + ";" for row in ROWS]

    assert outcome_of(cfa_file(*without)) == ("a_confirmer", ["plus_ancien"])


def test_command_waits_for_its_confirm_option(published, tmp_path, capsys):
    path = tmp_path / "cfa.csv"
    path.write_bytes(csv(CFA_HEADER, ROWS[0]))

    with pytest.raises(SystemExit) as ending:
        call_command("ingest", str(path))
    told = capsys.readouterr().out
    call_command("ingest", str(path), confirm=True)

    assert ending.value.code == 1
    assert "À CONFIRMER, rien n’est publié" in told
    assert "Ce fichier retire 8 lignes publiées sur 9 (89\u00a0%) et 8 établissements sur 9" in told
    assert "relancez avec --confirm" in told
    assert Outcome.objects.count() == 1


def test_doubtful_file_waits_for_the_desk_to_accept_its_warnings(published, cfa_file, admin_client):
    page = upload(admin_client, cfa_file(ROWS[0]).content)
    [file] = page.context["submission"].files
    address = f"/gestion/deliveries/submission/{page.context['submission'].pk}/publier/"
    refused = admin_client.post(address, {"revision": page.context["submission"].revision}, follow=True)

    assert "presque_tout_disparait" in [one.key for one in admin_client.get(file.address).context["warnings"]]
    assert "publish" not in page.context["submission"].addresses
    assert "un avertissement de «\u00a0cfa.csv\u00a0» n’est pas accepté" in refused.text
    assert Outcome.objects.count() == 9
    assert "«\u00a0cfa.csv\u00a0» est publié." in publish_as_read(admin_client, page).text
    assert Outcome.objects.count() == 1
