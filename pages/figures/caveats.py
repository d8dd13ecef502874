"""Sentences that warn why a comparison of figures misleads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.figures.group import origin_of
from stats.comparability import Misleading, PublicJobs, Traits, differences, public_jobs
from stats.wording import listed, route_label

_SENTENCES = {
    Misleading.ROUTES: gettext_lazy(
        "Toutes ne se font pas par la même voie\u00a0: %(groups)s. Les apprentis ont déjà un employeur, ils "
        "travaillent plus souvent juste après."
    ),
    Misleading.LEVELS: gettext_lazy(
        "Les diplômes ne sont pas du même niveau\u00a0: %(groups)s. On ne poursuit pas les mêmes études après."
    ),
    Misleading.PLACES: gettext_lazy("Les chiffres ne portent pas sur le même ensemble\u00a0: %(groups)s."),
    Misleading.ORIGINS: gettext_lazy(
        "Certains chiffres ne sont pas ceux de la formation ou du lieu demandés\u00a0: %(groups)s."
    ),
    Misleading.PUBLIC_JOBS: gettext_lazy(
        "Les emplois du secteur public comptent depuis les sortants de 2022\u00a0: %(groups)s. Avant, la part qui "
        "travaille paraît plus basse."
    ),
    Misleading.PERIODS: gettext_lazy(
        "Certains chiffres portent sur deux années réunies, d’autres sur une seule\u00a0: %(groups)s."
    ),
    Misleading.COHORTS: gettext_lazy("Les chiffres ne portent pas sur les mêmes années\u00a0: %(groups)s."),
}
_VALUES = {
    "course_in_school": gettext_lazy("une formation dans un établissement"),
    "school": gettext_lazy("tout un établissement"),
    "region": gettext_lazy("une formation dans une région"),
    "country": gettext_lazy("une formation dans toute la France"),
    PublicJobs.NOT_YET: gettext_lazy("sans eux"),
    PublicJobs.HALF: gettext_lazy("avec la moitié d’entre eux"),
    PublicJobs.COUNTED: gettext_lazy("avec eux"),
}
# By the parts of `Origin.trait`.
_ORIGINS = {
    "ancienne": gettext_lazy("ceux d’un ancien diplôme"),
    "nouvelle": gettext_lazy("ceux d’un nouveau diplôme"),
    "annee_commune": gettext_lazy("ceux d’une formation de la famille"),
    "ancienne_en_partie": gettext_lazy("en partie ceux d’un ancien diplôme"),
    "nouvelle_en_partie": gettext_lazy("en partie ceux d’un nouveau diplôme"),
    "annee_commune_en_partie": gettext_lazy("ceux de plusieurs formations de la famille"),
    "formateur": gettext_lazy("ceux du formateur"),
    "gestionnaire": gettext_lazy("ceux du gestionnaire"),
}


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


def caveats(traits):
    """A sentence for each reason why comparing items with these `Traits` misleads, as a tuple."""
    return tuple(map(caveat, differences(traits)))


def caveat(difference):
    """The sentence of a `Difference`: what differs, which items have what, and what it does to the figures."""
    groups = _("\u00a0; ").join(
        f"{listed(names)}, {_value_words(difference.reason, value)}" for value, names in difference.groups
    )
    return _SENTENCES[difference.reason] % {"groups": groups}


def _value_words(reason, value):
    if reason is Misleading.ROUTES:
        return route_label(value)
    if reason is Misleading.LEVELS:
        return _("niveau %(level)s") % {"level": value}
    if reason is Misleading.PERIODS:
        return _("deux années") if value else _("une année")
    if reason is Misleading.COHORTS:
        return value
    if reason is Misleading.ORIGINS:
        parts = value.split("+") if value else ()
        return listed([str(_ORIGINS[part]) for part in parts]) if parts else _("ses propres chiffres")
    return _VALUES[value]
