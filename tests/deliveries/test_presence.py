"""The desk says when no worker is there to do what it asks."""

import os
import time

import pytest

from deliveries.operations import presence

LISTS = ["/gestion/deliveries/submission/", "/gestion/deliveries/submission/add/"]


@pytest.fixture
def background(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def seen(seconds):
    presence.say_here()
    at = time.time() - seconds
    os.utime(presence._path(), (at, at))


def test_worker_that_was_never_there_or_left_is_missed(background):
    assert presence.absence().startswith("Aucun travailleur ne tourne\u00a0: ce qui est demandé ici attend")
    seen(seconds=61)
    assert presence.absence().startswith("Aucun travailleur ne tourne depuis le ")


def test_worker_that_is_there_is_not(background):
    seen(seconds=0)
    assert presence.absence() == ""
    seen(seconds=50)
    assert presence.absence() == ""


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("address", LISTS)
def test_pages_of_the_desk_say_it_once(background, admin_client, address):
    assert admin_client.get(address).text.count("Aucun travailleur ne tourne") == 1
    seen(seconds=0)
    assert "Aucun travailleur" not in admin_client.get(address).text


@pytest.mark.django_db
@pytest.mark.any_database
def test_nothing_is_said_where_work_is_done_at_once(admin_client):
    assert "Aucun travailleur" not in admin_client.get(LISTS[0]).text
