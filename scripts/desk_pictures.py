"""Take the pictures of docs/gestion.md from the running desk, on the demonstration: make desk-pictures.

A data manager delivers a revised file, reads, accepts, publishes and takes back; each picture is a step of the guide.
"""

import os
import re
import shutil
import sys
import tempfile
from base64 import b32decode
from pathlib import Path

PICTURES = Path(__file__).parent.parent / "docs" / "images" / "gestion"
SCHOOL = "0990001N"
# Pages that are looked at as they are.
PAGES = {
    "calendrier": "/gestion/deliveries/expecteddelivery/",
    "recuperer": "/gestion/deliveries/submission/recuperer/",
    "couverture": "/gestion/stats/delivery/couverture/",
    "textes": "/gestion/pages/editedtext/",
}
SIZE, TALLEST = {"width": 1000, "height": 700}, 1000


def main():
    executable = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not executable:
        sys.exit("Chromium est introuvable (Debian : apt install chromium-headless-shell).")
    with tempfile.TemporaryDirectory(prefix="portail-photos-") as var:
        os.environ |= {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "inserjeunes_portal.settings"}
        os.environ |= {"ALLOW_LOCAL_SECRET_KEY": "1", "OPEN_FILES": "0", "HASHED_STATIC": "0"}
        os.environ |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "1", "DEBUG": "1"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        _publish_demonstration()
        from deliveries.operations import presence
        from scripts.photograph import FLAGS, serve

        presence.say_here()

        server, address = serve()
        PICTURES.mkdir(parents=True, exist_ok=True)
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
            page = browser.new_context(base_url=address, locale="fr-FR", viewport=SIZE).new_page()
            _sign_in(page)
            _deliver(page)
            _withdraw_a_figure(page)
            for name, address in PAGES.items():
                presence.say_here()
                page.goto(address)
                _take(page, name)
            browser.close()
        server.shutdown()


def _publish_demonstration():
    import io

    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("ingest", str(settings.BASE_DIR / "fixtures" / "demo"), stdout=io.StringIO())


def _sign_in(page):
    from django.contrib.auth.models import User
    from django_otp.oath import totp

    User.objects.create_superuser("camille.martin", password="phrase-de-passe")
    page.goto("/gestion/")
    page.locator("#id_username").fill("camille.martin")
    page.locator("#id_password").fill("phrase-de-passe")
    page.locator("input[type=submit]").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("#id_code").fill(f"{totp(b32decode(secret)):06}")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("link", name="J’ai gardé ces codes").click()
    page.locator("#user-tools").wait_for()


def _deliver(page):
    from tests.browser.revision import FILE, revised_file

    page.goto("/gestion/stats/delivery/")
    page.get_by_role("link", name="Livrer des fichiers").click()
    _take(page, "deposer")
    file = {"name": FILE, "mimeType": "text/csv", "buffer": revised_file(";48;;", ";51;;")}
    page.get_by_label("Fichiers").set_input_files(file)
    page.get_by_role("button", name="Déposer et contrôler").click()
    page.wait_for_load_state()
    _take(page, "attendre")
    _work(page)
    _take(page, "lire")
    page.get_by_role("link", name="Aperçu").click()
    page.wait_for_load_state()
    _take(page, "apercu")
    page.go_back()
    page.get_by_role("link", name=f"Tout le rapport de {FILE}").click()
    page.get_by_role("link", name="Dire ce que sont ses colonnes").click()
    page.wait_for_load_state()
    _take(page, "colonnes")
    page.get_by_role("link", name=re.compile("Dépôt n°")).first.click()
    page.get_by_role("link", name=f"Les avertissements de {FILE}").click()
    page.get_by_role("button", name="Enregistrer les cases et les motifs").wait_for()
    boxes = page.get_by_label("J’ai vérifié, et j’accepte cet avertissement")
    for place in range(boxes.count()):
        boxes.nth(place).check()
        page.get_by_label("Motif").nth(place).fill("Vu avec le producteur le 12 mars")
    _take(page, "accepter")
    page.get_by_role("button", name="Enregistrer les cases et les motifs").click()
    page.get_by_role("link", name=re.compile("Dépôt n°")).click()
    _take(page, "publier")
    page.get_by_role("button", name="Publier", exact=True).click(timeout=2000)
    _work(page)
    page.get_by_role("link", name="Sa livraison, dans le journal").click()
    page.get_by_role("link", name="Retirer cette livraison").click()
    page.get_by_label("Motif").fill("Chiffre provisoire")
    _take(page, "retirer")
    page.get_by_role("button", name="Retirer").click()
    _work(page)
    page.goto("/gestion/stats/delivery/")
    _take(page, "journal")


def _withdraw_a_figure(page):
    page.goto(f"/gestion/stats/figurenotice/add/?uai={SCHOOL}")
    page.get_by_label("Les retirer").check()
    page.get_by_label("Motif").fill("Erreur signalée par le lycée le 12 mars")
    page.get_by_role("button", name="Voir ce qui change").click()
    page.get_by_role("button", name="Retirer ces chiffres").wait_for()
    _take(page, "retirer-un-chiffre")


def _work(page):
    """Do what was asked for, as the worker does, and show the page again."""
    from deliveries.operations import presence, tasks

    tasks.work.call()
    presence.say_here()
    page.reload()


def _take(page, name):
    """The picture of a page, from its top to its end, or as far as one reads at a glance."""
    height = page.evaluate("document.documentElement.scrollHeight")
    # The menu at the side fills the height of the window: it is not cut in the middle of the picture.
    page.set_viewport_size({**SIZE, "height": min(height, TALLEST)})
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    page.set_viewport_size(SIZE)


if __name__ == "__main__":
    main()
