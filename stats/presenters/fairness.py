"""What makes a comparison unfair, in words."""

from django.utils.translation import gettext as _

from stats.comparisons import Kind
from stats.presenters.figures import route_label


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
        f"{_letters(letters)}, {_group_words(difference.kind, value)}" for value, letters in difference.groups
    )
    return sentences[difference.kind] % {"groups": groups}


def _letters(letters):
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
