"""The registry of figures: each indicator once, with what it counts, of whom, and what it is not.

Labels, help texts, the order of tables, export columns and API names all come from here. Pure: no Django.
Sources: documentation of InserJeunes (DEPP, Dares).
"""

from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(text):
    """Mark a text for translation; the pages translate it when they show it."""
    return text


class Denominator(StrEnum):
    """The people a figure is a share of; each has its own threshold test."""

    FINAL_YEAR = "nb_annee_term"
    LEAVERS = "nb_sortant"
    CONTRACTS = "contrats"

    @property
    def label(self):
        return {
            Denominator.FINAL_YEAR: gettext_noop("élèves ou apprentis en dernière année"),
            Denominator.LEAVERS: gettext_noop("jeunes sortis d’études"),
            Denominator.CONTRACTS: gettext_noop("contrats d’apprentissage"),
        }[self]


class Unit(StrEnum):
    PERCENT = "%"
    POINTS = "points"
    EUROS = "€"


class Route(StrEnum):
    """Route of training. ALL is a total that a source publishes itself; the portal never sums routes."""

    SCHOOL = "pro"
    APPRENTICESHIP = "apprentissage"
    AGRICULTURAL = "agricole"
    HIGHER = "superieur"
    ALL = "ensemble"

    @property
    def label(self):
        return {
            Route.SCHOOL: gettext_noop("au lycée"),
            Route.APPRENTICESHIP: gettext_noop("en apprentissage"),
            Route.AGRICULTURAL: gettext_noop("en lycée agricole"),
            Route.HIGHER: gettext_noop("dans l’enseignement supérieur"),
            Route.ALL: gettext_noop("au lycée et en apprentissage ensemble"),
        }[self]


class Level(StrEnum):
    """Where a figure is published."""

    COUNTRY = "pays"
    REGION = "region"
    SCHOOL = "etablissement"
    SCHOOL_COURSE = "formation_etablissement"


ALL_LEVELS = frozenset(Level)


@dataclass(frozen=True)
class Indicator:
    """One figure of the wide facts table.

    name: column of the facts table, of the exports and of the API.
    position: its place in the `reasons` text of a row, never reused.
    count: column of the head-count it is made from, when the sources give one.
    since: first leaving year for which it exists, None when it always did.
    months: months after leaving at which it is measured, None when it has no such date.
    is_modelled: computed by a model of the source, and not counted among people.
    sources: other names under which the official files and services give it.
    """

    name: str
    position: int
    denominator: Denominator
    unit: Unit
    label: str
    short_label: str
    explanation: str
    caution: str
    levels: frozenset = ALL_LEVELS
    routes: frozenset = frozenset(Route)
    since: int | None = None
    months: int | None = None
    is_modelled: bool = False
    count: str = ""
    sources: tuple[str, ...] = ()

    @property
    def needs_leavers(self):
        """Whether too few leavers hide it. Salaries follow the threshold of the group alone, as their source does."""
        return self.denominator is Denominator.LEAVERS and self.unit is not Unit.EUROS

    @property
    def is_share_of_people(self):
        """Whether it is a percentage of a number of people, in which chance plays: a range can be given for it."""
        is_of_people = self.denominator is not Denominator.CONTRACTS
        return self.unit is Unit.PERCENT and is_of_people and not self.is_modelled


_SALARIED = gettext_noop(
    "«\u00a0En emploi\u00a0» veut dire salarié, en France, dans n’importe quel métier\u00a0: pas forcément celui de la formation."
)
_OTHER = gettext_noop(
    "Une autre situation n’est pas forcément le chômage\u00a0: recherche d’emploi, travail indépendant, étranger, "
    "service civique, pause…"
)
_EMPLOYMENT_RATE = gettext_noop(
    "Ceux qui continuent leurs études ne comptent pas. Ce n’est pas la part des élèves en emploi, qui porte sur tous."
)
_STUDYING = gettext_noop("Ce chiffre ne dit pas vers quelles études, ni si elles sont réussies.")


def _share_employed(position, months):
    return Indicator(
        name=f"taux_en_emploi_{months}_mois",
        position=position,
        denominator=Denominator.FINAL_YEAR,
        unit=Unit.PERCENT,
        label=_MONTH_TEXTS["share_employed"][months],
        short_label=gettext_noop("Travaillent"),
        explanation=_MONTH_TEXTS["share_employed_explanation"][months],
        caution=_SALARIED,
        months=months,
        count=f"nb_en_emploi_{months}_mois",
        sources=(f"part_en_emploi_{months}_mois", f"part_en_emploi_{months}_mois_apres_la_sortie"),
    )


