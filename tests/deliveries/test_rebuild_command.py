"""Tables that follow from the delivered files can be made again without a new delivery."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Replace
from django.test.utils import CaptureQueriesContext

from deliveries.publication import publish
from deliveries.reference_tables import certifications
from stats.indicators import BY_NAME
from stats.models import Attribution, Delivery, Outcome
from stats.reasons import Reason
from tests.deliveries.conftest import CFA_ROWS

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


def test_reasons_are_read_again_from_the_kept_files_and_no_figure_changes(cfa_file):
    """The CFA of the second row hides the rates of those who left."""
    hidden = "cumul 2021-2022;0990002P;CFA du Port;ILE-DE-FRANCE;40;40;20;;40;;;;;;"
    publish([cfa_file(CFA_ROWS[0], hidden)])
    rows = list(Outcome.objects.order_by("pk").values())
    Outcome.objects.update(reasons=Replace("reasons", Value("S"), Value("L")))

    call_command("rebuild")

    assert list(Outcome.objects.order_by("pk").values()) == rows
    assert Outcome.objects.get(school="0990002P").reason("taux_rupture_contrats") is Reason.NOT_DETAILED


def test_reasons_of_what_protects_others_and_of_other_figures_are_not_read_again(cfa_file):
    """The contracts of the first row were taken out at the request of their producer, those of the second protect a group."""
    publish([cfa_file()])
    position = BY_NAME["taux_rupture_contrats"].position
    for school, reason in (("0990001N", Reason.REMOVED), ("0990002P", Reason.PROTECTS_OTHERS)):
        row = Outcome.objects.get(school=school)
        row.reasons = f"{row.reasons[:position]}{reason.value}{row.reasons[position + 1 :]}"
        row.taux_rupture_contrats = None
        row.save()
    # A hole of the row that protects, which the file tells otherwise.
    Outcome.objects.filter(school="0990002P").update(reasons=Replace("reasons", Value("A"), Value("C")))
    rows = list(Outcome.objects.order_by("pk").values())

    call_command("rebuild")

    assert list(Outcome.objects.order_by("pk").values()) == rows
