"""Files made once a version, whole or not at all; they load back as what is published."""

import hashlib
import json
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from io import StringIO

import duckdb
import pandas as pd
import pytest
from django.core.management import call_command
from django.utils import timezone

from api.files import files, versions, writing
from formations.models import Diploma
from stats.models import Attribution, Delivery, Outcome, Teaching
from tests import factories

ENDINGS = (".csv", "-tableur.csv", ".jsonl", ".parquet", ".csv.gz", "-tableur.csv.gz", ".jsonl.gz")


def load(path):
    """A file as pandas reads it without being told anything but its format."""
    if ".csv" in path.name:
        mark = "utf-8-sig" if "tableur" in path.name else "utf-8"
        return pd.read_csv(path, sep=";", encoding=mark, dtype={"uai": "str", "code_formation": "str"})
    if ".jsonl" in path.name:
        return pd.read_json(path, lines=True, dtype={"uai": "str", "code_formation": "str"})
    return pd.read_parquet(path)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("table", "model"),
    [("chiffres", Attribution), ("formations", Diploma), ("enseignements", Teaching)],
)
def test_files_load_back_in_pandas(made, table, model, ending):
    rows = load(versions.path(made, f"{table}{ending}"))
    assert len(rows) == model.objects.count()
    assert list(rows.columns) == [
        column["nom"]
        for one in versions.manifest(made)["tables"]
        if one["nom"] == table
        for column in one["colonnes"]
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_load_back_in_duckdb(made, ending):
    path = versions.path(made, f"chiffres{ending}")
    reader = {"csv": "read_csv('{}', delim=';')", "jso": "read_json('{}')", "par": "read_parquet('{}')"}
    source = reader[ending.split(".")[1][:3]].format(path)
    [(total, shown)] = duckdb.sql(f"select count(*), sum(taux_en_emploi_6_mois) from {source}").fetchall()

    outcomes = Outcome.objects.filter(attributions__isnull=False)
    assert total == len(outcomes)
    assert shown == sum(outcome.taux_en_emploi_6_mois or 0 for outcome in outcomes)


def test_parquet_is_typed(made):
    rows = pd.read_parquet(versions.path(made, "chiffres.parquet"))
    assert rows["taux_en_emploi_6_mois"].dtype == "Int32"
    assert rows["voie"].dtype == "category"
    assert (
        rows["taux_emploi_6_mois_raison"].dropna().isin({"trop_peu_de_sortants", "trop_peu_d_eleves"}).all()
    )
    assert type(rows["date_livraison"].iloc[0]).__name__ == "date"
    school = pd.read_parquet(versions.path(made, "etablissements.parquet")).iloc[0]
    assert (school["latitude"], school["longitude"]) == (48.7, 2.123456)


def test_json_lines_hold_every_column_and_null(made):
    lines = versions.path(made, "etablissements.jsonl").read_text(encoding="utf-8").splitlines()
    [school] = map(json.loads, lines)
    assert school["nom"] == 'Lycée "Les Prés"; annexe\nest'
    assert school["code_postal"] is None
    assert school["latitude"] == 48.7


def test_manifest_tells_the_size_and_digest_of_every_file(made):
    manifest = versions.manifest(made)
    directory = versions.path(made)
    assert {file["nom"] for file in manifest["fichiers"]} | {"manifest.json"} == {
        path.name for path in directory.iterdir()
    }
    for file in manifest["fichiers"]:
        content = (directory / file["nom"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["octets"], file["sha256"])
    assert {table["nom"]: table["lignes"] for table in manifest["tables"]}["chiffres"] == 4


def test_dictionary_describes_every_column(made):
    dictionary = json.loads(versions.path(made, "dictionnaire.json").read_text(encoding="utf-8"))
    for table, described in zip(versions.manifest(made)["tables"], dictionary["tables"], strict=True):
        assert [c["nom"] for c in table["colonnes"]] == [c["nom"] for c in described["colonnes"]]
        assert all(column["signification"] for column in described["colonnes"])
    figures = {column["nom"]: column for column in dictionary["tables"][0]["colonnes"]}
    assert figures["taux_emploi_6_mois"]["denominateur"] == "jeunes sortis d’études"
    assert figures["taux_emploi_6_mois"]["unite"] == "%"
    assert "moins de 20" in figures["taux_emploi_6_mois_raison"]["valeurs"]["trop_peu_d_eleves"]


def test_files_of_a_version_are_made_once(made):
    before = {path: path.stat().st_mtime_ns for path in versions.path(made).iterdir()}
    assert files.make() == made
    assert {path: path.stat().st_mtime_ns for path in versions.path(made).iterdir()} == before


def test_same_data_make_the_same_bytes(made, settings, tmp_path):
    digests = {file["nom"]: file["sha256"] for file in versions.manifest(made)["fichiers"]}
    settings.OPEN_FILES_DIR = tmp_path / "encore"
    again = versions.manifest(files.make())
    assert {file["nom"]: file["sha256"] for file in again["fichiers"]} == digests


def test_command_says_what_it_made(figures):
    output = StringIO()
    call_command("open_files", stdout=output)
    assert f"Données ouvertes {versions.current()} : 29 fichiers" in output.getvalue()


def test_interruption_leaves_nothing(figures, directory):
    class Stopped(Exception):
        pass

    def stop(step):
        if step == "formations.parquet":
            raise Stopped

    with pytest.raises(Stopped):
        files.make(progress=stop)
    assert versions.made() == []
    assert [path.name for path in directory.iterdir()] == [".verrou"]


def test_what_a_killed_process_left_is_removed(figures, directory):
    left = directory / ".preparation-2020-01-01-000000-1"
    left.mkdir(parents=True)
    (left / "chiffres.csv").write_text("mill")
    files.make()
    assert not left.exists()


def test_data_that_move_meanwhile_are_read_again(figures):
    steps = []

    def publish_once(step):
        steps.append(step)
        if len(steps) == 3:
            factories.diploma("40022106", "Bac pro Service")
            factories.delivery()

    made = files.make(progress=publish_once)
    assert made == versions.current()
    assert versions.made() == [made]
    assert len(load(versions.path(made, "formations.csv"))) == 3


def test_progress_is_told_step_by_step(figures):
    steps = []
    files.make(progress=steps.append)
    assert len(steps) == files.steps()


def test_two_processes_do_not_make_the_same_files(figures, directory):
    """The second one waits for the first, then finds them made."""
    directory.mkdir()
    script = f"""
        import fcntl, time
        with open({str(directory / ".verrou")!r}, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            print("verrou", flush=True)
            time.sleep(0.5)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        start = time.monotonic()
        files.make()
    assert time.monotonic() - start > 0.3


def test_detached_process_is_not_started_when_files_are_off(figures, directory):
    files.start()
    assert not directory.exists()


def test_detached_process_says_what_goes_wrong_beside_the_files(figures, directory, settings, monkeypatch):
    """It works on the database of the settings, not on the one of the tests, which it cannot see."""
    settings.OPEN_FILES = True
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nulle.part")
    files.start()
    journal = directory / "journal.txt"
    for _ in range(200):
        if "nulle" in journal.read_text():
            return
        time.sleep(0.1)
    pytest.fail(journal.read_text())


def publish_again(**changes):
    """Another version of the data, later than the one before."""
    delivery = factories.delivery()
    Delivery.objects.filter(pk=delivery.pk).update(at=timezone.now() + timedelta(minutes=delivery.pk))
    return delivery


def test_last_versions_are_kept_and_the_others_keep_their_manifest(made, settings):
    settings.OPEN_FILES_KEPT = 2
    names = [made]
    for _ in range(2):
        publish_again()
        names.append(files.make())

    assert versions.served(versions.current()) == names[:0:-1]
    assert versions.made() == names[::-1]
    assert {path.name for path in versions.path(made).iterdir()} == {"manifest.json"}
    assert versions.path(names[1], "chiffres.parquet").exists()


def test_version_that_shows_what_is_withheld_now_is_not_kept(made):
    """Its files would tell the number for ever."""
    publish_again()
    second = files.make()
    assert versions.served(second) == [second, made]
    Outcome.objects.filter(taux_en_emploi_6_mois=31).update(
        nb_annee_term=17,
        **{name: None for name in files.changes.NUMBERS if name != "nb_annee_term"},
        reasons="P" * 20,
    )
    publish_again()
    third = files.make()

    assert versions.served(third) == [third]
    for former in (made, second):
        assert not versions.path(former, "chiffres.parquet").exists()
        assert not versions.path(former, "changements.jsonl").exists()


def test_rows_are_read_piece_by_piece(figures, tmp_path, monkeypatch):
    """Several blocks, batches and row groups say the same as one."""
    table = files.dictionary.file_tables()[0]
    writing.write_csv(table, tmp_path / "a.csv")
    writing.write_typed(table, tmp_path / "a.csv", tmp_path / "a.parquet", tmp_path / "a.jsonl")
    monkeypatch.setattr(writing, "BLOCK", 2_000)
    monkeypatch.setattr(writing, "ROW_GROUP", 1)
    writing.write_typed(table, tmp_path / "a.csv", tmp_path / "b.parquet", tmp_path / "b.jsonl")

    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "a.parquet"),
        pd.read_parquet(tmp_path / "b.parquet"),
        check_categorical=False,
    )
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
