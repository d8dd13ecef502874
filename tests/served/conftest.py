"""The demonstration served over HTTP, as it is after a publication, to those who call the APIs."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command

from api.models import ApiKey


@pytest.fixture(scope="package")
def api_key(django_db_setup, django_db_blocker):
    """The demonstration published once for all these tests, none of which changes it; a key of its APIs.

    It takes the place of what the live server would empty after each test.
    """
    with django_db_blocker.unblock():
        try:
            call_command("ingest", str(settings.BASE_DIR / "fixtures" / "demo"), stdout=io.StringIO())
            yield ApiKey.objects.make("tests")[1]
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def transactional_db(api_key):
    """What pytest-django's live server asks for."""


@pytest.fixture(autouse=True)
def _unblocked(api_key, django_db_blocker):
    with django_db_blocker.unblock():
        yield
