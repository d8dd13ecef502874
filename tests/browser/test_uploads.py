"""A large file sent in pieces by a browser, whose network is cut in the middle."""

import re

import pytest
from playwright.sync_api import expect

from deliveries.desk import uploads

pytestmark = pytest.mark.browser

CONTENT = b"a;b\n" + b"1;2\n" * 700


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Its path: a browser knows it again by the moment when it was written."""
    monkeypatch.setattr(uploads, "PIECE_BYTES", 1000)
    path = tmp_path / "gros.csv"
    path.write_bytes(CONTENT)
    return path


def test_upload_goes_on_after_a_cut_and_after_a_reload(manager_page, file, complaints):
    page, offsets = manager_page, []
    page.on("request", lambda asked: offsets.append(asked.headers.get("upload-offset")))
    address = re.compile("/envois/.+")

    def cut(route):
        lost = route.request.headers.get("upload-offset") != "0"
        route.abort() if lost else route.continue_()

    page.route(address, cut)
    page.goto("/gestion/deliveries/submission/add/")
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()
    expect(page.get_by_text("La connexion est coupée. Nouvel essai dans 1 s")).to_be_visible()
    page.reload()
    expect(page.get_by_text("gros.csv (35 %)")).to_be_visible()

    page.unroute(address)
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()
    expect(page.get_by_role("heading", name="gros.csv")).to_be_visible()
    # The first piece went once.
    assert [offset for offset in offsets if offset][-2:] == ["1000", "2000"]
    assert [offset for offset in offsets if offset].count("0") == 1
    complaints.clear()


def test_file_over_the_ceiling_is_told_before_it_is_sent(manager_page, file, settings):
    settings.UPLOAD_MAX_BYTES = 2000
    page = manager_page
    page.goto("/gestion/deliveries/submission/add/")
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()
    expect(page.get_by_text(re.compile("Ces fichiers dépassent"))).to_be_visible()
