"""A database of the former version, migrated, keeps every row and answers the same bytes at the same addresses.

An address whose answer changes on purpose leaves `addresses.tsv`; the dump stays, since the code that made it is gone.
"""

import io
import json
import re
from math import inf

import pytest
import time_machine
from django.apps import apps
from django.conf import global_settings, settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client, override_settings
from django.urls import reverse

from accounts.roles import ROLES
from stats.models import DataVersion, Delivery
from tests.former_version.answers import NOW, asked, recorded
from tests.former_version.database import former_database, stored, tables
from tests.signing_in import signed_in

KEY = "cle-de-la-version-d-avant-0001"
LIST = "/api/inserjeunes/certifications"
# What migrations write in.
_OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}
_OF_DJANGO |= {"auth_group", "auth_user_user_permissions", "django_admin_log"}


@pytest.fixture(scope="module")
def former(django_db_setup, django_db_blocker, tmp_path_factory):
    """{table: its rows before the migrations}; they are applied, and the files of the whole data are made."""
    directory = tmp_path_factory.mktemp("former")
    files = override_settings(OPEN_FILES_DIR=directory / "open")
    with django_db_blocker.unblock(), files, former_database(directory):
        before = {name: stored(name, table["columns"]) for name, table in tables().items()}
        call_command("migrate", interactive=False, verbosity=0)
        ContentType.objects.clear_cache()
        call_command("open_files", stdout=io.StringIO())
        yield before
    ContentType.objects.clear_cache()


