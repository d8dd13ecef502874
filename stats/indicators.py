"""The registry: each indicator is declared once, and whatever the portal does with a figure follows from here.

From a declaration come the columns of the facts table and their constraints, suppression and its audit, the columns read
from deliveries, pages, exports, whole-data files, the open API and the demonstration. docs/donnees.md tells how to add
an indicator. Sources: documentation of InserJeunes (DEPP, Dares).
"""

from dataclasses import dataclass
from enum import StrEnum

from stats.indicator_texts import HEAD_COUNT_TEXTS, TEXTS
from stats.translatable import LabelledEnum, gettext_noop


class Denominator(LabelledEnum):
    """The people that a figure is a share of; each has its own threshold."""

    FINAL_YEAR = "nb_annee_term", gettext_noop("élèves ou apprentis en dernière année")
    LEAVERS = "nb_sortant", gettext_noop("jeunes sortis d’études")
    CONTRACTS = "contrats", gettext_noop("contrats d’apprentissage")


class Unit(StrEnum):
    PERCENT = "%"
    POINTS = "points"
    EUROS = "€"


class Route(LabelledEnum):
    """Route of training. ALL is a total that a source publishes itself; the portal never sums routes."""

    SCHOOL = "pro", gettext_noop("au lycée")
    APPRENTICESHIP = "apprentissage", gettext_noop("en apprentissage")
    AGRICULTURAL = "agricole", gettext_noop("en lycée agricole")
    HIGHER = "superieur", gettext_noop("dans l’enseignement supérieur")
    ALL = "ensemble", gettext_noop("au lycée et en apprentissage ensemble")


class Level(StrEnum):
    """Where a figure is published."""

    COUNTRY = "pays"
    REGION = "region"
    SCHOOL = "etablissement"
    SCHOOL_COURSE = "formation_etablissement"


ALL_LEVELS = frozenset(Level)

# Head-counts. The first may be shown at any size; the others only in a group of 20 or more.
GROUP_SIZE = Denominator.FINAL_YEAR.value
STUDYING = "nb_poursuite_etudes"
LEAVERS = Denominator.LEAVERS.value


def employed_at(months: int) -> str:
    """The head-count of those employed so many months after leaving."""
    return f"nb_en_emploi_{months}_mois"


@dataclass(frozen=True)
class Indicator:
    """One figure of the wide facts table.

    name: column of the facts table, of the exports and of the API; its words are in `indicator_texts`.
    position: its place in the `reasons` text of a row, never reused. A new indicator takes the next one.
    count: head-count that is its numerator; required of a share of people, unless `rest_of` gives it.
    rest_of: the figures whose sum it completes to 100.
    difference_of: the figures that it is the difference of; required of points.
    levels, routes: where it is published; elsewhere it is not applicable.
    since: first leaving year for which it exists, None when it always did. Files of earlier releases lack it, so that
        its columns are optional in every source.
    months: months after leaving at which it is measured, None when it has no such date.
    is_modelled: computed by a model of the source, and not counted among people.
    within: (lowest, highest) value that its source gives, None for a percentage and for what has no such bound.
    sources: other names under which the official files and services give it.
    """

    name: str
    position: int
    denominator: Denominator
    unit: Unit = Unit.PERCENT
    count: str = ""
    rest_of: tuple[str, ...] = ()
    difference_of: tuple[str, ...] = ()
    levels: frozenset[Level] = ALL_LEVELS
    routes: frozenset[Route] = frozenset(Route)
    since: int | None = None
    months: int | None = None
    is_modelled: bool = False
    within: tuple[int, int] | None = None
    sources: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return TEXTS[self.name].label

    @property
    def short_label(self) -> str:
        return TEXTS[self.name].short_label

    @property
    def explanation(self) -> str:
        return TEXTS[self.name].explanation

    @property
    def caution(self) -> str:
        return TEXTS[self.name].caution

    @property
    def needs_leavers(self) -> bool:
        """Whether too few leavers hide it. Salaries follow the threshold of the group alone, as their source does."""
        return self.denominator is Denominator.LEAVERS and self.unit is not Unit.EUROS

    @property
    def is_share_of_people(self) -> bool:
        """Whether it is a percentage of a number of people, in which chance plays: a range can be given for it."""
        is_of_people = self.denominator is not Denominator.CONTRACTS
        return self.unit is Unit.PERCENT and is_of_people and not self.is_modelled


def _share_employed(position: int, months: int, since: int | None = None) -> Indicator:
    return Indicator(
        f"taux_en_emploi_{months}_mois",
        position,
        Denominator.FINAL_YEAR,
        count=employed_at(months),
        since=since,
        months=months,
        sources=(f"part_en_emploi_{months}_mois", f"part_en_emploi_{months}_mois_apres_la_sortie"),
    )


def _share_other(position: int, months: int, since: int | None = None) -> Indicator:
    return Indicator(
        f"taux_autres_{months}_mois",
        position,
        Denominator.FINAL_YEAR,
        rest_of=(f"taux_en_emploi_{months}_mois", "taux_en_formation"),
        since=since,
        months=months,
        sources=(f"part_autre_situation_{months}_mois", "part_des_autres_situations") if months == 6 else (),
    )


