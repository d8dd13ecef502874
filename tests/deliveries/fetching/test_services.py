"""What is asked of each service, and the files that its replies become."""

import csv
import io
import json

import pytest

from deliveries.candidates import File
from deliveries.checking.run import Run
from deliveries.fetching import catalogue
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.names import SERVICE_SETTINGS
from deliveries.fetching.work import Work
from deliveries.sources import ALL as SOURCES
from tests.deliveries.fetching.service import Answer, as_json

SECRETS = {name: f"secret de {name}" for name in SERVICE_SETTINGS}
SOURCE_NAMES = {source.name for source in SOURCES}


def fetch(service, tmp_path, name, schools=(), **manners):
    """[(file, its content as text)] of what a service gives."""
    client = service.client(**{"attempts": 1} | manners)
    work = Work(client, SECRETS, tmp_path, "2022_2023", lambda: schools)
    files = list(catalogue.by_name(SECRETS)[name].fetch(work))
    assert not any("secret" in f"{file.address} {file.name} {file.note}" for file in files)
    assert {file.source for file in files} - {""} <= SOURCE_NAMES
    return [(file, file.path.read_text(encoding="utf-8")) for file in files]


def source_of(file):
    run = Run(File(file.name, file.path.read_bytes()))
    assert list(run)
    return run.report.source


