"""Tables in workbooks, and in compressed files."""

import gzip
import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter

from deliveries import archives
from deliveries.findings import Refusal
from deliveries.reading import read_table

HEADER = ["UAI", "Libellé", "Taux"]


def book(fill, name="Feuille"):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        fill(made.add_worksheet(name), made)
    return content.getvalue()


def score(table):
    """As a source that asks for these columns."""
    found = sum(name in table.header for name in HEADER)
    return (found - 3, found) if found > 1 else None


def read(content, name="x.xlsx"):
    table = read_table(name, content, score)
    return table, table.cells.values.tolist()


def refusal_of(content):
    with pytest.raises(Refusal) as refusal:
        read_table("x", content)
    return refusal.value.finding


def test_values_are_those_that_a_file_of_texts_would_write():
    def fill(sheet, made):
        sheet.write_row(0, 0, [*HEADER, "Date", "Part", "Somme", "Code", "Erreur"])
        sheet.write_row(1, 0, ["0990001N", " CFA ", 57.5])
        sheet.write_datetime("D2", date(2024, 8, 31), made.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write("E2", 0.57, made.add_format({"num_format": "0.0%"}))
        sheet.write_formula("F2", "=40+2", None, 42)
        sheet.write("G2", 1000)
        sheet.write_formula("H2", "=1/0", None, "#DIV/0!")

    _, rows = read(book(fill))

    assert rows == [["0990001N", "CFA", "57.5", "2024-08-31", "57", "42", "1000", "#DIV/0!"]]


def test_line_numbers_are_those_of_the_sheet_under_its_titles():
    def fill(sheet, made):
        sheet.write("A1", "Un titre")
        sheet.write_row(3, 0, HEADER)
        sheet.write_row(4, 0, ["0990001N", "A", 1])
        sheet.write_row(7, 0, ["0990002P", "B", 2])

    table, _ = read(book(fill))

    assert (table.header_line, table.cells.index.tolist()) == (4, [5, 8])


def test_merged_names_are_those_of_all_their_columns():
    def fill(sheet, made):
        sheet.merge_range("A1:D1", "Un titre")
        sheet.merge_range("A2:A3", "UAI")
        sheet.merge_range("B2:B3", "Libellé")
        sheet.merge_range("C2:D2", "Taux d’emploi")
        sheet.write_row("C3", ["6 mois", "12 mois"])
        sheet.write_row("A4", ["0990001N", "A", 1, 2])

    table, rows = read(book(fill))

    assert table.header == ("UAI", "Libellé", "Taux d’emploi 6 mois", "Taux d’emploi 12 mois")
    assert (table.header_line, rows) == (2, [["0990001N", "A", "1", "2"]])


def spreadsheet(*rows, mimetype="application/vnd.oasis.opendocument.spreadsheet"):
    """An ODS workbook of one sheet; rows: XML of its rows."""
    names = ("office", "table", "text")
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mimetype)
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        made.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Feuille">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def row(*texts, more="", of_row=""):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row{of_row}>{cells}{more}</table:table-row>"


def test_ods_is_read_with_its_percentages():
    percent = '<table:table-cell office:value-type="percentage" office:value="0.57"><text:p>57 %</text:p></table:table-cell>'

    table, rows = read(spreadsheet(row(*HEADER), row("0990001N", "A", more=percent)), "x.ods")

    assert (table.format, table.header, rows) == ("ods", tuple(HEADER), [["0990001N", "A", "57"]])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (book(lambda sheet, made: sheet.write("XFD1048576", "x")), "trop_de_colonnes"),
        (book(lambda sheet, made: (sheet.write("A1", 1), sheet.write("AA1048576", 1))), "trop_de_cellules"),
        (
            spreadsheet(
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="900" office:value-type="string"><text:p>x</text:p>'
                "</table:table-cell></table:table-row>"
            ),
            "trop_de_cellules",
        ),
    ],
    ids=["columns", "cells", "repeated"],
)
def test_sheet_that_no_memory_holds_is_refused_before_it_is_opened(content, kind):
    assert refusal_of(content).kind == kind


