"""The recorded replies of the services become files that their sources read without refusing one."""

import json

import pytest

from deliveries.candidates import File
from deliveries.checking.run import Run
from deliveries.fetching import catalogue
from deliveries.fetching.services import inserjeunes_api
from deliveries.fetching.work import Work
from tests.conftest import skip_loudly
from tests.contract.test_jobs import FOLDER
from tests.deliveries.fetching.service import as_json
from tests.deliveries.fetching.test_services import SECRETS

TABLES = {
    *("N_FORMATION_DIPLOME", "N_MEF", "N_NIVEAU_FORMATION_DIPLOME", "N_GROUPE_FORMATION"),
    *("N_LIEN_FORMATION_GROUPE", "N_DIPLOME_SISE", "N_TYPE_DIPLOME_SISE"),
}


@pytest.fixture(scope="module")
def replies():
    """{end of the address of a reply that holds something: its body}, of all the recorded jobs."""
    if not FOLDER.is_dir():
        skip_loudly(f"les cas enregistrés ({FOLDER.name}, ou CONTRACT_DIR) sont absents", is_required=False)
    found = {}
    for path in sorted(FOLDER.glob("job_import*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            for reply in case["source"]:
                if reply["status"] == 200 and isinstance(reply["body"], dict) and reply["body"].get("data"):
                    found.setdefault(
                        reply["url"].partition("/nomenclature/")[2] or reply["url"], reply["body"]
                    )
    return found


def fetched(service, tmp_path, name, **said):
    work = Work(service.client(attempts=1), SECRETS, tmp_path, **said)
    for file in catalogue.by_name(SECRETS)[name].fetch(work):
        run = Run(File(file.name, file.path.read_bytes(), file.source))
        yield file, run.finish()


def test_tables_of_the_nomenclature_are_those_of_their_sources(service, tmp_path, replies, monkeypatch):
    monkeypatch.setattr("deliveries.fetching.services.nomenclature.TABLES", sorted(TABLES))
    service.answer = lambda asked: as_json({"token": "un", **replies.get(asked.path.rpartition("/")[2], {})})
    for file, report in fetched(service, tmp_path, "bcn"):
        assert report.source == file.source
        assert not report.is_refused


@pytest.mark.parametrize(
    ("name", "part"), [("inserjeunes-regions", "/region/01/"), ("inserjeunes-etablissements", "/UAI/")]
)
def test_figures_are_those_of_their_sources(service, tmp_path, replies, monkeypatch, name, part):
    address = next(address for address in replies if part in address)
    cohort = address.rpartition("/millesime/")[2]
    monkeypatch.setattr(inserjeunes_api, "REGIONS", ["01"])
    service.answer = lambda asked: as_json({"access_token": "un", **replies[address]})
    [(file, report)] = fetched(service, tmp_path, name, cohort=cohort, schools=lambda: ["0751234J"])
    assert report.source == file.source
    assert not report.is_refused
