"""What a data manager approved is what is published, once: else a new report."""

from datetime import datetime

from django.core.signing import Signer

from deliveries.publication import publish
from deliveries.withdrawal import take_back
from formations.models import CourseYear, Diploma
from stats.models import DataVersion, Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, PUBLISH, csv, signed_in_manager, upload

REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")
NEW_REPORT = "les données ont changé depuis ce contrôle"


def token_of(client, *rows):
    return upload(client, csv(CFA_HEADER, *rows)).context["token"]


def shown():
    return dict(Outcome.objects.values_list("school", "taux_en_formation"))


def test_old_tab_publishes_nothing_and_shows_what_would_change_now(manager, cfa_file):
    old = token_of(manager, *CFA_ROWS)
    publish([cfa_file(REVISED)])

    response = manager.post(PUBLISH, {"token": old})

    assert NEW_REPORT in response.text
    assert shown() == {"0990001N": 31}
    assert dict(response.context["report"]["counts"])["modifiées"] == 1
    manager.post(PUBLISH, {"token": response.context["token"]})
    assert shown() == {"0990001N": 30, "0990002P": 40}


def test_new_report_that_refuses_the_file_gives_nothing_to_publish(manager, region_file):
    old = upload(manager, region_file().content, name="region.csv").context["token"]
    CourseYear.objects.all().delete()
    Diploma.objects.all().delete()
    DataVersion.objects.move()

    response = manager.post(PUBLISH, {"token": old})

    assert "Le fichier est refusé" in response.text
    assert "token" not in response.context


def test_second_click_says_that_it_is_published_already(manager):
    token = token_of(manager, *CFA_ROWS)
    manager.post(PUBLISH, {"token": token})
    version = DataVersion.objects.number()

    response = manager.post(PUBLISH, {"token": token}, follow=True)

    assert "«\u00a0cfa.csv\u00a0» est déjà publié" in response.text
    assert response.redirect_chain[-1][0].endswith(f"/delivery/{Delivery.objects.get().pk}/change/")
    assert DataVersion.objects.number() == version


def test_report_of_somebody_else_is_not_an_approval(manager):
    token = token_of(manager, *CFA_ROWS)

    response = signed_in_manager("collegue").post(PUBLISH, {"token": token})

    assert NEW_REPORT in response.text
    assert shown() == {}


def test_file_taken_back_meanwhile_needs_a_new_report(manager):
    token = token_of(manager, *CFA_ROWS)
    manager.post(PUBLISH, {"token": token})
    take_back(Delivery.objects.get())

    assert NEW_REPORT in manager.post(PUBLISH, {"token": token}).text
    assert shown() == {}


def test_journal_says_what_was_approved(manager):
    DataVersion.objects.move()
    manager.post(PUBLISH, {"token": token_of(manager, *CFA_ROWS)})

    delivery = Delivery.objects.get()
    approval = delivery.approval
    assert (approval["version"], approval["par"], approval["confirme"]) == (1, delivery.user.pk, [])
    assert datetime.fromisoformat(approval["le"]) <= delivery.at
    assert delivery.version == 2
    page = manager.get(f"/gestion/stats/delivery/{delivery.pk}/change/").text
    assert "sur la version 1 des données" in page


def test_token_of_a_former_version_is_not_one(manager):
    response = manager.post(PUBLISH, {"token": Signer().sign_object(["ab", "cfa.csv", "", ""])}, follow=True)

    assert "Ce fichier n’est plus là" in response.text


def test_withdrawing_twice_says_that_it_is_done(manager, cfa_file):
    [report] = publish([cfa_file()])
    address = f"/gestion/stats/delivery/{report.delivery}/retirer/"
    manager.post(address)

    for ask in (manager.post, manager.get):
        assert "est déjà retiré" in ask(address, follow=True).text
    assert Delivery.objects.count() == 2


def test_looking_at_a_delivery_that_cannot_be_withdrawn_withdraws_nothing(manager, cfa_file):
    [first] = publish([cfa_file()])
    publish([cfa_file(REVISED)])

    for ask in (manager.get, manager.post):
        response = ask(f"/gestion/stats/delivery/{first.delivery}/retirer/", follow=True)
        assert "retirez d’abord l’autre" in response.text
    assert shown() == {"0990001N": 31}
