"""What pages say of figures side by side."""

import pytest

from pages.comparison.items import is_part_of
from pages.figures.figure import Figure
from pages.figures.group import group_of
from pages.figures.verdicts import (
    benchmark_sentence,
    benchmark_verdicts,
    position_sentence,
    standings_of,
    verdict_sentences,
)
from pages.gallery import examples
from stats import comparison_tokens
from stats.comparability import Traits
from stats.indicators import BY_NAME
from stats.uncertainty import Measured, Verdict, verdict
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "taux_en_emploi_6_mois"


def compared(client, **regions):
    """Text of the comparison of CAP Cuisine in regions: code → columns."""
    diploma = factories.diploma()
    for code, fields in regions.items():
        place = factories.territory(code=code[1:], name=f"Région {code[1:]}")
        factories.outcome(place, diploma, taux_en_formation=30, taux_autres_6_mois=10, **fields)
    tokens = [f"50022139.pro.{code}" for code in regions]
    return client.get("/comparer/", {"e": tokens}).text.replace("\u00a0", " ")


def test_clear_difference_is_said_in_words(client):
    html = compared(
        client,
        r11={"nb_annee_term": 500, "taux_en_emploi_6_mois": 60},
        r53={"nb_annee_term": 400, "taux_en_emploi_6_mois": 30},
    )

    assert "A : nettement plus que B." in html


def test_difference_within_chance_is_said_with_head_counts(client):
    html = compared(
        client,
        r11={"nb_annee_term": 61, "taux_en_emploi_6_mois": 42},
        r53={"nb_annee_term": 24, "taux_en_emploi_6_mois": 35},
    )

    assert (
        "A et B : on ne peut pas les départager : l’écart peut venir du hasard, ces groupes sont petits "
        "(61 et 24 personnes)." in html
    )
    assert "nettement plus que" not in html


def test_region_is_told_from_the_rest_of_france_and_not_from_a_france_that_holds_it(client):
    """96 of 200 pupils and 66 of 200: beside all the 400, the first of them could be chance."""
    diploma = factories.diploma()
    for code, name, number, percent in (("11", "Île-de-France", 96, 48), ("53", "Bretagne", 66, 33)):
        counts = {"nb_annee_term": 200, "nb_poursuite_etudes": 60, "nb_sortant": 140}
        shares = {
            "taux_en_emploi_6_mois": percent,
            "taux_en_formation": 30,
            "taux_autres_6_mois": 70 - percent,
        }
        factories.outcome(
            factories.territory(code=code, name=name), diploma, nb_en_emploi_6_mois=number, **counts, **shares
        )
    address = "/formations/cap-cuisine-50022139/?voie=pro&region=11"
    shown = client.get(address, follow=True).context["page"].headline
    comparison = client.get("/comparer/?e=50022139.pro.r11&e=50022139.pro").text.replace("\u00a0", " ")

    assert shown.benchmark.figure.measured == Measured(48, 200, 96)
    assert shown.benchmark.lines[0].verdict == "Nettement plus qu’ailleurs."
    assert verdict(shown.benchmark.figure.measured, Measured(40, 400, 162)) is Verdict.CHANCE
    assert "A : nettement plus que B." in comparison


def test_unpublished_head_counts_are_said(client):
    html = compared(client, r11={"taux_en_emploi_6_mois": 50}, r53={"taux_en_emploi_6_mois": 45})

    assert "les effectifs nécessaires ne sont pas publiés" in html


def test_range_is_there_for_who_asks(client):
    diploma = factories.diploma()
    factories.outcome(
        factories.territory(), diploma, nb_annee_term=100, nb_sortant=100, taux_emploi_6_mois=50
    )
    html = client.get("/formations/cap-cuisine-50022139/", {"region": "11"}, follow=True).text

    assert "entre 40\u00a0% et 60\u00a0%" in html


def figure(value, size):
    """A share of people of a group of this many, None when its number is not published."""
    attribution = factories.outcome(
        factories.territory(code=str(figure.number), name=f"Région {figure.number}"),
        nb_annee_term=size,
        **factories.SHARES,
    ).attributions.get()
    figure.number += 1
    return Figure(BY_NAME[NAME], value, None, group_of(attribution))


