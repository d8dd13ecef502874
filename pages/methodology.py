"""The methodology and the glossary, made from the registry of figures and the reasons of its holes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import plain_language
from pages.figures.figure import easy_reason_of
from stats.indicators import INDICATORS, Denominator, Indicator, Level, Route, Unit
from stats.reasons import Reason

_LEVELS = {
    Level.COUNTRY: gettext_lazy("France entière"),
    Level.REGION: gettext_lazy("région"),
    Level.SCHOOL: gettext_lazy("établissement"),
    Level.SCHOOL_COURSE: gettext_lazy("formation dans un établissement"),
}
_UNITS = {
    Unit.PERCENT: gettext_lazy("pourcentage"),
    Unit.POINTS: gettext_lazy("points d’écart"),
    Unit.EUROS: gettext_lazy("euros"),
}


@dataclass(frozen=True)
class Entry:
    """A figure of the methodology, with the same one at other dates: at 6 months, `later` at 12, 18 and 24."""

    indicator: Indicator
    later: tuple[Indicator, ...]
    unit: str
    levels: str
    routes: str

    @property
    def easy(self):
        """The explanation in easy French, one sentence each."""
        return [_(sentence) % words for sentence, words in plain_language.of_indicator(self.indicator)]


@dataclass(frozen=True)
class Section:
    """The figures that are a share of the same people."""

    denominator: Denominator
    entries: tuple[Entry, ...]

    @property
    def title(self):
        return _(self.denominator.label)


def sections():
    families = {}
    for indicator in sorted(INDICATORS, key=lambda i: i.months or 0):
        families.setdefault(re.sub(r"_\d+_mois", "", indicator.name), []).append(indicator)
    entries = sorted((_entry(family) for family in families.values()), key=lambda e: e.indicator.position)
    return [
        Section(denominator, tuple(e for e in entries if e.indicator.denominator is denominator))
        for denominator in Denominator
    ]


def _entry(family):
    first, *later = family
    levels = [str(_LEVELS[level]) for level in Level if level in first.levels]
    routes = [_(route.label) for route in Route if route in first.routes]
    return Entry(
        first,
        tuple(later),
        str(_UNITS[first.unit]),
        ", ".join(levels),
        "" if len(routes) == len(Route) else ", ".join(routes),
    )


def reasons():
    """[(title, sentence, [sentences in easy French])] of each reason for which a figure may be missing."""
    return [(_(reason.title), _(reason.sentence), easy_reason_of(reason)) for reason in Reason]


def glossary():
    """[(anchor, term, definition, [sentences in easy French])] in alphabetical order."""
    return sorted(
        (
            (anchor, term, definition, [_(sentence) for sentence in plain_language.of_term(anchor)])
            for anchor, term, definition in _terms()
        ),
        key=lambda term: term[0],
    )


def _terms():
    return [
        (
            "annee-terminale",
            _("Année terminale"),
            _("La dernière année d’une formation\u00a0: celle au bout de laquelle on passe le diplôme."),
        ),
        (
            "apprentissage",
            _("Apprentissage"),
            _(
                "Une voie de formation où l’on a un contrat de travail et un salaire, avec des cours dans un CFA "
                "ou un lycée."
            ),
        ),
        (
            "autre-situation",
            _("Autre situation"),
            _(
                "Ni en formation, ni salarié en France. Ce n’est pas forcément le chômage\u00a0: recherche d’emploi, "
                "travail indépendant, étranger, service civique, pause…"
            ),
        ),
        (
            "cfa",
            _("CFA"),
            _("Centre de formation d’apprentis\u00a0: l’établissement où les apprentis suivent leurs cours."),
        ),
        (
            "cohorte",
            _("Cohorte, ou millésime"),
            _(
                "Les jeunes sortis la même année. Pour un établissement ou une région, deux années sont réunies "
                "pour que les groupes soient assez grands\u00a0: «\u00a02022 et 2023\u00a0»."
            ),
        ),
        (
            "diplome-renove",
            _("Diplôme rénové"),
            _(
                "Un diplôme remis à jour, qui change de code. Tant que personne n’en est sorti, la page montre les "
                "chiffres de l’ancien diplôme et le dit."
            ),
        ),
        (
            "effectif",
            _("Effectif"),
            _("Le nombre de jeunes d’un groupe. En dessous de 20, aucun chiffre n’est montré."),
        ),
        (
            "en-emploi",
            _("En emploi"),
            _(
                "Salarié en France, quel que soit le métier\u00a0: pas forcément celui de la formation. Les emplois "
                "publics sont comptés depuis les sortants de 2022."
            ),
        ),
        (
            "famille-de-metiers",
            _("Famille de métiers"),
            _(
                "Des bacs professionnels qui partagent la même classe de seconde\u00a0; on choisit son diplôme ensuite."
            ),
        ),
        (
            "formateur-gestionnaire",
            _("Lieu de formation, formateur, gestionnaire"),
            _(
                "En apprentissage, les cours ont lieu sur un site, sont donnés par un organisme et gérés par un "
                "autre. Les chiffres peuvent porter sur l’un ou l’autre\u00a0; la page le dit."
            ),
        ),
        (
            "part-en-emploi",
            _("Part en emploi"),
            _("Sur tous les élèves ou apprentis en dernière année, la part de ceux qui travaillent."),
        ),
        (
            "poursuite-d-etudes",
            _("Poursuite d’études"),
            _("Être inscrit dans une formation l’année suivante, y compris quand on redouble."),
        ),
        (
            "rupture-de-contrat",
            _("Rupture de contrat"),
            _(
                "Un contrat d’apprentissage arrêté avant sa fin. Ce n’est pas un abandon\u00a0: beaucoup d’apprentis en "
                "signent un autre."
            ),
        ),
        (
            "secret-statistique",
            _("Secret statistique"),
            _(
                "La règle qui protège les personnes\u00a0: rien n’est montré de ce que deviennent les jeunes d’un groupe "
                "de moins de 20, car on pourrait deviner la situation de quelqu’un."
            ),
        ),
        (
            "sortants",
            _("Sortants"),
            _("Les jeunes qui ont arrêté leurs études après leur année terminale."),
        ),
        (
            "taux-d-emploi",
            _("Taux d’emploi"),
            _(
                "Sur les seuls sortants, la part de ceux qui travaillent. Il est plus élevé que la part en emploi, "
                "qui porte sur tous les élèves\u00a0: ne pas comparer l’un avec l’autre."
            ),
        ),
        (
            "valeur-ajoutee",
            _("Valeur ajoutée"),
            _(
                "L’écart entre le taux d’emploi d’un établissement et celui qu’on attend pour des élèves "
                "comparables. Elle vaut pour tout l’établissement, pas pour une formation."
            ),
        ),
        (
            "voie",
            _("Voie de formation"),
            _("Au lycée ou en apprentissage. Le même diplôme se prépare souvent par les deux."),
        ),
    ]
