"""Where two people have to agree, nobody agrees to one's own, and the journal names both."""

import pytest

from deliveries.approval import Accepted, Approval, Signature
from deliveries.models import Submission
from deliveries.operations.transitions import State
from stats.models import Delivery
from tests.deliveries.conftest import (
    CFA_HEADER,
    CFA_ROWS,
    accept_all,
    csv,
    publish_as_read,
    signed_in_manager,
    upload,
)

DESK = "/gestion/deliveries/submission/"


def test_approval_reads_back_both_signatures():
    asked, given = (
        Signature(1, "Camille", "2026-11-27T09:30"),
        Signature(2, "Dominique", "2026-11-27T10:30", "Bien"),
    )
    accepted = {"f" * 64: [Accepted("a", 1, "Vu", 1, "Camille", "2026-11-27T09:20")]}
    for approval in (Approval(3, 2, "2026", accepted, asked, given), Approval(3, None, "2026", {}, asked)):
        assert Approval.from_dict(approval.as_dict()) == approval
    assert set(Approval(3, 2, "2026").as_dict()) == {"version", "par", "le", "confirme"}


@pytest.fixture
def prepared(manager, settings):
    """The number and revision of a submission of the manager, every warning accepted, where two people have to agree."""
    settings.TWO_PERSON_APPROVAL = True
    view = upload(manager, csv(CFA_HEADER, *CFA_ROWS)).context["submission"]
    accept_all(view.pk, view.revision)
    return view.pk, view.revision


def test_one_asks_another_agrees_and_the_journal_names_both(manager, prepared):
    pk, revision = prepared
    colleague = signed_in_manager("collegue")

    def said(client, page, **fields):
        return client.post(f"{DESK}{pk}/{page}/", {"revision": revision, **fields}, follow=True)

    def offered(client):
        return set(client.get(f"{DESK}{pk}/change/").context["submission"].addresses)

    assert "ask_agreement" in offered(manager)
    assert "publish" not in offered(manager)
    assert "Rien n’a été fait" in said(manager, "publier").text
    said(manager, "demander")
    assert "n’y donne pas son accord" in said(manager, "accord").text
    assert (offered(manager), offered(colleague)) == (
        {"check", "give_up"},
        {"check", "give_up", "agree", "send_back"},
    )

    assert "Rien n’a été fait" in said(colleague, "renvoyer", word=" ").text
    assert (
        "Renvoyé par collegue\u00a0: Il manque un CFA"
        in said(colleague, "renvoyer", word="Il manque un CFA").text
    )
    assert Submission.objects.get().state == State.CHECKED
    said(manager, "demander")
    assert "Rien n’a été fait" in said(manager, "publier").text
    said(colleague, "accord", word="Relu")
    assert not Delivery.objects.exists()
    said(manager, "publier")

    delivery = Delivery.objects.get()
    assert (delivery.user.username, delivery.approval["demande"]["qui"]) == ("gestion", "gestion")
    assert (delivery.approval["accord"]["qui"], delivery.approval["accord"]["mot"]) == ("collegue", "Relu")
    assert (
        "Accord donné par collegue\u00a0: Relu"
        in manager.get(f"/gestion/stats/delivery/{delivery.pk}/change/").text
    )


def test_who_had_a_file_checked_has_prepared_it(manager, prepared):
    pk, revision = prepared
    colleague = signed_in_manager("collegue")
    colleague.post(f"{DESK}{pk}/controler/")
    revision = Submission.objects.get().revision
    manager.post(f"{DESK}{pk}/demander/", {"revision": revision})
    colleague.post(f"{DESK}{pk}/accord/", {"revision": revision})

    assert Submission.objects.get().state == State.TO_APPROVE


def test_one_person_is_enough_by_default(manager):
    page = upload(manager, csv(CFA_HEADER, *CFA_ROWS))
    pk, revision = page.context["submission"].pk, page.context["submission"].revision
    accept_all(pk, revision)
    manager.post(f"{DESK}{pk}/demander/", {"revision": revision})

    assert Submission.objects.get().state == State.CHECKED
    assert "est publié" in publish_as_read(manager, page).text
