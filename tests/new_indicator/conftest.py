"""The tests inside the copy run on the database that the portal of today filled, once it is migrated."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("makemigrations", "stats", name="rate_at_54_months", verbosity=0)
        call_command("makemigrations", check_changes=True, dry_run=True)
        call_command("migrate", verbosity=0)
