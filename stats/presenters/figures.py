"""One figure with everything that must travel with it: what it counts, of whom, when, from where, or why it is not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats import drawings
from stats.calculations import Expectation, expectation
from stats.confidentiality import QUALITY_SENTENCE, Reason
from stats.drawings import Look
from stats.indicators import BY_NAME, Denominator, Indicator, Route, Unit
from stats.ranges import Measured, wilson

NBSP = "\u00a0"
THIN = "\u202f"
SOURCE = "InserJeunes (DEPP, Dares)"
LOOKS = {"taux_en_formation": Look.HATCHED} | {
    f"taux_autres_{m}_mois": Look.OUTLINED for m in (6, 12, 18, 24)
}

# How the open data and the exports name a reason; part of their contract.
REASON_CODES = {
    Reason.NOT_APPLICABLE: "sans_objet",
    Reason.TOO_FEW_PEOPLE: "trop_peu_d_eleves",
    Reason.TOO_FEW_LEAVERS: "trop_peu_de_sortants",
    Reason.NOT_MEASURED_YET: "pas_encore_mesure",
    Reason.NO_FIGURES: "pas_de_chiffre",
    Reason.TOO_NEW: "formation_trop_recente",
    Reason.NOT_COVERED: "non_couvert",
    Reason.REMOVED: "retire",
    Reason.PROTECTS_OTHERS: "protege_un_petit_groupe",
    Reason.PROTECTS_OTHERS: "protege_un_petit_groupe",
}


def number_text(value):
    """1234 → "1 234" with thin spaces that do not break."""
    return f"{value:,}".replace(",", THIN)


def value_text(value, unit):
    """31 → "31 %", 4 → "+4 points", 1450 → "1 450 €", with spaces that do not break."""
    if unit is Unit.PERCENT:
        return f"{value}{NBSP}%"
    if unit is Unit.EUROS:
        return f"{number_text(value)}{NBSP}€"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return ngettext("%(points)s\u00a0point", "%(points)s\u00a0points", max(1, abs(value))) % {
        "points": f"{sign}{abs(value)}"
    }


def route_label(route):
    return _(Route(route).label)


def people_words(route):
    """Who is in a group: "élèves", "apprentis" or both."""
    if route == Route.APPRENTICESHIP:
        return _("apprentis")
    if route == Route.ALL:
        return _("élèves et apprentis")
    if route == Route.HIGHER:
        return _("étudiants")
    return _("élèves")


@dataclass(frozen=True)
class Origin:
    """The diploma that figures come from when a course has none of its own.

    Origin(code="50022139", label="CAP Cuisine", is_former=True): a former diploma, else a newer one.
    """

    code: str
    label: str
    is_former: bool

    @property
    def sentence(self):
        if self.is_former:
            return _("Chiffres de l’ancien diplôme, %(label)s (code %(code)s).") % vars(self)
        return _("Chiffres du nouveau diplôme, %(label)s (code %(code)s).") % vars(self)


@dataclass(frozen=True)
class Group:
    """The people behind figures, and the file that gave them.

    Group(cohort="2022 et 2023", cohort_code="2022_2023", is_pooled=True, route="pro", size=512, leavers=300,
    perimeter="Île-de-France", origin=None, delivered_on=date(2025, 2, 1), source="ij_region_formation")
    Head-counts are None where no source gives them; leavers too where the group is confidential. `note` tells
    how the portal made the group, "" when a source gives it as it is.
    """

    cohort: str
    cohort_code: str
    is_pooled: bool
    route: str
    size: int | None
    leavers: int | None
    perimeter: str
    origin: Origin | None
    delivered_on: date
    source: str
    note: str = ""

    @property
    def route_label(self):
        return route_label(self.route)

    @property
    def people(self):
        """ "512 élèves en dernière année, cohorte 2022 et 2023" in plain words."""
        words = {"who": people_words(self.route), "cohort": self.cohort}
        if self.size is None:
            return _("%(who)s en fin de formation en %(cohort)s, nombre non publié") % words
        return _("%(number)s %(who)s en fin de formation en %(cohort)s") % (
            words | {"number": number_text(self.size)}
        )

    @property
    def leavers_text(self):
        if self.leavers is None:
            return _("jeunes sortis d’études en %(cohort)s, nombre non publié") % {"cohort": self.cohort}
        return _("%(number)s jeunes sortis d’études en %(cohort)s") % {
            "number": number_text(self.leavers),
            "cohort": self.cohort,
        }

    @property
    def source_label(self):
        return SOURCE


@dataclass(frozen=True)
class NextBest:
    """What to read where a figure is not there: NextBest(label="Tout l’établissement", text="61 %")."""

    label: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A figure or its hole, never neither.

    Figure(BY_NAME["taux_emploi_6_mois"], value=58, reason=None, group=Group(…), next_best=None) or
    Figure(BY_NAME["taux_emploi_6_mois"], value=None, reason=Reason.TOO_FEW_LEAVERS, group=Group(…),
    next_best=NextBest("Tout l’établissement", "61 %")). `group` is None where no row exists at all.
    """

    indicator: Indicator
    value: int | None
    reason: Reason | None
    group: Group | None
    next_best: NextBest | None = None

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
        return _(self.indicator.explanation)

    @property
    def caution(self):
        return _(self.indicator.caution)

    @property
    def denominator_label(self):
        return _(self.indicator.denominator.label)

    @property
    def text(self):
        """The value in words, or the title of the reason: what a table's cell shows."""
        return value_text(self.value, self.indicator.unit) if self.is_shown else self.reason_title

    @property
    def reason_code(self):
        return "" if self.is_shown else REASON_CODES[self.reason]

    @property
    def reason_title(self):
        return "" if self.is_shown else _(self.reason.title)

    @property
    def reason_sentence(self):
        return "" if self.is_shown else _(self.reason.sentence)

    @property
    def quality_sentence(self):
        """Only where the hole could be held against the course."""
        return "" if self.is_shown or not self.is_applicable else _(QUALITY_SENTENCE)

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
        """What `ranges` needs of the figure; None for what is no share of a number of people."""
        is_share = self.indicator.denominator is not Denominator.CONTRACTS and self.is_percent
        return Measured(self.value, self.size) if self.is_shown and is_share else None

    @property
    def range_text(self):
        """ "entre 36 % et 48 %", "" where the head-count is not published."""
        if not self.measured or self.size is None:
            return ""
        low, high = (value_text(round(bound), Unit.PERCENT) for bound in wilson(self.value, self.size))
        return _("entre %(low)s et %(high)s") % {"low": low, "high": high}

    @property
    def bar(self):
        """A drawing from 0 to 100, only for percentages that are shown."""
        return drawings.bar(self.value, self.look) if self.is_shown and self.is_percent else ""

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
            Expectation.SAME: _("Comme attendu pour des élèves comparables"),
            Expectation.WORSE: _("Moins bien qu’attendu pour des élèves comparables"),
        }[expectation(self.value)]