def _employment_rate(position: int, months: int, since: int | None = None) -> Indicator:
    return Indicator(
        f"taux_emploi_{months}_mois",
        position,
        Denominator.LEAVERS,
        count=employed_at(months),
        since=since,
        months=months,
        sources=(f"taux_d_emploi_{months}_mois",),
    )


def _salary(position: int, quartile: int) -> Indicator:
    return Indicator(
        f"salaire_12_mois_q{quartile}",
        position,
        Denominator.LEAVERS,
        Unit.EUROS,
        levels=frozenset({Level.COUNTRY}),
        months=12,
    )


INDICATORS = (
    _share_employed(0, 6),
    Indicator(
        "taux_en_formation",
        1,
        Denominator.FINAL_YEAR,
        count=STUDYING,
        months=6,
        sources=("part_poursuite_etudes", "part_en_poursuite_d_etudes"),
    ),
    _share_other(2, 6),
    Indicator(
        "taux_poursuite_etudes",
        3,
        Denominator.FINAL_YEAR,
        count=STUDYING,
        sources=("taux_de_poursuite_d_etudes",),
    ),
    _employment_rate(4, 6),
    _employment_rate(5, 12),
    _employment_rate(6, 18),
    _employment_rate(7, 24),
    Indicator(
        "taux_emploi_6_mois_attendu",
        8,
        Denominator.LEAVERS,
        levels=frozenset({Level.SCHOOL}),
        months=6,
        is_modelled=True,
        sources=("taux_attendu",),
    ),
    Indicator(
        "valeur_ajoutee_6_mois",
        9,
        Denominator.LEAVERS,
        Unit.POINTS,
        difference_of=("taux_emploi_6_mois", "taux_emploi_6_mois_attendu"),
        levels=frozenset({Level.SCHOOL}),
        months=6,
        is_modelled=True,
        within=(-12, 12),
        sources=("va_emploi_6_mois", "valeur_ajoutee"),
    ),
    Indicator(
        "taux_rupture_contrats",
        10,
        Denominator.CONTRACTS,
        routes=frozenset({Route.APPRENTICESHIP}),
        sources=("part_contrats_apprentissage_interrompus",),
    ),
    _share_employed(11, 12),
    _share_other(12, 12),
    _share_employed(13, 18),
    _share_other(14, 18),
    _share_employed(15, 24),
    _share_other(16, 24),
    _salary(17, 1),
    _salary(18, 2),
    _salary(19, 3),
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
FIGURES = tuple(BY_NAME)

# Months after leaving at which those who work are counted.
MONTHS = tuple(sorted({i.months for i in INDICATORS if i.months and i.count == employed_at(i.months)}))
# Each other head-count, with the one that it is a part of; nobody is employed who has not left.
PART_OF = {STUDYING: GROUP_SIZE, LEAVERS: GROUP_SIZE} | {employed_at(months): LEAVERS for months in MONTHS}
COUNTS = tuple(PART_OF)

# The three situations, in the order of every sentence and drawing; they sum to 100.
SITUATIONS = ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois")
EMPLOYMENT_RATES = tuple(
    i.name
    for months in MONTHS
    for i in INDICATORS
    if i.count == employed_at(months) and i.denominator is Denominator.LEAVERS
)


def head_counts_of(indicator: Indicator) -> frozenset[str]:
    """The COUNTS that the figure would tell of: whoever withholds one of them withholds the figure too."""
    own = {indicator.count, indicator.denominator.value} if indicator.count else set()
    parts = (head_counts_of(BY_NAME[name]) for name in (*indicator.rest_of, *indicator.difference_of))
    return frozenset(own.union(*parts)) & frozenset(COUNTS)


def check_declarations(indicators: tuple[Indicator, ...]) -> None:
    """Refuse a declaration that disclosure control could not follow; raises ValueError."""
    names = {indicator.name for indicator in indicators}
    for place, indicator in enumerate(indicators):
        faults = {
            f"its position is not {place}": indicator.position != place,
            "it has no words in indicator_texts": indicator.name not in TEXTS,
            "its count has no words in indicator_texts": bool(indicator.count)
            and indicator.count not in HEAD_COUNT_TEXTS,
            "PART_OF does not tell of whom its count is a part": bool(indicator.count)
            and indicator.count not in PART_OF,
            "no threshold is known for its denominator": bool(indicator.count)
            and indicator.denominator not in {Denominator.FINAL_YEAR, Denominator.LEAVERS},
            "its count makes a percentage only": bool(indicator.count) and indicator.unit is not Unit.PERCENT,
            "it is a share of people without a count": indicator.is_share_of_people
            and not (indicator.count or indicator.rest_of),
            "it is points of no difference": indicator.unit is Unit.POINTS and not indicator.difference_of,
            "it is made from unknown figures": not {*indicator.rest_of, *indicator.difference_of} <= names,
        }
        if found := [fault for fault, is_there in faults.items() if is_there]:
            raise ValueError(f"indicator {indicator.name}: {'; '.join(found)}")


check_declarations(INDICATORS)
