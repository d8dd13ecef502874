"""From the home page to an explained comparison with the keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

# A link of a drawing has no inner text.
FOCUSED = "document.activeElement.innerText ?? document.activeElement.textContent"
HAS_VISIBLE_FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    && box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}"""


def heading(page, text):
    return expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_home_to_comparison_with_the_keyboard_alone(page):
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

    press_tab_to(page, "Comparer cette formation à d’autres")
    page.keyboard.press("Enter")
    heading(page, "Comparer")
    expect(page.locator(".compare-item")).to_have_count(1)
    press_tab_to(page, "Que compte ce chiffre ?")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] .easy").first).to_be_visible()


def press_tab_to(page, text):
    """Press Tab until the element whose text this is has the focus, which is seen all along the way."""
    for _ in range(150):
        page.keyboard.press("Tab")
        focused = " ".join(page.evaluate(FOCUSED).split())
        assert page.evaluate(HAS_VISIBLE_FOCUS), f"le focus ne se voit pas sur « {focused} »"
        if focused == text or focused.startswith(f"{text} "):
            return
    pytest.fail(f"« {text} » ne s’atteint pas avec la touche Tab")
