"""A family's journey, from a few words to a comparison: on a phone without scripts, then with the keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCHOOL = "Lycée professionnel Démonstration du Port"
OTHER_UAI = "0990002P"
HAS_VISIBLE_FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    && box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}"""


def heading(page, text):
    return expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_search_to_comparison_on_a_phone_without_scripts(new_page):
    page = new_page("phone", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("cap cuisine")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("main").get_by_role("link", name="CAP Cuisine", exact=True).first.click()

    heading(page, "CAP Cuisine")
    page.get_by_label("Dans quelle région").select_option("Région de démonstration")
    page.get_by_role("button", name="Voir").click()
    expect(page.get_by_text("Sur 10 élèves en dernière année")).to_be_visible()

    page.get_by_role("link", name=SCHOOL, exact=True).click()
    heading(page, SCHOOL)
    course = page.locator("#formations li").filter(has=page.locator("a[href*='cap-cuisine-50022146']"))
    course.get_by_role("link", name="Comparer").click()

    heading(page, "Comparer")
    items = page.locator(".compare-item")
    expect(items).to_have_count(1)
    page.get_by_role("main").get_by_role("searchbox").fill("cap cuisine")
    page.get_by_role("main").get_by_role("button", name="Rechercher").click()
    expect(page.get_by_text("Votre comparaison a déjà 1 élément.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="CAP Cuisine", exact=True).first.click()
    page.get_by_label("Dans quelle région").select_option("Région de démonstration")
    page.get_by_role("button", name="Voir").click()
    page.locator("#etablissements li").filter(has=page.locator(f"a[href*='{OTHER_UAI}']")).get_by_role(
        "link", name="Comparer"
    ).click()

    expect(items).to_have_count(2)
    first = page.locator(".compare-line").first
    expect(first.get_by_role("heading")).to_have_text("Travaillent 6 mois après")
    expect(first.locator(".figure-line__number")).to_have_text(
        ["19\N{NO-BREAK SPACE}%", "10\N{NO-BREAK SPACE}%"]
    )


def test_home_to_course_with_the_keyboard_alone(page):
    page.goto("/")
    press_tab_to(page, "Aller au contenu")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"

    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("cap cuisine")
    page.keyboard.press("Enter")
    heading(page, "Résultats pour « cap cuisine »")

    press_tab_to(page, "CAP Cuisine")
    page.keyboard.press("Enter")
    heading(page, "CAP Cuisine")


def press_tab_to(page, text):
    """Press Tab until the element whose text this is has the focus, which is seen all along the way."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText")
        assert page.evaluate(HAS_VISIBLE_FOCUS), f"le focus ne se voit pas sur « {focused} »"
        if focused == text:
            return
    pytest.fail(f"« {text} » ne s’atteint pas avec la touche Tab")
