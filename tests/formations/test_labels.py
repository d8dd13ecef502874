"""Official labels become labels that a family can read."""

import pytest

from formations import labels

VOCABULARY = labels.learn(
    [
        "CAP maintenance des véhicules option voitures particulières",
        "Bac pro métiers de la sécurité",
        "BTS gestion de la PME à référentiel européen",
        "Diplôme d'État d'accompagnant éducatif et social spécialité accompagnement à domicile",
        "CPGE Agro Véto",
        "agroéquipement agro agro",
        "cuisine, réalisation du gros œuvre en béton armé",
        "soudeur TIG, boulanger, développeur, intégrateur",
    ]
)


def read(code, official, catalogue=""):
    if catalogue:
        return labels.label(*labels.from_catalogue(code, catalogue, official, VOCABULARY))
    return labels.label(*labels.from_official(code, official, VOCABULARY))


@pytest.mark.parametrize(
    ("code", "official", "label"),
    [
        ("50022139", "CUISINE (CAP)", "CAP Cuisine"),
        (
            "40025214",
            "MAINTENANCE DES VEHICULES OPTION A VOITURES PARTICULIERES (BAC PRO)",
            "Bac pro Maintenance des véhicules, option A voitures particulières",
        ),
        (
            "40025214",
            "MAINTENANCE DES VEHICULES OPTION A : VOITURES PARTICULIERES(BAC PRO)",
            "Bac pro Maintenance des véhicules, option A voitures particulières",
        ),
        (
            "40025222",
            "METIERS DE LA MAINTENANCE DES VEHICULES 2NDE COMMUNE (BAC PRO)",
            "Bac pro Métiers de la maintenance des véhicules, seconde commune",
        ),
        ("32031407", "GESTION DE PME A REFERENTIEL (BTS)", "BTS Gestion de PME à référentiel"),
        ("46T25401", "SOUDEUR TIG (TP)", "Titre professionnel Soudeur TIG"),
        ("56M22101", "BOULANGER (CTM APCMA)", "CTM Boulanger"),
        ("36N32601", "DEVELOPPEUR(EUSE) (ASSOC CAMPUS)", "Titre RNCP Développeur(euse)"),
        (
            "56033204",
            "ACCOMPAGNANT EDUCATIF SPECIALITE ACCOMPAGNEMENT A DOMICILE (DIPLOME D'ETAT)",
            "Diplôme d’État Accompagnant éducatif, spécialité accompagnement à domicile",
        ),
        ("46321404", "CUISINE (CSA ", "CS agricole Cuisine"),
        ("40023203", "REALISATION DU GROS OEUVRE (BAC PRO)", "Bac pro Réalisation du gros œuvre"),
        (
            "33633508",
            "DIPLOME D'ETAT DE LA JEUNESSE, DE L'EDUCATION POPULAIRE ET DU SPORT SPE PERFECTIONNEMENT (DE JEPS)",
            "DEJEPS Perfectionnement",
        ),
    ],
)
def test_label_of_official_capitals(code, official, label):
    assert read(code, official) == label


@pytest.mark.parametrize(
    ("code", "official", "catalogue", "label"),
    [
        ("50022139", "CUISINE (CAP)", "CAP cuisine", "CAP Cuisine"),
        ("40122313", "ARMURERIE (BMA)", "BMA spécialité armurerie", "BMA Armurerie"),
        (
            "50022351",
            "BRONZIER OPTION C : TOURNEUR (CAP)",
            "CAP bronzier option C : tourneur sur bronze",
            "CAP Bronzier, option C tourneur sur bronze",
        ),
        ("46M22101", "BOULANGER (BTM APCMA)", "Boulanger (BTM)", "BTM Boulanger"),
        (
            "40322108",
            "TECHNICIEN CONSEIL (BAC PRO AG)",
            "Bac pro technicien conseil (produits alimentaires et boissons)",
            "Bac pro Technicien conseil (produits alimentaires et boissons)",
        ),
        ("36X32205", "DESIGNER (ECOLE X)", "Designer graphique", "Titre RNCP Designer graphique"),
        ("17020049", "", "Ingénieur diplômé de l'école X", "Ingénieur diplômé de l’école X"),
    ],
)
def test_label_of_a_catalogue_takes_the_same_shape(code, official, catalogue, label):
    assert read(code, official, catalogue) == label


def test_capital_form_needs_to_be_much_more_frequent_than_the_lower_one():
    assert labels.learn(["bac pro Agro", "bac pro agro"])["AGRO"] == "agro"
    assert labels.learn(["gestion du BTP", "travaux du BTP"])["BTP"] == "BTP"


def test_texts_in_capitals_teach_nothing():
    assert labels.learn(["GESTION DE LA PME"]) == {}


def test_slug_parts_words_at_apostrophes():
    assert labels.slugify("BTS Métiers de l’eau") == "bts-metiers-de-l-eau"
    assert labels.slugify("Gros œuvre") == "gros-oeuvre"


def test_singular_and_plural_teach_each_other():
    vocabulary = labels.learn(["maintenance des véhicules", "option économie"])
    assert labels.restore("VEHICULE, ECONOMIES", vocabulary) == "véhicule, économies"


def test_initials_numbers_and_roman_numerals_stay_as_they_are():
    assert (
        labels.restore("AGENT C.N.C., BLOC III, CUISINE 3D", VOCABULARY)
        == "agent C.N.C., bloc III, cuisine 3D"
    )


def test_diploma_is_named_once():
    assert labels.label("CAP", "CAP cuisine") == "CAP Cuisine"


@pytest.mark.parametrize(
    ("code", "sigle"), [("500", "CAP"), ("46T", "Titre professionnel"), ("46X", "Titre RNCP"), ("999", "DIV")]
)
def test_type_is_called_by_its_sigle_or_as_its_nomenclature_does(code, sigle):
    assert labels.type_sigle(code, "DIV") == sigle


def test_long_label_fits_its_column():
    assert len(labels.label("CAP", "x" * 400)) == 255


def test_common_words_have_their_accents_even_where_no_catalogue_says():
    assert labels.restore("VEHICULES LEGERS, PREMIERE ANNEE", {}) == "vehicules légers, première année"
    assert labels.restore("PREMIERE", {"PREMIERE": "Première"}) == "Première"
