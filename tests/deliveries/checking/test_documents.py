"""The page of documentation follows the declarations."""

from scripts import document_checks


def test_page_of_the_checks_is_current():
    assert document_checks.PAGE.read_text(encoding="utf-8") == document_checks.page(), "make checks-page"
