"""A counsellor prepares a session: from the search field to the sheet of three courses around a town, without a script too."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_PAGE_LOADS = 6


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no script"])
def test_sheet_of_three_courses_around_a_town(new_page, has_scripts):
    page = new_page("phone", java_script_enabled=has_scripts)
    loads = []
    page.on("response", lambda response: response.request.is_navigation_request() and loads.append(response))

    page.goto("/seance/")
    page.locator("#plan-ville").fill("Exempleville")
    for place, word in enumerate(("cuisine", "coiffure", "commerce")):
        page.get_by_label("Une formation, un métier, un établissement").fill(word)
        page.get_by_role("button", name="Chercher").click()
        expect(page.locator(".plan-item")).to_have_count(place)
        page.locator("input[name=element]").first.check()
    page.get_by_role("button", name="Ajouter ce qui est coché").click()
    expect(page.locator("#plan-ville")).to_have_value("Exempleville")
    expect(page.locator(".plan-item")).to_have_count(3)
    sheet = page.context.request.post(
        "/seance/feuille/", form={"s": page.locator("#plan input[name=s]").input_value()}
    )
    assert sheet.headers["content-type"] == "application/pdf"

    # The sheet is a page too; what answers with a redirection loads none.
    assert len([response for response in loads if response.status == 200]) + 1 <= MOST_PAGE_LOADS
