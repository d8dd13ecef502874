"""Settings given by the environment, and the example that lists them."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from deliveries.fetching.names import SERVICE_SETTINGS
from inserjeunes_portal import environment

EXAMPLE = settings.BASE_DIR / ".env.example"
READERS = ("inserjeunes_portal/settings.py", "inserjeunes_portal/environment.py", "gunicorn.conf.py")
# Those whose example is no default: there is none, or it depends on the machine.
WITHOUT_DEFAULT = {"SECRET_KEY", "DATABASE_URL", "VAR_DIR", "OPEN_FILES_DIR", *SERVICE_SETTINGS}


def names_read(path):
    """Names of the variables that a file reads: environment.text("NAME"), flag("NAME"), os.environ.get("NAME")."""
    for node in ast.walk(ast.parse((settings.BASE_DIR / path).read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = ast.unparse(node.func).removeprefix("environment.")
            name = node.args[0].value
            if (function == "os.environ.get" or hasattr(environment, function)) and name.isupper():
                yield name


def example():
    return dict(re.findall(r'^#([A-Z_]+)="?(.*?)"?$', EXAMPLE.read_text("utf-8"), flags=re.MULTILINE))


def test_example_names_exactly_what_is_read():
    read = {name for path in READERS for name in names_read(path)}
    # Those of the services are read by their list.
    assert sorted(example()) == sorted(read | set(SERVICE_SETTINGS))


def test_every_setting_is_described_in_the_documentation():
    described = re.findall(
        r"`([A-Z_]+)`", (settings.BASE_DIR / "docs" / "exploitation.md").read_text("utf-8")
    )

    assert sorted(set(example()) - set(described)) == []


def test_values_of_the_example_are_the_defaults():
    show = (
        "import json; from inserjeunes_portal import settings as s;"
        "print(json.dumps({name: repr(value) for name, value in vars(s).items() if name.isupper()}))"
    )

    def settings_with(variables):
        clean = {name: value for name, value in os.environ.items() if name not in example()}
        run = [sys.executable, "-c", show]
        shared = {"SECRET_KEY": "secret"}
        return json.loads(
            subprocess.run(
                run, env=clean | shared | variables, cwd=settings.BASE_DIR, check=True, capture_output=True
            ).stdout
        )

    given = {name: value for name, value in example().items() if name not in WITHOUT_DEFAULT}
    assert settings_with(given) == settings_with({})


@pytest.mark.parametrize(
    ("read", "value", "advice"),
    [
        (environment.flag, "peut-être", "écrire 1 ou 0"),
        (lambda name: environment.number(name, 3), "trois", "écrire un nombre entier"),
        (lambda name: environment.rate(name, ""), "120 par minute", "écrire par exemple 120/min"),
        (
            lambda name: environment.choice(name, "off", ("off", "report", "enforce")),
            "on",
            "écrire off, report ou",
        ),
        (lambda name: environment.lists_by_name(name, ("default",)), "defaut=2022", "noms inconnus defaut"),
    ],
)
def test_setting_that_cannot_be_read_says_how_to_mend_it(monkeypatch, read, value, advice):
    monkeypatch.setenv("ESSAI", value)

    with pytest.raises(ImproperlyConfigured, match=f"ESSAI.*{advice}"):
        read("ESSAI")


def test_cohorts_are_lists_by_name(monkeypatch):
    monkeypatch.setenv("ESSAI", "default=2022, 2023 ; regionales=2021_2022;")

    assert environment.lists_by_name("ESSAI", ("default", "regionales")) == {
        "default": ["2022", "2023"],
        "regionales": ["2021_2022"],
    }


def test_level_of_the_journal_is_read_in_small_letters_as_gunicorn_writes_it():
    """The documented `LOG_LEVEL=warning` stopped the portal: Python's logging knows capitals only."""
    environment_of_run = os.environ | {"LOG_LEVEL": "info", "SECRET_KEY": "secret"}
    environment_of_run.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        env=environment_of_run,
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
    )


def test_key_of_a_work_station_is_made_once_and_kept(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("ALLOW_LOCAL_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY est absente"):
        environment.secret_key(tmp_path)

    monkeypatch.setenv("ALLOW_LOCAL_SECRET_KEY", "1")
    key = environment.secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert environment.secret_key(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
