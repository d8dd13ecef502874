"""Sums that tell nothing of a small group inside them (rules 3 and 5 of docs/donnees.md). Pure: no Django.

Rule 3 withholds a sum when the confidential groups inside hold 1 to 19 pupils together, and allows to withhold
it whenever a part is withheld. The second is done here: two groups of 12 and 13 pupils hold 25, but a sum that
leaves 24 of them employed tells that each has at least 11, which no source did. tests/stats/test_attack.py
shows both. It also settles the prudent choice for groups whose head-count is unknown: they count as small.

To show something over the published parts only, saying how many they are, see `references`.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from stats.calculations import others, share
from stats.confidentiality import SHOWN, Reason, is_confidential, withhold
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, INDICATORS, Denominator

LEAVERS = Denominator.LEAVERS.value
STUDYING = "nb_poursuite_etudes"
MONTHS = (6, 12, 18, 24)
LEAVERS_FIGURES = tuple(i.name for i in INDICATORS if i.denominator is Denominator.LEAVERS)
# Counts that each figure of a sum is made from; the other figures are never summed nor averaged.
INGREDIENTS = (
    {"taux_en_formation": (STUDYING, GROUP_SIZE), "taux_poursuite_etudes": (STUDYING, GROUP_SIZE)}
    | {f"taux_en_emploi_{m}_mois": (f"nb_en_emploi_{m}_mois", GROUP_SIZE) for m in MONTHS}
    | {f"taux_autres_{m}_mois": (f"nb_en_emploi_{m}_mois", STUDYING, GROUP_SIZE) for m in MONTHS}
    | {f"taux_emploi_{m}_mois": (f"nb_en_emploi_{m}_mois", LEAVERS) for m in MONTHS}
)
_SHARES = ("taux_poursuite_etudes", "taux_en_formation", "taux_en_emploi_6_mois")
# The figure whose reason tells why a count is not there.
_WITNESS = {
    STUDYING: "taux_poursuite_etudes",
    LEAVERS: "taux_emploi_6_mois",
    **{f"nb_en_emploi_{m}_mois": f"taux_emploi_{m}_mois" for m in MONTHS},
}
_WITHHELD = {reason.value for reason in Reason if reason.is_withheld}
# What a part lacks for one of these reasons, the sum lacks too: the first of them is told.
_ABSENCES = (Reason.NOT_MEASURED_YET, Reason.NOT_COVERED, Reason.TOO_NEW, Reason.NO_FIGURES)


class Mode(StrEnum):
    """What is done of confidential groups that published totals and parts let one deduce."""

    OFF = "off"
    REPORT = "report"
    ENFORCE = "enforce"


def letters_of(rows, name):
    """The letter of the figure `name` in each row's `reasons`."""
    return rows["reasons"].str[BY_NAME[name].position]


def confidential(rows):
    """Which published rows are confidential groups with somebody in them.

    A head-count of 1 to 19 is one. So is a row without a head-count whose shares its source withheld: it may hold
    anybody, and counts as the smallest group would. A row known to hold nobody is not: it hides nobody.
    """
    size = rows[GROUP_SIZE].astype("Float64")
    small = is_confidential(size) & (size > 0)
    letters = pd.DataFrame({name: letters_of(rows, name) for name in _SHARES})
    shares_withheld = (letters == Reason.TOO_FEW_PEOPLE).any(axis=1) & (letters != SHOWN).all(axis=1)
    return small.fillna(shares_withheld).astype(bool)


def unreliable(rows):
    """Which published rows of 20 pupils or more have fewer than 20 leavers: their counts of leavers are not public."""
    few = is_confidential(rows[LEAVERS].astype("Float64")).fillna(False)
    is_few = few | (letters_of(rows, "taux_emploi_6_mois") == Reason.TOO_FEW_LEAVERS)
    return is_few.astype(bool) & ~confidential(rows)


def sum_may_be_shown(parts, denominator=Denominator.FINAL_YEAR):
    """Whether the sum of these published rows tells nothing of a small group among them.

    A sum on leavers is withheld for a part with fewer than 20 leavers as well.
    """
    return bool(_may_be_shown(parts, np.zeros(len(parts), int))[denominator].all())


def _may_be_shown(parts, groups):
    """`sum_may_be_shown` on both denominators, for each of the groups."""
    has_confidential = confidential(parts).groupby(groups).any()
    has_unreliable = unreliable(parts).groupby(groups).any()
    return pd.DataFrame(
        {
            Denominator.FINAL_YEAR: ~has_confidential,
            Denominator.LEAVERS: ~(has_confidential | has_unreliable),
        }
    )


def sums(parts, by, level):
    """Sums of published rows by the columns `by`, withheld as any group and as rule 3 says.

    parts: rows of the facts table (head-counts, figures, `reasons`) that do not overlap, with the columns `by`
    and `route`, the route of their sum. level: the `Level` of the sums. Shares come from the summed counts, and
    only where the counts of every part are public. Returns the columns of the facts table, one row a sum, indexed
    by `by`.
    """
    parts = parts.copy()
    parts[list(COUNTS)] = parts[list(COUNTS)].mask(unreliable(parts), pd.NA)
    groups = parts.groupby(by, sort=False).ngroup().to_numpy()
    whole = pd.DataFrame({"route": parts["route"].groupby(groups).first()})
    counts = parts[[GROUP_SIZE, *COUNTS]].astype("Float64").groupby(groups)
    whole[[GROUP_SIZE, *COUNTS]] = counts.sum().where(counts.count().eq(counts.size(), axis=0))
    may_be = _may_be_shown(parts, groups)
    absent = _absences(parts, groups, may_be)
    whole.loc[~may_be[Denominator.FINAL_YEAR], list(COUNTS)] = pd.NA
    for name, ingredients in INGREDIENTS.items():
        whole[name] = _figure(name, whole, ingredients)
    on_leavers = [name for name in LEAVERS_FIGURES if name in whole]
    whole.loc[~may_be[Denominator.LEAVERS], on_leavers] = pd.NA
    index = pd.MultiIndex.from_frame(parts[list(by)].groupby(groups).first())
    return withhold(whole, level, absent).set_axis(index)


def _figure(name, whole, ingredients):
    if name.startswith("taux_autres"):
        employed, studying, size = (whole[column] for column in ingredients)
        return others(share(employed, size), share(studying, size))
    count, denominator = (whole[column] for column in ingredients)
    return share(count, denominator)


def _absences(parts, groups, may_be):
    """Why each figure of each sum would be a hole."""
    letters = pd.DataFrame({name: letters_of(parts, name) for name in FIGURES})
    has_few = unreliable(parts)
    withheld = pd.DataFrame(
        {
            count: parts[count].isna() & (letters[name].isin(_WITHHELD) | has_few)
            for count, name in _WITNESS.items()
        }
    )
    withheld = withheld.groupby(groups).any()
    absent = pd.DataFrame(Reason.NO_FIGURES.value, index=may_be.index, columns=list(FIGURES), dtype="object")
    for name, ingredients in INGREDIENTS.items():
        denominator = Denominator.LEAVERS if name in LEAVERS_FIGURES else Denominator.FINAL_YEAR
        tells = ~may_be[denominator] | withheld[[c for c in ingredients if c in _WITNESS]].any(axis=1)
        absent.loc[tells, name] = Reason.PROTECTS_OTHERS.value
    summed = list(INGREDIENTS)
    for cause in reversed(_ABSENCES):
        is_absent = (letters[summed] == cause.value).groupby(groups).any()
        absent[summed] = absent[summed].mask(is_absent, cause.value)
    return absent
