"""The methodology and the glossary, made from the registry of figures and the reasons of its holes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import plain_language
from pages.content import content
from pages.figures.figure import plain_explanation_of, plain_reason_of
from pages.texts.shown import caution_of, explanation_of, shown, shown_lines
from stats.indicators import INDICATORS, Denominator, Indicator, Level, Route, Unit
from stats.reasons import Reason

_LEVELS = {
    Level.COUNTRY: gettext_lazy("France entière"),
    Level.REGION: gettext_lazy("région"),
    Level.SCHOOL: gettext_lazy("établissement"),
    Level.SCHOOL_COURSE: gettext_lazy("formation dans un établissement"),
}
_UNITS = {
    Unit.PERCENT: gettext_lazy("pourcentage"),
    Unit.POINTS: gettext_lazy("points d’écart"),
    Unit.EUROS: gettext_lazy("euros"),
}


@dataclass(frozen=True)
class Entry:
    """An indicator of the methodology.

    Entry(indicator=Indicator(…), later=(Indicator(…),), unit="pourcentage", levels="région, établissement", routes="")
    later: the same after more months: 12, 18 and 24 after 6. routes: "" where it has them all.
    """

    indicator: Indicator
    later: tuple[Indicator, ...]
    unit: str
    levels: str
    routes: str

    @property
    def explanation(self):
        return explanation_of(self.indicator)

    @property
    def caution(self):
        return caution_of(self.indicator)

    @property
    def plain_explanation(self):
        """The explanation in plain French, one sentence each."""
        return plain_explanation_of(self.indicator)


@dataclass(frozen=True)
class Section:
    """The indicators that are a share of the same people."""

    denominator: Denominator
    entries: tuple[Entry, ...]

    @property
    def title(self):
        return _(self.denominator.label)


@dataclass(frozen=True)
class ReasonText:
    """Why a figure may be missing: ReasonText(title="Trop peu d’élèves", sentence="…", plain=("Il y a moins de 20 élèves.", …))."""

    title: str
    sentence: str
    plain: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A term of the glossary: Term(anchor="cfa", term="CFA", definition="Centre de…", plain=("C’est l’école…", …))."""

    anchor: str
    term: str
    definition: str
    plain: tuple[str, ...]


def sections():
    """[`Section`] in the order of the denominators; indicators that differ by their months only share an `Entry`."""
    families = {}
    for indicator in sorted(INDICATORS, key=lambda i: i.months or 0):
        families.setdefault(re.sub(r"_\d+_mois", "", indicator.name), []).append(indicator)
    entries = sorted((_entry(family) for family in families.values()), key=lambda e: e.indicator.position)
    return [
        Section(denominator, tuple(e for e in entries if e.indicator.denominator is denominator))
        for denominator in Denominator
    ]


def _entry(family):
    first, *later = family
    levels = [str(_LEVELS[level]) for level in Level if level in first.levels]
    routes = [_(route.label) for route in Route if route in first.routes]
    return Entry(
        first,
        tuple(later),
        str(_UNITS[first.unit]),
        ", ".join(levels),
        "" if len(routes) == len(Route) else ", ".join(routes),
    )


def reasons():
    """[`ReasonText`] of each reason for which a figure may be missing."""
    return [
        ReasonText(_(reason.title), _(reason.sentence), tuple(plain_reason_of(reason))) for reason in Reason
    ]


def glossary():
    """[`Term`] in alphabetical order of their anchors."""
    return [
        Term(
            anchor,
            shown(texts["term"]),
            shown(texts["definition"]),
            tuple(shown_lines(plain_language.of_term(anchor))),
        )
        for anchor, texts in sorted(content("glossary").items())
    ]
