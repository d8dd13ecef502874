"""Lists of schools: the directory of national education and the register of ACCE."""

import numpy as np
import pandas as pd
import pytest

from deliveries.checks import recognise
from deliveries.findings import Refusal
from deliveries.reading import read_table
from deliveries.sources import ALL, lambert93
from tests.deliveries.converting import converted, kinds

DIRECTORY = (
    "{uai};{name};Type_etablissement;Statut_public_prive;Adresse_1;Code postal;{commune};Nom_commune;Telephone;Web;"
    "position;code_nature\n"
    "0350053T;Lycée Bertrand d'Argentré;Lycée;Public;15 rue du Collège;35506;35360;Vitré;02 99 75 05 50;"
    "https://exemple.fr;48.1, -1.2;300\n"
    "0350122T;Ecole primaire les Lucioles;Ecole;Public;6 rue X;35580;35016;Baulon;;;47.9,-1.9;151\n"
)


@pytest.mark.parametrize(
    "headers",
    [
        {"uai": "Identifiant_de_l_etablissement", "name": "Nom_etablissement", "commune": "Code_commune"},
        {
            "uai": "Identifiant de l'établissement",
            "name": "Nom de l'établissement",
            "commune": "Code commune",
        },
    ],
)
def test_directory_of_either_generation_keeps_what_can_teach_a_vocational_diploma(headers):
    source, tables, _ = converted(DIRECTORY.format(**headers))
    assert source.name == "annuaire_education"
    school = tables["school"].iloc[0]
    assert len(tables["school"]) == 1
    assert (school["uai"], school["sector"], school["commune"]) == ("0350053T", "public", "35360")
    assert (school["latitude"], school["longitude"]) == (48.1, -1.2)


@pytest.mark.parametrize(("cell", "expected"), [("1", True), ("0", False), ("1.0", True), ("", None)])
def test_directory_tells_boarding_or_that_it_does_not_know(cell, expected):
    names = {"uai": "uai", "name": "Nom_etablissement", "commune": "Code_commune"}
    header, school, _primary, _end = DIRECTORY.format(**names).split("\n")
    _, tables, _ = converted(f"{header};Hebergement\n{school};{cell}\n")

    has_boarding = tables["school"].iloc[0]["has_boarding"]
    assert (None if pd.isna(has_boarding) else bool(has_boarding)) is expected


ACCE_HEADER = (
    "numero_uai;nature_uai;nature_uai_libe;etat_etablissement;secteur_public_prive;commune;commune_libe;"
    "departement_insee_3;denomination_principale;appellation_officielle;patronyme_uai;date_fermeture;adresse_uai;"
    "code_postal_uai;coordonnee_x;coordonnee_y\n"
)


def test_acce_resaved_by_a_spreadsheet_gets_its_codes_back():
    text = ACCE_HEADER.replace(";", ",") + (
        "0010001W,320.0,Lycée professionnel,1,PU,1004.0,Ambérieu-en-Bugey,1.0,LP,Lycée Bérard,ALEXANDRE BERARD,"
        ",223 rue X,1500.0,881947.9,6544401.7\n"
    )
    source, tables, report = converted(text)
    assert source.name == "acce_uai"
    school = tables["school"].iloc[0]
    assert (school["kind"], school["commune"]) == ("Lycée professionnel", "01004")
    assert school["latitude"] == pytest.approx(45.9667, abs=0.01)
    assert kinds(report) == {"code_retouche"}


def test_acce_table_of_two_schools_a_row_is_not_recognised():
    text = ACCE_HEADER.replace("numero_uai", "numero_uai_trouve", 1) + ";" * 15 + "x\n"
    table = read_table("ACCE_UAI_FILLE.csv", text.encode())
    with pytest.raises(Refusal):
        recognise(table, ALL)


def test_lambert93_agrees_with_the_directory():
    latitude, longitude = lambert93.degrees([332503.4, 100.0], [6776558.9, 100.0])
    assert latitude[0] == pytest.approx(47.98614492, abs=1e-6)
    assert longitude[0] == pytest.approx(-1.92948950, abs=1e-6)
    assert np.isnan(latitude[1])
