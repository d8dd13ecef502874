"""What wrote a file, found from its bytes; files that are no text are named."""

import io
import zipfile

import pytest

from deliveries.encodings import DAMAGED, decode, refuse_markup, refuse_other_natures
from deliveries.findings import Refusal
from deliveries.reading import read_table

SENTENCE = "Lycée privé Bérard – à Évry, l’hôtel œuvre à Nîmes"
CAPITALS = "ÎLE-DE-FRANCE, LA RÉUNION, CÔTE D'AZUR"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "iso-8859-1"),
        ("mac_roman", "mac-roman"),
    ],
)
def test_text_is_the_same_whatever_wrote_it(encoding, name):
    decoded = decode(SENTENCE.encode(encoding))

    assert (decoded.text, decoded.encoding, decoded.repaired) == (SENTENCE, name, None)


@pytest.mark.parametrize("text", ["Lycée privé Bérard, hôtel à Évry", CAPITALS])
def test_cp850_is_read(text):
    assert decode(text.encode("cp850")).text == text


@pytest.mark.parametrize("middle", [("utf-8", "latin-1"), ("utf-8", "cp1252")], ids=["latin-1", "cp1252"])
def test_accents_encoded_twice_are_read_and_told(middle):
    text = "Lycée privé Bérard à Nîmes"
    first, second = middle

    decoded = decode(text.encode(first).decode(second).encode("utf-8"))

    assert (decoded.text, decoded.repaired) == (text, ("LycÃ©e", "Lycée"))


def test_apostrophes_of_windows_read_as_latin_1_are_apostrophes():
    assert decode("l\u0092été".encode()).text == "l’été"


def test_accents_written_apart_are_joined_and_invisible_characters_dropped():
    assert decode("Lyce\u0301e, voi\u00adle\u200b".encode()).text == "Lycée, voile"


@pytest.mark.parametrize("text", ["SÃO TOMÉ", "coût : 12 € – n° 3", "« œuvre »", SENTENCE, "DIPLÔME D'ÉTAT"])
def test_what_was_written_so_is_left_as_it_is(text):
    assert decode(text.encode()).text == text
    assert not DAMAGED.search(text)


@pytest.mark.parametrize("text", ["LycÇe", "Lyc√©e", "Lyc├®e", "Lyc\ufffde", "Lyc?e", "Lyc‚e", "LycÈe"])
def test_lost_accents_are_seen(text):
    assert DAMAGED.search(text)


@pytest.mark.parametrize("text", ["https://exemple.fr/spip.php?article63", "a=1?b=2", "Et après ?"])
def test_question_marks_of_addresses_and_questions_are_no_lost_accents(text):
    assert not DAMAGED.search(text)


@pytest.mark.parametrize("content", [b"\xff\xfea", "é".encode("utf-16")[:-1], b"a;b\n\x00\xe9x"])
def test_broken_bytes_are_refused(content):
    with pytest.raises(Refusal) as refusal:
        decode(content)

    assert refusal.value.finding.kind == "encodage"


def zipped(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "nature"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "un classeur d’un autre format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "un document de bureautique"),
        (zipped("chiffres.csv"), "un fichier compressé"),
        (zipped("word/document.xml"), "un document de traitement de texte"),
        (b"PK\x03\x04coupe", "un fichier compressé"),
        (b"7z\xbc\xaf\x27\x1c\x00", "un fichier compressé"),
        (b"\x00" * 257 + b"ustar", "un fichier compressé"),
        (b"%PDF-1.7", "un document PDF"),
        (b"PAR1", "un fichier Parquet"),
        (b"\x89PNG\r\n", "une image"),
    ],
)
def test_file_that_is_no_text_is_named(content, nature):
    with pytest.raises(Refusal) as refusal:
        refuse_other_natures(content)

    assert refusal.value.finding.sentence.startswith(f"C’est {nature}\u00a0: ")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("<!DOCTYPE html>\n<html>", "une page web"),
        ("\n  <HTML lang=fr>", "une page web"),
        ("<!-- x --><head>", "une page web"),
        ('<?xml version="1.0"?><feed/>', "un fichier XML"),
    ],
)
def test_web_page_is_named(text, nature):
    with pytest.raises(Refusal) as refusal:
        refuse_markup(text)

    assert refusal.value.finding.value == nature


@pytest.mark.parametrize("start", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "sep=;;;\n"])
def test_line_that_names_the_separator_is_skipped_and_counted(start):
    table = read_table("x.csv", f"{start}a,b;c\n1;2\n".encode())

    assert (table.header, table.header_line, table.cells.index.tolist()) == (("a,b", "c"), 2, [3])


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'[{"a": ' + b"9" * 5_000 + b"}]", b'{"data": [{"a": 1},\n{"a": '],
    ids=["deep", "long number", "cut"],
)
def test_odd_json_is_refused(content):
    with pytest.raises(Refusal) as refusal:
        read_table("x.json", content)

    assert refusal.value.finding.kind == "json_illisible"


def test_json_keeps_the_digits_of_codes_and_marks_half_characters():
    table = read_table("x.json", b'[{"a": 12345678901234567, "b": "\\ud800e"}, {"b": "x"}]')

    assert table.cells.to_numpy().tolist() == [["12345678901234567", "\ufffde"], ["", "x"]]
    assert table.is_suspect
