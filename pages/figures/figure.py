"""One figure with everything that must travel with it: what it counts, of whom, when, from where, or why it is not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages import plain_language
from pages.drawings.charts import Bar, Look
from pages.figures.group import Group
from pages.texts.shown import caution_of, explanation_of, shown, shown_lines
from stats.indicators import BY_NAME, INDICATORS, Denominator, Indicator, Level, Unit
from stats.possible_values import is_possible
from stats.reasons import QUALITY_SENTENCE, Reason
from stats.uncertainty import Expectation, Measured, expectation, wilson
from stats.wording import value_text

LOOKS = {"taux_en_formation": Look.HATCHED} | {i.name: Look.OUTLINED for i in INDICATORS if i.rest_of}


@dataclass(frozen=True)
class NextBest:
    """What to read where a figure is not there: NextBest(label="Bretagne, cohorte 2022 et 2023", text="61 %")."""

    label: str
    text: str


@dataclass(frozen=True)
class Reference:
    """The same figure of a wider group: Reference(label="France (14 régions sur 17)", text="58 %")."""

    label: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A figure or its hole, never neither.

    Figure(BY_NAME["taux_emploi_6_mois"], value=58, reason=None, group=Group(…), next_best=None) or
    Figure(BY_NAME["taux_emploi_6_mois"], value=None, reason=Reason.TOO_FEW_LEAVERS, group=Group(…),
    next_best=NextBest("Tout l’établissement", "61 %")). `group` is None where no row exists at all; `level` tells
    then what was asked. `is_searched`: a next best figure was looked for. count: its exact numerator, where it may be known;
    expected: for points, the percentage to which they are added. counted: the people of whom a sum counts it, where it stands
    for others too. note: what a notice says of it, withdrawn or contested.
    """

    indicator: Indicator
    value: int | None
    reason: Reason | None
    group: Group | None
    next_best: NextBest | None = None
    level: Level | None = None
    is_searched: bool = False
    references: tuple[Reference, ...] = ()
    count: int | None = None
    expected: int | None = None
    counted: int | None = None
    note: str = ""

    @property
    def name(self):
        return self.indicator.name

    @property
    def is_shown(self):
        return self.reason is None

    @property
    def is_percent(self):
        return self.indicator.unit is Unit.PERCENT

    @property
    def is_applicable(self):
        return self.reason is not Reason.NOT_APPLICABLE

    @property
    def label(self):
        return _(self.indicator.label)

    @property
    def short_label(self):
        return _(self.indicator.short_label)

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

    @property
    def text(self):
        """The value in words, or the title of the reason: what a table's cell shows."""
        return value_text(self.value, self.indicator.unit) if self.is_shown else self.reason_title

    @property
    def reason_title(self):
        return "" if self.is_shown else _(self.reason.title)

    @property
    def reason_sentence(self):
        if self.is_shown:
            return ""
        if self.note:
            return _(self.note)
        if self.reason is Reason.NO_FIGURES and self.level:
            return _absence_sentence(self.level)
        return _(self.reason.sentence)

    @property
    def contest(self):
        """What is said beside a figure that is shown, and contested; "" for any other."""
        return _(self.note) if self.note and self.is_shown else ""

    @property
    def quality_sentence(self):
        """Only where the hole could be held against the course."""
        return "" if self.is_shown or not self.is_applicable else _(QUALITY_SENTENCE)

    @property
    def plain_reason(self):
        """The reason of the hole in plain French, one sentence each."""
        return plain_reason_of(self.reason) if self.reason else []

    @property
    def nothing_sentence(self):
        """Said where a next best figure was looked for at every step: there is none, or none that the group can have."""
        if self.is_shown or self.next_best or not self.is_applicable or not self.is_searched:
            return ""
        return _("Aucun chiffre proche ne peut en tenir lieu.")

    @property
    def people(self):
        """Of whom the figure is a share, with their number when it is known."""
        if not self.group:
            return ""
        if self.indicator.denominator is Denominator.LEAVERS:
            return self.group.leavers_text
        if self.indicator.denominator is Denominator.FINAL_YEAR:
            return self.group.people
        return _("contrats d’apprentissage, cohorte %(cohort)s") % {"cohort": self.group.cohort}

    @property
    def size(self):
        """How many people the figure is a share of, None when it is not published or not a head-count."""
        if not self.group:
            return None
        sizes = {Denominator.FINAL_YEAR: self.group.size, Denominator.LEAVERS: self.group.leavers}
        return sizes.get(self.indicator.denominator)

    @property
    def measured(self):
        """The `Measured` from which `stats.uncertainty` computes; None for what is no share of a number of people."""
        if not self.is_shown:
            return None
        if self.indicator.unit is Unit.POINTS and self.expected is not None:
            return Measured(self.value, self.size, expected=self.expected)
        # Chance plays in those who are counted.
        size = self.size if self.counted is None else self.counted
        return Measured(self.value, size, self.count) if self.indicator.is_share_of_people else None

    @property
    def range_text(self):
        """ "entre 36 % et 48 %", "" where the head-count is not published."""
        measured = self.measured
        if not measured or measured.is_points or measured.size is None:
            return ""
        low, high = (value_text(round(bound), Unit.PERCENT) for bound in wilson(self.value, measured.size))
        return _("entre %(low)s et %(high)s") % {"low": low, "high": high}

    @property
    def bar(self):
        """The `Bar` of a percentage that is shown, None for any other figure."""
        return Bar(self.value, self.look) if self.is_shown and self.is_percent else None

    @property
    def look(self):
        return LOOKS.get(self.name, Look.SOLID)

    @property
    def words(self):
        """What value added means, in words; "" for other figures."""
        if not self.is_shown or self.indicator.unit is not Unit.POINTS:
            return ""
        return {
            Expectation.BETTER: _("Mieux qu’attendu pour des élèves comparables"),
            Expectation.SAME: _("Proche de ce qu’on attend, ou trop peu de jeunes pour le dire"),
            Expectation.WORSE: _("Moins bien qu’attendu pour des élèves comparables"),
        }[expectation(self.measured) if self.measured else Expectation.SAME]


