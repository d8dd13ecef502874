"""The reference tables as they follow from converted files: precedence, links, readable names."""

import pandas as pd
import pytest

from deliveries.reference_tables import nomenclature, schools, teaching, territories
from deliveries.source import Reference

REFERENCE = Reference(
    known={"school": {"0350053T"}, "diploma": {"50022139"}},
    mappings={
        "commune.place": {"35360": ("Vitré", "departement-035", 48.12, -1.21)},
        "departement.region": {"departement-035": "region-53", "departement-001": "region-84"},
    },
)


def tables(reference_tables):
    return {table.model.split(".")[1]: table.rows for table in reference_tables}


@pytest.mark.parametrize("module", [territories, nomenclature, schools, teaching])
def test_reference_table_without_files_has_every_column(module):
    for reference_table in module.tables({}, Reference()):
        assert set(reference_table.key) <= set(reference_table.rows.columns)


def territory_frames():
    return {
        "insee_regions": {"region": pd.DataFrame({"code": ["53"], "name": ["Bretagne"]})},
        "insee_departements": {
            "departement": pd.DataFrame(
                {"code": ["035", "988"], "region": ["53", ""], "name": ["Ille-et-Vilaine", "Val-d'Oise"]}
            )
        },
        "departements_academies_regions": {
            "academie": pd.DataFrame(
                {
                    "departement": ["035", "988"],
                    "departement_name": ["", ""],
                    "code": ["14", "40"],
                    "name": ["Rennes", "Nouvelle-Calédonie"],
                    "region": ["53", "00"],
                    "region_name": ["", ""],
                }
            )
        },
        "insee_communes": {
            "commune": pd.DataFrame(
                {
                    "code": ["35360", "35999", "75056", "75101"],
                    "name": ["Vitré", "L'Ancienne", "Paris", "Paris 1er"],
                    "departement": ["035", "", "", ""],
                    "inside": ["", "35360", "", "75056"],
                    "is_former": [False, True, False, False],
                }
            )
        },
        "laposte_codes_postaux": {
            "postal_code": pd.DataFrame(
                {
                    "commune": ["35360", "35360", "75101", "99999"],
                    "code": ["35500", "35500", "75001", "99999"],
                    "latitude": [48.0, 48.2, 48.86, 1.0],
                    "longitude": [-1.0, -1.2, 2.33, 1.0],
                }
            )
        },
    }


def test_departement_is_inside_its_academie_inside_its_region():
    rows = tables(territories.tables(territory_frames(), Reference()))["Territory"].set_index("key")
    parents = rows["parent_id"].to_dict()
    assert parents["departement-035"] == "academie-14"
    assert parents["academie-14"] == "region-53"
    assert parents["region-53"] == "pays-FR"
    assert parents["academie-40"] == "pays-FR", "a territory that is no region stands under the country"
    assert parents["pays-FR"] is None


def test_former_commune_stands_at_the_point_of_the_one_around_and_paris_amid_its_arrondissements():
    made = tables(territories.tables(territory_frames(), Reference()))
    communes = made["Commune"].set_index("code")
    assert communes.at["35360", "latitude"] == pytest.approx(48.1)
    assert communes.at["35999", "latitude"] == pytest.approx(48.1)
    assert communes.at["35999", "departement_id"] == "departement-035"
    assert communes.at["35999", "name"] == "L’Ancienne"
    assert communes.at["75056", "latitude"] == pytest.approx(48.86)
    assert len(made["PostalCode"]) == 2


