"""Every kind of page, on a phone and on a wide screen: accessible, still, in its own font, contained, calling nobody."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from counselling.payload import encoded
from counselling.plan import Item, Kind, Plan
from deliveries.models import ExpectedDelivery
from tests.browser.conftest import SIZES, WRONG, watched

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

COURSE = "/formations/cap-cuisine-50022146/"
JOB = "/metiers/commis-commise-de-cuisine-G1602/"
SCHOOL = "/etablissements/lycee-professionnel-demonstration-du-port-0990001N/"
FOUR = "50022146.pro.r99", "40022106.pro.0990001N", "40022106.apprentissage.r53", "0990001N.pro"
PLAN = Plan(
    title="Jeudi",
    town="99001",
    items=(
        *(Item(Kind.FIGURES, (token,)) for token in FOUR),
        Item(Kind.COMPARISON, FOUR),
        Item(Kind.QUESTION, text="Combien\u00a0?", private="Attendre"),
        Item(Kind.TEXT, text="À lire"),
    ),
)
PAGES = {
    "home": "/",
    "search": "/recherche/?q=cuisine",
    "search near a place": "/recherche/?q=coiffure+fictionville",
    "search without result": "/recherche/?q=zzzzzz",
    "courses found, to narrow": "/recherche/?q=cuisine&type=formations&niveau=3",
    "schools found, to narrow": "/recherche/?ville=fictionville&type=etablissements",
    "nothing left": "/recherche/?q=cuisine&type=formations&niveau=8",
    "jobs": "/metiers/",
    "job": JOB,
    "job near a town": f"{JOB}?ville=exempleville",
    "course": COURSE,
    "course, map of those who study": f"{COURSE}?carte=etudes",
    "course in a region": f"{COURSE}?voie=pro&region=99",
    "course in a region that withholds it": f"{COURSE}?voie=pro&region=53",
    "school": SCHOOL,
    "school without figures": "/etablissements/cfa-demonstration-des-nouveaux-metiers-0990122V/",
    "comparison of nothing": "/comparer/",
    "comparison of one": f"/comparer/?e={FOUR[0]}",
    "comparison of four": f"/comparer/?e={'&e='.join(FOUR)}",
    "courses": "/formations/",
    "schools": "/etablissements/",
    "methodology": "/methodologie/",
    "glossary": "/glossaire/",
    "open data": "/api/doc/",
    "legal": "/mentions-legales/",
    "accessibility": "/accessibilite/",
    "privacy": "/donnees-personnelles/",
    "site map": "/plan-du-site/",
    "file to check": "/verifier/",
    "error to report": f"/signaler-une-erreur/?page={SCHOOL}&chiffre=taux_emploi_6_mois",
    "counsellors": "/accompagner/",
    "plan, empty": "/seance/",
    "plan": f"/seance/?s={encoded(PLAN)}",
    "nothing there": "/nulle-part/",
    "home in English": "/en/",
    "course in English": f"/en{COURSE}?voie=pro&region=53",
    "comparison in English": f"/en/comparer/?e={'&e='.join(FOUR)}",
}
# Those whose explanations are asked too, once they are open.
WITH_EXPLANATIONS = {
    "courses found, to narrow",
    "job",
    "course in a region",
    "course in a region that withholds it",
    "school",
}
FONTS = """async () => {
  await document.fonts.ready;
  const loaded = [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family);
  return [getComputedStyle(document.body).fontFamily.split(',')[0], ...loaded].map(name => name.replaceAll('"', ''));
}"""

OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
MOVED = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(moved), 100);
})"""


@pytest.fixture(scope="module")
def visits(browser, live_server):
    """One page of Chromium, which is as costly to open as ours to read, and what it complains of.

    It keeps no file: each page comes whole from the server, as at a first visit.
    """
    complaints = []
    page = watched(browser, live_server, complaints)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page, complaints
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_public_page_is_accessible_and_contained(visits, name):
    page, complaints = visits
    page.set_viewport_size(SIZES["phone"])
    complaints.clear()
    response = page.goto(PAGES[name])
    if response.status == 404:
        assert name == "nothing there"
        complaints.clear()

    assert page.evaluate(MOVED) == 0
    assert_accessible_and_contained(page)
    family, *loaded = page.evaluate(FONTS)
    assert family == "Marianne stable"
    assert "Marianne stable" in loaded
    assert "Marianne" not in loaded
    assert page.context.cookies() == []
    if name in WITH_EXPLANATIONS:
        page.evaluate(OPEN_ALL)
        assert_accessible_and_contained(page)
    assert complaints == [], WRONG


def test_delivery_page_is_accessible_with_a_report(manager_page):
    page = manager_page
    page.goto("/gestion/deliveries/submission/add/")
    page.get_by_label("Fichiers").set_input_files(
        {"name": "inconnu.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
    )
    page.get_by_role("button", name="Déposer et contrôler").click()
    page.get_by_text("Le fichier est refusé.").wait_for()
    assert_accessible_and_contained(page)


def test_pages_that_fetch_and_expect_are_accessible(manager_page):
    expected = ExpectedDelivery.objects.create(
        source="insersup", cohort="2023_2024", expected_on="2026-01-01"
    )
    for page in ("submission/recuperer/", "expecteddelivery/"):
        manager_page.goto(f"/gestion/deliveries/{page}")
        assert_accessible_and_contained(manager_page)
    expected.delete()


def assert_accessible_and_contained(page):
    """On a phone and on a wide screen."""
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert violations(page) == ""
        assert overflow(page) <= 0


def violations(page, skipped=()):
    """What axe finds wrong, one line a fault: the rule, where, and how to mend it. skipped: rules not asked."""
    rules = {rule: {"enabled": False} for rule in skipped}
    options = {"resultTypes": ["violations"], "preload": False, "rules": rules}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What is right is ten times as long, and would be copied out of the page too.
    found = page.evaluate(f"axe.run({json.dumps(options)}).then(results => results.violations)")
    return "\n".join(
        f"{fault['id']} {node['target']} : {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    )


def overflow(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
