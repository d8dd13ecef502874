"""Accounts are made by their owners: an invitation works once, in time, and nobody else chooses the password."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.utils import timezone

from accounts.models import Event, Invitation
from accounts.roles import ADMINISTRATOR, APPROVER, READER
from tests.accounts.people import PASSWORD, give_password, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
INVITE = "/gestion/accounts/invitation/add/"
ANSWER = {
    "first_name": "Camille",
    "last_name": "Martin",
    "new_password1": PASSWORD,
    "new_password2": PASSWORD,
}


@pytest.fixture
def administrator(client):
    return signed_in(type(client)(), person(ADMINISTRATOR, "admin@example.org"))


@pytest.fixture
def link(administrator):
    role = Group.objects.get(name=APPROVER)
    assert administrator.post(INVITE, {"email": "Camille@Example.org", "roles": [role.pk]}).status_code == 302
    [message] = mail.outbox
    assert message.to == ["camille@example.org"]
    return re.search(r"https?://[^/]+(/gestion/invitation/\S+)", message.body)[1]


def test_invited_person_chooses_a_password_and_gets_the_roles(client, link):
    assert "camille@example.org" in client.get(link).text
    assert client.post(link, ANSWER).url == "/gestion/login/"

    user = User.objects.get(username="camille@example.org")
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == [APPROVER]
    assert give_password(client, user).url.startswith("/gestion/second-facteur/")
    assert [event.kind for event in Event.objects.order_by("pk")] == ["invitation", "arrivee"]


@pytest.mark.parametrize(
    "end",
    [
        lambda: Invitation.objects.update(accepted_at=timezone.now()),
        lambda: Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda: Invitation.objects.all().delete(),
        lambda: User.objects.create_user("camille@example.org"),
    ],
    ids=["accepted", "too old", "cancelled", "has an account"],
)
def test_link_that_is_over_makes_no_account(client, link, end):
    end()
    former = User.objects.count()

    response = client.post(link, ANSWER)
    assert (response.status_code, User.objects.count()) == (410, former)
    assert "Ce lien ne sert plus" in response.text


def test_link_serves_once(client, link):
    client.post(link, ANSWER)

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("place", [21, 30, -3])
def test_forged_link_is_refused(client, link, place):
    forged = list(link)
    forged[place] = "A" if forged[place] != "A" else "B"

    assert client.get("".join(forged)).status_code == 410


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("court", "12"),
        ("123456789012345", "numérique"),
        ("camille@example.org", "semblable|ressemble|similaire"),
    ],
)
def test_weak_passwords_are_refused(client, link, password, sentence):
    page = client.post(link, ANSWER | {"new_password1": password, "new_password2": password})

    assert re.search(sentence, page.text)
    assert not User.objects.filter(username="camille@example.org").exists()


def test_second_invitation_closes_the_first(client, administrator, link):
    administrator.post(INVITE, {"email": "camille@example.org", "roles": [Group.objects.get(name=READER).pk]})

    assert client.get(link).status_code == 410


def test_cancelled_invitation_is_in_the_journal(administrator, link):
    invitation = Invitation.objects.get()
    administrator.post(f"/gestion/accounts/invitation/{invitation.pk}/delete/", {"post": "yes"})

    event = Event.objects.first()
    assert (event.kind, event.who, event.about) == ("annulation", "admin@example.org", "camille@example.org")


def test_roles_changed_by_an_administrator_are_in_the_journal(administrator):
    user = person(READER)
    roles = [Group.objects.get(name=name).pk for name in (READER, APPROVER)]
    page = {"first_name": "", "last_name": "", "email": user.email, "is_active": "on", "groups": roles}
    assert administrator.post(f"/gestion/auth/user/{user.pk}/change/", page).status_code == 302

    event = Event.objects.get()
    assert (event.kind, event.who, event.about) == ("roles", "admin@example.org", user.username)
    assert event.details == {"avant": [READER], "apres": [APPROVER, READER]}


def test_nobody_changes_ones_own_roles_nor_those_of_a_superuser(administrator):
    own = User.objects.get(username="admin@example.org")
    above = User.objects.create_superuser("poste", email="poste@example.org")
    page = {"email": "autre@example.org", "groups": [Group.objects.get(name=APPROVER).pk], "is_active": "on"}
    administrator.post(f"/gestion/auth/user/{own.pk}/change/", page)

    assert [group.name for group in own.groups.all()] == [ADMINISTRATOR]
    assert administrator.post(f"/gestion/auth/user/{above.pk}/change/", page).status_code == 403
    assert administrator.post(f"/gestion/auth/user/{above.pk}/second-facteur/").status_code == 403


def test_message_that_cannot_leave_is_said(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    role = Group.objects.get(name=READER)
    page = administrator.post(INVITE, {"email": "a@example.org", "roles": [role.pk]}, follow=True)

    assert "n’a pas pu partir" in page.text
