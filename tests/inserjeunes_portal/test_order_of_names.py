"""Lists are in the same order on every database, or whoever installs the portal is told."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from inserjeunes_portal.order_of_names import order_of_names
from tests.conftest import skip_loudly

pytestmark = pytest.mark.django_db
WARNING = "portail.W001"


def warnings():
    return [message.id for message in run_checks(databases=["default"]) if message.id == WARNING]


def test_database_of_the_tests_puts_names_in_the_order_of_their_characters():
    assert warnings() == []


def test_database_that_follows_a_language_is_told(monkeypatch):
    if connection.vendor != "sqlite":
        skip_loudly("PostgreSQL n’a pas toujours une autre langue", is_required=False)
    monkeypatch.setattr("inserjeunes_portal.order_of_names.COMPARED", "SELECT 'a' COLLATE NOCASE > 'Z'")

    assert warnings() == [WARNING]


def test_nothing_is_asked_of_a_database_that_is_not_checked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert order_of_names(None) == []
