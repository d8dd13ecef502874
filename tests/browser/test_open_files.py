"""The page of the whole-data files, on a phone and on a wide screen, and a download as a person makes it."""

import csv

import pytest

from api.files import files
from stats.models import Attribution
from tests.browser.test_accessibility import assert_accessible_and_contained, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


@pytest.fixture
def made(live_server, settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path / "opendata"
    return files.make()


@pytest.mark.parametrize("address", ["/donnees/", "/donnees/dictionnaire/"])
def test_page_of_the_files_is_accessible_and_contained(made, new_page, address):
    page = new_page("phone")
    page.goto(address)
    assert_accessible_and_contained(page)


def test_page_is_accessible_while_files_are_being_made(live_server, new_page, settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path / "opendata"
    page = new_page("phone")
    page.goto("/donnees/")
    page.get_by_text("leurs fichiers sont en préparation").wait_for()
    assert violations(page) == ""
    assert overflow(page) <= 0


def test_figures_are_downloaded_for_a_spreadsheet(made, new_page, tmp_path):
    page = new_page()
    page.goto("/plan-du-site/")
    page.get_by_role("link", name="Données à télécharger, en fichiers entiers").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Chiffres, CSV pour tableur").click()
    path = tmp_path / "chiffres.csv"
    download.value.save_as(path)

    assert download.value.suggested_filename == f"chiffres-tableur-{made}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines, delimiter=";"))) == Attribution.objects.count()
