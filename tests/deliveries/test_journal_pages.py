"""The page of the journals says whether they are whole; their exports can be chained again by anybody."""

import csv
import hashlib
import io
import json

import pytest
from django.db import connection

from accounts.events import record
from accounts.models import Event
from deliveries.journal import Journal
from deliveries.writing import one_writer
from stats.models import DeliveredFile, Delivery

PAGE = "/gestion/stats/delivery/journal/"


@pytest.fixture
def journals(db):
    file = DeliveredFile.objects.create(sha256="1" * 64, size=0, content=b"")
    with one_writer() as writing:
        for number in range(3):
            Journal(writing).take_back(Delivery(source="x", file_name=f"=fichier {number}", file=file))
    record(Event.Kind.SIGNED_IN)


def test_page_says_that_journals_are_intact_then_where_one_is_broken(journals, admin_client):
    page = admin_client.get(PAGE).text
    assert "Journal intact, 3 entrées." in page
    assert "Journal intact, 1 entrée." in page

    second = Delivery.objects.order_by("pk")[1].pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stats_delivery SET file_name = 'autre' WHERE id = %s", [second])
    assert f"Journal rompu à l’entrée {second}" in admin_client.get(PAGE).text


@pytest.mark.parametrize(("name", "number"), [("livraisons", 3), ("personnes", 1)])
def test_exported_lines_chain_again(journals, admin_client, name, number):
    lines = admin_client.get(f"{PAGE}{name}.jsonl").getvalue().decode().splitlines()
    previous = "0" * 64
    for line in lines:
        row = json.loads(line)
        assert row["empreinte_precedente"] == previous
        text = json.dumps(row["contenu"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
        assert row["empreinte"] == previous
    assert len(lines) == number


def test_csv_has_a_line_an_entry_and_no_formula(journals, admin_client):
    text = admin_client.get(f"{PAGE}livraisons.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert len(rows) == 3
    assert all(not row["fichier"].startswith("=") for row in rows)


@pytest.mark.parametrize("name", ["personnes.csv", "personnes.jsonl"])
def test_journal_of_people_is_exported_too(journals, admin_client, name):
    assert b"connexion" in admin_client.get(f"{PAGE}{name}").getvalue()


@pytest.mark.parametrize("name", ["autre.csv", "livraisons.xml"])
def test_other_exports_do_not_exist(db, admin_client, name):
    assert admin_client.get(f"{PAGE}{name}").status_code == 404
