"""What a data manager approved is what is published, once: else a new report."""

from datetime import datetime

from deliveries.models import Submission
from deliveries.publication import publish
from deliveries.withdrawal import take_back
from formations.models import CourseYear, Diploma
from stats.models import DataVersion, Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, publish_as_read, signed_in_manager, upload

REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")
NEW_REPORT = "les données ont changé depuis le contrôle"
CHANGED_PAGE = "ce dépôt a changé depuis que vous l’avez lu"


def read_by(client, *rows):
    return upload(client, csv(CFA_HEADER, *rows))


def shown():
    return dict(Outcome.objects.values_list("school", "taux_en_formation"))


def test_old_tab_publishes_nothing_and_shows_what_would_change_now(manager, cfa_file):
    old = read_by(manager, *CFA_ROWS)
    publish([cfa_file(REVISED)])

    new = publish_as_read(manager, old)

    assert NEW_REPORT in new.text
    assert shown() == {"0990001N": 31}
    [file] = new.context["submission"].files
    assert dict(file.counts)["modifiées"] == 1
    assert CHANGED_PAGE in publish_as_read(manager, old).text
    assert shown() == {"0990001N": 31}
    publish_as_read(manager, new)
    assert shown() == {"0990001N": 30, "0990002P": 40}


def test_new_report_that_refuses_the_file_gives_nothing_to_publish(manager, region_file):
    old = upload(manager, region_file().content, name="region.csv")
    CourseYear.objects.all().delete()
    Diploma.objects.all().delete()
    DataVersion.objects.move()

    response = publish_as_read(manager, old)

    assert "Le fichier est refusé" in response.text
    assert "publish" not in response.context["submission"].addresses


def test_second_click_publishes_nothing_more(manager):
    page = read_by(manager, *CFA_ROWS)
    publish_as_read(manager, page)
    version = DataVersion.objects.number()

    response = publish_as_read(manager, page)

    assert CHANGED_PAGE in response.text
    assert "«\u00a0cfa.csv\u00a0» est publié" in response.text
    assert DataVersion.objects.number() == version


def test_who_read_the_same_report_may_agree_to_it_and_the_journal_names_them(manager):
    page = read_by(manager, *CFA_ROWS)
    colleague = signed_in_manager("collegue")
    publish_as_read(
        colleague, colleague.get(f"/gestion/deliveries/submission/{page.context['submission'].pk}/change/")
    )

    delivery = Delivery.objects.get()
    assert (delivery.user.username, delivery.approval["par"]) == ("collegue", delivery.user.pk)
    assert Submission.objects.get().author.username == "gestion"


def test_file_taken_back_meanwhile_is_received_and_read_again(manager):
    page = read_by(manager, *CFA_ROWS)
    publish_as_read(manager, page)
    take_back(Delivery.objects.get())

    assert CHANGED_PAGE in publish_as_read(manager, page).text
    assert shown() == {}
    publish_as_read(manager, read_by(manager, *CFA_ROWS))
    assert len(shown()) == 2


def test_journal_says_what_was_approved(manager):
    DataVersion.objects.move()
    publish_as_read(manager, read_by(manager, *CFA_ROWS))

    delivery = Delivery.objects.get()
    approval = delivery.approval
    assert (approval["version"], approval["par"]) == (1, delivery.user.pk)
    assert {(one["motif"], one["qui"]) for one in approval["confirme"]} == {("Vérifié", "gestion")}
    shown = manager.get(f"/gestion/stats/delivery/{delivery.pk}/change/").text
    assert "par gestion\u00a0: Vérifié" in shown
    assert datetime.fromisoformat(approval["le"]) <= delivery.at
    assert delivery.version == 2
    page = manager.get(f"/gestion/stats/delivery/{delivery.pk}/change/").text
    assert "sur la version 1 des données" in page


def test_withdrawing_twice_says_that_it_is_done(manager, cfa_file):
    [report] = publish([cfa_file()])
    address = f"/gestion/stats/delivery/{report.delivery}/retirer/"
    said = {"reason": "Deux fois la même cohorte"}
    manager.post(address, said)

    for ask in (manager.post, manager.get):
        assert "est déjà retiré" in ask(address, said, follow=True).text
    assert Delivery.objects.count() == 2


def test_looking_at_a_delivery_that_another_replaced_withdraws_nothing(manager, cfa_file):
    [first] = publish([cfa_file()])
    publish([cfa_file(REVISED)])

    for ask in (manager.get, manager.post):
        response = ask(f"/gestion/stats/delivery/{first.delivery}/retirer/", follow=True)
        assert "Une livraison plus récente l’a remplacé. Elle est retirée avec lui" in response.text
    assert shown() == {"0990001N": 31}
