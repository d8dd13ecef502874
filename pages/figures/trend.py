"""Figures of one group from cohort to cohort, cut where what they count changes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.drawings.charts import Look, Series, TrendChart, trend_chart
from pages.figures.figure import Figure, figure
from pages.figures.group import Origin, group_of
from pages.figures.outcome import LOOKS, holes_of, situations
from stats.comparability import public_jobs
from stats.indicators import SITUATIONS


@dataclass(frozen=True)
class TrendRow:
    """A cohort of a trend: TrendRow(cohort="2022 et 2023", figures=(Figure(…), …), is_after_break=True, origin=None,
    hole=None). `hole` stands for all the figures where none of the three situations is there."""

    cohort: str
    figures: tuple[Figure, ...]
    is_after_break: bool
    origin: Origin | None
    hole: Figure | None


@dataclass(frozen=True)
class Trend:
    """Figures over cohorts, oldest first: Trend(columns=(("Travaillent", Look.SOLID), …), rows=(TrendRow(…), …),
    drawing=TrendChart(…), has_break=True, is_pooled=True)."""

    columns: tuple[tuple[str, Look], ...]
    rows: tuple[TrendRow, ...]
    drawing: TrendChart
    has_break: bool
    is_pooled: bool

    @property
    def origins(self):
        """Sentences that say whose figures these are, where some are another diploma's or school's."""
        return list(dict.fromkeys(row.origin.sentence for row in self.rows if row.origin))

    @property
    def notes(self):
        """What is said of its figures that are contested, with their cohort, once each."""
        told = [
            f"{row.cohort}\u00a0: {figure.contest}"
            for row in self.rows
            for figure in row.figures
            if figure.contest
        ]
        return list(dict.fromkeys(told))

    @property
    def has_several_origins(self):
        return len({row.origin for row in self.rows}) > 1

    @property
    def holes(self):
        """`Holes` for each reason, to tell it once under the table with what to read instead."""
        labelled = []
        for row in self.rows:
            if row.hole:
                labelled.append((row.cohort, row.hole))
            else:
                labelled += [(f"{row.cohort}, {item.short_label.lower()}", item) for item in row.figures]
        return holes_of(labelled)


def trend(attributions, fallbacks=None):
    """The `Trend` of attributions of one group, newest first; None when there is nothing to follow.

    Pooled cohorts and single years are never on one axis: those like the newest are kept. fallbacks: the
    `FallbackFinder` of the page.
    """
    if not attributions:
        return None
    is_pooled = attributions[0].cohort.is_pooled
    oldest_first = [row for row in reversed(attributions) if row.cohort.is_pooled == is_pooled]
    names, looks = _trend_figures([row.outcome for row in oldest_first])
    if len(oldest_first) < 2 or not names:
        return None
    breaks = _breaks([row.cohort for row in oldest_first])
    rows = tuple(_row(row, names, place in breaks, fallbacks) for place, row in enumerate(oldest_first))
    series = [Series(look, tuple(row.figures[i].value for row in rows)) for i, look in enumerate(looks)]
    labels = [row.cohort_id.replace("_", "-") for row in oldest_first]
    text = _("Évolution de cohorte en cohorte\u00a0: les mêmes chiffres que dans le tableau.")
    columns = tuple((figure.short_label, look) for figure, look in zip(rows[0].figures, looks, strict=True))
    return Trend(columns, rows, trend_chart(series, labels, breaks, text), bool(breaks), is_pooled)


def _row(attribution, names, is_after_break, fallbacks):
    group = group_of(attribution)
    near = fallbacks.of_row(attribution) if fallbacks else None
    figures = tuple(figure(attribution, name, group, near) for name in names)
    has_none = names == SITUATIONS and not any(item.is_shown for item in figures)
    hole = situations(attribution, group, near).hole if has_none else None
    return TrendRow(str(attribution.cohort), figures, is_after_break, group.origin, hole)


def _trend_figures(outcomes):
    """The situations where any cohort has them, else the employment rates."""
    candidates = (SITUATIONS, LOOKS), (("taux_emploi_6_mois", "taux_emploi_12_mois"), LOOKS[:2])
    for names, looks in candidates:
        if any(getattr(outcome, name) is not None for outcome in outcomes for name in names):
            return names, looks
    return (), ()


def _breaks(cohorts):
    """Places before which a line stops: where jobs in the public sector begin to count, by half then wholly."""
    counted = [public_jobs(cohort.first_year, cohort.last_year) for cohort in cohorts]
    return {place for place in range(1, len(cohorts)) if counted[place] is not counted[place - 1]}
