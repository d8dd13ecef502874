"""Open sessions: what is kept of them, how long they last, who ends them; passwords forgotten and changed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Event, OpenSession
from accounts.roles import ADMINISTRATOR, APPROVER, READER
from accounts.sessions import browser_family
from accounts.throttling import FREE_TRIES, sign_in_try
from tests.accounts.people import INDEX, PASSWORD, give_password, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
OWN, FORGOTTEN = "/gestion/mes-sessions/", "/gestion/oubli/"
NOW = "2026-01-05 10:00:00+00:00"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def is_in(client):
    return client.get(INDEX).status_code == 200


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15) AppleWebKit/605.1 Version/19.0 Safari/605.1",
            "Safari, macOS",
        ),
        ("", "autre"),
    ],
)
def test_family_of_a_browser(agent, family):
    assert browser_family(agent) == family


def test_what_is_kept_of_a_session(client):
    user = person(READER)
    give_password(client, user, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.77")
    session = OpenSession.objects.get()

    assert (session.user, session.browser) == (user, "Firefox, Linux")
    assert session.signed_in_at is not None
    assert "192.0.2.77" not in f"{session.get_decoded()} {vars(session)}"


def test_cookie_goes_to_the_desk_only_and_lasts_as_long_as_the_browser(client):
    give_password(client, person(READER))
    cookie = client.cookies["gestion"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/gestion/", True, "Lax")
    assert cookie["max-age"] == ""


def test_public_pages_read_no_session_and_give_no_cookie(client):
    signed_in(client, person(APPROVER))
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/glossaire/")

    assert not [query for query in queries if "accounts_" in query["sql"] or "auth_" in query["sql"]]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_session_ends_without_a_request_for_an_hour(client, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        give_password(client, person(READER))
        for _ in range(3):
            clock.shift(timedelta(minutes=59))
            assert is_in(client)
        clock.shift(timedelta(minutes=61))
        assert not is_in(client)


def test_session_ends_after_twelve_hours_whatever_is_done(client):
    with time_machine.travel(NOW, tick=False) as clock:
        give_password(client, person(READER))
        for _ in range(16):
            clock.shift(timedelta(minutes=44))
            assert is_in(client)
        clock.shift(timedelta(minutes=44))
        assert not is_in(client)
        assert not OpenSession.objects.exclude(user=None).exists()


def test_sessions_over_are_deleted_at_the_next_sign_in(client):
    with time_machine.travel(NOW, tick=False) as clock:
        give_password(client, person(READER))
        clock.shift(timedelta(hours=2))
        give_password(Client(), person(READER, "autre@example.org"))

    assert [session.user.username for session in OpenSession.objects.all()] == ["autre@example.org"]


def test_one_ends_ones_other_sessions_and_keeps_this_one(client):
    user = person(APPROVER)
    here, there, further = (signed_in(Client(), user) for _ in range(3))
    stranger = signed_in(Client(), person(APPROVER, "autre@example.org"))
    name = OpenSession.objects.get(session_key=there.session.session_key).name
    page = here.get(OWN).text
    assert name in page
    assert there.session.session_key not in page

    here.post(OWN, {"session": name})
    assert [is_in(one) for one in (here, there, further)] == [True, False, True]
    here.post(OWN)
    assert is_in(further)
    here.post(OWN, {"all": "x"})
    assert [is_in(one) for one in (here, further, stranger)] == [True, False, True]
    assert Event.objects.filter(kind=Event.Kind.SESSIONS_ENDED).count() == 2


def test_session_of_somebody_else_cannot_be_ended_by_its_name(client):
    theirs = signed_in(Client(), person(APPROVER, "autre@example.org"))
    name = OpenSession.objects.get().name
    signed_in(client, person(APPROVER)).post(OWN, {"session": name})

    assert is_in(theirs)


def test_administrator_ends_the_sessions_of_others(client):
    user = person(READER)
    theirs = Client()
    give_password(theirs, user)
    signed_in(client, person(ADMINISTRATOR, "admin@example.org")).post(
        f"/gestion/auth/user/{user.pk}/sessions/"
    )

    assert not is_in(theirs)


def test_closed_account_has_no_session_left(client):
    user = person(READER)
    theirs = Client()
    give_password(theirs, user)
    page = {"email": user.email, "groups": [group.pk for group in user.groups.all()]}
    signed_in(client, person(ADMINISTRATOR, "admin@example.org")).post(
        f"/gestion/auth/user/{user.pk}/change/", page
    )

    assert not OpenSession.objects.filter(user=user).exists()
    assert Event.objects.first().details == {"ouvert": False}


def new_password(client):
    [message] = mail.outbox
    link = re.search(r"https?://[^/]+(/gestion/oubli/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    return client.post(address, {"new_password1": "une autre phrase", "new_password2": "une autre phrase"})


def test_forgotten_password_is_changed_by_a_link_and_ends_the_sessions(client):
    user = person(APPROVER)
    theirs = signed_in(Client(), user)
    client.post(FORGOTTEN, {"email": user.email})
    assert new_password(client).url == "/gestion/login/"

    assert not is_in(theirs)
    assert give_password(client, user, "une autre phrase").url.startswith("/gestion/second-facteur/")
    assert not is_in(client)


def test_new_password_by_e_mail_ends_the_wait_that_strangers_caused(client):
    user = person(READER)
    for number in range(FREE_TRIES["compte"]):
        request = RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{number}")
        sign_in_try(request, user.username).begin()
    assert "Trop d’essais" in give_password(client, user).text
    client.post(FORGOTTEN, {"email": user.email})
    new_password(client)

    assert give_password(client, user, "une autre phrase").url == INDEX


def test_forgotten_password_tells_nobody_whether_an_account_exists(client):
    known, unknown = (
        client.post(FORGOTTEN, {"email": email}) for email in (person(READER).email, "inconnu@example.org")
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_links_are_not_sent_without_end(client):
    person(READER)
    pages = [client.post(FORGOTTEN, {"email": "camille@example.org"}) for _ in range(6)]

    assert "Trop d’essais" in pages[-1].text
    assert len(mail.outbox) == 5


def test_changed_password_is_in_the_journal(client):
    give_password(client, person(READER))
    fields = {
        "old_password": PASSWORD,
        "new_password1": "une autre phrase",
        "new_password2": "une autre phrase",
    }
    client.post("/gestion/password_change/", fields)

    assert Event.objects.first().kind == "motdepasse"
