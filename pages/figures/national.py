"""The whole of France, made of the regions whose figures are published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.indicators import FIGURES, GROUP_SIZE, Denominator
from stats.models import Attribution, Outcome
from stats.reasons import SHOWN, Reason
from stats.substitution.kinds import OriginKind
from stats.totals import total

COUNTRY = "pays-FR"
COMPARED = "taux_en_emploi_6_mois"
LEAVERS = Denominator.LEAVERS.value


@dataclass(frozen=True)
class National:
    """Regions together: National(attribution=Attribution (never saved), note="Somme de 15 régions sur 17…", covered=15, parts=17)."""

    attribution: Attribution
    note: str
    covered: int
    parts: int

    @property
    def label(self):
        if self.covered == self.parts:
            return _("France")
        return ngettext(
            "France (%(covered)s région sur %(parts)s)",
            "France (%(covered)s régions sur %(parts)s)",
            self.covered,
        ) % {"covered": self.covered, "parts": self.parts}


def national(attributions):
    """The `National` of attributions of one course, route and cohort, one a region; None where nothing can be summed."""
    rows = [attribution.outcome for attribution in attributions]
    totals = {name: total(name, rows) for name in FIGURES}
    main = totals[COMPARED]
    if main.value is None or (main.covered < 2 and not main.is_whole):
        return None
    newest = max((row.delivery for row in rows), key=lambda delivery: delivery.pk)
    # Regions may show the figures of different diplomas: the sum is another's as soon as a part is.
    not_own = (attribution for attribution in attributions if attribution.kind != OriginKind.OWN)
    like = next(not_own, attributions[0])
    model = like.outcome
    outcome = Outcome(
        delivery=newest,
        source=model.source,
        cohort=like.cohort,
        route=model.route,
        diploma=model.diploma,
        reasons="".join(_letter(name, totals[name], model) for name in FIGURES),
        **{GROUP_SIZE: main.size, LEAVERS: totals["taux_emploi_6_mois"].size or None},
        **{name: total.value for name, total in totals.items()},
    )
    attribution = Attribution(
        outcome=outcome,
        kind=like.kind,
        cohort=like.cohort,
        route=model.route,
        diploma_id=like.diploma_id,
        course_year=like.course_year,
        territory_id=COUNTRY,
    )
    return National(attribution, _note(main), main.covered, main.parts)


def _letter(name, total, model):
    if total.value is not None:
        return SHOWN
    reason = model.reason(name)
    if reason is None or reason.is_withheld:
        return Reason.NOT_COVERED.value
    return reason.value


def _note(total):
    if total.is_whole:
        return ngettext(
            "Calculé par le portail\u00a0: une seule région a cette formation.",
            "Calculé par le portail\u00a0: somme des %(parts)s régions qui ont cette formation.",
            total.parts,
        ) % {"parts": total.parts}
    return _(
        "Calculé par le portail\u00a0: somme des %(covered)s régions dont les chiffres sont publiés, sur %(parts)s qui "
        "ont cette formation."
    ) % {"covered": total.covered, "parts": total.parts}