def rows(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def measure(name, value, **dimension):
    return {"id_mesure": name, "valeur_mesure": value, "dimensions": [dimension]}


REGION = {
    "data": [
        measure("nb_annee_term", 40, id_formation_apprentissage="50022139"),
        measure("nb_poursuite_etudes", 10, id_formation_apprentissage="50022139"),
        measure("taux_emploi_6_mois", 50, id_formation_apprentissage="50022139"),
        measure("nb_annee_term", 30, id_mefstat11="23220022139"),
    ]
}


def inserjeunes(asked, token=("un",), reply=REGION):
    if asked.path == "/login":
        return as_json({"access_token": token[0]})
    if asked.headers["Authorization"] != f"Bearer {token[0]}":
        return Answer(status=401)
    # The service gives a text of JSON, but for regions.
    return as_json(reply if asked.path.startswith("/region") else json.dumps(reply))


def test_figures_of_regions_become_one_file_that_its_source_reads(service, tmp_path):
    service.answer = inserjeunes
    [(file, text)] = fetch(service, tmp_path, "inserjeunes-regions")

    login, *asked = service.asked
    assert login.headers["username"] == "secret de INSERJEUNES_USERNAME"
    assert [one.path for one in asked][:2] == [
        "/region/01/millesime/2022_2023",
        "/region/02/millesime/2022_2023",
    ]
    assert len(asked) == 3
    assert file.name == "ij_region_formation-2022_2023.csv"
    first, second = rows(text)[:2]
    assert (first["voie"], first["cfd"], first["mefstat11"]) == ("apprentissage", "50022139", "")
    assert (first["code_region"], first["nb_sortant"], first["taux_emploi_12_mois"]) == ("11", "30", "")
    assert (second["voie"], second["mefstat11"], second["nb_annee_term"]) == ("pro", "23220022139", "30")
    assert source_of(file) == "ij_region_formation"


def test_token_that_is_over_is_asked_for_again(service, tmp_path):
    tokens = ["un"]

    def answer(asked):
        if len(service.asked) == 3:
            tokens[0] = "deux"
        return inserjeunes(asked, tokens)

    service.answer = answer
    [(_, text)] = fetch(service, tmp_path, "inserjeunes-regions")
    assert len(rows(text)) == 2 * 3
    assert service.paths.count("/login") == 2


def test_fetch_of_many_replies_goes_on_with_those_that_it_has(service, tmp_path):
    def stops(asked):
        return Answer(status=503) if len(service.asked) > 3 else inserjeunes(asked)

    service.answer = stops
    with pytest.raises(FetchFailed, match="en panne"):
        fetch(service, tmp_path, "inserjeunes-regions")
    service.asked, service.answer = [], inserjeunes
    [(_, text)] = fetch(service, tmp_path, "inserjeunes-regions")
    assert len(service.asked) == 1 + 3 - 2
    assert len(rows(text)) == 2 * 3


def test_schools_without_figures_are_left_out_and_refused_ones_are_named(service, tmp_path):
    def answer(asked):
        if "0990002P" in asked.path:
            return as_json({"msg": "UAI incorrect ou agricole"}, status=400)
        if "0990003R" in asked.path:
            return as_json({"msg": "erreur"}, status=400)
        return inserjeunes(asked)

    service.answer = answer
    schools = ["0990003R", "0990001N", "0990002P"]
    [(file, text)] = fetch(service, tmp_path, "inserjeunes-etablissements", schools)
    assert {row["uai"] for row in rows(text)} == {"0990001N"}
    assert file.note == "Le service a refusé de répondre pour 0990003R."
    assert source_of(file) == "ij_etablissement_formation"


def test_cohort_that_has_no_figures_makes_no_file(service, tmp_path):
    service.answer = lambda asked: inserjeunes(asked, reply={"data": []})
    with pytest.raises(FetchFailed, match="aucun chiffre de la cohorte 2022 et 2023"):
        fetch(service, tmp_path, "inserjeunes-regions")


def test_tables_of_the_nomenclature_are_kept_as_they_come(service, tmp_path):
    def answer(asked):
        if asked.path == "/auth/login-extraction":
            assert json.loads(asked.body)["login"] == "secret de BCN_USERNAME"
            return as_json({"token": "un"})
        assert asked.headers["X-Omogen-Api-Key"] == "secret de BCN_API_KEY"
        assert asked.query == {"schema": ["consultation"]}
        return as_json({"data": [{"niveau_formation_diplome": "500", "libelle_court": "CAP"}]})

    service.answer = answer
    files = fetch(service, tmp_path, "bcn")
    assert len(files) == 10
    assert files[0][0].name == "N_FORMATION_DIPLOME.json"
    assert json.loads(files[0][1]) == {"data": [{"niveau_formation_diplome": "500", "libelle_court": "CAP"}]}

    service.answer = lambda asked: as_json({"token": "un", "data": []})
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(FetchFailed, match="N_FORMATION_DIPLOME\u00a0: le service donne une table vide"):
        fetch(service, tmp_path, "bcn")


def test_catalogue_is_read_page_by_page(service, tmp_path):
    course = {
        "_id": "a",
        "cfd": "50022139",
        "etablissement_formateur_uai": "0990001N",
        "bcn_mefs_10": ["1", "2"],
    }
    place = {"uai": "0990001N", "siret": "1", "enseigne": "CFA", "ferme": False}

    def answer(asked):
        if asked.path == "/auth/login":
            return as_json({"message": "ok"}, **{"Set-Cookie": "cookie=un; Path=/; HttpOnly"})
        assert asked.headers["Cookie"] == "cookie=un"
        if asked.path == "/entity/etablissements":
            return as_json({"etablissements": [place], "pagination": {"nombre_de_page": 1}})
        assert '"cfd":{"$ne":null}' in asked.query["query"][0]
        number = asked.query["page"][0]
        return as_json(
            {
                "formations": [course | {"_id": number, "cfd": f"5002213{number}"}],
                "pagination": {"nombre_de_page": 3},
            }
        )

    service.answer = answer
    (courses, text), (places, _) = fetch(service, tmp_path, "catalogue-apprentissage")
    assert [row["cfd"] for row in rows(text)] == ["50022131", "50022132", "50022133"]
    assert rows(text)[0]["bcn_mefs_10"] == "1,2"
    assert source_of(courses) == "catalogue_apprentissage"
    assert source_of(places) == "catalogue_apprentissage_etablissements"


def test_open_data_is_one_export(service, tmp_path):
    service.answer = lambda asked: Answer(b"a;b\n1;2\n")
    [(file, text)] = fetch(service, tmp_path, "fr-en-inserjeunes-cfa")
    assert (file.name, text) == ("fr-en-inserjeunes-cfa.csv", "a;b\n1;2\n")
    path = "/api/explore/v2.1/catalog/datasets/fr-en-inserjeunes-cfa/exports/csv"
    assert file.address == f"{service.url}{path}?use_labels=true&delimiter=%3B"

    fetch(service, tmp_path, "fr-esr-insersup")
    [where] = service.asked[-1].query["where"]
    assert where.startswith('genre="ensemble" and nationalite="ensemble"')


def test_extraction_of_acce_is_asked_for_with_its_password(service, tmp_path):
    service.answer = lambda asked: Answer(b"numero_uai\n0990001N\n")
    [(file, _)] = fetch(service, tmp_path, "acce")
    assert file.name == "ACCE.csv"
    assert service.asked[0].headers["Authorization"].startswith("Basic ")


def test_settings_are_those_that_the_services_want():
    known = catalogue.by_name(dict.fromkeys(SERVICE_SETTINGS, "")).values()
    wanted = {name for what in known for name in (what.address, *what.credentials, *what.optional)}
    assert set(SERVICE_SETTINGS) - wanted == {"EDUCATION_OPEN_DATA_SETS", "HIGHER_EDUCATION_OPEN_DATA_SETS"}


def test_services_give_files_of_known_sources():
    known = catalogue.by_name(SECRETS).values()
    assert {source for what in known for source in what.sources} <= SOURCE_NAMES
    assert catalogue.configured_for(SECRETS)["bcn_n_mef"] == "bcn"
    assert catalogue.configured_for(dict.fromkeys(SECRETS, "")) == {}


def test_datasets_that_a_deployment_adds_are_fetched_too(service, tmp_path, monkeypatch):
    monkeypatch.setitem(SECRETS, "EDUCATION_OPEN_DATA_SETS", "fr-en-inserjeunes-cfa, autre-jeu, ../login?x,")
    known = catalogue.by_name(SECRETS)
    assert known["autre-jeu"].label == "Données ouvertes, autre-jeu"
    assert known["fr-en-inserjeunes-cfa"].label.endswith("centres d’apprentissage")
    assert not any("login" in name for name in known)
    service.answer = lambda asked: Answer(b"a;b\n")
    fetch(service, tmp_path, "autre-jeu")
    assert service.paths == ["/api/explore/v2.1/catalog/datasets/autre-jeu/exports/csv"]
