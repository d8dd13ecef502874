"""The second factor: asked of who has powers, set up at the first sign-in, never passed twice with one code."""

import io
import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Event
from accounts.roles import ADMINISTRATOR, APPROVER, READER
from tests.accounts.people import (
    ENROL,
    FACTOR,
    INDEX,
    code_of,
    give_password,
    person,
    with_telephone,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def is_in(client):
    return client.get(INDEX).status_code == 200


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def enrolled(client):
    """Set the second factor up as the page asks; returns (the key, the page of the recovery codes)."""
    page = client.get(ENROL)
    key = client.session["secret_du_second_facteur"]
    assert "<svg" in page.text
    assert " style=" not in page.text
    return key, client.post(ENROL, {"code": code_of(key)})


def test_reader_comes_in_by_the_password_alone(client):
    assert give_password(client, person(READER)).url == INDEX
    assert is_in(client)
    assert kinds() == ["connexion"]


def test_reader_may_set_a_second_factor_up_and_is_then_asked_for_it(client):
    user = person(READER)
    give_password(client, user)
    enrolled(client)
    client.cookies.clear()

    assert give_password(client, user).url.startswith(FACTOR)
    assert not is_in(client)


def test_account_made_on_a_work_station_sets_its_second_factor_up_at_the_first_sign_in(client):
    user = User.objects.create_superuser("poste", password="x")

    assert give_password(client, user, "x").url.startswith(FACTOR)
    assert not is_in(client)
    assert client.get(FACTOR).url.startswith(ENROL)
    assert "bon" in client.post(ENROL, {"code": "000000"}).text
    assert not is_in(client)
    _key, page = enrolled(client)
    assert "Codes de secours" in page.text
    assert is_in(client)
    assert kinds() == ["facteur", "connexion"]


def test_code_is_asked_at_each_sign_in_and_the_session_gets_another_key(client):
    user = person(APPROVER)
    device = with_telephone(user)
    give_password(client, user)
    former = client.session.session_key

    assert not is_in(client)
    assert client.post(FACTOR, {"code": code_of(device.key), "next": INDEX}).url == INDEX
    assert is_in(client)
    assert client.session.session_key != former


def test_code_serves_once(client):
    user = person(APPROVER)
    device = with_telephone(user)
    code = code_of(device.key)
    give_password(client, user)
    client.post(FACTOR, {"code": code})
    client.cookies.clear()
    give_password(client, user)

    assert "déjà servi" in client.post(FACTOR, {"code": code}).text
    assert not is_in(client)


def test_code_that_enrolled_a_telephone_does_not_serve_again(client):
    user = person(APPROVER)
    give_password(client, user)
    key, _page = enrolled(client)
    client.cookies.clear()
    give_password(client, user)

    assert "déjà servi" in client.post(FACTOR, {"code": code_of(key)}).text


def test_wrong_codes_are_slowed_down_even_for_the_right_one(client):
    user = person(APPROVER)
    device = with_telephone(user)
    give_password(client, user)
    with time_machine.travel("2026-01-05 10:00:00+00:00", tick=False) as clock:
        client.post(FACTOR, {"code": "000000"})
        assert "Trop d’essais. Réessayez dans" in client.post(FACTOR, {"code": code_of(device.key)}).text
        clock.shift(5)
        assert client.post(FACTOR, {"code": code_of(device.key)}).status_code == 302


def test_recovery_code_serves_once_and_is_not_kept_in_clear(client):
    user = person(APPROVER)
    give_password(client, user)
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", enrolled(client)[1].text)
    assert len(set(codes)) == 10
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "")[:16] for code in codes}

    for expected in (302, 200):
        client.cookies.clear()
        give_password(client, user)
        assert client.post(FACTOR, {"code": codes[0]}).status_code == expected
    assert kinds()[-2:] == ["secours", "connexion"]


def test_code_of_somebody_else_is_not_taken(client):
    user, other = person(APPROVER), person(APPROVER, "autre@example.org")
    with_telephone(user)
    give_password(client, user)

    client.post(FACTOR, {"code": code_of(with_telephone(other).key)})
    assert not is_in(client)


def test_who_has_a_telephone_cannot_set_another_up_by_the_password_alone(client):
    user = person(APPROVER)
    with_telephone(user)
    give_password(client, user)

    assert client.get(ENROL).url == FACTOR
    assert client.post(ENROL, {"code": "000000"}).url == FACTOR


def test_administrator_takes_a_second_factor_away_and_ends_the_sessions_of_its_owner(client):
    user = person(APPROVER)
    theirs = signed_in(type(client)(), user)
    admin = person(ADMINISTRATOR, "admin@example.org")
    assert is_in(theirs)
    signed_in(client, admin).post(f"/gestion/auth/user/{user.pk}/second-facteur/")

    assert not TOTPDevice.objects.filter(user=user).exists()
    assert not is_in(theirs)
    event = Event.objects.first()
    assert (event.kind, event.who, event.about) == ("facteur_ote", "admin@example.org", user.username)


def test_command_takes_a_second_factor_away_from_the_only_administrator(client):
    user = person(ADMINISTRATOR)
    signed_in(client, user)
    call_command("reset_second_factor", user.username, stdout=io.StringIO())

    assert not TOTPDevice.objects.exists()
    assert not is_in(client)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("reset_second_factor", "inconnu")


def test_no_page_of_the_admin_shows_a_secret(client):
    user = person(APPROVER)
    device = with_telephone(user)
    signed_in(client, User.objects.create_superuser("admin"))

    assert device.key not in client.get(f"/gestion/auth/user/{user.pk}/change/").text
    assert client.get("/gestion/otp_totp/totpdevice/").status_code == 404


@pytest.mark.parametrize("address", ["//ailleurs.example", "https://ailleurs.example/"])
def test_sign_in_never_leads_to_another_site(client, address):
    user = person(APPROVER)
    device = with_telephone(user)
    give_password(client, user)

    assert client.post(FACTOR, {"code": code_of(device.key), "next": address}).url == INDEX
