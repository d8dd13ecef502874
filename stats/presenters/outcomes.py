"""What became of one group, as blocks: the three situations, later employment, the trend, every figure."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats import drawings
from stats.calculations import tens
from stats.confidentiality import Reason
from stats.drawings import Drawing, Look
from stats.indicators import INDICATORS, SITUATIONS
from stats.presenters.figures import (
    Figure,
    Group,
    NextBest,
    Origin,
    figure,
    group_of,
    missing,
    people_words,
    value_text,
)

LOOKS = (Look.SOLID, Look.HATCHED, Look.OUTLINED)
LATER = ("taux_emploi_6_mois", "taux_emploi_12_mois", "taux_emploi_18_mois", "taux_emploi_24_mois")
# Jobs in the public sector count from the leavers of this year on; a pool with an earlier year holds half of them.
PUBLIC_JOBS_SINCE = 2022


@dataclass(frozen=True)
class Share:
    """One situation: Share(figure=Figure(…), swatch=Drawing("<svg…"), words="travaillent", detail="comme salariés…")."""

    figure: Figure
    swatch: Drawing
    words: str
    detail: str


@dataclass(frozen=True)
class Situations:
    """The three situations of a group, or the hole that stands for them.

    Situations(sentence="Sur 10 élèves en dernière année, 3 travaillent…", people=Drawing("<svg…"),
    stack=Drawing("<svg…"), shares=(Share(…), Share(…), Share(…)), short="31 % travaillent · …", hole=None,
    group=Group(…)). With a hole: sentence, people, stack and short are "", shares is ().
    """

    sentence: str
    people: str
    stack: str
    shares: tuple[Share, ...]
    short: str
    hole: Figure | None
    group: Group | None


@dataclass(frozen=True)
class Holes:
    """Holes that have the same reason, told once.

    Holes(label="après 18 mois, après 24 mois", figure=Figure(…), next_best=(("après 24 mois", NextBest(…)),))
    """

    label: str
    figure: Figure
    next_best: tuple[tuple[str, NextBest], ...]


@dataclass(frozen=True)
class Outlook:
    """Everything about one group, for its block of a page.

    Outlook(title="Île-de-France", situations=Situations(…), later=(Figure(…), …), contracts=Figure(…) or None,
    value_added=Figure(…) or None, expected=Figure(…) or None, every=(Figure(…), …))
    """

    title: str
    group: Group
    situations: Situations
    later: tuple[Figure, ...]
    contracts: Figure | None
    value_added: Figure | None
    expected: Figure | None
    every: tuple[Figure, ...]

    @property
    def later_shown(self):
        return [figure for figure in self.later if figure.is_shown]

    @property
    def later_holes(self):
        return holes(self.later)


@dataclass(frozen=True)
class TrendRow:
    """A cohort of a trend: TrendRow(cohort="2022 et 2023", figures=(Figure(…), …), is_after_break=True, origin=None)."""

    cohort: str
    figures: tuple[Figure, ...]
    is_after_break: bool
    origin: Origin | None


@dataclass(frozen=True)
class Trend:
    """Figures over cohorts, oldest first: Trend(columns=("Travaillent", …), rows=(TrendRow(…), …), drawing=…, has_break=True)."""

    columns: tuple[tuple[str, Drawing], ...]
    rows: tuple[TrendRow, ...]
    drawing: Drawing
    has_break: bool
    is_pooled: bool

    @property
    def origins(self):
        """Sentences that say whose figures these are, where some are another diploma's."""
        return list(dict.fromkeys(row.origin.sentence for row in self.rows if row.origin))

    @property
    def has_several_origins(self):
        return len({row.origin for row in self.rows}) > 1

    @property
    def holes(self):
        """One figure for each reason of a hole, to tell it once under the table."""
        by_reason = {
            figure.reason: figure for row in self.rows for figure in row.figures if not figure.is_shown
        }
        return list(by_reason.values())


def holes(figures):
    """The figures that are not shown as `Holes`, one for each reason."""
    by_reason = {}
    for item in figures:
        if not item.is_shown:
            by_reason.setdefault(item.reason, []).append(item)
    return [
        Holes(
            label=", ".join(item.short_label for item in same),
            figure=replace(same[0], next_best=None),
            next_best=tuple((item.short_label, item.next_best) for item in same if item.next_best),
        )
        for same in by_reason.values()
    ]


def share_words():
    return (
        (_("travaillent"), _("comme salariés, en France, dans tout métier")),
        (_("étudient encore"), ""),
        (_("autre situation"), _("recherche d’emploi, indépendant, étranger, service civique…")),
    )


def situation_sentence(people, route):
    """ "Sur 10 élèves en dernière année, 3 travaillent, 5 étudient encore, 2 sont dans une autre situation." """
    work, study, other = people
    return _("Sur 10\u00a0%(who)s en dernière année, %(work)s, %(study)s, %(other)s.") % {
        "who": people_words(route),
        "work": ngettext("%(n)d\u00a0travaille", "%(n)d\u00a0travaillent", work) % {"n": work}
        if work
        else _("aucun ne travaille"),
        "study": ngettext("%(n)d\u00a0étudie encore", "%(n)d\u00a0étudient encore", study) % {"n": study}
        if study
        else _("aucun n’étudie encore"),
        "other": ngettext(
            "%(n)d\u00a0est dans une autre situation", "%(n)d\u00a0sont dans une autre situation", other
        )
        % {"n": other}
        if other
        else _("aucun n’est dans une autre situation"),
    }