@pytest.fixture
def undone(former):
    """Whatever the test writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def client_of_all(former):
    """One for all: making the chain of middlewares costs more than any answer."""
    return Client()


@pytest.fixture
def manager(undone):
    """The browser of the data manager, who signs in again: sessions are kept elsewhere since then."""
    return signed_in(Client(), User.objects.get())


@pytest.mark.parametrize("address", recorded())
def test_address_answers_the_same(client_of_all, address):
    assert asked(client_of_all, address) == recorded()[address]


@pytest.mark.parametrize(
    "name", [name for name, table in tables().items() if table["rows"] and name not in _OF_DJANGO]
)
def test_every_row_is_kept(former, name):
    assert len(former[name]) == len(tables()[name]["rows"])
    assert stored(name, tables()[name]["columns"]) == [_as_migrated(name, row) for row in former[name]]


def _as_migrated(name, row):
    """A stored row as the migrations leave it: slices of what schools teach get the school year of their file."""
    pattern = r"('(?:constat|attractivite_capacite|bts_attractivite_capacite)', )''"
    year = {"constat": "2024"}.get(row.split("'")[1], "2025") if name == "stats_slice" else ""
    return re.sub(pattern, rf"\1'{year}'", row) if year else row


def _rows(name):
    table = tables()[name]
    return {row[0]: dict(zip(table["columns"], row, strict=True)) for row in table["rows"]}


def _table_of(content_type):
    """The table of the model that a content type named in the former version."""
    found = _rows("django_content_type")[content_type]
    return f"{found['app_label']}_{found['model']}"


def _models():
    return {model._meta.db_table: model for model in apps.get_models()}


def _permission(number):
    """The permission of the former version as code asks for it today: "stats.view_apikey"."""
    found = _rows("auth_permission")[number]
    options = _models()[_table_of(found["content_type_id"])]._meta
    return f"{options.app_label}.{get_permission_codename(found['codename'].split('_')[0], options)}"


def test_groups_keep_their_permissions_and_get_no_other(former):
    known = {}
    for row in _rows("auth_group_permissions").values():
        known.setdefault(_rows("auth_group")[row["group_id"]]["name"], set()).add(
            _permission(row["permission_id"])
        )
    assert known
    kept = {group.name: _names(group.permissions.all()) for group in Group.objects.all()}
    # Those of the roles are new.
    assert kept == known | ROLES


def _names(permissions):
    return {f"{each.content_type.app_label}.{each.codename}" for each in permissions}


def test_data_manager_keeps_their_permissions_and_gets_no_other(former):
    [user] = User.objects.all()
    own = {_permission(row["permission_id"]) for row in _rows("auth_user_user_permissions").values()}
    groups = {_permission(row["permission_id"]) for row in _rows("auth_group_permissions").values()}
    assert own
    assert user.get_all_permissions() == own | groups
    assert all(user.has_perm(name) for name in own | groups)


def test_no_content_type_and_no_permission_is_left_without_its_model(former):
    types = ContentType.objects.all()
    assert [each.natural_key() for each in types if each.model_class() is None] == []
    possible = {
        f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"
        for model in apps.get_models()
        for action in model._meta.default_permissions
    } | {
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        for codename, _ in model._meta.permissions
    }
    assert sorted(_names(Permission.objects.all()) - possible) == []


def test_log_of_the_admin_still_names_what_was_changed(former, manager):
    entries = LogEntry.objects.order_by("pk")
    kept = [(entry.content_type.model_class()._meta.db_table, entry.object_id) for entry in entries]
    rows = _rows("django_admin_log").values()
    assert kept == [(_table_of(row["content_type_id"]), row["object_id"]) for row in rows]
    for entry in entries:
        options = type(entry.get_edited_object())._meta
        page = reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[entry.object_id])
        assert entry.get_change_message() in manager.get(page).content.decode()
        assert manager.get(entry.get_admin_url()).status_code == 200


def test_passwords_still_open(undone):
    # Those of the tests first: what is hashed again on the way is hashed quickly.
    hashers = [*settings.PASSWORD_HASHERS, *global_settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=hashers):
        assert Client().login(username="gestion", password="mot de passe de gestion")
        for name, password, status in (
            ("ancien", "mot de passe d’avant", 200),
            ("nouveau", "autre mot de passe", 200),
            ("parti", "x", 401),
        ):
            answer = Client().post(
                "/api/inserjeunes/auth/login",
                json.dumps({"username": name, "password": password}),
                content_type="application/json",
            )
            assert (name, answer.status_code) == (name, status)


def test_key_still_opens_and_its_calls_are_added_to_those_of_the_former_version(undone):
    day = NOW.replace(day=24)
    with time_machine.travel(day, tick=False), override_settings(USAGE_EVERY_SECONDS=-inf):
        before = _calls()
        assert Client().get(LIST, headers={"X-Api-Key": KEY}).status_code == 200
        assert Client().get(LIST, headers={"X-Api-Key": "cle-retiree-0002"}).status_code == 401
    assert before == [144]
    assert _calls() == [before[0] + 1]


def _calls():
    sql = "SELECT count FROM stats_usageday WHERE day = '2026-11-24' AND consumer = 'Plateforme d’essai'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [count for (count,) in cursor.fetchall()]


def test_new_rows_get_new_keys(undone):
    """The counters of keys go on where the former version left them."""
    with_counter = {name: table["last_key"] for name, table in tables().items() if table["last_key"]}
    assert "stats_apikey" in with_counter
    made = _models()["stats_apikey"].objects.create(label="Après", prefix="x", hash="x")
    assert made.pk == with_counter["stats_apikey"] + 1


def test_version_goes_on_from_the_last_number_of_the_journal(former):
    """Whoever kept a page, a cursor or the address of a file reads on until something is published."""
    last = max(_rows("stats_delivery"))
    assert (DataVersion.objects.number(), DataVersion.objects.get().at) == (
        last,
        Delivery.objects.get(pk=last).at,
    )
    assert not Delivery.objects.exclude(version=F("pk")).exists()


def test_columns_are_those_that_the_models_ask_for(former):
    """No migration leaves a table or a column behind, nor forgets one."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    wanted = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in models
    }
    with connection.cursor() as cursor:
        found = {name: _columns(cursor, name) for name in connection.introspection.table_names(cursor)}
    del found["django_migrations"]
    assert found == wanted


def _columns(cursor, name):
    cursor.execute(f'SELECT * FROM "{name}" WHERE 1 = 0')
    return {column[0] for column in cursor.description}
