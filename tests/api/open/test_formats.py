"""The same rows in every format, by the end of the address or the Accept header."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from pyarrow import parquet

from stats.indicators import FIGURES
from tests import factories

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = ("json", "csv", "xlsx", "parquet")
PARQUET = "application/vnd.apache.parquet"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def figures():
    diploma = factories.diploma()
    factories.outcome(
        factories.territory(), diploma, nb_annee_term=30, nb_sortant=10, taux_poursuite_etudes=67
    )
    factories.outcome(factories.school(name="=1+1"), diploma)


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))


def sheet_rows(response):
    """Rows of the first sheet, {column: text}, absent cells left out; whether a cell holds a formula."""
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [
        {cell.get("r").rstrip("0123456789"): "".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")}
        for row in sheet.iter(f"{SHEET}row")
    ]
    header = rows[0]
    return [{header[place]: text for place, text in row.items()} for row in rows[1:]], sheet


def parquet_table(response):
    return parquet.read_table(io.BytesIO(response.getvalue()))


def test_every_format_gives_the_same_figures(client, figures):
    (sheet, _xml), table = (
        sheet_rows(client.get("/api/v1/chiffres.xlsx")),
        parquet_table(client.get("/api/v1/chiffres.parquet")),
    )
    rows = csv_rows(client.get("/api/v1/chiffres.csv"))

    assert [row["taux_poursuite_etudes"] for row in rows] == ["67", ""]
    assert [row.get("taux_poursuite_etudes") for row in sheet] == ["67", None]
    assert table["taux_poursuite_etudes"].to_pylist() == [67, None]
    reasons = [row["taux_emploi_6_mois_raison"] for row in rows]
    assert all(reasons)
    assert [row["taux_emploi_6_mois_raison"] for row in sheet] == reasons
    assert table["taux_emploi_6_mois_raison"].to_pylist() == reasons


def test_parquet_has_exact_types(client, figures):
    schema = parquet_table(client.get("/api/v1/chiffres.parquet")).schema

    assert {schema.field(name).type for name in FIGURES} == {pa.int32()}
    assert schema.field("code_formation").type == pa.string()
    assert schema.field("date_livraison").type == pa.date32()


def test_no_cell_of_a_spreadsheet_is_computed(client, figures):
    rows, xml = sheet_rows(client.get("/api/v1/etablissements.xlsx"))

    assert rows[0]["nom"] == "=1+1"
    assert not list(xml.iter(f"{SHEET}f"))
    assert csv_rows(client.get("/api/v1/etablissements.csv"))[0]["nom"] == "'=1+1"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        (XLSX, XLSX),
        (PARQUET, PARQUET),
        ("text/html,application/json;q=0.9", "application/json"),
    ],
)
def test_format_is_asked_by_the_accept_header(client, figures, accept, kind):
    response = client.get("/api/v1/chiffres", headers={"accept": accept})

    assert response["Content-Type"] == kind
    assert "Accept" in response["Vary"]
    response.getvalue()


def test_format_of_the_address_wins_over_the_header(client, figures):
    response = client.get("/api/v1/chiffres.json", headers={"accept": "text/csv"})

    assert response["Content-Type"] == "application/json"
    assert "Accept" not in response["Vary"].replace("Accept-Encoding", "")


@pytest.mark.parametrize("name", ["formations", "etablissements", "territoires"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_other_lists_have_their_files(client, name, suffix):
    factories.diploma(opened_on=date(2020, 9, 1))
    factories.school(latitude=48.1, longitude=-1.6)
    response = client.get(f"/api/v1/{name}.{suffix}")

    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}.{suffix}"'
    assert len(response.getvalue()) > 50


def test_files_give_every_row_of_the_filter_and_only_the_figures_wanted(client):
    diploma = factories.diploma()
    for number in range(120):
        factories.outcome(factories.territory("departement", f"{number:03d}", f"D {number}"), diploma)
    response = client.get("/api/v1/chiffres.csv?indicateurs=taux_emploi_6_mois")
    rows = csv_rows(response)

    assert len(rows) == 120
    assert [column for column in rows[0] if column.startswith("taux_")] == [
        "taux_emploi_6_mois",
        "taux_emploi_6_mois_raison",
    ]


def test_spreadsheet_too_long_is_refused_in_words(client, figures, settings):
    settings.API_XLSX_ROWS = 1
    response = client.get("/api/v1/chiffres.xlsx")

    assert response.status_code == 422
    assert "CSV" in response.json()["detail"]
    settings.API_XLSX_ROWS = 2
    assert len(sheet_rows(client.get("/api/v1/chiffres.xlsx"))[0]) == 2


def test_same_rows_make_the_same_bytes(client, figures):
    for suffix in ("xlsx", "parquet"):
        first, second = (client.get(f"/api/v1/chiffres.{suffix}") for _ in range(2))
        assert first["ETag"] == second["ETag"]
        assert first.getvalue() == second.getvalue()


def test_head_of_a_csv_reads_no_figure(client, figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert client.head("/api/v1/chiffres.csv").getvalue() == b""


def test_head_is_a_get_without_its_body(client, figures):
    files = [f"/api/v1/{name}.{suffix}" for name in ("chiffres", "territoires") for suffix in SUFFIXES]
    pages = ["/formations.csv", "/formations/50022139.csv", "/etablissements.csv", "/comparer.csv?e=50022139"]
    for address in ("/api/v1/chiffres", "/api/v1/territoires/region-11", *files, *pages):
        head, get = client.head(address), client.get(address)
        length = str(len(get.getvalue()))

        assert (address, head.status_code, head.getvalue()) == (address, 200, b"")
        assert (address, dict(head.headers)) == (address, dict(get.headers))
        assert get.get("Content-Length", length) == length


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_head_of_a_compressed_file_is_that_of_its_get(client, figures, suffix):
    packed = {"Accept-Encoding": "gzip"}
    head, get = (ask(f"/api/v1/chiffres.{suffix}", headers=packed) for ask in (client.head, client.get))

    assert dict(head.headers) == dict(get.headers)
    assert get["Content-Encoding"] == "gzip"
    assert (head.getvalue(), get.getvalue()[:2]) == (b"", b"\x1f\x8b")
