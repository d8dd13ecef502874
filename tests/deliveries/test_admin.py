"""The data managers' side: deliver, read the report, publish, take back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from stats.models import DeliveredFile, Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, DELIVER, PUBLISH, csv, upload


def test_upload_shows_a_report_and_publishes_nothing(manager):
    response = upload(manager, csv(CFA_HEADER, *CFA_ROWS))

    assert "Le fichier peut être publié. Rien n’est publié encore." in response.text
    assert "Publier" in response.text
    assert not Outcome.objects.exists()
    assert not Delivery.objects.exists()


def test_publishing_after_the_report_publishes_that_file(manager):
    token = upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["token"]
    response = manager.post(PUBLISH, {"token": token}, follow=True)

    assert "«\u00a0cfa.csv\u00a0» est publié." in response.text
    delivery = Delivery.objects.get()
    assert delivery.user.username == "gestion"
    assert Outcome.objects.count() == 2


def test_refused_file_shows_its_sentences_and_cannot_be_published(manager):
    response = upload(manager, csv(CFA_HEADER, CFA_ROWS[0].replace(";57;", ";157;")))

    assert "Ligne 2, colonne «\u00a0DEVENIR Part en emploi 6 mois\u00a0»" in response.text
    assert "Rien n’a changé" in response.text
    assert "token" not in response.context
    assert not DeliveredFile.objects.exists()


def test_forged_token_publishes_nothing(manager):
    response = manager.post(PUBLISH, {"token": "abc"}, follow=True)

    assert "Ce fichier n’est plus là" in response.text
    assert not Delivery.objects.exists()


def test_cohort_badly_written_is_said_in_the_form(manager):
    response = upload(manager, csv(CFA_HEADER, *CFA_ROWS), cohort="22-23")

    assert "Écrivez une année" in response.text


def test_taking_back_asks_then_takes_back(manager):
    manager.post(PUBLISH, {"token": upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["token"]})
    delivery = Delivery.objects.get()
    address = reverse("admin:stats_delivery_take_back", args=[delivery.pk])

    assert address in manager.get(reverse("admin:stats_delivery_change", args=[delivery.pk])).text
    assert "ne sera plus publié" in manager.get(address).text
    assert Outcome.objects.exists()
    assert "est retiré" in manager.post(address, follow=True).text
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("address", [DELIVER, PUBLISH])
def test_visitor_is_sent_to_sign_in(client, db, address):
    assert client.get(address).url.startswith("/gestion/login/")


def test_staff_without_the_right_may_neither_deliver_nor_take_back(client, nomenclature):
    user = User.objects.create_user("lecture", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_delivery"))
    client.force_login(user)

    assert client.get(DELIVER).status_code == 403
    assert client.post(PUBLISH).status_code == 403


@pytest.mark.parametrize("name", ["stats_delivery", "formations_diploma", "establishments_school"])
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
    token = upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["token"]
    assert not journal.exists()
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(PUBLISH, {"token": token})
    assert journal.exists()

    journal.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/gestion/stats/delivery/{Delivery.objects.get().pk}/retirer/")
    assert journal.exists()
