"""Tables that follow from the delivered files can be made again without a new delivery."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliveries.publication import publish
from deliveries.reference_tables import certifications
from stats.models import Attribution, Delivery

pytestmark = pytest.mark.usefixtures("nomenclature")


def test_figures_are_shown_again_after_an_upgrade(cfa_file, capsys):
    publish([cfa_file()])
    before = list(Attribution.objects.order_by("pk").values_list("outcome", "school", "kind"))
    Attribution.objects.all().delete()

    call_command("rebuild", "--if-needed")

    assert list(Attribution.objects.order_by("pk").values_list("outcome", "school", "kind")) == before
    assert Delivery.objects.count() == 1


def test_nothing_is_done_where_nothing_lacks(cfa_file, capsys):
    publish([cfa_file()])
    certifications.rebuild({})
    before = list(Attribution.objects.order_by("pk").values_list("pk"))

    with CaptureQueriesContext(connection) as queries:
        call_command("rebuild", "--if-needed")

    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "SAVEPOINT", "RELEASE"}
    assert list(Attribution.objects.order_by("pk").values_list("pk")) == before
    assert capsys.readouterr().out == ""


def test_everything_is_made_again_when_nobody_says_only_if_needed(cfa_file, capsys):
    publish([cfa_file()])
    certifications.rebuild({})
    Attribution.objects.update(role="périmé")

    call_command("rebuild")

    assert not Attribution.objects.filter(role="périmé").exists()
