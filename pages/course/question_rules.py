"""Questions to ask a school on its open day, made from its figures.

Each question comes with the figure that calls for it, so that a family can say why it asks. A question never
supposes that a figure is good or bad, and a hole calls for a question too, never for a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pages.content import Text, content
from stats.indicators import Route
from stats.reasons import Reason

# In percent: from here on a share is worth a question.
MANY, SOME = 50, 25
LIMIT = 6


@dataclass(frozen=True)
class Question:
    """Question(text="Vers quelles études…", because="taux_en_formation"): `because` names a figure, "" for none."""

    text: Text
    because: str = ""


@dataclass(frozen=True)
class QuestionContext:
    """What is known when one asks: QuestionContext(values={"taux_en_formation": 61}, reasons={"taux_emploi_6_mois": Reason.…},
    route="pro", is_stand_in=False). values: figures that are shown; is_stand_in: they are another diploma's or school's."""

    values: dict[str, int]
    reasons: dict[str, Reason]
    route: str
    is_stand_in: bool = False

    def reaches(self, name: str, least: int) -> bool:
        """Whether the figure `name` is shown and is at least `least`."""
        return self.values.get(name, -1) >= least


@dataclass(frozen=True)
class _Rule:
    """name: of the question in content/open_day_questions.toml. because: the figure that calls for it, "" for none."""

    name: str
    applies: Callable[[QuestionContext], bool]
    because: str = ""


_EMPLOYED = "taux_en_emploi_6_mois"
RULES = (
    _Rule(
        "further_studies",
        lambda context: context.reaches("taux_en_formation", MANY),
        "taux_en_formation",
    ),
    _Rule(
        "other_situations",
        lambda context: context.reaches("taux_autres_6_mois", SOME),
        "taux_autres_6_mois",
    ),
    _Rule("jobs_held", lambda context: context.reaches(_EMPLOYED, MANY), _EMPLOYED),
    _Rule(
        "help_to_find_a_job",
        lambda context: _EMPLOYED in context.values and not context.reaches(_EMPLOYED, MANY),
        _EMPLOYED,
    ),
    _Rule(
        "broken_contracts",
        lambda context: context.reaches("taux_rupture_contrats", SOME),
        "taux_rupture_contrats",
    ),
    _Rule("finding_a_company", lambda context: context.route == Route.APPRENTICESHIP),
    _Rule("internships", lambda context: context.route != Route.APPRENTICESHIP),
    _Rule("what_changed", lambda context: context.is_stand_in),
    _Rule(
        "small_group",
        lambda context: context.reasons.get(_EMPLOYED) is Reason.TOO_FEW_PEOPLE,
        _EMPLOYED,
    ),
    _Rule(
        "new_course",
        lambda context: context.reasons.get(_EMPLOYED) in {Reason.NO_FIGURES, Reason.TOO_NEW},
        _EMPLOYED,
    ),
    _Rule("changing_course", lambda context: True),
    _Rule("dropping_out", lambda context: True),
)


def questions(context: QuestionContext) -> list[Question]:
    """At most LIMIT questions, those that a figure calls for first."""
    texts = content("open_day_questions")
    asked = [Question(texts[rule.name], rule.because) for rule in RULES if rule.applies(context)]
    return sorted(asked, key=lambda question: not question.because)[:LIMIT]
