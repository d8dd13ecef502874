"""The demonstration served over HTTP, as it is after a publication, to those who call the APIs."""

import pytest

from api.models import ApiKey
from tests import databases


@pytest.fixture(scope="package")
def api_key(django_db_setup, django_db_blocker):
    """A key of the APIs of the demonstration, in a database for all these tests, none of which changes it.

    It takes the place of what the live server would empty after each test.
    """
    with django_db_blocker.unblock(), databases.copy_of(databases.DEMONSTRATION):
        yield ApiKey.objects.make("tests")[1]


@pytest.fixture(scope="package")
def transactional_db(api_key):
    """What pytest-django's live server asks for."""


@pytest.fixture(autouse=True)
def _unblocked(api_key, django_db_blocker):
    with django_db_blocker.unblock():
        yield
