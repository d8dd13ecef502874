"""Catalogues of apprenticeship: exports of courses of every generation, establishments with their point."""

import json

import pytest

from deliveries.checks import recognise
from deliveries.reading import read_table
from deliveries.sources import ALL
from tests.deliveries.converting import converted, kinds

ENTRY = ["diploma", "site", "trainer", "manager"]


@pytest.mark.parametrize(
    ("header", "row", "entry"),
    [
        (
            "cfd;uai_formation;etablissement_formateur_uai;etablissement_gestionnaire_uai",
            "50022139;;0010001W;",
            ["50022139", "0350053T", "0010001W", ""],
        ),
        (
            "cfd;etablissement_lieu_formation_uai;etablissement_formateur_uai;etablissement_gestionnaire_uai",
            "50022139;0350053T;0010001W;0010001W",
            ["50022139", "0350053T", "0010001W", "0010001W"],
        ),
        ("cfd;etablissement_formateur_uai", "50022139;0010001W", ["50022139", "0010001W", "0010001W", ""]),
    ],
    ids=["service", "place of teaching", "trainer alone"],
)
def test_the_place_of_teaching_is_found_under_each_name(header, row, entry):
    # The site of one course is blank where the catalogue does give sites: it stays unknown.
    other = row.replace(";;", ";0350053T;") if ";;" in row else row
    source, tables, report = converted(f"{header}\n{other}\n{row}\n")
    assert (source.name, kinds(report)) == ("catalogue_apprentissage", set())
    assert tables["apprenticeship_entry"][ENTRY].values.tolist()[0] == entry
    if ";;" in row:
        assert tables["apprenticeship_entry"]["site"].tolist() == ["0350053T", ""]


def test_a_page_of_the_service_is_read_as_a_file():
    course = {"cfd": "50022139", "uai_formation": "0350053T", "etablissement_formateur_uai": None, "tags": []}
    source, tables, _ = converted(
        json.dumps({"formations": [course], "pagination": {"total": 1}}), "page.json"
    )
    assert source.name == "catalogue_apprentissage"
    assert tables["apprenticeship_entry"][ENTRY].values.tolist() == [["50022139", "0350053T", "", ""]]


def _establishment(uai, **fields):
    return {
        "uai": uai,
        "siret": "1",
        "enseigne": "CFA DU PORT",
        "entreprise_raison_sociale": "CHAMBRE",
        "numero_voie": "16",
        "type_voie": None,
        "nom_voie": "QUAI NEUF",
        "code_postal": "01500",
        "localite": "AMBERIEU",
        "code_insee_localite": "01004",
        "region_implantation_code": "84",
        "geo_coordonnees": "45.95,5.35",
        "ferme": "false",
    } | fields


def test_establishments_have_the_point_of_the_first_open_one():
    source, tables, report = converted(
        json.dumps(
            [
                _establishment("0350053T", siret="1", geo_coordonnees="1.0,2.0", ferme="true"),
                _establishment("0350053T", siret="2"),
                _establishment(None, siret="3"),
                _establishment("0010001W", siret="4", enseigne=None, geo_coordonnees=None),
            ]
        ),
        "etablissements.json",
    )
    assert (source.name, kinds(report)) == ("catalogue_apprentissage_etablissements", set())
    schools = tables["school"].set_index("uai")
    assert schools["latitude"].fillna(-1).to_dict() == {"0350053T": 45.95, "0010001W": -1}
    assert schools["name"].to_dict() == {"0350053T": "CFA DU PORT", "0010001W": "CHAMBRE"}
    assert set(schools["region_key"]) == {"region-84"}
    assert set(schools["address"]) == {"16 QUAI NEUF"}


@pytest.mark.real_files
def test_the_real_establishments_are_recognised(shared_releases):
    path = shared_releases / "etablissements/catalogue_etablissements_apprentissage_2022-10.json"
    source, tables, _ = converted(path.read_text(encoding="utf-8"), path.name)
    assert source.name == "catalogue_apprentissage_etablissements"
    schools = tables["school"]
    assert (len(schools), int(schools["latitude"].notna().sum())) == (3713, 3706)
    assert recognise(read_table(path.name, path.read_bytes()), ALL)[0] is source
