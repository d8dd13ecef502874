"""A real Chromium on the demonstration data; a page that complains or calls elsewhere fails its test."""

import shutil
from base64 import b32decode
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django_otp.oath import totp
from playwright.sync_api import expect, sync_playwright

from establishments.models import Commune, School, Territory
from formations.models import Diploma, DiplomaType, Job, JobName, Speciality
from tests import databases
from tests.conftest import skip_loudly

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
# The same engine without the windows of a desktop browser, whose menus and address bar cost more than our pages.
PROGRAMS = ("chromium-headless-shell", "chromium")
WRONG = "la page s’est plainte dans la console ou a appelé un autre site"
SIZES = {"phone": {"width": 360, "height": 740}, "wide": {"width": 1280, "height": 900}}


@pytest.fixture(scope="package")
def browser():
    """Chromium, while these tests last.

    Playwright runs an event loop in this thread, where Django keeps connections of their own: they are closed
    with it, or the test database could not be removed.
    """
    executable = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not executable:
        skip_loudly("Chromium est introuvable (commandes « chromium-headless-shell » et « chromium »)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        connections.close_all()
        browser.close()


@pytest.fixture(scope="package")
def transactional_db(django_db_setup, django_db_blocker):
    """The demonstration in a database for all these tests, each of which leaves it as it found it.

    It takes the place of pytest-django's fixture, by which the live server empties the database after each test.
    """
    with django_db_blocker.unblock(), databases.copy_of(databases.DEMONSTRATION):
        yield


@pytest.fixture
def complaints():
    """What pages said in their console, and the other sites they called; a test that expects some clears it."""
    return []


@pytest.fixture
def new_page(browser, live_server, complaints):
    """Function (size, **options of the context) → page on the live server, watched until the test ends."""
    contexts = []

    def watched_page(size="wide", **options):
        page = watched(browser, live_server, complaints, viewport=SIZES[size], **options)
        contexts.append(page.context)
        return page

    yield watched_page
    for context in contexts:
        context.close()
    assert complaints == [], WRONG


def watched(browser, live_server, complaints, **options):
    """A page of its own, whose complaints and calls to other sites are added to a list."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", **options)
    context.on("console", lambda message: _is_complaint(message) and complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "request", lambda request: _is_elsewhere(request, live_server) and complaints.append(request.url)
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page


@pytest.fixture
def page(new_page):
    """One page at 1280 pixels."""
    return new_page()


@pytest.fixture
def manager_page(page, transactional_db):
    """One page at 1280 pixels, of a data manager who has just signed in by the forms, second factor included."""
    user = User.objects.create_superuser("gestion", password="phrase-de-passe")
    page.goto("/gestion/")
    page.locator("#id_username").fill("gestion")
    page.locator("#id_password").fill("phrase-de-passe")
    page.locator("input[type=submit]").click()
    # A superuser sets the second factor up at the first sign-in.
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("#id_code").fill(f"{totp(b32decode(secret)):06}")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("link", name="J’ai gardé ces codes").click()
    # Publishing a file takes seconds, more on a busy machine.
    page.set_default_timeout(60_000)
    page.locator("#user-tools").wait_for()
    yield page
    user.delete()


def _is_complaint(message):
    # Browsers ask for an icon at this address even where a page names none, as in Django's admin.
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


def _is_elsewhere(request, live_server):
    return urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(
        f"{live_server.url}/"
    )


@pytest.fixture(scope="module")
def names(transactional_db):
    """Names of what is taught, where and for which jobs: they are French in every language."""
    found = {
        value
        for model, fields in (
            (Diploma, ("label", "official_label")),
            (DiplomaType, ("label",)),
            (Speciality, ("label",)),
            (Job, ("label",)),
            (JobName, ("name",)),
            (School, ("name", "address", "city", "kind")),
            (Territory, ("name",)),
            (Commune, ("name",)),
        )
        for row in model.objects.values_list(*fields)
        for value in row
    }
    return {name.lower() for name in found if name}
