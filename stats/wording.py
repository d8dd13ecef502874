"""Numbers, routes, people and reasons in words, the same on every page and in every export."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.indicators import Route, Unit
from stats.reasons import Reason

NBSP = "\u00a0"
THIN = "\u202f"
SOURCE = "InserJeunes (DEPP, Dares)"
SOURCE_OF_HIGHER = "InserSup (SIES)"

# Codes of the open data and of the exports: re-users depend on them.
REASON_CODES = {
    Reason.NOT_APPLICABLE: "sans_objet",
    Reason.TOO_FEW_PEOPLE: "trop_peu_d_eleves",
    Reason.TOO_FEW_LEAVERS: "trop_peu_de_sortants",
    Reason.NOT_MEASURED_YET: "pas_encore_mesure",
    Reason.NO_FIGURES: "pas_de_chiffre",
    Reason.TOO_NEW: "formation_trop_recente",
    Reason.NOT_COVERED: "non_couvert",
    Reason.REMOVED: "retire",
    Reason.PROTECTS_OTHERS: "protege_un_petit_groupe",
    Reason.NOT_DETAILED: "non_detaille",
    Reason.TOO_FEW_REGIONS: "trop_peu_de_regions",
}


def number_text(value):
    """1234 → "1 234" with narrow no-break spaces in French, "1,234" in English."""
    return number_format(value, force_grouping=True).replace(NBSP, THIN)


def value_text(value, unit):
    """31 → "31 %", 4 → "+4 points", 1450 → "1 450 €" with no-break spaces; "31%", "€1,450" in English."""
    if unit is Unit.PERCENT:
        return _("%(value)s\u00a0%%") % {"value": value}
    if unit is Unit.EUROS:
        return _("%(number)s\u00a0€") % {"number": number_text(value)}
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return ngettext("%(points)s\u00a0point", "%(points)s\u00a0points", max(1, abs(value))) % {
        "points": f"{sign}{abs(value)}"
    }


def route_label(route):
    return _(Route(route).label)


def source_of(route):
    """Who produces the figures of a route of training."""
    return SOURCE_OF_HIGHER if route == Route.HIGHER else SOURCE


def people_words(route):
    """Who a route trains: "élèves", "apprentis", "étudiants", or "élèves et apprentis" for all routes together."""
    if route == Route.APPRENTICESHIP:
        return _("apprentis")
    if route == Route.ALL:
        return _("élèves et apprentis")
    if route == Route.HIGHER:
        return _("étudiants")
    return _("élèves")


def duration_label(years):
    return ngettext("en %(years)d an", "en %(years)d ans", years) % {"years": years} if years else ""


def listed(texts):
    """("A", "B", "C") → "A, B et C"."""
    if len(texts) == 1:
        return texts[0]
    return _("%(first)s et %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def years_sentence(years):
    """Which years the lists of schools are of; "" without any. years: (2021, 2020)."""
    if not years:
        return ""
    words = {"years": listed([str(year) for year in sorted(years)])}
    return (
        ngettext(
            "D’après la liste de la rentrée %(years)s\u00a0: cela a pu changer depuis.",
            "D’après les listes des rentrées %(years)s\u00a0: cela a pu changer depuis.",
            len(years),
        )
        % words
    )


def first_capital(text):
    return text[:1].upper() + text[1:]


def kilometres(distance):
    """A distance in words: « sur place », « 3 km », "" where it is not known."""
    if distance is None:
        return ""
    return _("%(number)s\u00a0km") % {"number": round(distance)} if distance >= 1 else _("sur place")
