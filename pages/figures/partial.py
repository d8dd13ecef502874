"""What a group shows when some of its three situations are published and not the others.

What is published is always shown, in its own words: a wider group never takes its place. What is not is told in a
sentence that follows from what the source gives, and no further.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.drawings.charts import Look
from pages.figures.figure import LOOKS, Figure, figure
from stats.disclosure_control.primary import is_confidential
from stats.indicators import SITUATIONS
from stats.rates import most_left_out
from stats.reasons import Reason
from stats.wording import listed, number_text, people_words

_EMPLOYED, _STUDYING, _OTHERS = SITUATIONS
# The same people under another name: sources that give no situations give this one.
_FURTHER_STUDY, _RATE = "taux_poursuite_etudes", "taux_emploi_6_mois"
_LOOKS = LOOKS | {_FURTHER_STUDY: LOOKS[_STUDYING]}


@dataclass(frozen=True)
class KnownPart:
    """KnownPart(figures=(Figure(…),), sentence="92 % étudient encore (78 élèves).", rest="Le reste, moins de 20 jeunes,
    n’est pas détaillé par la source.", short=("92 % étudient encore", "le reste non détaillé")).

    figures: the situations that are shown, () where only the rate of those who left is. rest: what is known of the
    others, "" where there is nobody else. is_drawn: whether they are drawn as a group of people.
    """

    figures: tuple[Figure, ...]
    sentence: str
    rest: str
    short: tuple[str, ...]
    is_drawn: bool = True

    @property
    def shares(self):
        """Percentages of everybody, what is not known last; () without any to draw."""
        values = [known.value for known in self.figures] if self.is_drawn else ()
        return (*values, max(0, 100 - sum(values))) if values else ()

    @property
    def looks(self):
        return (*(_LOOKS.get(known.name, Look.SOLID) for known in self.figures), Look.UNKNOWN)


def tells_something(outcome):
    """Whether anything is published of what its people became 6 months after, so that no other group stands for them."""
    return any(outcome.reason(name) is None for name in (*SITUATIONS, _FURTHER_STUDY, _RATE))


def known_part(attribution, group):
    """The `KnownPart` of an attribution that lacks one of the situations; None where nothing else is known."""
    situations = {name: figure(attribution, name, group) for name in SITUATIONS}
    further_study = figure(attribution, _FURTHER_STUDY, group)
    if not situations[_STUDYING].is_shown and further_study.is_shown:
        situations[_STUDYING] = further_study
    known = {name: found for name, found in situations.items() if found.is_shown}
    rate = figure(attribution, _RATE, group)
    if not known:
        return _rate_alone(rate) if rate.is_shown else None
    phrases = [_words(name) % {"share": found.text} for name, found in known.items()]
    rest, short_rest = _rest(attribution.outcome, situations, rate)
    return KnownPart(
        figures=tuple(known.values()),
        sentence=_sentence(phrases, group),
        rest=rest,
        short=tuple(filter(None, (*phrases, short_rest))),
        is_drawn=all(found.reason is not Reason.TOO_FEW_REGIONS for found in situations.values()),
    )


def _words(name):
    return {
        _EMPLOYED: _("%(share)s travaillent"),
        _STUDYING: _("%(share)s étudient encore"),
        _OTHERS: _("%(share)s sont dans une autre situation"),
    }[name]


def _sentence(phrases, group):
    if group.size is None:
        return _("%(shares)s.") % {"shares": listed(phrases)}
    return _("%(shares)s (%(number)s\u00a0%(who)s).") % {
        "shares": listed(phrases),
        "number": number_text(group.size),
        "who": people_words(group.route),
    }


def _rate_alone(rate):
    text = _("parmi ceux qui ont arrêté leurs études, %(rate)s travaillent") % {"rate": rate.text}
    return KnownPart(
        (), f"{text[:1].upper()}{text[1:]}.", _("La source ne dit pas combien étudient encore."), (text,)
    )


def _rest(outcome, situations, rate):
    """(sentence, few words) of those whose situation is not shown; ("", "") where there is nobody else."""
    hole = next(found for found in situations.values() if not found.is_shown)
    if hole.reason in {Reason.PROTECTS_OTHERS, Reason.REMOVED}:
        return hole.reason_sentence, _("le reste retenu")
    if hole.reason is Reason.TOO_FEW_REGIONS:
        return hole.reason_sentence, _("le reste, connu dans trop peu de régions")
    if rate.is_shown and not situations[_EMPLOYED].is_shown:
        alone = _rate_alone(rate)
        return alone.sentence, alone.short[0]
    most = _most_leavers(outcome, situations[_STUDYING])
    if most == 0:
        return "", ""
    if most is not None and is_confidential(most):
        return (
            _("Le reste, moins de 20 jeunes, n’est pas détaillé par la source."),
            _("le reste, moins de 20 jeunes, non détaillé"),
        )
    return _("Le reste n’est pas détaillé par la source."), _("le reste non détaillé")


def _most_leavers(outcome, studying):
    """The most people who can have left, by what is published; None where nothing tells."""
    if outcome.nb_sortant is not None:
        return outcome.nb_sortant
    if not studying.is_shown or outcome.nb_annee_term is None:
        return None
    return most_left_out(outcome.nb_annee_term, studying.value)
