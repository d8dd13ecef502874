"""The recorded cases of deriving and importing, `job_*.json` of the folder CONTRACT_DIR (../shared/contract)."""

import importlib.util
import json
import os
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import skip_loudly
from tests.contract import job_derivations, job_replies
from tests.contract.job_documents import Database

FOLDER = Path(os.environ.get("CONTRACT_DIR", settings.BASE_DIR.parent / "shared" / "contract"))
# Cases recorded later, which are beside the first ones.
LATER_FOLDER = FOLDER.parent / "releases" / "contract"
JOBS = {
    "computeContinuumStats": job_derivations.compute_continuum,
    "computeBCNMEFContinuum": job_derivations.compute_course_year_links,
    "computeUAI": job_derivations.compute_sites,
    "importAnneesNonTerminales": job_derivations.import_previous_years,
    "importSecondeCommune": job_derivations.import_common_years,
    "ImportLibelle": job_derivations.import_labels,
    "importBCN": job_derivations.import_courses,
    "importBCNContinuum": job_derivations.import_renewals,
    "importBCNFamilleMetier": job_derivations.import_families,
    "importBCNSise": job_derivations.import_higher_courses,
    "importCertificationsStats": job_replies.import_figures,
    "importRegionalesStats": job_replies.import_figures,
    "importFormationsStats": job_replies.import_figures,
    "importFormationsSupStats": job_replies.import_higher_figures,
    "importBCNMEF": job_replies.import_course_years,
    "importFormations": job_replies.import_catalogue,
}
CANNOT_APPLY = {
    "importEtablissements-001": "le registre des établissements lu par le service n’est pas dans le cas : `source` est vide",
}
# Lists whose order the recorded database leaves open.
_UNORDERED = {
    "ancien_diplome",
    "nouveau_diplome",
    "uai_lieu_formation",
    "uai_formateur",
    "uai_gestionnaire",
    "certificationsTerminales",
}


def _cases():
    paths = [*sorted(FOLDER.glob("job_*.json")), *sorted(LATER_FOLDER.glob("job_*.json"))]
    return [case for path in paths for case in json.loads(path.read_text("utf-8"))]


CASES = _cases()


def _compare():
    spec = importlib.util.spec_from_file_location("contract_compare", FOLDER / "compare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ordered(documents):
    return sorted((_with_sorted_lists(d) for d in documents), key=_identity)


def _with_sorted_lists(document):
    return {
        name: sorted(value, key=str) if name in _UNORDERED and isinstance(value, list) else value
        for name, value in document.items()
        if name not in {"_id", "_meta"}
    }


def _identity(document):
    names = (
        "code_certification",
        "diplome_sise",
        "numero_uai",
        "millesime",
        "filiere",
        "uai",
        "id",
        "mef_stat_11",
    )
    region = document.get("region") or {}
    code = region.get("code", "") if isinstance(region, dict) else region
    return [*(str(document.get(name) or "") for name in names), str(code)]


def _differences(expected, actual):
    problems = []
    for name in expected.keys() | actual.keys():
        wanted, got = _ordered(expected.get(name, [])), _ordered(actual.get(name, []))
        _compare()._same(wanted, json.loads(json.dumps(got)), name, problems)
    return problems


def _name(case):
    return case["id"].rsplit("-", 1)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_contract_jobs(case):
    if reason := CANNOT_APPLY.get(case["id"]):
        pytest.skip(reason)
    database = Database(deepcopy(case["before"]), json.loads((FOLDER / "reference.json").read_text("utf-8")))
    JOBS[_name(case)](database, case)
    assert _differences(case["after"], database.collections) == []


def test_contract_jobs_are_there():
    if not CASES:
        skip_loudly(f"les cas enregistrés ({FOLDER.name}, ou CONTRACT_DIR) sont absents", is_required=False)
    applied = Counter(_name(case) for case in CASES if case["id"] not in CANNOT_APPLY)
    assert set(applied) <= set(JOBS)
    assert len(CANNOT_APPLY) <= len(CASES) / 20
