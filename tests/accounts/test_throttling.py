"""Tries to sign in: slowed down by account and network, alike for accounts that do not exist, and told in French."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from accounts.models import Event, SignInTries
from accounts.roles import READER
from accounts.throttling import FREE_TRIES, LONGEST_WAIT, sign_in_try, wait_after, wait_sentence
from tests.accounts.people import LOGIN, PASSWORD, give_password, person

pytestmark = pytest.mark.django_db
FREE = FREE_TRIES["compte et réseau"]
NOW = "2026-01-05 10:00:00+00:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def failed(client, name="camille@example.org", times=FREE, **headers):
    for _ in range(times):
        page = client.post(LOGIN, {"username": name, "password": "faux"}, **headers)
    return page


def tried(name="camille@example.org", times=FREE, **headers):
    """The same failures as `failed`, without the pages that tell them."""
    for _ in range(times):
        sign_in_try(RequestFactory().post(LOGIN, **headers), name).begin()


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (10, 480), (11, 900), (5000, 900)]
)
def test_each_failure_doubles_the_wait(failures, seconds):
    assert wait_after(failures, 5) == timedelta(seconds=seconds)


def test_wait_is_said_in_words():
    assert wait_sentence(1) == "Trop d’essais. Réessayez dans 1\u00a0seconde."
    assert wait_sentence(900) == "Trop d’essais. Réessayez dans 15\u00a0minutes."


@pytest.mark.parametrize("name", ["camille@example.org", "inconnu"])
def test_right_password_waits_too_whether_the_account_exists_or_not(client, clock, name, caplog):
    user = person(READER)
    tried(name)
    with caplog.at_level(logging.WARNING, "django.security.gestion"):
        page = client.post(LOGIN, {"username": name, "password": PASSWORD})
    assert "Trop d’essais. Réessayez dans 15\u00a0secondes." in page.text
    assert "attente de 15 s" in caplog.text
    clock.shift(16)
    assert give_password(client, user).status_code == 302


def test_tries_that_wait_are_not_counted_so_that_the_owner_comes_back(client, clock):
    user = person(READER)
    tried(times=FREE + 30)
    clock.shift(16)

    assert give_password(client, user).status_code == 302
    # Those of the network are left, but for this one.
    assert list(SignInTries.objects.values_list("failures", flat=True)) == [FREE]


def test_another_network_is_not_slowed_down_by_a_few_failures(client):
    user = person(READER)
    tried(REMOTE_ADDR="192.0.2.1")

    assert give_password(client, user, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_network_that_tries_many_accounts_is_slowed_down(client):
    for number in range(FREE_TRIES["réseau"]):
        tried(f"compte{number}", 1)

    assert "Trop d’essais" in give_password(client, person(READER)).text


def test_an_account_tried_from_many_networks_is_slowed_down(client):
    user = person(READER)
    for number in range(FREE_TRIES["compte"]):
        tried(times=1, REMOTE_ADDR=f"192.0.2.{number}")

    assert "Trop d’essais" in give_password(client, user, REMOTE_ADDR="198.51.100.1").text


def test_a_network_that_waits_leaves_no_row_for_each_account_it_tries():
    for number in range(FREE_TRIES["réseau"]):
        tried(f"compte{number}", 1)
    former = SignInTries.objects.count()
    for number in range(10):
        tried(f"autre{number}", 1)

    assert SignInTries.objects.count() == former


def test_signing_in_oneself_does_not_empty_the_count_of_the_network(client):
    user = person(READER)
    for number in range(FREE_TRIES["réseau"] - 1):
        tried(f"compte{number}", 1)
    give_password(client, user)
    failed(Client(), "compte", 1)

    assert "Trop d’essais" in failed(Client(), "autre", 1).text


@pytest.mark.parametrize(("proxies", "is_slowed"), [(0, True), (1, False)])
def test_forwarded_addresses_are_believed_as_the_settings_say(client, settings, proxies, is_slowed):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    user = person(READER)
    tried(HTTP_X_FORWARDED_FOR="192.0.2.1")
    page = give_password(client, user, HTTP_X_FORWARDED_FOR="192.0.2.2")

    assert (page.status_code == 200) is is_slowed


def test_serial_failures_are_in_the_journal_once_and_no_address_is_kept(client, caplog):
    user = person(READER)
    with caplog.at_level(logging.WARNING, "django.security.gestion"):
        failed(client, times=FREE + 3, REMOTE_ADDR="192.0.2.77")

    assert [event.about for event in Event.objects.filter(kind=Event.Kind.SLOWED_DOWN)] == [user.username]
    kept = [*SignInTries.objects.values_list("key", flat=True), caplog.text]
    assert "192.0.2.77" not in " ".join(kept)


def test_what_is_typed_for_an_unknown_account_is_not_logged(client, caplog):
    with caplog.at_level(logging.WARNING, "django.security.gestion"):
        failed(client, "mon mot de passe", 1)

    assert "compte inconnu" in caplog.text
    assert "mon mot de passe" not in caplog.text


def test_counts_are_forgotten_a_day_later(clock):
    tried()
    clock.shift(timedelta(days=1, seconds=1))
    tried("autre", 1)

    assert set(SignInTries.objects.values_list("failures", flat=True)) == {1}
    assert timedelta(days=1) > LONGEST_WAIT


def test_unknown_account_costs_one_hash_like_a_known_one(client, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    work, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: work.append(1) or encode(self, *args)
    )
    person(READER)
    person(READER, "parti@example.org", is_active=False)
    done = []
    for name in ("camille@example.org", "parti@example.org", "inconnu"):
        work.clear()
        failed(client, name, 1)
        done.append(len(work))
    assert done == [1, 1, 1]