def test_names_of_merged_communes_and_of_places_lead_to_the_present_commune():
    """A new commune may keep the code of one of those it took the place of: one code, several names."""
    communes = pd.DataFrame(
        {
            "code": ["14762", "14762", "14999", "91228"],
            "name": ["Vire Normandie", "Vire", "Truttemer-l'Ancien", "Évry-Courcouronnes"],
            "departement": ["014", "", "", "091"],
            "inside": ["", "14762", "14762", ""],
            "is_former": [False, True, True, False],
        }
    )
    places = pd.DataFrame(
        {"commune": ["91228", "91228", "14762", "99999"], "name": ["EVRY", "", "VIRE", "AUTRE"]}
    )
    frames = {"insee": {"commune": communes}, "poste": {"place_name": places}}

    made = tables(territories.tables(frames, Reference()))

    assert made["Commune"].set_index("code").at["14762", "name"] == "Vire Normandie"
    assert set(made["CommuneName"].itertuples(index=False, name=None)) == {
        ("Vire", "14762"),
        ("Truttemer-l’Ancien", "14762"),
        ("EVRY", "91228"),
    }


def test_a_school_is_found_by_the_other_names_of_its_commune():
    rows = schools.tables(
        {
            "x": {
                "school": pd.DataFrame({"uai": ["0911828D"], "name": ["LYCEE ST.ELOI"], "commune": ["91228"]})
            }
        },
        Reference(
            mappings={
                "commune.place": {"91228": ("Évry-Courcouronnes", "departement-091", 48.6, 2.4)},
                "commune.other_names": {"91228": ["EVRY"]},
            }
        ),
    )
    school = tables(rows)["School"].iloc[0]
    assert school["folded_towns"] == " | evry courcouronnes | evry | "
    assert {"lycee", "saint", "st", "eloi"} <= set(school["folded_names"].split())


def school_rows(frames):
    return tables(schools.tables(frames, REFERENCE))["School"].set_index("uai")


def test_school_that_no_source_names_keeps_what_is_known_of_it():
    rows = school_rows({"x": {"school": pd.DataFrame({"uai": ["0350053T"], "has_boarding": [True]})}})
    assert rows.loc["0350053T", ["official_name", "has_boarding"]].tolist() == ["", True]


def test_school_takes_each_field_from_the_best_source_that_has_it():
    rows = school_rows(
        {
            "annuaire_education": {
                "school": pd.DataFrame(
                    {"uai": ["0350053T"], "name": ["Lycée Bertrand d'Argentré"], "phone": ["0299750550"]}
                )
            },
            "lycees_ips": {
                "school": pd.DataFrame(
                    {
                        "uai": ["0350053T"],
                        "name": ["LYCEE D ARGENTRE"],
                        "phone": [""],
                        "commune": ["35360"],
                        "kind": ["Lycée général et technologique"],
                    }
                )
            },
        }
    )
    school = rows.loc["0350053T"]
    assert (school["name"], school["phone"]) == ("Lycée Bertrand d’Argentré", "02 99 75 05 50")
    assert (school["city"], school["territory_id"], school["region_id"]) == (
        "Vitré",
        "departement-035",
        "region-53",
    )
    assert (school["latitude"], school["longitude"]) == (48.12, -1.21)


def test_name_in_lower_case_of_a_lesser_source_is_preferred_to_capitals():
    rows = school_rows(
        {
            "lycees_ips": {
                "school": pd.DataFrame({"uai": ["0350053T"], "name": ["LYCEE POLYVALENT ETIENNE BEZOUT"]})
            },
            "figures": {
                "school": pd.DataFrame({"uai": ["0350053T"], "name": ["Lycée polyvalent Etienne Bézout"]})
            },
        }
    )
    school = rows.loc["0350053T"]
    assert school["name"] == "Lycée polyvalent Étienne Bézout"
    assert school["official_name"] == "LYCEE POLYVALENT ETIENNE BEZOUT"
    assert school["kind"] == "Lycée polyvalent"


