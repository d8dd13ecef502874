"""The examples of docs/donnees-ouvertes.md run on the files that they read."""

import re

import duckdb
import pytest
from django.conf import settings

from api.files import versions

TEXT = (settings.BASE_DIR / "docs" / "donnees-ouvertes.md").read_text(encoding="utf-8")
LATEST = "https://exemple.fr/donnees/derniere/"


def examples(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("code", examples("python"))
def test_python_example_runs(made, monkeypatch, capsys, code):
    monkeypatch.chdir(versions.path(made))
    found = {}
    exec(code.replace(LATEST, ""), found)
    assert "taux_emploi_6_mois" in capsys.readouterr().out
    assert set(found["chiffres"]["code_formation"]) == {"50022139", "50022146"}


@pytest.mark.parametrize("statement", [s for code in examples("sql") for s in code.split(";\n") if s.strip()])
def test_duckdb_example_runs(made, monkeypatch, statement):
    monkeypatch.chdir(versions.path(made))
    assert duckdb.sql(statement).fetchall()


def test_every_address_of_the_examples_is_served(client, made):
    for path in re.findall(r"https://exemple\.fr(/donnees/[^\s\"]+)", TEXT):
        address = path.replace("$version", made)
        assert client.head(address).status_code == 200, address


def test_settings_told_are_those_of_the_portal():
    for name in re.findall(r"`(OPEN_FILES\w*)`", TEXT):
        assert hasattr(settings, name)