figure.number = 10


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", "")


@pytest.mark.parametrize(
    ("here", "there", "sentence"),
    [
        ((60, 500), (30, 400), "Nettement plus qu’ailleurs."),
        ((30, 500), (60, 400), "Nettement moins qu’ailleurs."),
        (
            (42, 61),
            (35, 24),
            "On ne peut pas les départager : l’écart peut venir du hasard, ces groupes sont petits (61 et 24 personnes).",
        ),
        (
            (42, 61),
            (40, 9000),
            "On ne peut pas les départager : l’écart peut venir du hasard, un groupe est petit (61 et 9000 personnes).",
        ),
        (
            (42, 900),
            (41, 9000),
            "On ne peut pas les départager : l’écart est si petit qu’il peut venir du hasard (groupes de 900 et "
            "9000 personnes).",
        ),
        (
            (60, None),
            (45, 9000),
            "On ne peut pas les départager : les effectifs nécessaires ne sont pas publiés.",
        ),
        ((90, None), (20, None), "Nettement plus qu’ailleurs."),
    ],
)
def test_what_intervals_allow_to_say_beside_a_benchmark(here, there, sentence):
    shown, beside = figure(*here), figure(*there)
    [how] = benchmark_verdicts(shown, [beside])

    assert plain(benchmark_sentence(shown, beside, how)) == sentence


def test_order_is_said_only_between_those_told_apart():
    figures = {"A": figure(42, 61), "B": figure(35, 24), "C": figure(71, 80)}
    sentences = verdict_sentences(figures, standings_of({NAME: figures})[NAME])

    assert [plain(text) for text in sentences] == [
        "C : nettement plus que A et B.",
        "A et B : on ne peut pas les départager : l’écart peut venir du hasard, ces groupes sont petits "
        "(61 et 24 personnes).",
    ]


def test_position_names_few_and_counts_many():
    others = {f"Région {place}": figure(10, 1000) for place in range(4)}
    sentence = position_sentence(
        figure(50, 1000), others | {"Corse": figure(80, 1000), "Alsace": figure(50, 90)}
    )

    assert plain(sentence) == (
        "Parmi les régions, 6 autres ont ce chiffre : nettement plus que 4 régions ; nettement moins que Corse ; on ne "
        "peut pas la départager de 1 région."
    )


def test_nothing_to_stand_beside_is_not_said():
    assert position_sentence(figure(50, 1000), {}) == ""


@pytest.mark.parametrize(("leavers", "is_apart"), [(400, True), (40, False), (None, False)])
def test_value_added_tells_items_apart_as_any_figure_does(leavers, is_apart):
    """The line stays among the clear differences only then, though the words of its two values differ."""
    name, people = "valeur_ajoutee_6_mois", examples.group(leavers=leavers)
    added = {
        letter: examples.shown(name, points, group=people, expected=50)
        for letter, points in {"A": 12, "B": -2}.items()
    }

    compared = examples.line(
        [examples.item(letter, figures={name: one}) for letter, one in added.items()], name
    )

    assert compared.is_told_apart is is_apart
    assert (compared.verdicts == ["A\u00a0: nettement plus que B."]) is is_apart


@pytest.mark.parametrize(
    ("region", "country", "is_part"),
    [
        ({}, {}, True),
        ({"route": "apprentissage"}, {}, False),
        ({"token": comparison_tokens.token("50022139", route="pro", region="53")}, {}, False),
        ({"group": examples.group(cohort_code="2021_2022")}, {}, False),
        ({}, {"traits": Traits("B", "pro", place="region")}, False),
    ],
)
def test_region_is_taken_out_of_its_own_country_only(region, country, is_part):
    one = examples.item("A", **{"traits": Traits("A", "pro", place="region")} | region)
    token = comparison_tokens.token("50022146", route="pro")
    other = examples.item("B", **{"token": token, "traits": Traits("B", "pro", place="country")} | country)

    assert is_part_of(one, other) is is_part
    assert not is_part_of(other, one)