@pytest.mark.parametrize(
    ("official", "name"),
    [
        (
            "LYCEE PROFESSIONNEL LOUIS LUMIERE LYCEE DES METIERS DE L ELECTRICITE",
            "Lycée professionnel Louis Lumiere",
        ),
        ("LYCEE GENERAL LE VERRIER", "Lycée général Le Verrier"),
        ("LYCEE POLYVALENT DE L ALBANAIS", "Lycée polyvalent de l’Albanais"),
        ("LYCEE POLYVALENT", "Lycée polyvalent"),
        ("CTRE DE FORMATION D'APPRENTIS DU BTP AIN", "CFA du BTP Ain"),
        ("Organisme de formation-Centre de formation d'apprentis AFTRAL VITRE", "CFA AFTRAL Vitré"),
        ("Organisme de formation-Centre de formation d'apprentis CFA AFTRAL", "CFA AFTRAL"),
    ],
)
def test_readable_name_of_a_school(official, name):
    rows = school_rows({"x": {"school": pd.DataFrame({"uai": ["0350053T"], "name": [official]})}})
    assert rows.at["0350053T", "name"] == name


@pytest.mark.parametrize(
    ("written", "website"),
    [
        ("www.lycee.example", "http://www.lycee.example"),
        ("https://lycee.example/", "https://lycee.example/"),
        ("à venir", ""),
        (f"www.{'x' * 200}.example", ""),
    ],
)
def test_website_of_a_school_is_an_address_or_nothing(written, website):
    school = {"uai": ["0350053T"], "name": ["Lycée A"], "website": [written]}
    assert school_rows({"x": {"school": pd.DataFrame(school)}}).at["0350053T", "website"] == website


def test_school_without_commune_is_placed_by_its_code_then_by_its_region():
    rows = school_rows(
        {
            "figures": {
                "school": pd.DataFrame(
                    {
                        "uai": ["0010001W", "0990001N"],
                        "name": ["CFA A", "CFA B"],
                        "region_key": [None, "region-11"],
                    }
                )
            }
        }
    )
    assert rows["territory_id"].to_dict() == {"0010001W": "departement-001", "0990001N": "region-11"}
    assert rows["region_id"].to_dict() == {"0010001W": "region-84", "0990001N": "region-11"}
    assert rows["latitude"].tolist() == [None, None]


def teaching_frame(*rows):
    columns = ["school", "diploma", "route", "year", "entry", "places", "first_wishes"]
    return {"teaching": pd.DataFrame(rows, columns=columns)}


def test_years_of_one_course_become_one_row_with_the_places_of_the_first_entered():
    frames = {
        "attractivite_capacite": teaching_frame(
            ("0350053T", "50022139", "pro", 2021, "1", 12, 20),
            ("0350053T", "50022139", "pro", 2021, "1", 8, 5),
            ("0350053T", "50022139", "pro", 2021, "2", 30, 1),
        ),
        "constat": teaching_frame(("0350053T", "50022139", "pro", 2020, "1", None, None)),
    }
    rows = tables(teaching.tables(frames, REFERENCE))["Teaching"].set_index("source")
    assert rows.loc["attractivite_capacite", ["places", "first_wishes"]].tolist() == [20, 25]
    assert rows.loc["constat", ["places", "first_wishes"]].tolist() == [None, None]
    assert rows["year"].to_dict() == {"attractivite_capacite": 2021, "constat": 2020}


def test_places_of_several_entries_are_unknown_where_one_is_not_counted():
    frames = {
        "attractivite_capacite": teaching_frame(
            ("0350053T", "50022139", "pro", 2021, "1", 12, 30),
            ("0350053T", "50022139", "pro", 2021, "1", None, 9),
        )
    }
    row = tables(teaching.tables(frames, REFERENCE))["Teaching"].iloc[0]
    assert pd.isna(row["places"])
    assert row["first_wishes"] == 39


def test_teaching_of_an_unknown_school_is_left_out():
    frames = {"constat": teaching_frame(("0750419Y", "50022139", "pro", 2020, "1", None, None))}
    assert tables(teaching.tables(frames, REFERENCE))["Teaching"].empty
