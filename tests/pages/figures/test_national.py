"""France from its published regions, and a region beside it."""

import pytest

from stats.models import Outcome
from stats.reasons import Reason
from stats.uncertainty import wilson
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


def few_leave(code, name, diploma, size, studying):
    """A region where fewer than 20 leave: its source gives the head-count and further study alone."""
    place = factories.territory(code=code, name=name)
    return factories.outcome(
        place,
        diploma,
        nb_annee_term=size,
        taux_en_formation=studying,
        taux_poursuite_etudes=studying,
    )


def headline(client):
    return client.get("/formations/cap-cuisine-50022139/", follow=True).context["page"].headline


def test_further_study_of_france_counts_the_regions_where_few_leave(client, cooking):
    """170 of the 400 pupils of two regions study on, 74 of the 80 of a third: 51 % of all, not 42 %."""
    few_leave("28", "Normandie", cooking, 80, 93)
    figures = {item.name: item for item in headline(client).outlook.every}

    assert figures["taux_en_formation"].text == "51\u00a0%"
    assert figures["taux_poursuite_etudes"].reason is Reason.TOO_FEW_REGIONS
    assert figures["taux_en_formation"].people.startswith("480 élèves")


def test_what_became_of_leavers_is_not_told_of_france_under_85_percent_of_the_pupils(client, cooking):
    few_leave("28", "Normandie", cooking, 80, 93)
    shown = headline(client)

    assert shown.outlook.title == "France (3 régions sur 4)"
    assert "400 d’entre eux\u00a0: trop peu pour parler de la France" in shown.outlook.group.note
    assert shown.outlook.situations.people is None
    figures = {item.name: item for item in shown.outlook.every}
    for name in ("taux_en_emploi_6_mois", "taux_autres_6_mois", "taux_emploi_6_mois"):
        assert (figures[name].value, figures[name].reason) == (None, Reason.TOO_FEW_REGIONS)


def test_region_is_not_judged_beside_a_france_that_is_not_known(client, cooking):
    few_leave("28", "Normandie", cooking, 80, 93)
    page = client.get("/formations/cap-cuisine-50022139/", {"region": "53"}, follow=True).context["page"]

    assert all("France (" not in line.label for line in getattr(page.headline.benchmark, "lines", ()))


def test_map_shows_further_study_where_nothing_else_is_known_of_france(client, cooking):
    few_leave("28", "Normandie", cooking, 80, 93)
    page = client.get("/formations/cap-cuisine-50022139/", follow=True).context["page"]

    assert (page.map.label, page.map.text) == ("Étudient encore 6\u00a0mois après", "51\u00a0%")
    assert [(choice.label, choice.is_current) for choice in page.choices.maps] == [("Étudient encore", True)]


def test_figures_of_leavers_stay_from_85_percent_of_the_pupils_and_say_so(client, cooking):
    few_leave("28", "Normandie", cooking, 50, 93)
    shown = headline(client).outlook

    assert "400 d’entre eux." in shown.group.note
    values = [share.figure.value for share in shown.situations.shares]
    assert sum(values) == 100
    assert values[1] == round(100 * (170 + 47) / 450)
    employed, studying = shown.situations.shares[0].figure, shown.situations.shares[1].figure
    assert (employed.measured.size, studying.measured.size) == (400, 450)
    assert employed.range_text == "entre {:.0f}\u00a0% et {:.0f}\u00a0%".format(*wilson(employed.value, 400))


def test_sum_of_own_and_former_figures_says_so(client, cooking):
    old = factories.diploma("50022120", "CAP Cuisinier")
    place = factories.territory(code="75", name="Nouvelle-Aquitaine")
    shown = factories.outcome(place, old, **COUNTS["53"], **FIGURES["53"])
    factories.attribution(shown, diploma=cooking, kind="ancienne")
    group = headline(client).outlook.group

    assert group.origin_sentence == "Chiffres de plusieurs diplômes, dont CAP Cuisinier (code 50022120)."
    assert group.note.endswith(
        "Parmi ces régions, 2 ont leurs propres chiffres et 1 a ceux de l’ancien diplôme (code 50022120)."
    )


def test_sum_of_the_same_former_diploma_everywhere_is_that_diploma_s(client, cooking):
    old = factories.diploma("50022120", "CAP Cuisinier")
    for outcome in Outcome.objects.filter(diploma=cooking):
        outcome.attributions.update(kind="ancienne")
    Outcome.objects.filter(diploma=cooking).update(diploma=old)
    group = headline(client).outlook.group

    assert group.origin_sentence == "Chiffres de l’ancien diplôme, CAP Cuisinier (code 50022120)."
    assert "Parmi ces régions" not in group.note


def test_a_region_that_holds_most_of_the_pupils_tells_of_france(client):
    """116 of 136 pupils are in the region that publishes what became of leavers: more than 85 %."""
    diploma = factories.diploma()
    detailed = {"nb_poursuite_etudes": 20, "nb_sortant": 96, "nb_en_emploi_6_mois": 48}
    shares = {"taux_en_formation": 17, "taux_en_emploi_6_mois": 41, "taux_autres_6_mois": 42}
    factories.outcome(
        factories.territory(code="53", name="Bretagne"), diploma, nb_annee_term=116, **detailed, **shares
    )
    few_leave("28", "Normandie", diploma, 20, 80)
    shown = headline(client).outlook

    assert [share.figure.value for share in shown.situations.shares] == [37, 26, 37]
    assert "116 d’entre eux." in shown.group.note
