"""France from its published regions, and a region beside it."""

import pytest

from stats.models import Outcome
from tests import factories

pytestmark = pytest.mark.django_db
REGIONS = (("11", "Île-de-France"), ("53", "Bretagne"), ("94", "Corse"))
COUNTS = {
    "11": {"nb_annee_term": 300, "nb_poursuite_etudes": 150, "nb_sortant": 150, "nb_en_emploi_6_mois": 60},
    "53": {"nb_annee_term": 100, "nb_poursuite_etudes": 20, "nb_sortant": 80, "nb_en_emploi_6_mois": 60},
    "94": {"nb_annee_term": 17, "nb_poursuite_etudes": 4, "nb_sortant": 13, "nb_en_emploi_6_mois": 11},
}
FIGURES = {
    "11": {
        "taux_en_emploi_6_mois": 20,
        "taux_en_formation": 50,
        "taux_autres_6_mois": 30,
        "taux_emploi_6_mois": 40,
    },
    "53": {
        "taux_en_emploi_6_mois": 60,
        "taux_en_formation": 20,
        "taux_autres_6_mois": 20,
        "taux_emploi_6_mois": 75,
    },
    "94": {
        "taux_en_emploi_6_mois": 65,
        "taux_en_formation": 24,
        "taux_autres_6_mois": 11,
        "taux_emploi_6_mois": 85,
    },
}


@pytest.fixture
def cooking():
    diploma = factories.diploma()
    for code, name in REGIONS:
        place = factories.territory(code=code, name=name)
        factories.outcome(place, diploma, **COUNTS[code], **FIGURES[code])
    return diploma


def text(client, **parameters):
    return client.get("/formations/cap-cuisine-50022139/", parameters, follow=True).text


def test_course_page_opens_on_france_and_says_what_it_covers(client, cooking):
    html = text(client)

    assert "France (2 régions sur 3)" in html
    assert "somme des 2 régions dont les chiffres sont publiés, sur 3" in html
    assert "30\u00a0%" in html
    assert "400 élèves" in html


def test_withheld_region_leaves_no_trace_in_the_sum(client, cooking):
    before = client.get("/formations/cap-cuisine-50022139/", follow=True).context["page"].headline.outlook
    Outcome.objects.filter(territory="region-94").delete()
    after = client.get("/formations/cap-cuisine-50022139/", follow=True).context["page"].headline.outlook

    assert [f.value for f in before.every] == [f.value for f in after.every]


def test_region_stands_beside_france(client, cooking):
    html = text(client, region="53")

    assert "Est-ce mieux qu’ailleurs" in html
    assert "60\u00a0%" in html
    assert "France (2 régions sur 3)" in html


def test_withheld_region_is_not_compared(client, cooking):
    assert "Est-ce mieux qu’ailleurs" not in text(client, region="94")


def test_comparison_of_a_course_for_france_sums_its_regions_and_says_so(client, cooking):
    html = client.get("/comparer/", {"e": ["50022139", "50022139.pro.r53"]}).text.replace("\u00a0", " ")

    assert "France (2 régions sur 3)" in html
    assert "30 %" in html
    assert "somme des 2 régions dont les chiffres sont publiés, sur 3" in html
    assert "Les chiffres ne portent pas sur le même ensemble : A, une formation dans toute la France" in html


def test_one_published_region_among_several_is_not_france(client, cooking):
    Outcome.objects.filter(territory="region-11").delete()
    page = client.get("/formations/cap-cuisine-50022139/", follow=True).context["page"]

    assert page.headline.outlook is None
    assert [row.name for row in page.region_table.rows] == ["Bretagne", "Corse"]
