"""The whole life of the official figures at the desk, by two people in Chromium, from the first cohort to a withdrawn figure."""

import re
from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django_otp.oath import totp
from playwright.sync_api import expect

from accounts.roles import APPROVER, PREPARER
from api.files import files
from api.models import ApiKey
from establishments.models import School
from stats.links import school_address
from tests.accounts.people import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.real_files, pytest.mark.long]

FILES = (
    "depp-2022-etablissements-2018_2019-apprentissage.csv",
    "depp-2022-etablissements-2018_2019-pro.csv",
    "depp-2022-etablissements-2020_2021-apprentissage.csv",
    "depp-2022-etablissements-2020_2021-pro.csv",
    "depp-2022-etablissements-2021_2022-pro.csv",
    "depp-2022-etablissements-2022_2023-apprentissage.csv",
    "depp-2022-etablissements-2022_2023-pro.csv",
)
# The first column of the last file, as if its producer had left it without a name.
NAMED, NAME = FILES[-1], "n°UAI de l'établissement"
SCHOOL = "0010001W"
SENTENCE = "Le lycée et le ministère vérifient ce chiffre."
PATIENCE = 600_000


def signed_in(new_page, user):
    """A page of somebody who has just signed in, second factor included where the role asks for one."""
    page = new_page("wide")
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto("/gestion/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    page.wait_for_load_state()
    if page.locator(".secret").count():
        secret = page.locator(".secret").inner_text().replace(" ", "")
        page.locator("#id_code").fill(f"{totp(b32decode(secret)):06}")
        page.get_by_role("button", name="Vérifier").click()
        page.get_by_role("link", name="J’ai gardé ces codes").click()
    page.locator("#user-tools").wait_for()
    return page


@pytest.fixture
def preparer(new_page, transactional_db):
    user = person(PREPARER, "prepare@example.org")
    yield signed_in(new_page, user)
    user.delete()


@pytest.fixture
def approver(new_page, transactional_db):
    user = person(APPROVER, "approuve@example.org")
    yield signed_in(new_page, user)
    User.objects.filter(pk=user.pk).delete()


def deliver(page, file):
    page.goto("/gestion/stats/delivery/")
    page.get_by_role("link", name="Livrer des fichiers").click()
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()
    page.locator(".desk-state").wait_for()


def name_the_blank_column(page):
    page.get_by_role("link", name="Dire ce que sont les colonnes").click()
    page.get_by_label("Source").select_option("depp_etablissements_pro")
    page.get_by_role("button", name="Voir les colonnes de cette source").click()
    uai = page.locator("select[name='colonne uai']")
    [option] = [one for one in uai.locator("option").all_inner_texts() if re.match(r"n°\s1\b", one)]
    uai.select_option(label=option)
    page.get_by_label("Garder pour les prochains fichiers").fill("Colonne UAI sans nom")
    page.get_by_role("button", name="Enregistrer et contrôler de nouveau").click()
    page.locator(".desk-state").wait_for()


def accept_warnings(page, file):
    link = page.get_by_role("link", name=f"Les avertissements de {file}")
    if not link.count():
        return
    link.click()
    page.get_by_role("button", name="Enregistrer les cases et les motifs").wait_for()
    boxes = page.get_by_label("J’ai vérifié, et j’accepte cet avertissement")
    for place in range(boxes.count()):
        boxes.nth(place).check()
        page.get_by_label("Motif").nth(place).fill("Vu avec le producteur")
    page.get_by_role("button", name="Enregistrer les cases et les motifs").click()
    page.get_by_role("link", name=re.compile("Dépôt n°")).first.click()


def publish(preparer, approver, file):
    """The preparer asks, the other reads the preview, agrees and publishes."""
    preparer.get_by_role("button", name="Demander l’accord").click()
    preparer.locator(".desk-state").wait_for()
    approver.goto(preparer.url)
    approver.get_by_role("link", name="Aperçu").click()
    expect(approver.get_by_role("heading", level=1)).to_contain_text("Aperçu")
    approver.go_back()
    approver.get_by_role("button", name="Donner l’accord").click()
    approver.get_by_role("button", name="Publier", exact=True).click()
    expect(approver.get_by_text(f"« {file} » est publié.")).to_be_visible()


def take_back(page, reason):
    page.get_by_role("link", name="Sa livraison, dans le journal").click()
    page.get_by_role("link", name="Retirer cette livraison").click()
    page.get_by_label("Motif").fill(reason)
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("est retiré.")).to_be_visible()


def withdraw_the_school(page):
    page.goto(f"/gestion/stats/figurenotice/add/?uai={SCHOOL}")
    page.get_by_label("Les retirer").check()
    page.get_by_label("De quelle formation").select_option(index=0)
    page.get_by_label("Phrase montrée au public").fill(SENTENCE)
    page.get_by_label("Motif").fill("Erreur signalée par le lycée")
    page.get_by_role("button", name="Voir ce qui change").click()
    page.get_by_role("button", name="Retirer ces chiffres").click()
    page.get_by_text("Lever cet avis").first.wait_for()


def shown(new_page, address):
    page = new_page("phone")
    page.goto(address)
    return page.locator("main").inner_text()


def test_official_figures_live_their_whole_life(preparer, approver, new_page, shared_data, client):
    address = school_address(School.objects.get(pk=SCHOOL))
    former = ""
    for name in FILES:
        content = (shared_data / "inserjeunes" / name).read_bytes()
        if name == NAMED:
            former = shown(new_page, address)
            content = content.replace(NAME.encode(), b"", 1)
        deliver(preparer, {"name": name, "mimeType": "text/csv", "buffer": content})
        if name == NAMED:
            name_the_blank_column(preparer)
        accept_warnings(preparer, name)
        publish(preparer, approver, name)
    published = shown(new_page, address)
    assert "2022 et 2023" in published
    assert published != former

    take_back(approver, "Le producteur envoie une autre version")
    assert shown(new_page, address) == former
    deliver(preparer, {"name": NAMED, "mimeType": "text/csv", "buffer": content})
    preparer.get_by_role("link", name="Dire ce que sont les colonnes").click()
    preparer.get_by_role("button", name="Reprendre « Colonne UAI sans nom »").click()
    preparer.locator(".desk-state").wait_for()
    accept_warnings(preparer, NAMED)
    publish(preparer, approver, NAMED)
    assert shown(new_page, address) == published

    approver.goto("/gestion/stats/delivery/")
    expect(approver.get_by_role("row", name=re.compile("retrait"))).to_have_count(1)
    approver.get_by_role("link", name="Journaux").click()
    expect(approver.get_by_text("Journal intact").first).to_be_visible()

    files.make()
    withdraw_the_school(approver)
    files.make()
    key = ApiKey.objects.make("essai")[1]
    surfaces = {
        "page": address,
        "comparison": f"/comparer/?e={SCHOOL}.pro",
        "CSV of the page": address.rstrip("/") + ".csv",
        "CSV of the comparison": f"/comparer.csv?e={SCHOOL}.pro",
        "JSON": f"/api/v1/chiffres/?etablissement={SCHOOL}",
        "CSV of the API": f"/api/v1/chiffres.csv?etablissement={SCHOOL}",
        "whole-data file": "/donnees/derniere/chiffres.csv",
        "feed of changes": f"/donnees/changements.json?apiKey={key}",
    }
    for name, asked in surfaces.items():
        response = client.get(asked)
        body = response.getvalue() if response.streaming else response.content
        assert SENTENCE in body.decode("utf-8-sig").replace("&#x27;", "'"), name
