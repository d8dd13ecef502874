"""The browser harness itself: a page that answers, a page that complains."""

import pytest

pytestmark = pytest.mark.browser


def test_page_answers_on_the_live_server(page):
    assert page.goto("/gestion/").ok
    assert page.locator("input[name=password]").is_visible()


def test_call_to_another_site_is_noticed(page, complaints):
    page.goto("/gestion/login/")
    page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert any("example.org" in complaint for complaint in complaints)
    complaints.clear()


def test_missing_file_is_noticed(page, complaints):
    page.goto("/adresse-qui-n-existe-pas/")
    assert any("404" in complaint for complaint in complaints)
    complaints.clear()
