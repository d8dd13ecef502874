"""A solver attacks small universes with everything that the portal publishes of them.

The attacker knows which groups exist, all the rules, and every published head-count, figure and reason. For each
confidential group it bounds how many study on and how many are employed, with integer programming.
"""

from collections import defaultdict
from itertools import product

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from stats import disclosure
from stats.calculations import share
from stats.confidentiality import SHOWN, Reason, reason_at, withhold
from stats.disclosure import letters_of, sums
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, Level
from stats.ingestion.sources.figures import shares_from_counts
from stats.relations import IDENTITY
from stats.suppression import enforce

NUMBERS = (GROUP_SIZE, "nb_poursuite_etudes", "nb_en_emploi_6_mois")
SIZE, STUDYING, EMPLOYED = range(3)
REGIONS = {"école 1": "région 1", "école 2": "région 1", "école 3": "région 2"}
PLACES = (REGIONS, {"région 1": "pays", "région 2": "pays"})
LEAVES = tuple(product(("2022", "2023"), ("pro", "apprentissage"), ("A", "B"), REGIONS))
# Each dimension of a group, and how it is widened: not, or once or more.
WIDER = {
    "cohort": (lambda value: value, lambda _value: "2022_2023"),
    "route": (lambda value: value, lambda _value: "ensemble"),
    "course": (lambda value: value, lambda _value: ""),
    "place": (lambda value: value, REGIONS.get, lambda _value: "pays"),
}
LEVELS = tuple(product(*WIDER.values()))
PROFILE = settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def groups(draw):
    """One of the smallest groups: (size, studying, employed)."""
    size = draw(st.integers(1, 24) | st.integers(20, 60))
    studying = draw(st.integers(0, size) | st.just(0) | st.just(size))
    return size, studying, draw(st.integers(0, size - studying) | st.just(0) | st.just(size - studying))


@st.composite
def universes(draw):
    """({identity of a smallest group: its numbers}, levels that the source publishes, what it publishes of them).

    The source always lists the smallest groups, withheld or not; it gives head-counts or only percentages.
    """
    keys = draw(st.lists(st.sampled_from(LEAVES), min_size=2, max_size=7, unique=True))
    leaves = {key: draw(groups()) for key in keys}
    levels = draw(st.lists(st.sampled_from(LEVELS[1:]), min_size=1, max_size=4, unique=True))
    gives = [
        draw(st.sampled_from(("counts", "counts", "sizes", "percentages"))) for _ in range(len(levels) + 1)
    ]
    return leaves, [LEVELS[0], *levels], gives


def widened(key, level):
    return tuple(widen(value) for widen, value in zip(level, key, strict=True))


def rows(leaves, level):
    """Head-counts and figures of the groups at a level, before anything is withheld."""
    summed = defaultdict(lambda: np.zeros(3, int))
    for key, numbers in leaves.items():
        summed[widened(key, level)] += numbers
    table = pd.DataFrame(list(summed), columns=list(IDENTITY))
    table[list(NUMBERS)] = list(summed.values())
    table["nb_sortant"] = table[GROUP_SIZE] - table["nb_poursuite_etudes"]
    table = table.reindex(columns=[*IDENTITY, GROUP_SIZE, *COUNTS, *FIGURES])
    table = table.astype(dict.fromkeys((GROUP_SIZE, *COUNTS, *FIGURES), "Float64"))
    table = shares_from_counts(table)
    table["taux_poursuite_etudes"] = table["taux_en_formation"]
    table["taux_emploi_6_mois"] = share(table["nb_en_emploi_6_mois"], table["nb_sortant"])
    return table


def published(universe):
    """What the source publishes: facts as the portal stores them."""
    leaves, levels, gives = universe
    tables = []
    for level, what in zip(levels, gives, strict=True):
        table = rows(leaves, level)
        shown = table[list(IDENTITY)].join(withhold(table, Level.SCHOOL_COURSE))
        if what != "counts":
            shown[list(COUNTS)] = pd.NA
        if what == "percentages":
            shown[GROUP_SIZE] = pd.NA
        tables.append(shown)
    return pd.concat(tables, ignore_index=True)


def computed(universe, facts):
    """What the portal computes of those facts at every level that the source does not publish itself."""
    leaves, levels, _gives = universe
    smallest = facts.iloc[: len(leaves)]
    whole = []
    for level in set(LEVELS) - set(levels):
        wide = pd.DataFrame([widened(key, level) for key in leaves], columns=list(IDENTITY))
        parts = smallest.assign(**{name: wide[name] for name in IDENTITY})
        whole.append(
            sums(parts, list(IDENTITY), Level.SCHOOL_COURSE)
            .drop(columns="route", errors="ignore")
            .reset_index()
        )
    return pd.concat(whole, ignore_index=True)


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
        for name, number, leaving in (
            ("taux_poursuite_etudes", STUDYING, 0),
            ("taux_en_formation", STUDYING, 0),
            ("taux_en_emploi_6_mois", EMPLOYED, 0),
            ("taux_emploi_6_mois", EMPLOYED, 1),
        ):
            if pd.isna(row[name]):
                continue
            for half, low, high in ((1, -np.inf, 0), (-1, 0, np.inf)):
                rate = 2 * row[name] + half
                terms = defaultdict(int)
                for i in inside:
                    terms[i, number] += 200
                    terms[i, SIZE] -= rate
                    terms[i, STUDYING] += rate * leaving
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
    attack = Attack(universe[0])
    hidden = facts[disclosure.confidential(facts)]
    found = {tuple(attack.inside(tuple(key))) for key in hidden[list(IDENTITY)].itertuples(index=False)}
    return sorted(found)


def narrowed(universe, facts, more):
    """Confidential groups whose bounds `more` narrows below what `facts` leave."""
    before, after = Attack(universe[0]), Attack(universe[0])
    before.learn(facts)
    after.learn(pd.concat([facts, more], ignore_index=True))
    found = []
    for secret in secrets(universe, facts):
        for number in (STUDYING, EMPLOYED):
            least, most, points = before.bounds(secret, number)
            if not all(map(after.allows, points)) and after.bounds(secret, number)[:2] != (least, most):
                found.append((secret, number))
    return found


def pinned(universe, facts):
    """Confidential groups with a number that the facts leave only one value for."""
    attack = Attack(universe[0])
    attack.learn(facts)
    found = []
    for secret in secrets(universe, facts):
        for number in (STUDYING, EMPLOYED):
            least, most, _points = attack.bounds(secret, number)
            if least == most:
                found.append((secret, number))
    return found


@PROFILE
@given(universes())
def test_sums_of_the_portal_narrow_no_bound_that_the_source_leaves(universe):
    facts = published(universe)
    more = computed(universe, facts)
    event(f"sums shown: {(letters_of(more, 'taux_en_formation') == SHOWN).any()}")

    assert narrowed(universe, facts, more) == []


@PROFILE
@given(universes())
def test_enforce_leaves_no_confidential_group_pinned(universe):
    facts = published(universe)
    enforced = enforce(facts, PLACES)
    event(f"further withheld: {len(enforced.withheld)} rows")

    assert pinned(universe, enforced.facts) == []
