"""The journal in the admin, and how the desk takes a delivery back."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from deliveries.journal_chain import content_of, verify_journal
from stats.models import Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, publish_as_read, upload

REASON = "Le CFA a envoyé <deux fois> la même cohorte"


def test_taking_back_asks_then_takes_back(manager):
    publish_as_read(manager, upload(manager, csv(CFA_HEADER, *CFA_ROWS)))
    delivery = Delivery.objects.get()
    address = reverse("admin:stats_delivery_take_back", args=[delivery.pk])

    assert address in manager.get(reverse("admin:stats_delivery_change", args=[delivery.pk])).text
    assert "ne sera plus publié" in manager.get(address).text
    assert "Ce champ est obligatoire" in manager.post(address, {"reason": " "}).text
    assert Outcome.objects.exists()
    assert "est retiré" in manager.post(address, {"reason": REASON}, follow=True).text
    assert not Outcome.objects.exists()
    entry = Delivery.objects.get(action=Delivery.Action.TAKEN_BACK)
    assert entry.reason == REASON
    assert content_of(entry)["motif"] == REASON
    assert verify_journal().is_intact
    assert escape(REASON) in manager.get(reverse("admin:stats_delivery_changelist")).text
    assert escape(REASON) in manager.get(reverse("admin:stats_delivery_change", args=[entry.pk])).text


@pytest.mark.parametrize(
    "name", ["stats_delivery", "deliveries_submission", "formations_diploma", "establishments_school"]
)
def test_lists_open(admin_client, nomenclature, name):
    assert admin_client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_course_opens_with_its_years(admin_client, nomenclature):
    response = admin_client.get(reverse("admin:formations_diploma_change", args=["50022139"]))

    assert "23220022139" in response.text


def test_publishing_and_taking_back_start_the_process_that_makes_the_open_files(
    manager, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    """It sees the database of the settings only: here it fails at once, and says so in its journal."""
    settings.OPEN_FILES, settings.OPEN_FILES_DIR = True, tmp_path / "ouvertes"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nulle.part")
    journal = settings.OPEN_FILES_DIR / "journal.txt"
    page = upload(manager, csv(CFA_HEADER, *CFA_ROWS))
    assert not journal.exists()
    with django_capture_on_commit_callbacks(execute=True):
        publish_as_read(manager, page)
    assert journal.exists()

    journal.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/gestion/stats/delivery/{Delivery.objects.get().pk}/retirer/", {"reason": REASON})
    assert journal.exists()
