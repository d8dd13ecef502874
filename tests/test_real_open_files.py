"""The open files of the official files kept beside the project, then those that follow once a region is gone."""

import gzip
import json

import duckdb
import pandas as pd
import pytest
from django.test import override_settings

from api.files import changes, files, versions
from deliveries.publication import File, publish
from establishments.models import School
from formations.models import Diploma
from stats.indicators import COUNTS, FIGURES
from stats.models import Attribution, Outcome, Teaching

pytestmark = [pytest.mark.real_files, pytest.mark.any_database, pytest.mark.long]
COUNTED = {
    "chiffres": Attribution,
    "formations": Diploma,
    "etablissements": School,
    "enseignements": Teaching,
}
REGIONAL = "ij_region_formation.csv"
# A small region, taken out of the second delivery.
REGION = "94"


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("opendata")


@pytest.fixture(scope="module")
def delivered(official, shared_data, directory, django_db_blocker):
    """(version of the official files, figures that the region shows in them, version without the region)."""
    (regional,) = shared_data.rglob(REGIONAL)
    with (
        django_db_blocker.unblock(),
        override_settings(OPEN_FILES_DIR=directory, OPEN_FILES_KEPT=2, DISCLOSURE_MODE="off"),
    ):
        first = files.make()
        counts = {table: model.objects.count() for table, model in COUNTED.items()}
        kept = {ending: _kept(first, ending) for ending in (".csv", ".parquet", ".jsonl.gz")}
        outcomes = Outcome.objects.filter(territory=f"region-{REGION}", attributions__isnull=False)
        shown = sum(len(FIGURES) - _holes(outcome) for outcome in outcomes)
        publish([File(REGIONAL, _without_region(regional.read_text(encoding="utf-8-sig")))])
        return first, counts, kept, shown, files.make()


def _kept(version, ending):
    """The files of a version stand for as long as the test reads them, even when the next one removes them."""
    return {table: versions.path(version, f"{table}{ending}").read_bytes() for table in COUNTED}


def _holes(outcome):
    return sum(getattr(outcome, name) is None for name in FIGURES)


def _without_region(text):
    header, *lines = text.splitlines()
    place = header.split(";").index("code_region")
    return "\n".join([header, *(line for line in lines if line.split(";")[place] != REGION)]).encode()


@pytest.fixture
def written(delivered, tmp_path):
    """Function (table, ending) → a file of the first version."""
    _first, _counts, kept, _shown, _second = delivered

    def write(table, ending):
        path = tmp_path / f"{table}{ending}"
        path.write_bytes(kept[ending][table])
        return path

    return write


@pytest.mark.parametrize("table", COUNTED)
def test_load_back_in_pandas_and_duckdb_with_the_counts_of_the_database(delivered, written, table):
    expected = delivered[1][table]
    assert len(pd.read_parquet(written(table, ".parquet"))) == expected
    assert len(pd.read_csv(written(table, ".csv"), sep=";", dtype="str")) == expected
    with gzip.open(written(table, ".jsonl.gz")) as lines:
        assert sum(1 for _ in lines) == expected
    for reader, ending in (
        ("read_csv('{}', delim=';', all_varchar=true)", ".csv"),
        ("read_parquet('{}')", ".parquet"),
        ("read_json('{}')", ".jsonl.gz"),
    ):
        source = reader.format(written(table, ending))
        assert duckdb.sql(f"select count(*) from {source}").fetchall() == [(expected,)]


def test_hold_no_number_of_a_group_under_the_threshold(written):
    rows = pd.read_parquet(written("chiffres", ".parquet"))
    small = rows[rows["nb_annee_term"] < 20]
    few_leavers = rows[rows["nb_sortant"].notna() & (rows["nb_sortant"] < 20)]

    assert (rows["taux_en_emploi_6_mois_raison"] == "trop_peu_d_eleves").any()
    assert small[[*COUNTS, *FIGURES]].isna().all(axis=None)
    assert few_leavers.empty
    for name in FIGURES:
        assert (rows[name].isna() == rows[f"{name}_raison"].notna()).all(), name


def test_changes_are_the_region_that_is_gone_and_nothing_else(delivered, directory):
    first, _counts, _kept, shown, second = delivered
    with override_settings(OPEN_FILES_DIR=directory):
        summary = versions.manifest(second)["changements"]
        text = versions.path(second, "changements.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]

    assert (summary["depuis"], summary["vers"]) == (first, second)
    assert lines
    assert {(line["niveau_geographique"], line["region"]) for line in lines} == {("region", REGION)}
    assert not summary["nouveaux"]
    assert not summary["modifies"]
    gone = [
        figure
        for line in lines
        for kind in (changes.WITHHELD, changes.GONE)
        for figure, told in line.get(kind, {}).items()
        if figure in FIGURES and (told is None or isinstance(told, str))
    ]
    assert len(gone) == shown


def test_first_version_is_not_kept_once_a_region_is_not_shown(delivered, directory):
    with override_settings(OPEN_FILES_DIR=directory, OPEN_FILES_KEPT=2):
        assert versions.served(delivered[-1]) == [delivered[-1]]
