"""Questions to ask a school on its open day, made from its figures. Pure: no Django.

Each question comes with the figure that calls for it, so that a family can say why it asks. A question never
supposes that a figure is good or bad, and a hole calls for a question too, never for a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stats.indicators import Route
from stats.reasons import Reason
from stats.translatable import gettext_noop

MANY, SOME = 50, 25
LIMIT = 6


@dataclass(frozen=True)
class Question:
    """Question(text="Vers quelles études…", because="taux_en_formation"): `because` names a figure, "" for none."""

    text: str
    because: str = ""


@dataclass(frozen=True)
class QuestionContext:
    """What is known when one asks: QuestionContext(values={"taux_en_formation": 61}, reasons={"taux_emploi_6_mois": Reason.…},
    route="pro", is_stand_in=False). values: figures that are shown; is_stand_in: they are another diploma's or school's."""

    values: dict
    reasons: dict
    route: str
    is_stand_in: bool = False

    def reaches(self, name, least):
        return self.values.get(name, -1) >= least


@dataclass(frozen=True)
class _Rule:
    applies: Callable
    text: str
    because: str = ""


_RULES = (
    _Rule(
        lambda asked: asked.reaches("taux_en_formation", MANY),
        gettext_noop("Vers quelles études vont vos élèves après ce diplôme, et combien y réussissent\u00a0?"),
        "taux_en_formation",
    ),
    _Rule(
        lambda asked: asked.reaches("taux_autres_6_mois", SOME),
        gettext_noop(
            "Que deviennent ceux qui n’étudient plus et ne sont pas salariés\u00a0? Gardez-vous le contact avec eux\u00a0?"
        ),
        "taux_autres_6_mois",
    ),
    _Rule(
        lambda asked: asked.reaches("taux_en_emploi_6_mois", MANY),
        gettext_noop(
            "Dans quels métiers travaillent vos anciens élèves\u00a0? Est-ce le métier de la formation\u00a0?"
        ),
        "taux_en_emploi_6_mois",
    ),
    _Rule(
        lambda asked: (
            "taux_en_emploi_6_mois" in asked.values and not asked.reaches("taux_en_emploi_6_mois", MANY)
        ),
        gettext_noop(
            "Qui aide vos élèves à chercher un emploi, et avec quelles entreprises travaillez-vous\u00a0?"
        ),
        "taux_en_emploi_6_mois",
    ),
    _Rule(
        lambda asked: asked.reaches("taux_rupture_contrats", SOME),
        gettext_noop(
            "Pourquoi des contrats d’apprentissage s’arrêtent-ils ici, et comment aidez-vous l’apprenti à en retrouver un\u00a0?"
        ),
        "taux_rupture_contrats",
    ),
    _Rule(
        lambda asked: asked.route == Route.APPRENTICESHIP,
        gettext_noop(
            "M’aidez-vous à trouver une entreprise\u00a0? Que se passe-t-il si je n’en trouve pas\u00a0?"
        ),
    ),
    _Rule(
        lambda asked: asked.route != Route.APPRENTICESHIP,
        gettext_noop("Combien de semaines de stage, dans quelles entreprises, et qui les trouve\u00a0?"),
    ),
    _Rule(
        lambda asked: asked.is_stand_in,
        gettext_noop(
            "Qu’est-ce qui a changé dans cette formation depuis les élèves dont on voit les chiffres\u00a0?"
        ),
    ),
    _Rule(
        lambda asked: asked.reasons.get("taux_en_emploi_6_mois") is Reason.TOO_FEW_PEOPLE,
        gettext_noop(
            "Le groupe est petit\u00a0: comment se passe la vie de classe, et peut-on rencontrer d’anciens élèves\u00a0?"
        ),
        "taux_en_emploi_6_mois",
    ),
    _Rule(
        lambda asked: asked.reasons.get("taux_en_emploi_6_mois") in {Reason.NO_FIGURES, Reason.TOO_NEW},
        gettext_noop(
            "Depuis quand cette formation existe-t-elle ici, et que font les élèves qui l’ont finie\u00a0?"
        ),
        "taux_en_emploi_6_mois",
    ),
    _Rule(
        lambda asked: True,
        gettext_noop("Si je change d’avis en cours de route, vers quelles formations puis-je aller\u00a0?"),
    ),
    _Rule(
        lambda asked: True,
        gettext_noop("Combien d’élèves commencent cette formation, et combien vont jusqu’au diplôme\u00a0?"),
    ),
)


def questions(asked):
    """At most LIMIT `Question`, those that a figure calls for first."""
    found = [Question(rule.text, rule.because) for rule in _RULES if rule.applies(asked)]
    return sorted(found, key=lambda question: not question.because)[:LIMIT]
