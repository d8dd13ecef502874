"""Questions to ask on the open day, each with the figure that calls for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.course.question_rules import QuestionContext, questions
from pages.figures.figure import Figure
from pages.texts.shown import shown


@dataclass(frozen=True)
class OpenDayQuestion:
    """OpenDayQuestion(text="Vers quelles études…", because=Figure(…) or None, place="Bretagne")."""

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


def open_day_questions(headline, route):
    """[`OpenDayQuestion`] from the figures that the page shows, or does not.

    headline: `CourseHeadline`; one without figures nor hole is a common year, of which there is no figure to ask about.
    """
    place, origin, figures = "", None, ()
    if headline.outlook:
        place, origin = headline.outlook.title, headline.outlook.group.origin
        figures = headline.outlook.every
    elif headline.hole:
        figures = (headline.hole.hole,)
    by_name = {figure.name: figure for figure in figures}
    context = QuestionContext(
        values={name: figure.value for name, figure in by_name.items() if figure.is_shown},
        reasons={name: figure.reason for name, figure in by_name.items() if not figure.is_shown},
        route=route,
        is_stand_in=bool(origin),
    )
    return [
        OpenDayQuestion(shown(question.text), by_name.get(question.because), place)
        for question in questions(context)
    ]
