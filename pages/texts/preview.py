"""A text in the component where it appears, in each language."""

from django.template.loader import render_to_string
from django.utils import translation

from pages.course.open_day_questions import OpenDayQuestion
from pages.figures.figure import missing
from pages.methodology import ReasonText, glossary, reasons
from pages.texts.catalogue import Editable
from pages.texts.shown import shown
from stats.indicators import BY_NAME, INDICATORS
from stats.reasons import Reason


def component_of(editable: Editable, language: str) -> str:
    """The HTML of the component that shows the text, in a language."""
    with translation.override(language):
        template, context = _SUBJECTS[editable.key.partition(".")[0]](editable)
        return render_to_string(template, context)


def _term(editable):
    anchor = editable.key.split(".")[1]
    [term] = [term for term in glossary() if term.anchor == anchor]
    return _reasons([ReasonText(term.term, term.definition, term.plain)])


def _reasons(shown_ones):
    return "components/reasons.html", {"reasons": shown_ones}


def _plain(editable):
    _file, kind, *names = editable.key.split(".")
    if kind == "indicators":
        family = [one for one in INDICATORS if one.name.replace(f"_{one.months}_mois", "") == names[0]]
        return _explanation(family[0].name)
    found = list(zip(Reason, reasons(), strict=True))
    wanted = names[0] if names else Reason.TOO_FEW_PEOPLE.name.lower()
    return _reasons([text for reason, text in found if reason.name.lower() == wanted])


def _explanation(name):
    return "components/figure_explanation.html", {"figure": missing(name), "has_group": False}


def _indicator(editable):
    return _explanation(BY_NAME[editable.key.split(".")[1]].name)


def _question(editable):
    question = OpenDayQuestion(shown(editable.base), None, "")
    return "pages/course/questions.html", {"questions": [question]}


def _field(editable):
    return "admin/pages/text/field.html", {"label": shown(editable.base)}


_SUBJECTS = {
    "glossary": _term,
    "plain_language": _plain,
    "indicators": _indicator,
    "open_day_questions": _question,
    "job_fields": _field,
}
