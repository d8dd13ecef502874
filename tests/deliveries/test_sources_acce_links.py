"""ACCE's side tables, on made-up rows under their headers: mothers, daughters, features and zones of schools."""

import pandas as pd
import pytest

from deliveries.publication import File, publish
from deliveries.sources.school_kinds import link_table
from establishments.models import School, SchoolFeature, SchoolLink, Territory
from tests.deliveries.conftest import csv
from tests.deliveries.converting import converted, kinds

_DESCRIPTION = {
    "nature_uai": "334",
    "nature_uai_libe": "Section d'enseignement professionnel",
    "etat_etablissement": "1",
    "secteur_public_prive": "PU",
    "commune": "",
    "commune_libe": "Brest",
    "departement_insee_3": "029",
    "denomination_principale": "SECTION",
    "appellation_officielle": "Section du lycée Nord",
    "patronyme_uai": "",
    "date_ouverture": "01/09/2001",
    "date_fermeture": "",
    "adresse_uai": "1 rue Neuve",
    "code_postal_uai": "29200",
}
LYCEE, SECTION, CIO = "0990001N", "0990002P", "0990003R"


def acce(*rows):
    """A file of the main table, or of a side table: rows are what each adds to `_DESCRIPTION`."""
    rows = [row | _DESCRIPTION | row for row in rows]
    return csv(";".join(rows[0]), *(";".join(row.values()) for row in rows))


def daughter(kind="FI"):
    return {"numero_uai_trouve": LYCEE, "numero_uai_fille": SECTION, "type_rattachement": kind}


def mother(kind="AN"):
    return {"numero_uai_trouve": SECTION, "numero_uai_mere": LYCEE, "type_rattachement": kind}


@pytest.mark.parametrize(
    ("row", "source", "kind"),
    [
        (daughter(), "acce_uai_fille", ["section"]),
        (mother(), "acce_uai_mere", ["annexe"]),
        (daughter("JU"), "acce_uai_fille", []),
    ],
)
def test_each_side_table_says_who_depends_on_whom(row, source, kind):
    found, tables, report = converted(acce(row).decode())
    assert (found.name, kinds(report)) == (source, set())
    links = tables["school_link"]
    assert links[["daughter", "mother"]].values.tolist() == [[SECTION, LYCEE]] * len(kind)
    assert links["kind"].tolist() == kind
    described = SECTION if "numero_uai_fille" in row else LYCEE
    assert tables["school"][["uai", "name"]].values.tolist() == [[described, "Section du lycée Nord"]]


def test_the_directory_writes_the_same_kinds_in_words():
    words = ["FILIERE OU DEPARTEMENT OU SECTION", "Annexe geographique", "UAI fille", ""]
    table = link_table(pd.Series([SECTION] * 4), pd.Series([LYCEE] * 4), pd.Series(words))
    assert table["kind"].tolist() == ["section", "annexe"]


def test_features_and_zones_are_those_of_today():
    specificities = (
        "numero_uai;specificite_uai;specificite_uai_libe;date_ouverture;date_fermeture\n"
        f"{LYCEE};MET;Label lycée des métiers;01/09/2006;\n"
        f"{LYCEE};EUR;Présence d'une section européenne;01/09/2006;31/08/2010\n"
    )
    source, tables, _ = converted(specificities)
    assert source.name == "acce_uai_spec"
    assert tables["school_feature"].values.tolist() == [[LYCEE, "MET", "Label lycée des métiers"]]
    zones = (
        "numero_uai;type_zone_uai;type_zone_uai_libe;zone;zone_libe;date_ouverture;date_fermeture;"
        "date_derniere_mise_a_jour\n"
        f"{LYCEE};44;Centre d'information et d'orientation;{CIO};CIO BREST;11/01/1966;;\n"
        f"{LYCEE};42;Groupement comptable;{LYCEE};LP NORD;01/09/1986;;\n"
    )
    source, tables, _ = converted(zones)
    assert source.name == "acce_uai_zone"
    assert tables["school_feature"].values.tolist() == [
        [LYCEE, "44", "Centre d’information et d’orientation\u00a0: CIO BREST"]
    ]


@pytest.mark.django_db
def test_school_page_shows_what_depends_on_it(client):
    Territory.objects.create(key="departement-029", level="departement", code="029", name="Finistère")
    files = [
        File("ACCE_UAI.csv", acce({"numero_uai": LYCEE, "appellation_officielle": "Lycée Nord"})),
        File("ACCE_UAI_FILLE.csv", acce(daughter())),
        File(
            "ACCE_UAI_SPEC.csv",
            csv(
                "numero_uai;specificite_uai;specificite_uai_libe;date_ouverture;date_fermeture",
                f"{LYCEE};MET;Label lycée des métiers;01/09/2006;",
                f"{CIO};MET;Label lycée des métiers;01/09/2006;",
            ),
        ),
    ]
    assert [report.status for report in publish(files)] == ["publie"] * 3
    assert list(School.objects.values_list("pk", flat=True).order_by("pk")) == [LYCEE, SECTION]
    assert SchoolLink.objects.values_list("daughter", "mother", "kind").get() == (SECTION, LYCEE, "section")
    assert SchoolFeature.objects.values_list("school", "label").get() == (LYCEE, "Label lycée des métiers")
    lycee = client.get(f"/etablissements/x-{LYCEE}/", follow=True).text
    section = client.get(f"/etablissements/x-{SECTION}/", follow=True).text
    assert "Sections et annexes, dont les chiffres sont à part" in lycee
    assert "Label lycée des métiers" in lycee
    assert f'<a href="/etablissements/section-du-lycee-nord-{SECTION}/">' in lycee
    assert (
        f'Fait partie de\u00a0:\n    <a href="/etablissements/lycee-nord-{LYCEE}/">Lycée Nord</a>' in section
    )
