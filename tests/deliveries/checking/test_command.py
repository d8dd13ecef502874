"""`python -m deliveries.check`: what it prints, and its exit codes."""

import json
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings

from deliveries.check import BADLY_CALLED, PASSED, REFUSED, main
from deliveries.checking.presentation import FIRST_LINES
from tests.deliveries.checking import tables


@pytest.fixture
def written(tmp_path):
    """Writes a sheet to a file."""

    def write(sheet, name=""):
        path = tmp_path / (name or sheet.name)
        path.write_bytes(sheet.bytes())
        return str(path)

    return write


def test_right_file_passes(written, capsys):
    assert main([written(tables.cfa())]) == PASSED
    assert "Échecs\u00a0: 0, avertissements\u00a0: 0" in capsys.readouterr().out


def test_archive_is_checked_file_by_file(tmp_path, capsys):
    path = tmp_path / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", tables.cfa().bytes())
        archive.writestr("b.csv.gz", tables.cfa().bytes())
    assert main([str(path)]) == PASSED
    out = capsys.readouterr().out
    assert "envoi.zip/a.csv\n" in out
    assert "envoi.zip/b.csv.gz\n" in out


def test_wrong_file_fails_with_its_first_lines(written, capsys):
    sheet = tables.cfa()
    for row in sheet.rows[:9]:
        row["Taux emploi 6 mois"] = "101"
    assert main([written(sheet)]) == REFUSED
    out = capsys.readouterr().out
    assert "Échec\u00a0: Pourcentage hors de 0 à 100 (9)" in out
    assert out.count("est hors de l’intervalle") == FIRST_LINES
    assert "et 4 de plus" in out


def test_json_holds_every_check(written, capsys):
    assert main([written(tables.cfa()), "--json"]) == PASSED
    [report] = json.loads(capsys.readouterr().out)
    assert len(report["controles"]) > 90
    assert report["source"] == "inserjeunes_cfa"


def test_file_that_cannot_be_read_is_said(tmp_path, capsys):
    assert main([str(tmp_path / "absent.csv")]) == BADLY_CALLED
    assert "absent.csv" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["x.csv", "--cohort", "22-23"], ["x.csv", "--source", "inconnue"]])
def test_bad_call_is_said(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == BADLY_CALLED


def test_command_needs_neither_settings_nor_a_database(written):
    """In a process of its own, where nothing of Django is loaded."""
    code = "import sys; from deliveries.check import main; main(sys.argv[1:]); print('django' in sys.modules)"
    command = [sys.executable, "-c", code, written(tables.region())]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env={}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