def _share_other(position, months):
    return Indicator(
        name=f"taux_autres_{months}_mois",
        position=position,
        denominator=Denominator.FINAL_YEAR,
        unit=Unit.PERCENT,
        label=_MONTH_TEXTS["share_other"][months],
        short_label=gettext_noop("Autre situation"),
        explanation=_MONTH_TEXTS["share_other_explanation"][months],
        caution=_OTHER,
        months=months,
        sources=(f"part_autre_situation_{months}_mois", "part_des_autres_situations") if months == 6 else (),
    )


def _employment_rate(position, months):
    return Indicator(
        name=f"taux_emploi_{months}_mois",
        position=position,
        denominator=Denominator.LEAVERS,
        unit=Unit.PERCENT,
        label=_MONTH_TEXTS["employment_rate"][months],
        short_label=_MONTH_TEXTS["employment_rate_short"][months],
        explanation=_MONTH_TEXTS["employment_rate_explanation"][months],
        caution=_EMPLOYMENT_RATE,
        months=months,
        count=f"nb_en_emploi_{months}_mois",
        sources=(f"taux_d_emploi_{months}_mois",),
    )


# One entry a month, so that every sentence is whole for its translators.
_MONTH_TEXTS = {
    "share_employed": {
        6: gettext_noop("Travaillent 6\u00a0mois après"),
        12: gettext_noop("Travaillent 12\u00a0mois après"),
        18: gettext_noop("Travaillent 18\u00a0mois après"),
        24: gettext_noop("Travaillent 24\u00a0mois après"),
    },
    "share_employed_explanation": {
        6: gettext_noop("Sur 100 élèves en dernière année, combien ont un emploi salarié 6\u00a0mois après."),
        12: gettext_noop(
            "Sur 100 élèves en dernière année, combien ont un emploi salarié 12\u00a0mois après."
        ),
        18: gettext_noop(
            "Sur 100 élèves en dernière année, combien ont un emploi salarié 18\u00a0mois après."
        ),
        24: gettext_noop(
            "Sur 100 élèves en dernière année, combien ont un emploi salarié 24\u00a0mois après."
        ),
    },
    "share_other": {
        6: gettext_noop("Autre situation 6\u00a0mois après"),
        12: gettext_noop("Autre situation 12\u00a0mois après"),
        18: gettext_noop("Autre situation 18\u00a0mois après"),
        24: gettext_noop("Autre situation 24\u00a0mois après"),
    },
    "share_other_explanation": {
        6: gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 6\u00a0mois après."
        ),
        12: gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 12\u00a0mois après."
        ),
        18: gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 18\u00a0mois après."
        ),
        24: gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 24\u00a0mois après."
        ),
    },
    "employment_rate": {
        6: gettext_noop("Taux d’emploi des sortants, 6\u00a0mois après"),
        12: gettext_noop("Taux d’emploi des sortants, 12\u00a0mois après"),
        18: gettext_noop("Taux d’emploi des sortants, 18\u00a0mois après"),
        24: gettext_noop("Taux d’emploi des sortants, 24\u00a0mois après"),
    },
    "employment_rate_short": {
        6: gettext_noop("après 6\u00a0mois"),
        12: gettext_noop("après 12\u00a0mois"),
        18: gettext_noop("après 18\u00a0mois"),
        24: gettext_noop("après 24\u00a0mois"),
    },
    "employment_rate_explanation": {
        6: gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 6\u00a0mois après."
        ),
        12: gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 12\u00a0mois après."
        ),
        18: gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 18\u00a0mois après."
        ),
        24: gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 24\u00a0mois après."
        ),
    },
}


