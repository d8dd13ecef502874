"""A scheduled publication starts at its moment, once, unless the reports say something else by then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliveries.models import Operation, Submission
from deliveries.operations import schedule
from deliveries.operations.transitions import State
from deliveries.publication import publish
from stats.models import DataVersion, Delivery
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, accept_all, csv, upload
from tests.deliveries.submitting import REVISED

DESK = "/gestion/deliveries/submission/"


@pytest.fixture
def scheduled(manager):
    """A submission to be published in an hour."""
    view = upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["submission"]
    accept_all(view.pk, view.revision)
    at = timezone.localtime() + timedelta(hours=1)
    said = {"revision": view.revision, "at": f"{at:%Y-%m-%dT%H:%M}"}
    page = manager.post(f"{DESK}{view.pk}/programmer/", said, follow=True)
    assert f"Sera publié le {at:%d/%m/%Y à %H:%M}, demandé par gestion." in page.text
    assert set(page.context["submission"].addresses) == {"check", "unschedule", "give_up"}
    return Submission.objects.get()


def come(submission):
    """Its moment comes, and two workers look."""
    Submission.objects.update(publish_at=timezone.now())
    schedule.start_due()
    schedule.start_due()
    submission.refresh_from_db()


def test_nothing_starts_before_its_moment_then_it_is_published_once(scheduled):
    schedule.start_due()
    assert not Delivery.objects.exists()
    come(scheduled)

    assert scheduled.state == State.PUBLISHED
    assert Operation.objects.filter(kind=Operation.Kind.PUBLISH).count() == 1
    delivery = Delivery.objects.get()
    assert (delivery.user.username, delivery.approval["par"]) == ("gestion", delivery.user.pk)


def test_data_that_changed_without_a_word_in_the_report_do_not_hold_it_up(scheduled):
    DataVersion.objects.move()
    come(scheduled)

    assert scheduled.state == State.PUBLISHED
    assert Delivery.objects.get().approval["version"] == 1


def test_report_that_differs_waits_for_people(scheduled, cfa_file):
    publish([cfa_file(REVISED)])
    come(scheduled)

    assert (scheduled.state, scheduled.approval) == (State.CHECKED, {})
    assert "lisez-le avant de publier" in scheduled.outcome
    assert Delivery.objects.count() == 1


def test_schedule_is_cancelled_and_what_was_agreed_to_is_published_by_hand(manager, scheduled):
    page = manager.post(f"{DESK}{scheduled.pk}/deprogrammer/", follow=True)
    come(scheduled)
    assert scheduled.state == State.APPROVED
    assert not Delivery.objects.exists()
    manager.post(page.context["submission"].addresses["publish"], {"revision": scheduled.revision})

    assert Delivery.objects.exists()


@pytest.mark.parametrize("at", ["", "demain", "2020-01-01T08:00"])
def test_moment_that_is_not_to_come_is_refused(manager, at):
    view = upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["submission"]
    accept_all(view.pk, view.revision)
    manager.post(f"{DESK}{view.pk}/programmer/", {"revision": view.revision, "at": at})

    assert Submission.objects.get().state == State.CHECKED
