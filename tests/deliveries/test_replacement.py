"""A delivery beside the one that is published: it replaces its slice, wholly or not at all, and can be taken back."""

import pytest

from deliveries.publication import File, publish
from deliveries.withdrawal import ReplacedSince, can_take_back, later_ones, take_back
from establishments.models import School
from stats.models import Delivery, Outcome, Slice
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, published_for_all
from tests.deliveries.test_publication import NEXT_COHORT, REVISED, shown

pytestmark = pytest.mark.usefixtures("published_once", "db")


@pytest.fixture(scope="module")
def published_once(django_db_setup, django_db_blocker):
    with published_for_all(django_db_blocker, File("cfa.csv", csv(CFA_HEADER, *CFA_ROWS))):
        yield


def test_same_file_again_is_unchanged_and_leaves_no_delivery(cfa_file):
    [report] = publish([cfa_file(name="autre-nom.csv")])

    assert (report.status, report.counts["inchangees"]) == ("inchange", 2)
    assert Delivery.objects.count() == 1


def test_same_figures_in_another_file_are_unchanged(cfa_file):
    [report] = publish([cfa_file(*reversed(CFA_ROWS))])

    assert (report.status, report.counts["inchangees"]) == ("inchange", 2)


def test_revised_file_replaces_its_slice(cfa_file):
    [report] = publish([cfa_file(REVISED)])

    assert (report.counts["modifiees"], report.counts["disparues"]) == (1, 1)
    assert shown() == {"0990001N": 31}


def test_delivery_leaves_the_other_cohorts_alone(cfa_file):
    publish([cfa_file(NEXT_COHORT)])

    assert Outcome.objects.filter(cohort="2021_2022").count() == 2
    assert Outcome.objects.filter(cohort="2022_2023").count() == 1


def test_dry_run_tells_the_truth_and_keeps_nothing(cfa_file):
    [report] = publish([cfa_file(REVISED)], dry_run=True)

    assert (report.status, report.counts["modifiees"], report.counts["disparues"]) == ("a_publier", 1, 1)
    assert shown() == {"0990001N": 30, "0990002P": 40}
    assert Delivery.objects.count() == 1


def test_taking_back_publishes_the_former_file_again(cfa_file):
    publish([cfa_file(REVISED)])
    last = Delivery.objects.latest("id")

    take_back(last)

    assert shown() == {"0990001N": 30, "0990002P": 40}
    assert Delivery.objects.latest("id").action == Delivery.Action.TAKEN_BACK
    assert not can_take_back(last)


def test_taking_back_the_only_delivery_leaves_nothing():
    take_back(Delivery.objects.get())

    assert shown() == {}
    assert not Slice.objects.filter(state=Slice.State.LIVE).exists()


def test_delivery_that_another_has_replaced_is_taken_back_with_it_only(cfa_file):
    first = Delivery.objects.get()
    publish([cfa_file(REVISED)])
    [later] = later_ones(first)

    for along in ([], [later.pk, later.pk + 1]):
        with pytest.raises(ReplacedSince):
            take_back(first, along=along)
    take_back(first, reason="Mauvais fichier", along=[later.pk])
    assert shown() == {}
    entries = Delivery.objects.filter(action=Delivery.Action.TAKEN_BACK).order_by("pk")
    assert [(entry.report["livraison_retiree"], entry.reason) for entry in entries] == [
        (later.pk, "Mauvais fichier"),
        (first.pk, "Mauvais fichier"),
    ]


def test_file_taken_back_can_be_published_again(cfa_file):
    take_back(Delivery.objects.get())
    [report] = publish([cfa_file()])

    assert (report.status, len(shown())) == ("publie", 2)


def test_school_that_only_the_former_rows_named_goes_with_them(cfa_file):
    publish([cfa_file(REVISED)])

    assert list(School.objects.values_list("pk", flat=True)) == ["0990001N"]
