"""Run inside the copy, by tests/test_new_indicator.py: where an indicator is found that was only declared."""

import csv
import io

import pandas as pd
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from api.files import files
from api.files.dictionary import file_tables
from deliveries.report import Report
from deliveries.sources import ALL
from deliveries.sources.figures import check_counts, with_later
from fixtures import generate
from stats.disclosure_control.audit import audit_facts
from stats.disclosure_control.primary import suppress
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, Level
from stats.models import Outcome
from stats.reasons import Reason, reason_at
from tests import factories

RATE, COUNT = "taux_emploi_54_mois", "nb_en_emploi_54_mois"
COURSE, SCHOOL = "/formations/cap-cuisine-50022139", "/etablissements/lycee-demonstration-nord-0940001R"


def text_of(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.text


def group(size, studying, employed, **columns):
    leavers = size - studying
    counts = {GROUP_SIZE: size, "nb_poursuite_etudes": studying, "nb_sortant": leavers, COUNT: employed}
    return {"route": "pro", **counts, RATE: round(100 * employed / leavers), **columns}


def published(*groups):
    """Groups as they are published, with the columns that tell of which course, cohort and place each is."""
    table = pd.DataFrame(groups)
    return table[["route", "place"]].join(suppress(table, Level.REGION)).assign(cohort="2023", course="C")


def test_few_people_or_few_leavers_hide_it():
    table = suppress(pd.DataFrame([group(40, 10, 20), group(40, 30, 5), group(12, 2, 5)]), Level.REGION)

    assert table[RATE].isna().tolist() == [False, True, True]
    assert [reason_at(text, RATE) for text in table["reasons"]] == [
        None,
        Reason.TOO_FEW_LEAVERS,
        Reason.TOO_FEW_PEOPLE,
    ]
    assert table[COUNT].isna().tolist() == [False, False, True]


def test_database_refuses_it_where_few_left(db):
    place, diploma = factories.territory(), factories.diploma("50033413", slug="y")
    row = factories.outcome(place, diploma, nb_annee_term=40, nb_sortant=30, **{RATE: 50})
    assert getattr(row, RATE) == 50
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=row.pk).update(nb_sortant=19)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=row.pk).update(nb_annee_term=19)


@pytest.mark.parametrize(
    "columns", [[GROUP_SIZE, COUNT], [GROUP_SIZE, "nb_sortant", RATE], [GROUP_SIZE, *COUNTS, RATE]]
)
def test_what_it_tells_of_a_confidential_group_is_audited_and_withheld(columns):
    groups = group(60, 0, 45, place="r"), group(48, 0, 40, place="a"), group(12, 0, 5, place="b")
    facts = published(
        *({name: row[name] for name in ("route", "place", *columns) if name in row} for row in groups)
    )
    places = ({"a": "r", "b": "r"},)

    assert audit_facts(facts, places).certain + audit_facts(facts, places).approached == 1
    found = apply_secondary_suppression(facts, places).facts
    assert audit_facts(found, places).deduced.empty
    assert found[[COUNT, RATE]].isna().any(axis=1).sum() >= 2


def test_deliveries_check_it(db):
    rows = pd.DataFrame([group(40, 10, 31), group(40, 10, 20)]).reindex(columns=[GROUP_SIZE, *COUNTS])
    findings = Report("x.csv")

    assert len(check_counts(rows, findings)) == 1
    assert [(found.kind, found.column) for found in findings.findings] == [("effectif_incoherent", COUNT)]
    sources = [source for source in ALL if source.has_cohorts]
    assert not [c.name for source in sources for c in source.columns if c.required and "54" in c.name]
    without = [source.name for source in sources if RATE not in {column.name for column in source.columns}]
    # InserSup has its own name for each rate.
    assert all(name.startswith("insersup") for name in without)
    assert RATE in {column.name for column in with_later(Level.REGION)}


@pytest.fixture(params=["stored before", "delivered since"])
def cell(request, db):
    """What a file shows of it for the course in the region: (value, reason) before and after a delivery has it."""
    if request.param == "stored before":
        return "", "non_couvert"
    row = Outcome.objects.get(territory__code="11")
    letters = row.reasons.ljust(len(FIGURES) - 1, "C") + "."
    Outcome.objects.filter(pk=row.pk).update(**{COUNT: 42, RATE: 70}, reasons=letters)
    return "70", ""


def test_pages_show_it_or_why_not(client, cell):
    value, _code = cell
    course = text_of(client, f"{COURSE}/?region=11")
    assert "après 54 mois" in course
    assert ("70\u00a0%" in course) == bool(value)
    assert "après 54 mois" in text_of(client, f"{SCHOOL}/")
    assert "54 mois après" in text_of(client, "/methodologie/")
    compared = text_of(client, "/comparer/?e=50022139.pro.r11&e=50022139.pro.0940001R")
    assert "54 mois après" in compared


def test_files_of_pages_have_it(client, cell):
    for address in (f"{COURSE}.csv", f"{SCHOOL}.csv", "/api/v1/chiffres.csv?formation=50022139"):
        response = client.get(address)
        lines = b"".join(response).decode("utf-8-sig")
        first = next(csv.DictReader(io.StringIO(lines), delimiter=";"))
        assert COUNT in first
        assert RATE in first
        assert f"{RATE}_raison" in first


def test_open_api_has_it(client, cell):
    value, code = cell
    groups = client.get("/api/v1/chiffres/?formation=50022139&region=11").json()["results"]
    group = next(group for group in groups if group["uai"] is None)
    figure = next(figure for figure in group["chiffres"] if figure["indicateur"] == RATE)

    assert group["effectifs"][COUNT] == (42 if value else None)
    assert figure["valeur"] == (70 if value else None)
    assert (figure["raison"] or {"code": ""})["code"] == code
    assert RATE in client.get("/api/schema/").text


def test_exposition_api_keeps_to_its_recorded_contract(client, cell):
    response = client.get("/api/inserjeunes/regionales/11/certifications/23220022139")

    assert response.status_code == 200
    assert response.json()["taux_en_emploi_6_mois"] == 31
    assert "54_mois" not in response.text


def test_whole_data_files_and_their_dictionary_have_it(cell, settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path
    version = files.make()
    table = pd.read_parquet(tmp_path / version / "chiffres.parquet")
    value, code = cell
    row = table[table["region"].eq("11") & table["uai"].isna()].iloc[0]
    columns = {column.name for table in file_tables() for column in table.columns}

    assert {COUNT, RATE, f"{RATE}_raison"} <= columns
    assert (row[RATE] == 70) if value else pd.isna(row[RATE])
    assert row[[f"{RATE}_raison"]].fillna("").item() == code


def test_demonstration_has_it(db, tmp_path):
    generate.main(tmp_path / "demo")
    for figures in {*tmp_path.glob("demo/*depp-*"), *tmp_path.glob("demo/*inserjeunes-*")}:
        if not figures.match("*-cfa.csv"):
            figures.unlink()
    call_command("ingest", str(tmp_path / "demo"), report=tmp_path / "rapport.json", stdout=io.StringIO())
    rows = Outcome.objects.filter(delivery__gt=1)

    assert rows.filter(**{f"{RATE}__isnull": False}, school=None).exists()
    assert rows.filter(**{f"{RATE}__isnull": False}, territory=None).exists()
    assert rows.filter(**{f"{COUNT}__isnull": False}).exists()
