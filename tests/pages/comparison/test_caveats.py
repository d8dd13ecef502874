"""Each reason why a comparison misleads has its sentence; what cannot be told apart is said, never ordered."""

import pytest

from pages.comparison.caveats import beside_sentence, note, position_sentence, verdicts
from pages.figures.figure import Figure
from pages.figures.group import group_of
from stats.comparability import Difference, Misleading
from stats.indicators import BY_NAME
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "taux_en_emploi_6_mois"


@pytest.mark.parametrize(
    ("reason", "values", "sentence"),
    [
        (
            Misleading.ROUTES,
            ("pro", "apprentissage"),
            "Toutes ne se font pas par la même voie : A, au lycée ; B, en apprentissage. Les apprentis ont déjà un "
            "employeur, ils travaillent plus souvent juste après.",
        ),
        (
            Misleading.LEVELS,
            (3, 4),
            "Les diplômes ne sont pas du même niveau : A, niveau 3 ; B, niveau 4. On ne poursuit pas les mêmes "
            "études après.",
        ),
        (
            Misleading.PLACES,
            ("school", "region"),
            "Les chiffres ne portent pas sur le même ensemble : A, tout un établissement ; B, une formation dans une "
            "région.",
        ),
        (
            Misleading.ORIGINS,
            ("", "ancienne+formateur"),
            "Certains chiffres ne sont pas ceux de la formation ou du lieu demandés : A, ses propres chiffres ; B, "
            "ceux d’un ancien diplôme et ceux du formateur.",
        ),
        (
            Misleading.PUBLIC_JOBS,
            ("comptes", "moitie"),
            "Les emplois du secteur public comptent depuis les sortants de 2022 : A, avec eux ; B, avec la moitié "
            "d’entre eux. Avant, la part qui travaille paraît plus basse.",
        ),
        (
            Misleading.PERIODS,
            (True, False),
            "Certains chiffres portent sur deux années réunies, d’autres sur une seule : A, deux années ; B, une année.",
        ),
        (
            Misleading.COHORTS,
            ("2022 et 2023", "2021 et 2022"),
            "Les chiffres ne portent pas sur les mêmes années : A, 2022 et 2023 ; B, 2021 et 2022.",
        ),
    ],
)
def test_each_reason_has_its_sentence(reason, values, sentence):
    difference = Difference(reason, tuple(zip(values, (("A",), ("B",)), strict=True)))

    assert note(difference).replace("\u00a0", " ") == sentence


def test_every_reason_is_tested():
    reasons = {case[0] for case in test_each_reason_has_its_sentence.pytestmark[0].args[1]}

    assert reasons == set(Misleading)


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
def test_what_ranges_allow_to_say_beside_a_reference(here, there, sentence):
    assert plain(beside_sentence(figure(*here), figure(*there))) == sentence


def test_order_is_said_only_between_those_told_apart():
    sentences = verdicts({"A": figure(42, 61), "B": figure(35, 24), "C": figure(71, 80)})

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
