"""Suggestions under the search field with the keyboard, facets without scripts, and a position that stays vague."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_suggestions_are_reached_with_the_keyboard(page):
    page.goto("/")
    field = page.get_by_role("combobox", name="Une formation, un métier")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("cap cuis")

    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    first = options.first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(first).to_contain_text("CAP Cuisine")
    assert violations(page) == ""
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("CAP Cuisine")


def test_escape_closes_suggestions_and_enter_searches(page):
    page.goto("/")
    field = page.get_by_role("combobox", name="Une formation, un métier")
    field.press_sequentially("cap cuis")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("cap cuis")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?q=cap\+cuis$"))


def test_suggestion_is_chosen_by_pointing(new_page):
    page = new_page("phone", has_touch=True)
    page.goto("/")
    page.get_by_role("combobox", name="Une formation, un métier").press_sequentially("cap cuis")
    page.get_by_role("option").filter(has_text="CAP Cuisine").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("CAP Cuisine")


def test_list_is_narrowed_without_scripts(new_page):
    page = new_page("phone", java_script_enabled=False)
    page.goto("/recherche/?q=cuisine&type=formations")
    expect(page.get_by_role("button", name="Utiliser ma position")).to_have_count(0)
    page.get_by_label(re.compile("Niveau CAP")).check()
    page.get_by_role("button", name="Appliquer").click()

    expect(page).to_have_url(re.compile("niveau=3"))
    labels = page.locator(".results .card__title").all_text_contents()
    assert labels
    assert not [label for label in labels if label.startswith(("Bac", "BTS"))]
    page.get_by_role("link", name=re.compile("Retirer Niveau CAP")).click()
    expect(page).not_to_have_url(re.compile("niveau="))


def test_position_is_asked_for_only_on_request_and_stays_vague(new_page):
    page = new_page(
        geolocation={"latitude": 48.1173456, "longitude": -1.6778912}, permissions=["geolocation"]
    )
    page.goto("/recherche/?q=cuisine")
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page).to_have_url(re.compile(r"position=48\.12%2C-1\.68"))
    expect(page.get_by_text("votre position").first).to_be_visible()
