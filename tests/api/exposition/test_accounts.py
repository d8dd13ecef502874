"""Who may call: passwords of the former API, tokens, users imported or made in the management site."""

import hashlib
import json
import re

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.management import CommandError, call_command
from django.urls import reverse

from api.models import ApiKey, ApiUser

API = "/api/inserjeunes"


def _former_hash(password, salt="5e1"):
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt.encode(), 3, 64)
    return f"{made.hex()}$3${salt}"


def test_former_password_is_hashed_again_at_sign_in(client, db):
    user = ApiUser.objects.create(username="onisep", password=_former_hash("Secret-1"))
    body = json.dumps({"username": "onisep", "password": "Secret-1"})
    token = client.post(f"{API}/auth/login", body, content_type="application/json").json()["token"]
    user.refresh_from_db()
    assert not user.has_former_password
    assert user.check_password("Secret-1")
    assert not user.check_password("Secret-2")
    assert client.get(f"{API}/bcn", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    ApiUser.objects.update(is_active=False)
    assert client.get(f"{API}/bcn", headers={"Authorization": f"Bearer {token}"}).status_code == 401


class FewIterations(PBKDF2PasswordHasher):
    iterations = 5


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("inconnu", "Secret-1"),
        ("ancien", "Secret-1"),
        ("ancien", "faux"),
        ("nouveau", "Secret-1"),
        ("nouveau", "faux"),
        ("parti", "Secret-1"),
    ],
)
def test_time_of_a_sign_in_does_not_tell_who_exists(client, db, settings, monkeypatch, username, password):
    settings.PASSWORD_HASHERS = [f"{__name__}.FewIterations"]
    ApiUser.objects.create(username="ancien", password=_former_hash("Secret-1"))
    ApiUser.objects.create(username="autre", password=_former_hash("Secret-1"))
    ApiUser.objects.create(username="nouveau", password=make_password("Secret-1"))
    ApiUser.objects.create(username="parti", password=_former_hash("Secret-1"), is_active=False)
    work, pbkdf2 = [], hashlib.pbkdf2_hmac

    def counted(name, word, salt, iterations, *rest):
        work.append((name, iterations))
        return pbkdf2(name, word, salt, iterations, *rest)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted)
    body = json.dumps({"username": username, "password": password})
    client.post(f"{API}/auth/login", body, content_type="application/json")

    assert sorted(work) == [("sha256", 5), ("sha512", 3)]


def test_token_of_the_first_version_is_accepted_until_its_end(client, db):
    ApiUser.objects.create(username="ancien")
    token = (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
        ".eyJ1c2VybmFtZSI6ImFuY2llbiIsImlhdCI6MTc5NTQyODAwMCwiZXhwIjoxNzk1NTE0NDAwLCJpc3MiOiJleHBvc2l0aW9uLWlqIn0"
        ".rNs2Izig2EjtBefzhjbJpvlUrMTQyFAdGODV11AicD8"
    )
    headers = {"Authorization": f"Bearer {token}"}
    with time_machine.travel("2026-11-23 20:00:00+00:00"):
        assert client.get(f"{API}/bcn", headers=headers).status_code == 200
    with time_machine.travel("2026-11-24 10:00:01+00:00"):
        assert client.get(f"{API}/bcn", headers=headers).status_code == 401


def test_former_users_are_imported_once(db, tmp_path, capsys):
    path = tmp_path / "users.json"
    path.write_text(json.dumps([{"username": "onisep", "password": _former_hash("a")}]), encoding="utf-8")
    call_command("import_api_users", path)
    call_command("import_api_users", path)
    assert "0 utilisateurs importés, 1 déjà là" in capsys.readouterr().out
    assert ApiUser.objects.get().check_password("a")


@pytest.mark.parametrize("text", ["[{}]", '[{"username": "a", "password": "en clair"}]', "zzz", "[1]"])
def test_users_that_cannot_be_read_are_refused_whole(db, tmp_path, text):
    path = tmp_path / "users.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_api_users", path)
    assert not ApiUser.objects.exists()


def test_key_made_in_the_admin_is_shown_once(admin_client):
    address = reverse("admin:api_apikey_add")
    page = admin_client.post(address, {"label": "Onisep"}, follow=True).content.decode()
    key = re.search(r"Clé de «\xa0Onisep\xa0»\xa0: (\S+)\.", page)[1]
    assert ApiKey.objects.valid(key) == ApiKey.objects.get()
    assert key not in admin_client.get(reverse("admin:api_apikey_changelist")).content.decode()


def test_user_made_in_the_admin_signs_in(admin_client):
    address = reverse("admin:api_apiuser_add")
    assert admin_client.post(address, {"username": "lba", "is_active": "on"}).status_code == 200
    admin_client.post(address, {"username": "lba", "is_active": "on", "new_password": "Mot de passe 1"})
    assert ApiUser.objects.get().check_password("Mot de passe 1")


@pytest.mark.parametrize("username", ["a\0b", "\ud800", "", 3, None])
def test_user_name_that_no_database_can_hold_is_refused(client, username):
    body = json.dumps({"username": username, "password": "x"})
    response = client.post("/api/inserjeunes/auth/login", body, content_type="application/json")

    assert response.status_code == 400
