"""A desk where two people have to agree, on the official nomenclature, before any figure is published."""

import pytest

from tests import databases
from tests.browser.conftest import browser, complaints, new_page

__all__ = ["browser", "complaints", "new_page"]


@pytest.fixture(scope="package")
def transactional_db(shared_data, django_db_setup, django_db_blocker):
    """The database of the live server, which no test empties."""
    with django_db_blocker.unblock(), databases.copy_of(databases.REFERENCES):
        yield


@pytest.fixture(autouse=True)
def _two_people(settings, tmp_path):
    settings.TWO_PERSON_APPROVAL = True
    settings.OPEN_FILES_DIR = tmp_path / "ouvertes"