def group_of(outcome, perimeter="", origin=None, note=""):
    """The `Group` of a row of figures."""
    return Group(
        cohort=str(outcome.cohort),
        cohort_code=outcome.cohort_id,
        is_pooled=outcome.cohort.is_pooled,
        route=outcome.route,
        size=outcome.nb_annee_term,
        leavers=outcome.open_counts["nb_sortant"],
        perimeter=perimeter,
        origin=origin,
        delivered_on=outcome.delivery.at.date(),
        source=outcome.source,
        note=note,
    )


def figure(outcome, name, group, others=()):
    """The figure `name` of a row; `others` are (label, row) where to look for the next best, best first."""
    reason = outcome.reason(name)
    next_best = None if reason is None or reason is Reason.NOT_APPLICABLE else next_best_of(name, others)
    return Figure(BY_NAME[name], getattr(outcome, name), reason, group, next_best)


def missing(name, reason=Reason.NO_FIGURES, others=(), level=None, route=""):
    """The hole of a group that has no row at all; `level` and `route` tell where the figure could not exist."""
    indicator = BY_NAME[name]
    if (level and level not in indicator.levels) or (route and route not in indicator.routes):
        return Figure(indicator, None, Reason.NOT_APPLICABLE, None)
    return Figure(indicator, None, reason, None, next_best_of(name, others))


def next_best_of(name, others):
    for label, outcome in others:
        if outcome.reason(name) is None:
            return NextBest(label, value_text(getattr(outcome, name), BY_NAME[name].unit))
    return None