def situations(outcome, group, others=()):
    """The `Situations` of a row; `others` are (label, row) where to look for the next best, best first."""
    figures = [figure(outcome, name, group) for name in SITUATIONS]
    hole = next((item for item in figures if not item.is_shown), None)
    if hole:
        return _hole(figure(outcome, hole.name, group), others)
    values = [item.value for item in figures]
    people = tens(values)
    sentence = situation_sentence(people, outcome.route)
    words = share_words()
    return Situations(
        sentence=sentence,
        people=drawings.people(people, LOOKS, sentence),
        stack=drawings.stack(values, LOOKS),
        shares=tuple(
            Share(item, drawings.swatch(look), *text)
            for item, look, text in zip(figures, LOOKS, words, strict=True)
        ),
        short=short_text(outcome),
        hole=None,
        group=group,
    )


def no_situations(reason=Reason.NO_FIGURES, others=()):
    """The `Situations` of a group that has no row."""
    return _hole(missing(SITUATIONS[0], reason), others)


def _hole(hole, others):
    next_best = next((NextBest(label, text) for label, row in others if (text := short_text(row))), None)
    return Situations("", "", "", (), "", replace(hole, next_best=next_best), hole.group)


def short_text(outcome):
    """ "31 % travaillent · 47 % étudient encore · 22 % autre situation", "" when one of them is not there."""
    if any(outcome.reason(name) for name in SITUATIONS):
        return ""
    return " · ".join(
        f"{value_text(getattr(outcome, indicator.name), indicator.unit)} {words}"
        for indicator, (words, _detail) in zip(INDICATORS[: len(SITUATIONS)], share_words(), strict=True)
    )


def outlook(outcome, title, others=(), perimeter="", origin=None, note=""):
    """The `Outlook` of a row."""
    group = group_of(outcome, perimeter or title, origin, note)
    every = {item.name: figure(outcome, item.name, group, others) for item in INDICATORS}

    def applicable(name):
        return every[name] if every[name].is_applicable else None

    return Outlook(
        title=title,
        group=group,
        situations=situations(outcome, group, others),
        later=tuple(every[name] for name in LATER if every[name].is_applicable),
        contracts=applicable("taux_rupture_contrats"),
        value_added=applicable("valeur_ajoutee_6_mois"),
        expected=applicable("taux_emploi_6_mois_attendu"),
        every=tuple(item for item in every.values() if item.is_applicable),
    )


def older(outcomes):
    """(label, row) of these rows, to serve as the next best of a newer one."""
    return [(_("Cohorte %(cohort)s") % {"cohort": outcome.cohort}, outcome) for outcome in outcomes]


def trend(outcomes_and_origins):
    """The `Trend` of rows of one group, newest first; None when there is nothing to follow.

    Pooled cohorts and single years are never on one axis: those like the newest are kept.
    """
    if not outcomes_and_origins:
        return None
    is_pooled = outcomes_and_origins[0][0].cohort.is_pooled
    pairs = [pair for pair in reversed(outcomes_and_origins) if pair[0].cohort.is_pooled == is_pooled]
    names, looks = _trend_figures([outcome for outcome, _origin in pairs])
    if len(pairs) < 2 or not names:
        return None
    breaks = _breaks([outcome.cohort for outcome, _origin in pairs])
    rows = tuple(
        TrendRow(
            str(outcome.cohort),
            tuple(figure(outcome, name, group_of(outcome, origin=origin)) for name in names),
            place in breaks,
            origin,
        )
        for place, (outcome, origin) in enumerate(pairs)
    )
    series = [
        drawings.Series(look, tuple(row.figures[i].value for row in rows)) for i, look in enumerate(looks)
    ]
    labels = [outcome.cohort_id.replace("_", "-") for outcome, _origin in pairs]
    text = _("Évolution de cohorte en cohorte : les mêmes chiffres que dans le tableau.")
    columns = tuple(
        (item.short_label, drawings.swatch(look)) for item, look in zip(rows[0].figures, looks, strict=True)
    )
    return Trend(columns, rows, drawings.trend(series, labels, breaks, text), bool(breaks), is_pooled)


def _trend_figures(outcomes):
    """The situations where any cohort has them, else the employment rates."""
    candidates = (SITUATIONS, LOOKS), (("taux_emploi_6_mois", "taux_emploi_12_mois"), LOOKS[:2])
    for names, looks in candidates:
        if any(getattr(outcome, name) is not None for outcome in outcomes for name in names):
            return names, looks
    return (), ()


def _breaks(cohorts):
    """Places before which a line stops: where jobs in the public sector begin to count, by half then wholly."""

    def part_counted(cohort):
        return (cohort.first_year >= PUBLIC_JOBS_SINCE) + (cohort.last_year >= PUBLIC_JOBS_SINCE)

    return {
        place
        for place in range(1, len(cohorts))
        if part_counted(cohorts[place]) != part_counted(cohorts[place - 1])
    }