INDICATORS = (
    _share_employed(0, 6),
    Indicator(
        name="taux_en_formation",
        position=1,
        denominator=Denominator.FINAL_YEAR,
        unit=Unit.PERCENT,
        label=gettext_noop("Étudient encore 6\u00a0mois après"),
        short_label=gettext_noop("Étudient encore"),
        explanation=gettext_noop(
            "Sur 100 élèves en dernière année, combien suivent encore une formation 6\u00a0mois après."
        ),
        caution=_STUDYING,
        months=6,
        count="nb_poursuite_etudes",
        sources=("part_poursuite_etudes", "part_en_poursuite_d_etudes"),
    ),
    _share_other(2, 6),
    Indicator(
        name="taux_poursuite_etudes",
        position=3,
        denominator=Denominator.FINAL_YEAR,
        unit=Unit.PERCENT,
        label=gettext_noop("Taux de poursuite d’études"),
        short_label=gettext_noop("Poursuite d’études"),
        explanation=gettext_noop(
            "Sur 100 élèves en dernière année, combien sont inscrits en formation l’année suivante, "
            "y compris s’ils redoublent."
        ),
        caution=_STUDYING,
        count="nb_poursuite_etudes",
        sources=("taux_de_poursuite_d_etudes",),
    ),
    _employment_rate(4, 6),
    _employment_rate(5, 12),
    _employment_rate(6, 18),
    _employment_rate(7, 24),
    Indicator(
        name="taux_emploi_6_mois_attendu",
        position=8,
        denominator=Denominator.LEAVERS,
        unit=Unit.PERCENT,
        label=gettext_noop("Taux d’emploi attendu, 6\u00a0mois après"),
        short_label=gettext_noop("Attendu"),
        explanation=gettext_noop(
            "Le taux d’emploi qu’on observe en moyenne pour des élèves comparables\u00a0: mêmes formations, mêmes résultats, "
            "même milieu social, même région."
        ),
        caution=gettext_noop(
            "C’est un calcul de la statistique publique, pas une mesure dans cet établissement."
        ),
        levels=frozenset({Level.SCHOOL}),
        months=6,
        is_modelled=True,
        sources=("taux_attendu",),
    ),
    Indicator(
        name="valeur_ajoutee_6_mois",
        position=9,
        denominator=Denominator.LEAVERS,
        unit=Unit.POINTS,
        label=gettext_noop("Valeur ajoutée de l’établissement, 6\u00a0mois après"),
        short_label=gettext_noop("Valeur ajoutée"),
        explanation=gettext_noop(
            "Écart entre le taux d’emploi de l’établissement et celui attendu pour des élèves comparables, "
            "ramené entre −12 et +12 points."
        ),
        caution=gettext_noop("Elle vaut pour tout l’établissement, pas pour une formation."),
        levels=frozenset({Level.SCHOOL}),
        months=6,
        is_modelled=True,
        sources=("va_emploi_6_mois", "valeur_ajoutee"),
    ),
    Indicator(
        name="taux_rupture_contrats",
        position=10,
        denominator=Denominator.CONTRACTS,
        unit=Unit.PERCENT,
        label=gettext_noop("Contrats d’apprentissage rompus"),
        short_label=gettext_noop("Contrats rompus"),
        explanation=gettext_noop(
            "Sur 100 contrats d’apprentissage commencés, combien ont été arrêtés avant leur fin."
        ),
        caution=gettext_noop(
            "Un contrat rompu n’est pas un abandon\u00a0: beaucoup d’apprentis en signent un autre."
        ),
        routes=frozenset({Route.APPRENTICESHIP}),
        sources=("part_contrats_apprentissage_interrompus",),
    ),
    _share_employed(11, 12),
    _share_other(12, 12),
    _share_employed(13, 18),
    _share_other(14, 18),
    _share_employed(15, 24),
    _share_other(16, 24),
    *(
        Indicator(
            name=name,
            position=position,
            denominator=Denominator.LEAVERS,
            unit=Unit.EUROS,
            label=label,
            short_label=short_label,
            explanation=explanation,
            caution=gettext_noop(
                "Salaire net mensuel pour un temps plein, 12\u00a0mois après, dans toute la France\u00a0: un repère, pas une promesse."
            ),
            levels=frozenset({Level.COUNTRY}),
            months=12,
        )
        for position, name, label, short_label, explanation in (
            (
                17,
                "salaire_12_mois_q1",
                gettext_noop("Salaire\u00a0: le quart le moins payé gagne moins de"),
                gettext_noop("Salaire, 1er quart"),
                gettext_noop("Un quart des jeunes salariés gagnent moins que ce montant."),
            ),
            (
                18,
                "salaire_12_mois_q2",
                gettext_noop("Salaire\u00a0: la moitié gagne moins de"),
                gettext_noop("Salaire médian"),
                gettext_noop(
                    "La moitié des jeunes salariés gagnent moins que ce montant, l’autre moitié plus."
                ),
            ),
            (
                19,
                "salaire_12_mois_q3",
                gettext_noop("Salaire\u00a0: le quart le mieux payé gagne plus de"),
                gettext_noop("Salaire, 3e quart"),
                gettext_noop("Un quart des jeunes salariés gagnent plus que ce montant."),
            ),
        )
    ),
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
FIGURES = tuple(indicator.name for indicator in INDICATORS)

# Head-counts beside the figures. The first may be shown at any size; the others only in a group of 20 or more.
GROUP_SIZE = "nb_annee_term"
COUNTS = (
    "nb_poursuite_etudes",
    "nb_sortant",
    "nb_en_emploi_6_mois",
    "nb_en_emploi_12_mois",
    "nb_en_emploi_18_mois",
    "nb_en_emploi_24_mois",
)

# The three situations, in the order of every sentence and drawing; they sum to 100.
SITUATIONS = ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois")
