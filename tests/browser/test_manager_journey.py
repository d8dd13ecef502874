"""A data manager's journey: deliver a file, read its report, accept its warnings, publish, see the page, take back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.revision import FILE, LINE, revised_file

pytestmark = pytest.mark.browser

SCHOOL = "/etablissements/lycee-professionnel-demonstration-du-port-0990001N/"


def changed_file(former, new):
    return {"name": FILE, "mimeType": "text/csv", "buffer": revised_file(former, new)}


def deliver(page, file):
    page.goto("/gestion/stats/delivery/")
    page.get_by_role("link", name="Livrer des fichiers").click()
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()


def accept_warnings(page):
    page.get_by_role("link", name=f"Les avertissements de {FILE}").click()
    boxes = page.get_by_label("J’ai vérifié, et j’accepte cet avertissement")
    for place in range(boxes.count()):
        boxes.nth(place).check()
        page.get_by_label("Motif").nth(place).fill("Vu avec le producteur")
    page.get_by_role("button", name="Enregistrer les cases et les motifs").click()
    page.get_by_role("link", name=re.compile("Dépôt n°")).click()


def employed_after_12_months(new_page):
    """What a family that opens the page of the school now reads."""
    page = new_page("phone")
    page.goto(SCHOOL)
    return page.locator(".figure-line", has_text="après 12 mois").locator("strong").first.inner_text()


def look_at_the_preview(page):
    """The page of the school in two frames, as it is and as it would be."""
    page.get_by_role("link", name="Aperçu : ce que verront les familles").click()
    row = page.get_by_role("row", name="12 mois après").first
    expect(row).to_contain_text("51\N{NO-BREAK SPACE}%")
    row.get_by_role("link", name="l’établissement").click()
    page.get_by_role("button", name="Préparer cette page").click()
    for side, figure in (("La page aujourd’hui", "48"), ("La page après la publication", "51")):
        frame = page.frame_locator(f"iframe[title='{side}']")
        line = frame.locator(".figure-line", has_text="après 12 mois").locator("strong").first
        expect(line).to_have_text(f"{figure}\N{NO-BREAK SPACE}%")
    page.get_by_role("link", name=re.compile("Dépôt n°")).click()


def test_changed_figure_is_published_then_taken_back(manager_page, new_page):
    assert employed_after_12_months(new_page) == "48\N{NO-BREAK SPACE}%"

    deliver(manager_page, changed_file(";48;;", ";51;;"))
    expect(manager_page.get_by_text("Le fichier peut être publié. Rien n’est publié encore.")).to_be_visible()
    expect(manager_page.get_by_role("row", name="modifiées")).to_have_text("modifiées 1", use_inner_text=True)
    # One figure moves: as many rows can be asked for as before.
    expect(manager_page.get_by_text("On pourra demander")).to_have_count(0)
    assert employed_after_12_months(new_page) == "48\N{NO-BREAK SPACE}%"

    look_at_the_preview(manager_page)
    accept_warnings(manager_page)
    manager_page.get_by_role("button", name="Publier", exact=True).click()
    expect(manager_page.get_by_text(f"« {FILE} » est publié.")).to_be_visible()
    assert employed_after_12_months(new_page) == "51\N{NO-BREAK SPACE}%"

    manager_page.get_by_role("link", name="Sa livraison, dans le journal").click()
    manager_page.get_by_role("link", name="Retirer cette livraison").click()
    manager_page.get_by_label("Motif").fill("Chiffre provisoire")
    manager_page.get_by_role("button", name="Retirer").click()
    expect(manager_page.get_by_text(f"« {FILE} » est retiré.")).to_be_visible()
    assert employed_after_12_months(new_page) == "48\N{NO-BREAK SPACE}%"


def test_refused_file_says_where_and_changes_nothing(manager_page, new_page):
    deliver(manager_page, changed_file(";48;;", ";148;;"))

    expect(manager_page.get_by_text("Le fichier est refusé. Rien n’a changé")).to_be_visible()
    expect(manager_page.get_by_text(f"Ligne {LINE}, colonne « taux_emploi_12_mois »")).to_be_visible()
    expect(manager_page.get_by_role("button", name="Publier")).to_have_count(0)
    assert employed_after_12_months(new_page) == "48\N{NO-BREAK SPACE}%"
