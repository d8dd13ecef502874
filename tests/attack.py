"""Small universes as the portal publishes them, and a solver that attacks them.

The attacker knows which groups exist, all the rules, and every published head-count, figure and reason. For each
confidential group it bounds how many study on and how many are employed, with integer programming.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from deliveries.sources.figures import shares_from_counts
from stats.disclosure_control import sums
from stats.disclosure_control.groups import IDENTITY
from stats.disclosure_control.primary import suppress
from stats.disclosure_control.sums import suppressed_sum
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, Level
from stats.rates import share
from stats.reasons import SHOWN, Reason, reason_at

NUMBERS = (GROUP_SIZE, "nb_poursuite_etudes", "nb_en_emploi_6_mois")
SIZE, STUDYING, EMPLOYED = range(3)
RATES = {
    "taux_poursuite_etudes": (STUDYING, False),
    "taux_en_formation": (STUDYING, False),
    "taux_en_emploi_6_mois": (EMPLOYED, False),
    "taux_emploi_6_mois": (EMPLOYED, True),
}
SCHOOLS = {"école 1": "région 1", "école 2": "région 1", "école 3": "région 2"}
LEAVES = tuple(product(("pro", "apprentissage"), ("A", "B"), SCHOOLS))
# Several universes are published at once, in countries of their own: only the attack is one by one.
AT_ONCE = 5
REGIONS = {f"{school} {w}": f"{region} {w}" for w in range(AT_ONCE) for school, region in SCHOOLS.items()}
COUNTRIES = {region: f"pays {region[-1]}" for region in REGIONS.values()}
PLACES = (REGIONS, COUNTRIES)
# Each dimension of a group, and how it is widened: not, or once or more.
WIDER = {
    "cohort": (lambda value: value, lambda _value: "2022_2023"),
    "route": (lambda value: value, lambda _value: "ensemble"),
    "course": (lambda value: value, lambda _value: ""),
    "place": (lambda value: value, REGIONS.get, lambda value: COUNTRIES[REGIONS[value]]),
}
LEVELS = tuple(product(*WIDER.values()))


@dataclass(frozen=True)
class Universe:
    """leaves: numbers of each smallest group, by identity. levels: those that the source publishes, the smallest
    groups first, withheld or not. gives: for each, whether with all counts, with sizes or as percentages only."""

    leaves: dict
    levels: tuple
    gives: tuple


def widened(key, level):
    return tuple(widen(value) for widen, value in zip(level, key, strict=True))


def rows(several):
    """Head-counts and figures of the groups at the levels that are published, before anything is withheld."""
    summed = defaultdict(lambda: np.zeros(3, int))
    for universe in several:
        for level, gives in zip(universe.levels, universe.gives, strict=True):
            for key, numbers in universe.leaves.items():
                summed[gives, level is LEVELS[0], *widened(key, level)] += numbers
    table = pd.DataFrame(list(summed), columns=["gives", "is_smallest", *IDENTITY])
    table[list(NUMBERS)] = list(summed.values())
    table["nb_sortant"] = table[GROUP_SIZE] - table["nb_poursuite_etudes"]
    table = table.reindex(columns=["gives", "is_smallest", *IDENTITY, GROUP_SIZE, *COUNTS, *FIGURES])
    table = shares_from_counts(table.astype(dict.fromkeys((GROUP_SIZE, *COUNTS, *FIGURES), "Float64")))
    table["taux_poursuite_etudes"] = table["taux_en_formation"]
    table["taux_emploi_6_mois"] = share(table["nb_en_emploi_6_mois"], table["nb_sortant"])
    return table


def stored(several):
    """What the sources publish of several universes: facts as the portal stores them."""
    table = rows(several)
    facts = table[["is_smallest", *IDENTITY]].join(suppress(table, Level.SCHOOL_COURSE))
    facts.loc[table["gives"] != "counts", list(COUNTS)] = pd.NA
    facts.loc[table["gives"] == "percentages", GROUP_SIZE] = pd.NA
    return facts


def unmasked(several, facts):
    """Those facts with the counts of the groups that were withheld put back, as if a mistake had stored them.

    Whatever the portal computes must hold without relying on the absence of what it should not read.
    """
    table = rows(several)
    is_small = (table["gives"] == "counts") & sums.are_confidential(facts)
    return facts.assign(**{name: facts[name].mask(is_small, table[name]) for name in COUNTS})


def computed(several, facts):
    """What the portal computes of those facts at every level that the source does not publish itself."""
    smallest = {
        tuple(row[name] for name in IDENTITY): row
        for row in facts[facts["is_smallest"]].astype("object").where(facts.notna(), None).to_dict("records")
    }
    for key, is_withheld in zip(smallest, sums.are_confidential(facts[facts["is_smallest"]]), strict=True):
        smallest[key]["is_withheld"] = is_withheld
    found = []
    for universe in several:
        for level in LEVELS:
            if level not in universe.levels:
                wider = defaultdict(list)
                for key in universe.leaves:
                    wider[widened(key, level)].append(smallest[key])
                found += [_sum(key, parts) for key, parts in wider.items()]
    return pd.DataFrame(found)


def _sum(key, parts):
    counts, is_shown = suppressed_sum(parts, (GROUP_SIZE, *COUNTS))
    size, letters = counts[GROUP_SIZE], [Reason.PROTECTS_OTHERS.value] * len(FIGURES)
    shares = {
        "taux_en_formation": share(counts["nb_poursuite_etudes"], size),
        "taux_en_emploi_6_mois": share(counts["nb_en_emploi_6_mois"], size),
    }
    if is_shown:
        for name in shares:
            letters[BY_NAME[name].position] = SHOWN
    row = dict(zip(IDENTITY, key, strict=True)) | dict.fromkeys(RATES) | counts | shares
    return row | {"reasons": "".join(letters)}


def of(universe, table):
    """The rows of one universe."""
    number = next(iter(universe.leaves))[-1][-1]
    return table[table["place"].str.endswith(number)]


class Attack:
    """Integer programming over the numbers of the smallest groups: what do these rows leave possible?"""

    def __init__(self, leaves):
        self.leaves = list(leaves)
        self.matrix, self.low, self.high = [], [], []
        for place in range(len(self.leaves)):
            self.add({(place, STUDYING): 1, (place, EMPLOYED): 1, (place, SIZE): -1}, -np.inf, 0)

    def add(self, terms, low, high):
        row = np.zeros(3 * len(self.leaves))
        for (place, number), coefficient in terms.items():
            row[3 * place + number] += coefficient
        self.matrix.append(row)
        self.low.append(low)
        self.high.append(high)

    def inside(self, key):
        """Places of the smallest groups inside the group of this identity."""
        return [
            i for i, leaf in enumerate(self.leaves) if any(widened(leaf, level) == key for level in LEVELS)
        ]

    def learn(self, facts):
        for row in facts.to_dict("records"):
            inside = self.inside(tuple(row[name] for name in IDENTITY))
            self._learn_counts(row, inside)
            self._learn_percentages(row, inside)

    def _learn_counts(self, row, inside):
        for number, name in enumerate(NUMBERS):
            if pd.notna(row[name]):
                self.add({(i, number): 1 for i in inside}, row[name], row[name])
        leavers = {(i, SIZE): 1 for i in inside} | {(i, STUDYING): -1 for i in inside}
        if pd.notna(row["nb_sortant"]):
            self.add(leavers, row["nb_sortant"], row["nb_sortant"])
        reason = reason_at(row["reasons"], "taux_emploi_6_mois")
        if reason is None:
            self.add(leavers, 20, np.inf)
        elif reason is Reason.TOO_FEW_LEAVERS:
            self.add(leavers, 0, 19)
        shares = [
            reason_at(row["reasons"], name) for name in ("taux_en_emploi_6_mois", "taux_poursuite_etudes")
        ]
        if Reason.TOO_FEW_PEOPLE in shares:
            self.add({(i, SIZE): 1 for i in inside}, 1, 19)
        elif None in shares:
            self.add({(i, SIZE): 1 for i in inside}, 20, np.inf)

    def _learn_percentages(self, row, inside):
        for name in RATES:
            if pd.notna(row[name]):
                self.learn_percentage(name, row[name], inside)

    def learn_percentage(self, name, percent, inside):
        number, is_of_leavers = RATES[name]
        for half, low, high in ((1, -np.inf, 0), (-1, 0, np.inf)):
            rate = 2 * percent + half
            terms = defaultdict(int)
            for i in inside:
                terms[i, number] += 200
                terms[i, SIZE] -= rate
                terms[i, STUDYING] += rate * is_of_leavers
            self.add(terms, low, high)

    def bounds(self, secret, number):
        """(least, most, the solutions that reach them) of a number over some smallest groups."""
        goal = np.zeros(3 * len(self.leaves))
        goal[[3 * i + number for i in secret]] = 1
        found = []
        for sign in (1, -1):
            answer = milp(
                sign * goal,
                integrality=np.ones_like(goal),
                bounds=Bounds(np.tile([1, 0, 0], len(self.leaves)), np.inf),
                constraints=LinearConstraint(np.array(self.matrix), self.low, self.high),
            )
            assert answer.success, answer.message
            found.append(np.round(answer.x))
        return goal @ found[0], goal @ found[1], found

    def allows(self, point):
        values = np.array(self.matrix) @ point
        return bool(((values >= np.array(self.low) - 1e-6) & (values <= np.array(self.high) + 1e-6)).all())


def secrets(universe, facts):
    """Confidential groups: the places of the smallest groups inside each."""
    attack = Attack(universe.leaves)
    hidden = facts.loc[sums.are_confidential(facts), list(IDENTITY)]
    return sorted({tuple(attack.inside(key)) for key in hidden.itertuples(index=False, name=None)})


def narrowed(universe, facts, learn):
    """Confidential groups whose bounds are narrower for an attacker who also learns something of the portal's."""
    before, after = Attack(universe.leaves), Attack(universe.leaves)
    before.learn(facts)
    after.learn(facts)
    learn(after)
    found = []
    for secret in secrets(universe, facts):
        for number in (STUDYING, EMPLOYED):
            least, most, points = before.bounds(secret, number)
            if not all(map(after.allows, points)) and after.bounds(secret, number)[:2] != (least, most):
                found.append((secret, number))
    return found


def pinned(universe, facts):
    """Confidential groups with a number that the facts leave only one value for."""
    attack = Attack(universe.leaves)
    attack.learn(facts)
    bounds = {
        (secret, number): attack.bounds(secret, number)[:2]
        for secret in secrets(universe, facts)
        for number in (STUDYING, EMPLOYED)
    }
    return [secret for secret, (least, most) in bounds.items() if least == most]
