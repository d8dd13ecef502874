"""Where schools are placed when their file is damaged: codes of communes, positions, names of regions."""

import pandas as pd
import pytest

from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources import schools
from deliveries.sources.placing import (
    PlaceColumns,
    check_departements,
    locate_by_region,
    locating,
    place_name,
    region_keys,
)
from formations.text_folding import fold

COMMUNES = {
    "01053": ["Bourg-en-Bresse", "departement-001", 46.2, 5.2],
    "2A004": ["Ajaccio", "departement-02A", 41.93, 8.70],
    "2B033": ["Bastia", "departement-02B", 42.70, 9.45],
    "63285": ["Pignols", "departement-063", 45.6, 3.3],
    "75115": ["Paris 15e Arrondissement", "departement-075", 48.84, 2.29],
    "97353": ["Maripasoula", "departement-973", 2.64, -54.03],
}
REGIONS = ("La Réunion", "Centre-Val de Loire", "Provence-Alpes-Côte d’Azur", "Île-de-France", "Grand Est")
REFERENCE = Reference(
    mappings={
        "commune.place": COMMUNES,
        "commune.named": {(place_name(name), key): code for code, (name, key, *_) in COMMUNES.items()},
        "postal_code.communes": {"63270": ["63285"], "20000": ["2A004"], "01000": ["01053", "2B033"]},
        "departement.region": {place[1]: None for place in COMMUNES.values()},
        "region.name": {fold(name): name for name in REGIONS},
    }
)
COLUMNS = PlaceColumns("uai", "commune", "city", "postal_code", "departement", "position")
SOMEWHERE = {
    "uai": "0010001W",
    "commune": "01053",
    "city": "Bourg-en-Bresse",
    "postal_code": "01000",
    "departement": "001",
    "position": "",
}


def located(**cells):
    report = Report("x.csv")
    rows = pd.DataFrame([SOMEWHERE | cells], index=[2], dtype="str")
    row = locating(COLUMNS)(rows, report, REFERENCE).iloc[0]
    return row, [(finding.kind, finding.line) for finding in report.findings]


@pytest.mark.parametrize(
    ("cells", "commune", "kinds"),
    [
        ({}, "01053", []),
        ({"commune": "1053"}, "01053", ["code_retouche"]),
        ({"commune": "", "city": "AJACCIO CEDEX 1", "departement": "02A"}, "2A004", ["commune_retrouvee"]),
        # Spreadsheets lose the letters of Corsica, and the number of the département with them.
        (
            {"uai": "6200001G", "commune": "", "city": "AJACCIO", "departement": "", "postal_code": ""},
            "2A004",
            ["commune_retrouvee"],
        ),
        ({"uai": "0630001A", "commune": "20004", "city": "Ajaccio", "departement": ""}, "2A004", ["commune_retrouvee"]),
        ({"commune": "2a004", "city": "Ajaccio"}, "2A004", []),
        ({"commune": "63266", "city": "Pignols", "departement": "063"}, "63285", ["commune_retrouvee"]),
        ({"commune": "63266", "city": "Un hameau", "departement": "063", "postal_code": "63270"}, "63285", ["commune_retrouvee"]),
        # The code of Paris for a school of Bourg-en-Bresse.
        ({"commune": "75115"}, "01053", ["commune_retrouvee"]),
        ({"commune": "75115", "city": "Ailleurs", "postal_code": ""}, "", ["commune_inconnue"]),
        ({"commune": "75115", "city": "Ailleurs", "departement": "075"}, "75115", []),
        ({"commune": "75999", "city": "PARIS 15", "departement": "075"}, "75115", ["commune_retrouvee"]),
        ({"commune": "99999", "city": "Ailleurs", "departement": "001", "postal_code": "01000"}, "99999", ["commune_inconnue"]),
        ({"commune": "", "city": "", "departement": "", "postal_code": ""}, "", ["commune_inconnue"]),
    ],
)  # fmt: skip
def test_commune_is_repaired_where_it_is_certain_and_told(cells, commune, kinds):
    row, findings = located(**cells)

    assert row["commune"] == commune
    assert findings == [(kind, 2) for kind in kinds]


