"""A column that is added to the description of a table is in every format, under its meaning, and nothing else is needed."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from django.db.models.functions import Length
from django.urls import path, resolve
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from rest_framework.generics import RetrieveAPIView

from api.files import files, versions
from establishments.models import School
from stats.tables import COURSES, FIGURE_ROWS, SCHOOLS, TERRITORIES
from stats.tables.columns import Column, Type
from tests.api.open.test_formats import parquet_table, sheet_rows

NAME, MEANING = "longueur", "Longueur d’un code."
# (table, what is measured, address of one row in the open API, address of a page's CSV)
TABLES = [
    (COURSES, "pk", "/api/v1/formations/50022139", "/formations.csv?toutes=true"),
    (SCHOOLS, "pk", "/api/v1/etablissements/{school}", "/etablissements.csv"),
    (TERRITORIES, "pk", "/api/v1/territoires/region-11", None),
    (FIGURE_ROWS, "cohort_id", None, "/formations/cap-cuisine-50022139.csv"),
]


@pytest.fixture(params=TABLES, ids=lambda case: case[0].name)
def case(request, monkeypatch):
    table, field, item, page = request.param
    made_up = Column(NAME, Type.INTEGER, Length(field), MEANING)
    monkeypatch.setattr(table, "columns", (*table.columns, made_up))
    return table, field, item, page


def lengths(rows):
    return {str(row[NAME]) for row in rows}


def csv_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def expected(case, figures):
    """The lengths of the codes of the published rows."""
    table, field, *_addresses = case
    codes = table.model.objects.values_list(field, flat=True)
    return {str(len(code)) for code in codes}


def test_made_up_column_is_in_the_open_api(client, case, expected):
    table, _field, item, page = case
    address, query = f"/api/v1/{table.name}", "?toutes=true" if table is COURSES else ""

    assert lengths(client.get(f"{address}{query}").json()["results"]) == expected
    assert lengths(csv_rows(client.get(f"{address}.csv{query}").getvalue())) == expected
    assert lengths(sheet_rows(client.get(f"{address}.xlsx{query}"))[0]) == expected
    assert lengths(parquet_table(client.get(f"{address}.parquet{query}")).to_pylist()) == expected
    if item:
        one = client.get(item.format(school=School.objects.get().pk)).json()
        assert str(one[NAME]) in expected
    if page:
        rows = csv_rows(client.get(page).getvalue())
        assert rows
        assert lengths(rows) <= expected


def test_made_up_column_is_in_the_openapi_document(case):
    table, *_others = case
    # In a view of its own: those of the portal keep the fields that they had when they were first described.
    serializer = resolve(f"/api/v1/{table.name}").func.view_class.serializer_class
    view = type("View", (RetrieveAPIView,), {"serializer_class": serializer, "queryset": table.model.objects})
    with patched_settings({"PREPROCESSING_HOOKS": [], "POSTPROCESSING_HOOKS": []}):
        document = SchemaGenerator(patterns=[path("<slug:pk>", view.as_view())]).get_schema(public=True)

    components = document["components"]["schemas"].values()
    described = [schema["properties"][NAME] for schema in components if NAME in schema["properties"]]
    assert [(column["type"], column["description"]) for column in described] == [("integer", MEANING)]


def test_made_up_column_is_in_the_files_and_their_descriptions(client, case, expected):
    table, *_others = case
    directory = versions.path(files.make())
    if not table.is_in_files:
        assert not list(directory.glob(f"{table.name}*"))
        return

    assert lengths(csv_rows((directory / f"{table.name}.csv").read_bytes())) == expected
    assert lengths(csv_rows((directory / f"{table.name}-tableur.csv").read_bytes())) == expected
    lines = (directory / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lengths(map(json.loads, lines)) == expected
    assert lengths(pq.read_table(directory / f"{table.name}.parquet").to_pylist()) == expected
    for description, meaning in (("manifest.json", {}), ("dictionnaire.json", {"signification": MEANING})):
        tables = json.loads((directory / description).read_text(encoding="utf-8"))["tables"]
        columns = next(each["colonnes"] for each in tables if each["nom"] == table.name)
        described = next(column for column in columns if column["nom"] == NAME)
        assert described | {"type": "entier", **meaning} == described
    assert MEANING in client.get("/donnees/dictionnaire/").content.decode()