def test_empty_cells_with_a_format_take_no_place():
    def fill(sheet, made):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["0990001N", "A", 1])
        sheet.write_blank("XFD1048576", None, made.add_format({"bold": True}))

    _, rows = read(book(fill))

    assert rows == [["0990001N", "A", "1"]]


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in files.items():
            made.writestr(name, inside)
    return content.getvalue()


SHEET = book(lambda sheet, made: (sheet.write_row(0, 0, HEADER), sheet.write_row(1, 0, ["a", "b", 1])))


@pytest.mark.parametrize("content", [SHEET, gzip.compress(SHEET)], ids=["wrong extension", "gzipped"])
def test_content_tells_the_format(content):
    table, rows = read(content, "x.csv")

    assert (table.format, rows) == ("xlsx", [["a", "b", "1"]])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (gzip.compress(b"a;b\n1;2\n")[:-9], "archive_illisible"),
        (gzip.compress(zipped(a=b"x")), "archive_imbriquee"),
        (gzip.compress(bytes(12 * 1024**2)), "archive_trop_grande"),
        (SHEET[:-30], "archive_illisible"),
        (SHEET.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetA.xml"), "archive_illisible"),
        (zipped(**{"xl/workbook": "x"}), "autre_nature"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "Workbook\0".encode("utf-16-le"),
            "archive_illisible",
        ),
    ],
)
def test_broken_or_disguised_file_is_refused(content, kind):
    assert refusal_of(content).kind == kind


def test_members_of_an_archive_keep_their_names_and_are_never_paths():
    content = zipped(**{"un/a.csv": b"a", "../b.csv": b"b", "__MACOSX/._a.csv": b"x"})

    assert list(archives.members(content)) == [("un/a.csv", b"a"), ("../b.csv", b"b")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(a=b"a", b=zipped(c=b"c")), "archive_imbriquee"),
        (zipped(a=gzip.compress(b"a")), "archive_imbriquee"),
        (zipped(a=bytes(12 * 1024**2)), "archive_trop_grande"),
        (zipped(**{str(n): b"a" for n in range(201)}), "archive_trop_grande"),
        (zipped(), "fichier_vide"),
        (zipped(a=b"abcdef" * 9)[:-40], "archive_illisible"),
        (
            zipped(a=b"a").replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            "mot_de_passe",
        ),
    ],
)
def test_archive_that_cannot_be_unpacked_is_refused(content, kind):
    with pytest.raises(Refusal) as refusal:
        list(archives.members(content))

    assert refusal.value.finding.kind == kind


def test_workbook_in_an_archive_is_no_archive():
    assert list(archives.members(zipped(a=SHEET))) == [("a", SHEET)]


def test_json_lines_name_the_line():
    table = read_table("x.jsonl", b'{"a": 1, "b": null}\n\n{"a": 2}\n')

    assert (table.header, table.format) == (("a", "b"), "json")
    assert table.cells.reset_index().values.tolist() == [[1, "1", ""], [3, "2", ""]]
    assert refusal_of(b'{"a": 1}\n{"a"\n').sentence.startswith("Ligne 2")


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def old_workbook(*records):
    """The sectors of an XLS file: its header, its table, its directory, then its records."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    stream = b"".join(records).ljust(4096, b"\0")
    table = [0xFFFFFFFD, end, *range(3, 10), end]
    header = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    names = (("Root Entry", end, 0), ("Workbook", 2, 4096))
    entries = [
        name.encode("utf-16-le").ljust(116, b"\0") + struct.pack("<III", *at, 0) for name, *at in names
    ]
    sector = struct.pack("<128I", *table, *[free] * (128 - len(table)))
    return header + sector + b"".join(entries).ljust(512, b"\0") + stream


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ([record(0x0203, struct.pack("<HHHd", 65535, 255, 0, 1.0))], "trop_de_cellules"),
        ([record(0x002F, bytes(6))], "mot_de_passe"),
    ],
)
def test_old_workbook_is_looked_at_before_it_is_opened(records, kind):
    content = old_workbook(record(0x0809, bytes(16)), *records, record(0x000A))

    assert refusal_of(content).kind == kind
