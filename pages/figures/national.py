"""The whole of France, made of the regions whose figures are published."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.indicators import BY_NAME, FIGURES, GROUP_SIZE, LEAVERS, STUDYING
from stats.models import Attribution, Outcome
from stats.reasons import SHOWN, Reason
from stats.substitution.kinds import OriginKind
from stats.totals import STUDYING_SHARE, SUMMABLE, sums_of, totals
from stats.wording import listed, number_text, people_words

COUNTRY = "pays-FR"
COMPARED = "taux_en_emploi_6_mois"


@dataclass(frozen=True)
class National:
    """Regions together: National(attribution=Attribution (never saved), note="Somme de 15 régions sur 17…", covered=15,
    parts=17). covered: the regions that publish further study, which more of them do than what became of leavers."""

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
    summed = [attribution for attribution in attributions if _is_counted(attribution.outcome)]
    if not summed or (len(summed) < 2 and len(attributions) > 1):
        return None
    found = _of_several(totals([sums_of(attribution.outcome for attribution in attributions)]))
    origins = Counter(map(_origin, summed))
    like = _most_telling(summed)
    attribution = Attribution(
        outcome=_outcome(found, [attribution.outcome for attribution in attributions], like),
        kind=like.kind,
        cohort=like.cohort,
        route=like.outcome.route,
        diploma_id=like.diploma_id,
        course_year=like.course_year,
        territory_id=COUNTRY,
    )
    attribution.has_several_origins = len(origins) > 1
    attribution.counted_people = {
        name: total.size for name, total in found.items() if total.value is not None
    }
    note = " ".join(filter(None, (_note(found, like.outcome.route), _origins_note(origins))))
    return National(attribution, note, len(summed), len(attributions))


def _of_several(found):
    """The totals, without the further study that a single region among several would give.

    The other figures cover most of the pupils known, or have no value.
    """
    return {
        name: replace(total, value=None)
        if BY_NAME[name].count == STUDYING and total.covered < 2 and not total.is_whole
        else total
        for name, total in found.items()
    }


def _is_counted(outcome):
    return getattr(outcome, STUDYING_SHARE) is not None and getattr(outcome, GROUP_SIZE) is not None


def _origin(attribution):
    """(kind, code of the diploma whose figures these are); the code is "" for the course's own."""
    is_own = attribution.kind == OriginKind.OWN
    return OriginKind(attribution.kind), "" if is_own else attribution.outcome.diploma_id


def _most_telling(summed):
    """The attribution that names the origin of the sum: another diploma's as soon as one is."""
    return next((one for one in summed if one.kind != OriginKind.OWN), summed[0])


def _outcome(found, outcomes, like):
    """The `Outcome` of all regions, never saved."""
    values = {name: found[name].value for name in SUMMABLE}
    return Outcome(
        delivery=max((outcome.delivery for outcome in outcomes), key=lambda delivery: delivery.pk),
        source=like.outcome.source,
        cohort=like.cohort,
        route=like.outcome.route,
        diploma=like.outcome.diploma,
        reasons="".join(_letter(name, found, outcomes) for name in FIGURES),
        **{GROUP_SIZE: found[STUDYING_SHARE].size, LEAVERS: found["taux_emploi_6_mois"].size or None},
        **values,
    )


def _letter(name, found, outcomes):
    """A figure that some regions publish is there, or misses because too few do; else it misses as in the regions."""
    if name in found and found[name].value is not None:
        return SHOWN
    if name in found and found[name].people:
        return Reason.TOO_FEW_REGIONS.value
    reasons = (outcome.reason(name) for outcome in outcomes)
    own = next((reason for reason in reasons if reason and not reason.is_withheld), None)
    return (own or (Reason.TOO_FEW_REGIONS if name in SUMMABLE else Reason.NOT_COVERED)).value


def _note(found, route):
    studying, working = found[STUDYING_SHARE], found[COMPARED]
    words = {
        "covered": studying.covered,
        "parts": studying.parts,
        "people": f"{number_text(studying.size)}\u00a0{people_words(route)}",
        "known": number_text(working.people),
    }
    if studying.is_whole:
        note = ngettext(
            "Calculé par le portail\u00a0: une seule région a cette formation, %(people)s.",
            "Calculé par le portail\u00a0: somme des %(parts)s régions qui ont cette formation, %(people)s.",
            studying.parts,
        )
    else:
        note = _(
            "Calculé par le portail\u00a0: somme des %(covered)s régions dont les chiffres sont publiés, sur %(parts)s qui "
            "ont cette formation, %(people)s."
        )
    notes = [note]
    if working.value is None:
        notes.append(
            _(
                "La part qui travaille n’est publiée que pour %(known)s d’entre eux\u00a0: trop peu pour parler de la "
                "France."
            )
        )
    elif working.people < studying.size:
        notes.append(
            _("La part qui travaille vient des régions qui la publient\u00a0: %(known)s d’entre eux.")
        )
    return " ".join(text % words for text in notes)


def _origins_note(origins):
    """How many regions show whose figures; "" where they are all the same one's."""
    if len(origins) < 2:
        return ""
    return _("Parmi ces régions, %(parts)s.") % {
        "parts": listed([_origin_words(*origin, count) for origin, count in origins.items()])
    }


def _origin_words(kind, code, count):
    words = {"count": count, "code": code}
    if kind is OriginKind.OWN:
        text = ngettext("%(count)s a ses propres chiffres", "%(count)s ont leurs propres chiffres", count)
    elif kind is OriginKind.FORMER:
        text = ngettext(
            "%(count)s a ceux de l’ancien diplôme (code %(code)s)",
            "%(count)s ont ceux de l’ancien diplôme (code %(code)s)",
            count,
        )
    else:
        text = ngettext(
            "%(count)s a ceux d’un autre diplôme (code %(code)s)",
            "%(count)s ont ceux d’un autre diplôme (code %(code)s)",
            count,
        )
    return text % words
