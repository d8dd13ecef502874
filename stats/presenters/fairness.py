"""What makes a comparison unfair, and what can be said of figures side by side, in words."""

from django.utils.translation import gettext as _

from stats.comparisons import Kind
from stats.presenters.figures import number_text, route_label
from stats.ranges import Verdict, standing, verdict


def note(difference):
    sentences = {
        Kind.ROUTES: _(
            "Toutes ne se font pas par la même voie : %(groups)s. Les apprentis ont déjà un employeur, ils "
            "travaillent plus souvent juste après."
        ),
        Kind.LEVELS: _(
            "Les diplômes ne sont pas du même niveau : %(groups)s. On ne poursuit pas les mêmes études après."
        ),
        Kind.COHORTS: _("Les chiffres ne portent pas sur les mêmes années : %(groups)s."),
        Kind.PERIODS: _(
            "Certains chiffres portent sur deux années réunies, d’autres sur une seule : %(groups)s."
        ),
        Kind.PERIMETERS: _("Les chiffres ne portent pas sur le même ensemble : %(groups)s."),
    }
    groups = "\u00a0; ".join(
        f"{_listed(letters)}, {_group_words(difference.kind, value)}" for value, letters in difference.groups
    )
    return sentences[difference.kind] % {"groups": groups}


def verdicts(figures):
    """Sentences on the figures of one indicator, {letter: Figure}: who is clearly above, who cannot be told apart."""
    measured = {letter: figure.measured for letter, figure in figures.items() if figure.measured}
    found = standing(measured)
    sentences = [
        _("%(one)s : nettement plus que %(others)s.") % {"one": letter, "others": _listed(others)}
        for letter, others in found.above
    ]
    for letters, why in found.together:
        if why is Verdict.CHANCE:
            sizes = _listed([number_text(measured[letter].size) for letter in letters])
            sentences.append(
                _(
                    "%(letters)s : on ne peut pas les départager, l’écart peut venir du hasard "
                    "(groupes de %(sizes)s personnes)."
                )
                % {"letters": _listed(letters), "sizes": sizes}
            )
        else:
            sentences.append(
                _(
                    "%(letters)s : on ne peut pas les départager, les effectifs nécessaires ne sont pas publiés."
                )
                % {"letters": _listed(letters)}
            )
    return sentences


def beside_sentence(here, there):
    """What a figure is beside its reference, in a sentence."""
    return {
        Verdict.MORE: _("Nettement plus qu’ailleurs."),
        Verdict.LESS: _("Nettement moins qu’ailleurs."),
        Verdict.CHANCE: _("L’écart est trop petit pour les départager : il peut venir du hasard."),
        Verdict.SIZES_UNKNOWN: _(
            "On ne peut pas les départager : les effectifs nécessaires ne sont pas publiés."
        ),
    }[verdict(here.measured, there.measured)]


def _listed(letters):
    if len(letters) == 1:
        return letters[0]
    return _("%(first)s et %(last)s") % {"first": ", ".join(letters[:-1]), "last": letters[-1]}


def _group_words(kind, value):
    if kind is Kind.ROUTES:
        return route_label(value)
    if kind is Kind.LEVELS:
        return _("niveau %(level)s") % {"level": value}
    if kind is Kind.PERIODS:
        return _("deux années") if value else _("une année")
    if kind is Kind.COHORTS:
        return value
    return {
        "course_in_school": _("une formation dans un établissement"),
        "school": _("tout un établissement"),
        "region": _("une formation dans une région"),
        "country": _("une formation dans toute la France"),
    }[value]
