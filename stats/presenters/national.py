"""The whole of France, made of the regions whose figures are published, and what a region is beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stats import references
from stats.confidentiality import SHOWN, Reason
from stats.indicators import FIGURES, GROUP_SIZE
from stats.models import Outcome
from stats.presenters.fairness import beside_sentence
from stats.presenters.figures import Figure, figure, group_of

COMPARED = "taux_en_emploi_6_mois"


@dataclass(frozen=True)
class National:
    """Regions together: National(row=Outcome (never saved), note="Somme de 15 régions sur 17…", covered=15, parts=17)."""

    row: Outcome
    note: str
    covered: int
    parts: int

    @property
    def label(self):
        if self.covered == self.parts:
            return _("France")
        return _("France (%(covered)s régions sur %(parts)s)") % {
            "covered": self.covered,
            "parts": self.parts,
        }


@dataclass(frozen=True)
class Beside:
    """A region and France side by side: Beside(here=Figure(…), there=Figure(…), label="France (15 régions sur 17)", note="…")."""

    here: Figure
    there: Figure
    label: str
    note: str

    @property
    def verdict(self):
        return beside_sentence(self.here, self.there)


def national(rows):
    """The `National` of rows of one course, route and cohort, one a region; None where nothing can be summed."""
    totals = {name: references.total(name, rows) for name in FIGURES}
    main = totals[COMPARED]
    if main.value is None:
        return None
    newest = max((row.delivery for row in rows), key=lambda delivery: delivery.pk)
    model = rows[0]
    row = Outcome(
        delivery=newest,
        source=model.source,
        cohort=model.cohort,
        route=model.route,
        diploma_id=model.diploma_id,
        course_year=model.course_year,
        reasons="".join(_letter(name, totals[name], model) for name in FIGURES),
        **{GROUP_SIZE: main.size},
        **{name: total.value for name, total in totals.items()},
    )
    return National(row, _note(main), main.covered, main.parts)


def _letter(name, total, model):
    if total.value is not None:
        return SHOWN
    reason = model.reason(name)
    if reason is None or reason.is_withheld:
        return Reason.NOT_COVERED.value
    return reason.value


def _note(total):
    if total.is_whole:
        return _("Calculé par le portail : somme des %(parts)s régions qui ont cette formation.") % vars(
            total
        )
    return _(
        "Calculé par le portail : somme des %(covered)s régions dont les chiffres sont publiés, sur %(parts)s qui "
        "ont cette formation."
    ) % vars(total)


def beside(here, rows):
    """The `Beside` of a region's row among `rows`, those of all regions for its cohort; None without both figures."""
    whole = national(rows)
    if whole is None or here.reason(COMPARED) or len(rows) < 2:
        return None
    return Beside(
        here=figure(here, COMPARED, group_of(here)),
        there=figure(whole.row, COMPARED, group_of(whole.row)),
        label=whole.label,
        note=whole.note,
    )
