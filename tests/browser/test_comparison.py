"""How a comparison is shown, copied and printed: on a phone and on a screen, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import OPEN_ALL, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

NBSP = "\N{NO-BREAK SPACE}"
WHOLE_SCHOOL = "/comparer/?e=0990001N.pro&e=50022146.pro.r99&e=40022106.pro.0990001N"
FOUR = (
    "/comparer/?e=50022146.pro.r99&e=40022106.pro.0990001N&e=40022106.apprentissage.r53&e=0990001N.pro"
    "&e=50022146.pro.0990002P"
)


@pytest.fixture(params=["phone", "wide"])
def size(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["scripts", "without scripts"])
def has_scripts(request):
    return request.param


@pytest.fixture
def visitor(new_page, size, has_scripts):
    """A page of each size, with and without scripts."""
    return new_page(size, java_script_enabled=has_scripts)


def test_address_is_copied_at_one_press(new_page, live_server):
    page = new_page("phone", permissions=["clipboard-read", "clipboard-write"])
    page.goto(WHOLE_SCHOOL)
    page.get_by_role("link", name="Partager cette comparaison").click()
    page.get_by_role("button", name="Copier").click()

    expect(page.get_by_text("Adresse copiée.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_only_what_tells_items_apart_is_kept_then_everything_again(visitor):
    visitor.goto(FOUR)
    every = visitor.locator(".compare-lines > .compare-line:visible").count()
    visitor.get_by_text("Changer la présentation").click()
    visitor.get_by_role("link", name="Seulement les différences nettes").click()
    expect(visitor.get_by_text("Non montrés, car on ne peut pas départager")).to_be_visible()
    lines = visitor.locator(".compare-lines > .compare-line:visible")
    assert 0 < lines.count() < every
    for line in lines.all():
        expect(line.locator(".verdict")).to_contain_text("nettement plus que")

    visitor.get_by_role("link", name="Tous les chiffres", exact=True).click()
    expect(lines).to_have_count(every)


def test_line_is_hidden_and_comes_back(visitor):
    visitor.goto(FOUR)
    visitor.get_by_role(
        "link", name="Masquer : Étudient encore 6 mois après".replace(" :", f"{NBSP}:")
    ).click()
    heading = visitor.get_by_role("heading", name="Étudient encore 6 mois après")
    expect(heading).to_have_count(0)
    visitor.get_by_role("link", name="Étudient encore 6 mois après").click()
    expect(heading).to_be_visible()


def test_explanation_in_easy_french_is_one_press_away_with_the_keyboard(page):
    page.goto(FOUR)
    explanation = page.locator(".compare-line .figure-explanation").first
    explanation.locator("summary").first.press("Enter")
    easy = explanation.locator(".easy summary")
    easy.press("Enter")

    expect(explanation.get_by_text("On regarde 100 élèves de la dernière année.")).to_be_visible()


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "&vue=tableau",
        "&sens=elements",
        "&vue=tableau&sens=elements",
        "&differences=1&sans=sur_10",
        "&vu=zz",
    ],
)
def test_comparison_is_accessible_however_it_is_shown(new_page, shown):
    page = new_page("phone")
    page.goto(f"{FOUR}{shown}")
    page.evaluate(OPEN_ALL)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        # A tablet has no colour of its own, and judging them takes longer than all the rest.
        assert violations(page, ["color-contrast"] if width == 768 else ()) == ""
        assert overflow(page) <= 0


@pytest.mark.parametrize("shown", ["", "&vue=tableau", "&sens=elements"])
def test_printed_comparison_has_its_items_and_address_and_no_navigation(new_page, shown):
    page = new_page("wide", java_script_enabled=False)
    page.goto(f"{FOUR}{shown}")
    page.emulate_media(media="print")

    for role in ("navigation", "search", "button"):
        assert [one for one in page.get_by_role(role).all() if one.is_visible()] == []
    names = page.locator(".compare-print__legend span:visible, .compare-table thead th:visible")
    expect(names.filter(has_text="Bac pro Cuisine").first).to_be_visible()
    expect(page.get_by_text("Adresse de cette comparaison")).to_contain_text("/comparer/?e=50022146.pro.r99")