def plain_explanation_of(indicator):
    """The explanation of an indicator in plain French, one sentence each."""
    return [
        line % {"months": indicator.months} for line in shown_lines(plain_language.of_indicator(indicator))
    ]


def plain_reason_of(reason):
    """Why a figure is missing, in plain French, one sentence each."""
    sentences = shown_lines(plain_language.of_reason(reason))
    if reason is not Reason.NOT_APPLICABLE:
        sentences.append(shown(plain_language.QUALITY))
    return sentences


def _absence_sentence(level):
    """What is not published, exactly, where no row exists at all."""
    return {
        Level.SCHOOL: _("Aucune source ne publie de chiffre pour l’ensemble de cet établissement."),
        Level.SCHOOL_COURSE: _(
            "Aucune source ne publie de chiffre pour cette formation dans cet établissement."
        ),
        Level.REGION: _("Aucune source ne publie de chiffre pour cette formation dans cette région."),
        Level.COUNTRY: _("Aucune source ne publie de chiffre pour cette formation dans toute la France."),
    }[level]


def figure(attribution, name, group, fallbacks=None):
    """The `Figure` of this name of an attribution.

    fallbacks: pairs (label, outcome) where to look when it is missing, best first; None where the page looks elsewhere.
    """
    outcome, indicator = attribution.outcome, BY_NAME[name]
    reason = outcome.reason(name)
    is_hole = reason not in {None, Reason.NOT_APPLICABLE}
    return Figure(
        indicator,
        getattr(outcome, name),
        reason,
        group,
        next_best_of(name, fallbacks, outcome) if is_hole else None,
        is_searched=fallbacks is not None,
        count=outcome.numerator(indicator),
        expected=getattr(outcome, indicator.difference_of[1]) if indicator.difference_of else None,
        counted=attribution.counted_people.get(name),
        note=outcome.note(name),
    )


def missing(name, reason=Reason.NO_FIGURES, fallbacks=None, level=None, route=""):
    """The `Figure` of a group without attribution: a hole, or not applicable at this level or by this route."""
    indicator = BY_NAME[name]
    if (level and level not in indicator.levels) or (route and route not in indicator.routes):
        return Figure(indicator, None, Reason.NOT_APPLICABLE, None)
    return Figure(
        indicator, None, reason, None, next_best_of(name, fallbacks), level, is_searched=fallbacks is not None
    )


def with_notes(text, notes):
    """A figure in a few words, with what is said of it where it is contested: "61 % (L’établissement conteste…)"."""
    told = " ".join(_(note) for note in dict.fromkeys(notes) if note)
    return f"{text} ({told})" if told else text


def next_best_of(name, fallbacks, published=None):
    """The `NextBest` of the first of these pairs (label, outcome) that publishes the figure; None without any.

    published: the outcome of the group itself, if any, whose other figures must leave the value possible.
    """
    for label, outcome in fallbacks or ():
        is_shown = outcome.reason(name) is None
        if is_shown and (published is None or is_possible(name, getattr(outcome, name), published)):
            text = value_text(getattr(outcome, name), BY_NAME[name].unit)
            return NextBest(label, with_notes(text, [outcome.note(name)]))
    return None
