"""Each reason why a comparison misleads has its sentence."""

import pytest

from pages.figures.caveats import caveat
from stats.comparability import Difference, Misleading


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

    assert caveat(difference).replace("\u00a0", " ") == sentence


def test_every_reason_is_tested():
    reasons = {case[0] for case in test_each_reason_has_its_sentence.pytestmark[0].args[1]}

    assert reasons == set(Misleading)
