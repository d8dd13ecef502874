"""Photograph every component of the gallery at the widths of a phone, a tablet and a screen: make photos.

One PNG a component and width, "figure-360.png", in VAR_DIR/galerie, whose former pictures are removed first.
"""

import os
import shutil
import sys
from threading import Thread

os.environ |= {"DJANGO_SETTINGS_MODULE": "inserjeunes_portal.settings", "DEBUG": "1", "HASHED_STATIC": "0"}

import django
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import sync_playwright

WIDTHS = (360, 768, 1280)
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing: the progress of the photographs is what is written."""


def serve():
    """A server of this site on a free port of this machine, and its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def photograph(page, address, directory):
    """Write the pictures of every component; return how many there are."""
    page.goto(f"{address}/galerie/")
    sections = page.locator(".gallery__component").all()
    components = [section.get_attribute("id").removeprefix("composant-") for section in sections]
    for component in components:
        # Its own page: Chromium is slow to photograph a part of a very long one.
        page.goto(f"{address}/galerie/{component}/")
        # What opens in place is seen too.
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.locator(".gallery__component").screenshot(path=directory / f"{component}-{width}.png")
    return len(components) * len(WIDTHS)


def main():
    executable = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not executable:
        sys.exit("Chromium est introuvable (Debian : apt install chromium-headless-shell).")
    django.setup()
    directory = settings.VAR_DIR / "galerie"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    server, address = serve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        number = photograph(browser.new_page(), address, directory)
        browser.close()
    server.shutdown()
    print(f"{number} photographies dans {directory}")


if __name__ == "__main__":
    main()
