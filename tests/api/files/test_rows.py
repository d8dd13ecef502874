"""The files hold what the exports say, and both databases write the same bytes."""

import csv
import io

import pytest
from django.db import connection

from api.files import dictionary, writing
from establishments.models import School
from stats import exports

TABLES = {table.name: table for table in dictionary.file_tables()}


def written(table, directory, for_spreadsheets=False):
    path = directory / "table.csv"
    writing.write_csv(TABLES[table], path, for_spreadsheets)
    return path.read_bytes()


def read(content, encoding="utf-8"):
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))


def code_or_text(value):
    """A cell of an export as the files write it: a reason is only its code."""
    if isinstance(value, tuple):
        return value[0]
    if isinstance(value, float):
        return f"{value:.6f}"
    return "" if value is None else str(value)


@pytest.mark.parametrize("table", ["chiffres", "formations", "etablissements"])
def test_files_say_what_the_exports_say(figures, tmp_path, table):
    rows = exports.table_rows(TABLES[table].exported, TABLES[table].model.objects.order_by("pk"))
    expected = [{name: code_or_text(value) for name, value in row.items()} for row in rows]
    found = read(written(table, tmp_path))

    assert expected
    assert [{name: row[name] for name in expected[0]} for row in found] == expected


def test_teachings_say_who_teaches_what(figures, tmp_path):
    [row] = read(written("enseignements", tmp_path))
    assert (row["uai"], row["code_formation"], row["voie"]) == (School.objects.get().pk, "50022139", "pro")
    assert (row["places"], row["premiers_voeux"], row["fichier_source"]) == ("24", "", "constat")


def test_small_groups_have_no_number(figures, tmp_path):
    small = next(row for row in read(written("chiffres", tmp_path)) if row["uai"])
    few_leavers = next(row for row in read(written("chiffres", tmp_path)) if row["nb_annee_term"] == "40")

    assert small["nb_annee_term"] == "17"
    assert small["taux_en_emploi_6_mois"] == ""
    assert small["taux_en_emploi_6_mois_raison"] == "trop_peu_d_eleves"
    assert (few_leavers["nb_sortant"], few_leavers["nb_poursuite_etudes"]) == ("", "")
    assert few_leavers["taux_poursuite_etudes"] == "70"
    assert few_leavers["taux_emploi_6_mois_raison"] == "trop_peu_de_sortants"


def test_spreadsheets_get_their_mark_and_no_formula(figures, tmp_path):
    plain = written("etablissements", tmp_path)
    content = written("etablissements", tmp_path, for_spreadsheets=True)

    assert not plain.startswith(b"\xef\xbb\xbf")
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(plain)[0]["nature"] == "=SOMME(A1)"
    assert read(content, "utf-8-sig")[0]["nature"] == "'=SOMME(A1)"
    courses = read(written("formations", tmp_path, for_spreadsheets=True), "utf-8-sig")
    assert [row["libelle"] for row in courses] == ["CAP Cuisine", "'-CAP Cuisine"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SAUTÉ : COPY n’existe que sur PostgreSQL")
@pytest.mark.parametrize("for_spreadsheets", [False, True])
@pytest.mark.parametrize("table", TABLES)
def test_python_writes_the_bytes_of_the_database(figures, tmp_path, monkeypatch, table, for_spreadsheets):
    School.objects.update(city="L’Haÿ\rles-Roses", address="12 rue ; du « Pré »\r\nbis")
    copied = written(table, tmp_path, for_spreadsheets)
    monkeypatch.setattr(connection, "vendor", "another")

    assert written(table, tmp_path, for_spreadsheets) == copied
