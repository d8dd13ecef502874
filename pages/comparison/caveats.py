"""What makes a comparison unfair, and what can be said of figures side by side, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.figures.group import origin_of
from stats.comparability import Misleading, PublicJobs, Traits, differences, public_jobs
from stats.uncertainty import Verdict, standing, verdict
from stats.wording import listed, number_text, route_label

# Below this, chance alone moves a percentage by several points: "small" for who reads the page.
SMALL = 200


def traits_of(name, attribution, route="", place="", level=None):
    """The `Traits` of an item; attribution: what is shown of it, None when nothing is."""
    if attribution is None:
        return Traits(name, route=route, level=level)
    cohort, origin = attribution.cohort, origin_of(attribution)
    return Traits(
        name=name,
        route=attribution.outcome.route,
        level=level,
        place=place,
        origin=origin.trait if origin else "",
        public_jobs=public_jobs(cohort.first_year, cohort.last_year),
        is_pooled=cohort.is_pooled,
        cohort=str(cohort),
    )


def notes(traits):
    """A sentence for each reason why comparing these items misleads."""
    return tuple(map(note, differences(traits)))


def note(difference):
    sentences = {
        Misleading.ROUTES: _(
            "Toutes ne se font pas par la même voie\u00a0: %(groups)s. Les apprentis ont déjà un employeur, ils "
            "travaillent plus souvent juste après."
        ),
        Misleading.LEVELS: _(
            "Les diplômes ne sont pas du même niveau\u00a0: %(groups)s. On ne poursuit pas les mêmes études après."
        ),
        Misleading.PLACES: _("Les chiffres ne portent pas sur le même ensemble\u00a0: %(groups)s."),
        Misleading.ORIGINS: _(
            "Certains chiffres ne sont pas ceux de la formation ou du lieu demandés\u00a0: %(groups)s."
        ),
        Misleading.PUBLIC_JOBS: _(
            "Les emplois du secteur public comptent depuis les sortants de 2022\u00a0: %(groups)s. Avant, la part qui "
            "travaille paraît plus basse."
        ),
        Misleading.PERIODS: _(
            "Certains chiffres portent sur deux années réunies, d’autres sur une seule\u00a0: %(groups)s."
        ),
        Misleading.COHORTS: _("Les chiffres ne portent pas sur les mêmes années\u00a0: %(groups)s."),
    }
    groups = _("\u00a0; ").join(
        f"{listed(names)}, {_group_words(difference.reason, value)}" for value, names in difference.groups
    )
    return sentences[difference.reason] % {"groups": groups}


def verdicts(figures):
    """Sentences on the figures of one indicator, {letter: Figure}: who is clearly above, who cannot be told apart."""
    measured = {letter: figure.measured for letter, figure in figures.items() if figure.measured}
    found = standing(measured)
    over = {}
    for letter, others in found.above:
        over.setdefault(others, []).append(letter)
    above = [
        _("%(one)s\u00a0: nettement plus que %(others)s.")
        % {"one": listed(letters), "others": listed(others)}
        for others, letters in over.items()
    ]
    alike = [
        _("%(letters)s\u00a0: %(sentence)s")
        % {
            "letters": listed(letters),
            "sentence": _alike_sentence(why, [measured[letter] for letter in letters], is_start=False),
        }
        for letters, why in found.together
    ]
    return above + alike


def is_told_apart(figures):
    """Whether one of the figures of an indicator, {letter: Figure}, is clearly above another.

    What is no share of a number of people is told apart only by what its source says of it in words.
    """
    measured = {letter: figure.measured for letter, figure in figures.items() if figure.measured}
    words = {figure.words for figure in figures.values() if figure.words}
    return bool(standing(measured).above) or len(words) > 1


def beside_sentence(here, there, is_place=True):
    """What a figure is beside its reference, in a sentence; "" for what is no share of a number of people.

    is_place: the reference is the same course elsewhere, else other courses with it.
    """
    if not here.measured or not there.measured:
        return ""
    found = verdict(here.measured, there.measured)
    if found is Verdict.MORE:
        return (
            _("Nettement plus qu’ailleurs.")
            if is_place
            else _("Nettement plus que l’ensemble de ces formations.")
        )
    if found is Verdict.LESS:
        return (
            _("Nettement moins qu’ailleurs.")
            if is_place
            else _("Nettement moins que l’ensemble de ces formations.")
        )
    return _alike_sentence(found, [here.measured, there.measured])


def position_sentence(here, others):
    """Where a region stands among the others, {name: Figure}, in the only words that the ranges allow."""
    measured = {name: figure.measured for name, figure in others.items() if figure.measured}
    if not here.measured or not measured:
        return ""
    found = {name: verdict(here.measured, other) for name, other in measured.items()}
    more = [name for name, what in found.items() if what is Verdict.MORE]
    less = [name for name, what in found.items() if what is Verdict.LESS]
    rest = len(found) - len(more) - len(less)
    parts = [
        *([_("nettement plus que %(names)s") % {"names": _named(more)}] if more else []),
        *([_("nettement moins que %(names)s") % {"names": _named(less)}] if less else []),
        *([_alike_regions(rest, is_all=rest == len(found))] if rest else []),
    ]
    return ngettext(
        "Parmi les régions, %(count)s autre a ce chiffre\u00a0: %(parts)s.",
        "Parmi les régions, %(count)s autres ont ce chiffre\u00a0: %(parts)s.",
        len(found),
    ) % {"count": len(found), "parts": _("\u00a0; ").join(parts)}


def _alike_regions(number, is_all):
    if is_all:
        return _("on ne peut la départager d’aucune")
    return ngettext(
        "on ne peut pas la départager de %(count)s région",
        "on ne peut pas la départager de %(count)s régions",
        number,
    ) % {"count": number}


def _named(names):
    if len(names) <= 3:
        return listed(names)
    return _("%(count)s régions") % {"count": len(names)}


def _alike_sentence(why, measured, is_start=True):
    """Why figures cannot be told apart; `measured`: what `ranges` knows of each."""
    if why is Verdict.SIZES_UNKNOWN:
        text = _("on ne peut pas les départager\u00a0: les effectifs nécessaires ne sont pas publiés.")
    else:
        sizes = [one.size for one in measured]
        words = {"sizes": listed([number_text(size) for size in sizes])}
        if min(sizes) < SMALL <= max(sizes):
            text = (
                _(
                    "on ne peut pas les départager\u00a0: l’écart peut venir du hasard, un groupe est petit "
                    "(%(sizes)s personnes)."
                )
                % words
            )
        elif max(sizes) < SMALL:
            text = (
                _(
                    "on ne peut pas les départager\u00a0: l’écart peut venir du hasard, ces groupes sont petits "
                    "(%(sizes)s personnes)."
                )
                % words
            )
        else:
            text = (
                _(
                    "on ne peut pas les départager\u00a0: l’écart est si petit qu’il peut venir du hasard (groupes de "
                    "%(sizes)s personnes)."
                )
                % words
            )
    return text[:1].upper() + text[1:] if is_start else text


def _group_words(reason, value):
    if reason is Misleading.ROUTES:
        return route_label(value)
    if reason is Misleading.LEVELS:
        return _("niveau %(level)s") % {"level": value}
    if reason is Misleading.PERIODS:
        return _("deux années") if value else _("une année")
    if reason is Misleading.COHORTS:
        return value
    if reason is Misleading.ORIGINS:
        return _origin_words(value)
    return {
        "course_in_school": _("une formation dans un établissement"),
        "school": _("tout un établissement"),
        "region": _("une formation dans une région"),
        "country": _("une formation dans toute la France"),
        PublicJobs.NOT_YET: _("sans eux"),
        PublicJobs.HALF: _("avec la moitié d’entre eux"),
        PublicJobs.COUNTED: _("avec eux"),
    }[value]


def _origin_words(trait):
    words = {
        "ancienne": _("ceux d’un ancien diplôme"),
        "nouvelle": _("ceux d’un nouveau diplôme"),
        "annee_commune": _("ceux d’une formation de la famille"),
        "formateur": _("ceux du formateur"),
        "gestionnaire": _("ceux du gestionnaire"),
    }
    return listed([words[part] for part in trait.split("+")]) if trait else _("ses propres chiffres")
