"""The command line: what it prints, what it returns."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from stats.models import Delivery

# What it prints is the same wherever it writes; what is published is asked of both databases elsewhere.
pytestmark = [pytest.mark.usefixtures("nomenclature"), pytest.mark.any_database]


@pytest.fixture
def directory(tmp_path, cfa_file, region_file):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "cfa.csv").write_bytes(cfa_file().content)
    (tmp_path / "a-region.csv").write_bytes(region_file().content)
    return tmp_path


def test_directory_is_published_and_says_what_it_did_not_recognise(directory, capsys):
    (directory / "notes.csv").write_text("a;b\n1;2\n")
    call_command("ingest", directory)

    out = capsys.readouterr().out
    assert "cfa.csv [inserjeunes_cfa]\u00a0: publié — 2 lues, 2 nouvelles" in out
    assert "notes.csv\u00a0: non reconnu" in out
    assert Delivery.objects.count() == 2


def test_compressed_files_are_published_and_stored_as_they_were_sent(directory, capsys):
    figures, packed = directory / "b" / "cfa.csv", directory / "b" / "cfa.csv.gz"
    packed.write_bytes(gzip.compress(figures.read_bytes(), mtime=0))
    figures.unlink()
    call_command("ingest", directory / "b")

    assert "cfa.csv.gz [inserjeunes_cfa]\u00a0: publié — 2 lues, 2 nouvelles" in capsys.readouterr().out
    assert gzip.decompress(Delivery.objects.get().file.content) == packed.read_bytes()


def test_second_run_says_unchanged(directory, capsys):
    call_command("ingest", directory)
    capsys.readouterr()
    call_command("ingest", directory)

    assert "inchangé\u00a0: 2" in capsys.readouterr().out


def test_refused_file_exits_with_1_and_first_sentences(directory, capsys):
    bad = directory / "cfa-faux.csv"
    bad.write_bytes((directory / "b" / "cfa.csv").read_bytes().replace(b";57;", b";157;"))
    with pytest.raises(SystemExit) as stop:
        call_command("ingest", bad)

    assert stop.value.code == 1
    assert (
        "Ligne 2, colonne «\u00a0DEVENIR Part en emploi 6 mois\u00a0»\u00a0: cette cellule est hors"
        in capsys.readouterr().out
    )


def test_unknown_file_named_on_the_command_line_is_refused(directory):
    other = directory / "notes.csv"
    other.write_text("a;b\n1;2\n")
    with pytest.raises(SystemExit) as stop:
        call_command("ingest", other)

    assert stop.value.code == 1


@pytest.mark.parametrize("options", [{"source": "inconnue"}, {"cohort": "2O22"}])
def test_wrong_usage_exits_with_2(directory, options):
    with pytest.raises(CommandError) as error:
        call_command("ingest", directory, **options)

    assert error.value.returncode == 2


def test_missing_path_exits_with_2(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("ingest", tmp_path / "absent.csv")

    assert error.value.returncode == 2


def test_report_holds_every_finding(directory, tmp_path):
    report = tmp_path / "rapport.json"
    call_command("ingest", directory, dry_run=True, report=report)

    content = json.loads(report.read_text())
    assert {report["statut"] for report in content} == {"a_publier"}
    assert Delivery.objects.count() == 0
