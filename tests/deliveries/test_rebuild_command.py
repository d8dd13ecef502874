"""Tables that follow from the delivered files can be made again without a new delivery."""

import pytest
from django.core.management import call_command

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

    call_command("rebuild", "--if-needed")

    assert capsys.readouterr().out == ""
