"""Sentences that say which of several figures is clearly above another, and which cannot be told apart."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.uncertainty import Verdict, beside_the_rest, standings, verdicts
from stats.wording import first_capital, listed, number_text

# A percentage of a smaller group moves by several points by chance alone: readers are told that the group is small.
_SMALL_GROUP = 200


def standings_of(lines, parts=()):
    """{line: `Standing`} of {line: {letter of the item: `Figure`}}, all the lines of a comparison together.

    parts: (letter of a region, letter of the country that holds it).
    """
    return standings({name: _measured(figures) for name, figures in lines.items()}, parts)


def verdict_sentences(figures, order):
    """Sentences on one indicator over several items.

    figures: {letter of the item: `Figure`}. order: their `Standing`. First the items that are clearly above others, then
    those that cannot be told apart.
    """
    measured = _measured(figures)
    letters_above = {}
    for letter, others in order.above:
        letters_above.setdefault(others, []).append(letter)
    above = [
        _("%(one)s\u00a0: nettement plus que %(others)s.")
        % {"one": listed(letters), "others": listed(others)}
        for others, letters in letters_above.items()
    ]
    alike = [
        _("%(letters)s\u00a0: %(sentence)s")
        % {
            "letters": listed(letters),
            "sentence": _alike_sentence(why, [measured[letter] for letter in letters]),
        }
        for letters, why in order.together
    ]
    return above + alike


def regions_beside_the_rest(figures):
    """{region: `Verdict`} of {region: `Figure`}: each beside all the others together, for the whole map at once."""
    return beside_the_rest(_measured(figures))


def benchmark_verdicts(figure, benchmarks):
    """[`Verdict`] of a `Figure` beside each of its benchmarks, at once; None where one is no share of a number of people."""
    measured = [benchmark.measured if figure.measured else None for benchmark in benchmarks]
    told = iter(verdicts([(figure.measured, other) for other in measured if other]))
    return [next(told) if other else None for other in measured]


def benchmark_sentence(figure, benchmark, how, is_place=True):
    """How a `Figure` stands beside its benchmark, of which it is a `Verdict`; "" where there is none.

    is_place: the benchmark is the same course in a wider place, else other courses of the same type.
    """
    if how is None:
        return ""
    if how is Verdict.MORE:
        return (
            _("Nettement plus qu’ailleurs.")
            if is_place
            else _("Nettement plus que l’ensemble de ces formations.")
        )
    if how is Verdict.LESS:
        return (
            _("Nettement moins qu’ailleurs.")
            if is_place
            else _("Nettement moins que l’ensemble de ces formations.")
        )
    return first_capital(_alike_sentence(how, [figure.measured, benchmark.measured]))


def position_sentence(figure, others):
    """How the figure of a region stands among those of the other regions, {name: `Figure`}; "" where none is measured."""
    measured = _measured(others)
    if not figure.measured or not measured:
        return ""
    told = verdicts([(figure.measured, other) for other in measured.values()])
    verdicts_by_name = dict(zip(measured, told, strict=True))
    more = [name for name, how in verdicts_by_name.items() if how is Verdict.MORE]
    less = [name for name, how in verdicts_by_name.items() if how is Verdict.LESS]
    alike = len(measured) - len(more) - len(less)
    parts = [
        *([_("nettement plus que %(names)s") % {"names": _regions(more)}] if more else []),
        *([_("nettement moins que %(names)s") % {"names": _regions(less)}] if less else []),
        *([_alike_regions(alike, is_all=alike == len(measured))] if alike else []),
    ]
    return ngettext(
        "Parmi les régions, %(count)s autre a ce chiffre\u00a0: %(parts)s.",
        "Parmi les régions, %(count)s autres ont ce chiffre\u00a0: %(parts)s.",
        len(measured),
    ) % {"count": len(measured), "parts": _("\u00a0; ").join(parts)}


def _measured(figures):
    return {name: figure.measured for name, figure in figures.items() if figure.measured}


def _alike_regions(number, is_all):
    if is_all:
        return _("on ne peut la départager d’aucune")
    return ngettext(
        "on ne peut pas la départager de %(count)s région",
        "on ne peut pas la départager de %(count)s régions",
        number,
    ) % {"count": number}


def _regions(names):
    if len(names) <= 3:
        return listed(names)
    return _("%(count)s régions") % {"count": len(names)}


def _alike_sentence(why, measured):
    """Why these `Measured` shares cannot be told apart, without a capital."""
    if why is Verdict.SIZES_UNKNOWN:
        return _("on ne peut pas les départager\u00a0: les effectifs nécessaires ne sont pas publiés.")
    sizes = [share.size for share in measured]
    if min(sizes) < _SMALL_GROUP <= max(sizes):
        text = _(
            "on ne peut pas les départager\u00a0: l’écart peut venir du hasard, un groupe est petit "
            "(%(sizes)s personnes)."
        )
    elif max(sizes) < _SMALL_GROUP:
        text = _(
            "on ne peut pas les départager\u00a0: l’écart peut venir du hasard, ces groupes sont petits "
            "(%(sizes)s personnes)."
        )
    else:
        text = _(
            "on ne peut pas les départager\u00a0: l’écart est si petit qu’il peut venir du hasard (groupes de "
            "%(sizes)s personnes)."
        )
    return text % {"sizes": listed([number_text(size) for size in sizes])}