@pytest.mark.parametrize(("written", "kinds"), [("1000", ["code_retouche"]), ("01 000", []), ("01000", [])])
def test_postal_code_has_its_five_digits(written, kinds):
    row, findings = located(postal_code=written)

    assert (row["postal_code"], findings) == ("01000", [(kind, 2) for kind in kinds])


@pytest.mark.parametrize(
    ("position", "commune", "is_kept"),
    [
        ("46.21, 5.23", "01053", True),
        ("5.23, 46.21", "01053", False),
        ("-46.21, 5.23", "01053", False),
        ("0.0, 0.0", "01053", True),
        ("quelque part", "01053", False),
        ("3.5, -54.0", "97353", True),
        ("48.1, -1.7", "", True),
        ("-1.7, 48.1", "", False),
    ],
)
def test_position_far_from_its_commune_is_left_out_and_told(position, commune, is_kept):
    row, findings = located(position=position, commune=commune, city="", postal_code="", departement="")

    assert row["position"] == (position if is_kept else "")
    assert (("position_invraisemblable", 2) in findings) is not is_kept


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("REUNION", "La Réunion"),
        ("LA REUNION", "La Réunion"),
        ("ILE DE LA REUNION", "La Réunion"),
        ("CENTRE", "Centre-Val de Loire"),
        ("PACA", "Provence-Alpes-Côte d’Azur"),
        ("Région académique Provence-Alpes-Côte d'Azur", "Provence-Alpes-Côte d’Azur"),
        ("région d’Île-de-France", "Île-de-France"),
        ("ALSACE", "Grand Est"),
        ("BRETAGNE LIBRE", None),
        ("", None),
    ],
)
def test_region_is_known_by_every_name_that_files_give_it(written, region):
    assert list(region_keys(pd.Series([written]), REFERENCE)) == [region]


def test_unknown_region_is_told_once():
    report = Report("x.csv")
    rows = pd.DataFrame(
        {"uai": ["0010001W"] * 3, "region": ["NULLE PART", "NULLE PART", ""]}, index=[2, 3, 4]
    )

    locate_by_region(rows, report, REFERENCE)

    assert [(finding.kind, finding.line) for finding in report.findings] == [("region_inconnue", 2)]


def test_code_of_a_school_of_no_departement_is_told():
    report = Report("x.csv")
    rows = pd.DataFrame({"uai": ["0010001W", "0000000A", "6200001G"]}, index=[2, 3, 4], dtype="str")

    check_departements(rows, "uai", report, REFERENCE)

    assert [(finding.kind, finding.line) for finding in report.findings] == [("departement_inconnu", 3)]
    assert "aucun département n’a le numéro 000" in report.findings[0].sentence


def test_list_without_postal_codes_nor_positions_is_placed_by_name():
    lycees = next(source for source in schools.SOURCES if source.name == "lycees_ips")
    report = Report("x.csv")
    row = {
        "uai": "6200001G",
        "code_insee_de_la_commune": "",
        "nom_de_la_commune": "AJACCIO",
        "code_du_departement": "",
    }

    rows = lycees.resolve(pd.DataFrame([row], index=[2], dtype="str"), report, REFERENCE)

    assert rows.loc[2, "code_insee_de_la_commune"] == "2A004"


@pytest.mark.parametrize(("x", "is_kept"), [(871_000.0, True), (100_000.0, False)])
def test_point_of_acce_far_from_its_commune_is_left_out(x, is_kept):
    report = Report("x.csv")
    row = {
        "numero_uai": "0010001W",
        "commune": "01053",
        "commune_libe": "Bourg-en-Bresse",
        "code_postal_uai": "01000",
        "departement_insee_3": "001",
    }
    rows = pd.DataFrame([row], index=[2], dtype="str").assign(coordonnee_x=x, coordonnee_y=6_569_000.0)

    located = schools.locate_acce(rows, report, REFERENCE)

    assert located["coordonnee_x"].notna().all() == is_kept
    assert [finding.kind for finding in report.findings] == ([] if is_kept else ["position_invraisemblable"])


def test_figures_without_names_of_regions_say_nothing_of_them():
    report = Report("x.csv")

    locate_by_region(pd.DataFrame({"uai": ["0010001W"]}, index=[2], dtype="str"), report, REFERENCE)

    assert report.findings == []
