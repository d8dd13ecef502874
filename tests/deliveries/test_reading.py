"""Bytes into texts with their line numbers."""

import json

import pytest

from deliveries.findings import Refusal
from deliveries.reading import header_key, read_table


def test_line_numbers_count_the_breaks_inside_quoted_cells():
    table = read_table("x.csv", b'a;b\n1;"deux\nlignes"\n3;4\n')

    assert table.cells.loc[4].tolist() == ["3", "4"]


def test_line_after_a_blank_one_keeps_its_number():
    table = read_table("x.csv", b"a;b\n1;2\n\n;\n3;4\n")

    assert table.cells.index.tolist() == [2, 5]


def test_cells_and_headers_lose_their_padding():
    table = read_table("x.csv", "\ufeffa ;b\r\n 0040007L\u00a0; DIGNE  \r\n".encode())

    assert table.header == ("a", "b")
    assert table.cells.loc[2].tolist() == ["0040007L", "DIGNE"]


def test_unclosed_quote_is_a_truncated_file():
    with pytest.raises(Refusal) as refusal:
        read_table("x.csv", b'a;b\n1;2\n3;"qua')

    assert refusal.value.finding.kind == "fichier_tronque"


def test_too_many_cells_name_the_line():
    with pytest.raises(Refusal) as refusal:
        read_table("x.csv", b"a;b\n1;2\n3;4;5\n")

    assert refusal.value.finding.sentence.startswith("Ligne 3\u00a0: La ligne a 3 cellules au lieu de 2")


@pytest.mark.parametrize("content", [b"a;b\n;\n;\n", b"[]", b'{"data": []}'])
def test_file_whose_rows_are_all_blank_is_empty(content):
    with pytest.raises(Refusal) as refusal:
        read_table("x", content)

    assert refusal.value.finding.kind == "fichier_vide"


def test_bytes_of_no_known_encoding_are_refused_with_their_place():
    with pytest.raises(Refusal) as refusal:
        read_table("x.csv", b"a;b\n1;2\n3;qu\x81z\n")

    finding = refusal.value.finding
    assert (finding.kind, finding.line) == ("encodage", 3)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"data": [{"a": 1},\n{"a": ', "json_illisible"),
        (b'{"rows": [{"a": 1}]}', "fichier_inconnu"),
        (b"[1, 2]", "fichier_inconnu"),
    ],
)
def test_json_that_is_cut_or_holds_no_list_of_objects_is_refused(content, kind):
    with pytest.raises(Refusal) as refusal:
        read_table("x.json", content)

    assert refusal.value.finding.kind == kind


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_found(delimiter):
    assert read_table("x.csv", f"a{delimiter}b\n1{delimiter}2\n".encode()).header == ("a", "b")


def test_json_objects_become_rows():
    table = read_table("x.json", b'{"data": [{"a": "1", "b": null}, {"a": 2, "b": "x"}]}')

    assert table.header == ("a", "b")
    assert table.cells.to_numpy().tolist() == [["1", ""], ["2", "x"]]


@pytest.mark.parametrize(
    "text", ["Taux d'emploi 6 mois", "Taux d’emploi 6 mois ", "TAUX D EMPLOI  6-MOIS", "taux_d_emploi_6_mois"]
)
def test_headers_with_one_meaning_have_one_key(text):
    assert header_key(text) == "taux_d_emploi_6_mois"


def test_objects_that_each_name_columns_of_their_own_are_refused_before_they_make_a_table():
    """Ten thousand objects of one key each: a hundred million cells."""
    content = json.dumps([{f"c{number}": 1} for number in range(10_000)]).encode()

    with pytest.raises(Refusal) as refusal:
        read_table("cles.json", content)
    assert refusal.value.finding.kind == "trop_de_colonnes"
