"""Questions to ask on the open day, each with the figure that calls for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.course.question_rules import QuestionContext, questions
from pages.figures.figure import Figure


@dataclass(frozen=True)
class ToAsk:
    """ToAsk(text="Vers quelles études…", because=Figure(…) or None, place="Bretagne")."""

    text: str
    because: Figure | None
    place: str

    @property
    def why(self):
        """ "Étudient encore 6 mois après, Bretagne : 61 %", "" where no figure calls for the question."""
        if not self.because:
            return ""
        words = {"figure": self.because.label, "place": self.place, "text": self.because.text}
        if self.because.is_shown and self.place:
            return _("%(figure)s, %(place)s\u00a0: %(text)s") % words
        return _("%(figure)s\u00a0: %(text)s") % (words | {"text": self.because.text.lower()})


def to_ask(figures, route, place="", is_stand_in=False):
    """[`ToAsk`] from the `Figure`s that a page shows or says why it does not."""
    by_name = {item.name: item for item in figures}
    asked = QuestionContext(
        values={name: item.value for name, item in by_name.items() if item.is_shown},
        reasons={name: item.reason for name, item in by_name.items() if not item.is_shown},
        route=route,
        is_stand_in=is_stand_in,
    )
    return [ToAsk(_(question.text), by_name.get(question.because), place) for question in questions(asked)]
