"""Offers of apprenticeship in the catalogues of Affelnet and of Parcoursup, on made-up rows under their headers."""

from datetime import date

import pytest

from deliveries.publication import File, publish
from deliveries.source import Reference
from deliveries.withdrawal import take_back
from establishments.models import School
from formations.models import CourseYear, Diploma
from stats.models import Delivery, Teaching
from tests.deliveries.conftest import csv
from tests.deliveries.converting import REFERENCE, converted, kinds

AFFELNET = (
    "UAI;COMMUNE;ACADEMIE;MINISTERE;TYPE_ETABLISSEMENT;MNEMONIQUE_FORMATION_ACCUEIL;CODE_SPECIALITE_FORMATION_ACCUEIL;"
    "LIBELLE_FORMATION_ACCUEIL_BAN;CODE_FORMATION_ACCUEIL_BAN;CODE_COMMUNE_INSEE;CODE_POSTAL"
)
CENTRE, LYCEE = "CENTRE DE FORMATION D APPRENTIS", "LYCEE PROFESSIONNEL"
PARCOURSUP = (
    "UAI_GES;UAI_COMPOSANTE;LIB_COMPOSANTE;LIB_INS;UAI_AFF;LIB_AFF;CODECOMMUNE;LIBCOMMUNE;CODEPOSTAL;ACADÉMIE;"
    "MINISTERETUTELLE;LIBMINISTERE;TYPEETA;CODEFORMATION;LIBFORMATION;CODESPÉCIALITÉ;LIBSPÉCIALITÉ;"
    "CODESPÉFORMATIONINITIALE;CODEMEF"
)
CODES = Reference(
    known=REFERENCE.known | {"commune": {"29019"}},
    mappings=REFERENCE.mappings
    | {
        "mef.diploma": {"2412213921": "50022139", "3113121321": "32032001"},
        "course_label.years": {"1cap2 cuisine": [("23220022139", date(2016, 9, 1))]},
        "commune.place": {"29019": ["Brest", "departement-029", 48.39, -4.49]},
        "commune.named": {("brest", "departement-035"): "29019"},
        **dict.fromkeys(("postal_code.communes", "departement.region"), {}),
    },
)


def affelnet(
    kind=CENTRE, short="1CAP2", label="1CAP2  CUISINE", code="24122139210", uai="0350053T", town="29019"
):
    """A row with the blanks that pad its cells."""
    school = (uai, "BREST CEDEX", "RENNES", "Education Nationale", kind)
    return "  ; ".join((*school, short, "22139", label, code, town, "29200"))


def parcoursup(mef="3113121321", uai="0350053T"):
    cells = (
        uai,
        uai,
        "CFA",
        "",
        uai,
        "CFA du Port",
        "29019",
        "Brest",
        "29200",
        "Rennes",
        "6",
        "Ministère",
        "Lycée",
    )
    return ";".join((*cells, "43", "BTS - Services", "1", "Gestion - en apprentissage", "2", mef))


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({}, None),
        ({"code": "AFFECTATION"}, None),
        ({"code": "AFFECTATION", "label": "APPRENTIS. 1CAP2 CUISINE"}, None),
        ({"kind": LYCEE, "label": "1CAP2 (APPR) CUISINE"}, None),
        ({"kind": LYCEE, "short": "CAP_AP"}, None),
        ({"kind": LYCEE}, "voie_non_dite"),
        ({"kind": LYCEE, "label": "1CAP2 PEINTRE APPLICATEUR"}, "voie_non_dite"),
        ({"code": "AFFECTATION", "label": "CUISINE"}, "code_inconnu"),
    ],
)
def test_affelnet_says_who_trains_apprentices(fields, finding):
    name, tables, report = converted(
        f"Rentrée;{AFFELNET}\n2020;{affelnet(**fields)}\n", reference=CODES, resolves=True
    )
    assert name.name == "affelnet_apprentissage"
    assert kinds(report) == ({finding} if finding else set())
    expected = [] if finding else [["0350053T", "50022139", "apprentissage", 2020]]
    assert tables["teaching"][["school", "diploma", "route", "year"]].values.tolist() == expected


def test_a_dash_stands_for_no_commune_which_its_name_finds():
    row = affelnet(town="-")
    _, tables, report = converted(f"Rentrée;{AFFELNET}\n2020;{row}\n", reference=CODES, resolves=True)
    assert kinds(report) == {"commune_retrouvee"}
    assert tables["school"]["commune"].tolist() == ["29019"]


def test_parcoursup_says_who_trains_apprentices():
    source, tables, report = converted(
        f"Rentrée;{PARCOURSUP}\n2020;{parcoursup()}\n2020;{parcoursup(mef='')}\n",
        reference=CODES,
        resolves=True,
    )
    assert (source.name, kinds(report)) == ("parcoursup_apprentissage", {"code_inconnu"})
    assert tables["teaching"][["school", "diploma", "route"]].values.tolist() == [
        ["0350053T", "32032001", "apprentissage"]
    ]
    assert tables["school"][["name", "city", "commune"]].values.tolist() == [
        ["CFA du Port", "Brest", "29019"]
    ]


@pytest.mark.django_db
def test_catalogues_name_the_schools_that_no_list_has():
    for code, mef in (("50022139", "2412213921"), ("32032001", "3113121321")):
        diploma = Diploma.objects.create(code=code, label=code, official_label=code, slug="x")
        CourseYear.objects.create(code=f"9{mef}", mef=mef, diploma=diploma, official_label=code)
    files = [
        File("affelnet_2020-05.csv", csv(AFFELNET, affelnet(uai="0990001N"))),
        File("offres_2020.csv", csv(PARCOURSUP, parcoursup(uai="0990002P"))),
    ]
    assert [report.status for report in publish(files)] == ["publie", "publie"]
    assert list(School.objects.order_by("pk").values_list("name", "kind")) == [
        ("CFA Brest", "Centre de formation d’apprentis (CFA)"),
        ("CFA du Port", "Centre de formation d’apprentis (CFA)"),
    ]
    assert sorted(Teaching.objects.values_list("school", "diploma", "route", "year", "places")) == [
        ("0990001N", "50022139", "apprentissage", 2020, None),
        ("0990002P", "32032001", "apprentissage", 2020, None),
    ]

    take_back(Delivery.objects.get(source="parcoursup_apprentissage"))
    assert list(School.objects.values_list("pk", flat=True)) == ["0990001N"]
