"""A solver attacks small universes with everything that the portal publishes of them.

The attacker knows which groups exist, all the rules, and every published head-count, figure and reason. For each
confidential group it bounds how many study on and how many are employed, with integer programming.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from stats import disclosure
from stats.calculations import share
from stats.confidentiality import Reason, reason_at, withhold
from stats.deduction import report
from stats.disclosure import sums
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, Level
from stats.ingestion.sources.figures import shares_from_counts
from stats.references import total
from stats.relations import IDENTITY
from stats.suppression import enforce

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
GIVES = ("counts", "counts", "sizes", "percentages")
PROFILE = settings(
    max_examples=300 // AT_ONCE,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Universe:
    """leaves: numbers of each smallest group, by identity. levels: those that the source publishes, the smallest
    groups first, withheld or not. gives: for each, whether with all counts, with sizes or as percentages only."""

    leaves: dict
    levels: tuple
    gives: tuple


@st.composite
def groups(draw):
    """Numbers of a smallest group: size, studying, employed."""
    size = draw(st.integers(1, 24) | st.integers(20, 60) | st.integers(100, 400))
    studying = draw(st.integers(0, size) | st.just(0) | st.just(size))
    return size, studying, draw(st.integers(0, size - studying) | st.just(0) | st.just(size - studying))


@st.composite
def universes(draw, number):
    leaves = {}
    for year, several in (("2022", 4), ("2023", 3)):
        for route, course, school in draw(
            st.lists(st.sampled_from(LEAVES), min_size=1, max_size=several, unique=True)
        ):
            leaves[year, route, course, f"{school} {number}"] = draw(groups())
    levels = draw(st.lists(st.sampled_from(LEVELS[1:]), min_size=1, max_size=4, unique=True))
    gives = draw(st.lists(st.sampled_from(GIVES), min_size=len(levels) + 1, max_size=len(levels) + 1))
    return Universe(leaves, (LEVELS[0], *levels), tuple(gives))


WORLDS = st.tuples(*map(universes, range(AT_ONCE)))


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
    facts = table[["is_smallest", *IDENTITY]].join(withhold(table, Level.SCHOOL_COURSE))
    facts.loc[table["gives"] != "counts", list(COUNTS)] = pd.NA
    facts.loc[table["gives"] == "percentages", GROUP_SIZE] = pd.NA
    return facts


def computed(several, facts):
    """What the portal computes of those facts at every level that the source does not publish itself."""
    smallest = facts[facts["is_smallest"]].set_index(list(IDENTITY), drop=False)
    parts = [
        (key, *widened(key, level))
        for universe in several
        for level in LEVELS
        if level not in universe.levels
        for key in universe.leaves
    ]
    wide = pd.DataFrame(parts, columns=["part", *IDENTITY])
    inside = smallest.loc[wide["part"]].drop(columns=list(IDENTITY)).reset_index(drop=True)
    return sums(wide[list(IDENTITY)].join(inside), list(IDENTITY), Level.SCHOOL_COURSE).reset_index()


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
    hidden = facts.loc[disclosure.confidential(facts), list(IDENTITY)]
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


def learn_references(attack, facts):
    """The references of the pages: a figure over the published parts of each wider group, and how many they are."""
    smallest = facts[facts["is_smallest"]].astype("object").where(facts.notna(), None)
    for level in LEVELS[1:]:
        wider = defaultdict(list)
        for row in smallest.itertuples():
            wider[widened((row.cohort, row.route, row.course, row.place), level)].append(row)
        for parts in wider.values():
            for name in ("taux_en_emploi_6_mois", "taux_poursuite_etudes", "taux_emploi_6_mois"):
                reference = total(name, parts)
                if reference.value is not None:
                    count, size = BY_NAME[name].count, BY_NAME[name].denominator.value
                    covered = [
                        p
                        for p in parts
                        if None not in (getattr(p, name), getattr(p, count), getattr(p, size))
                    ]
                    inside = [attack.leaves.index((p.cohort, p.route, p.course, p.place)) for p in covered]
                    attack.learn_percentage(name, reference.value, inside)


@PROFILE
@given(WORLDS)
def test_sums_of_the_portal_narrow_no_bound_that_the_source_leaves(several):
    facts = stored(several)
    more = computed(several, facts)
    for universe in several:
        assert (
            narrowed(universe, of(universe, facts), lambda attack, u=universe: attack.learn(of(u, more)))
            == []
        )


@settings(PROFILE, max_examples=20)
@given(WORLDS)
def test_references_of_the_portal_narrow_no_bound_that_the_source_leaves(several):
    facts = stored(several)
    for universe in several:
        some = of(universe, facts)
        assert narrowed(universe, some, lambda attack, f=some: learn_references(attack, f)) == []


@PROFILE
@given(WORLDS)
def test_enforce_leaves_no_confidential_group_pinned(several):
    facts = enforce(stored(several), PLACES).facts
    for universe in several:
        assert pinned(universe, of(universe, facts)) == []


@settings(PROFILE, max_examples=20)
@given(WORLDS)
def test_report_lists_only_what_a_solver_can_deduce(several):
    facts = stored(several)
    deduced = report(facts, PLACES).deduced
    alone = deduced[deduced["is_certain"] & (deduced["together"] == 1)]
    for universe in several:
        attack = Attack(universe.leaves)
        listed = [row for row in alone["row"].unique() if row in of(universe, facts).index]
        inside = {tuple(attack.inside(tuple(facts.loc[row, list(IDENTITY)]))) for row in listed}
        assert inside <= set(next(iter(zip(*pinned(universe, of(universe, facts)), strict=True)), ()))


UNIVERSE = Universe(
    {("2023", "pro", "A", "école 1 0"): (12, 3, 9), ("2023", "pro", "A", "école 2 0"): (13, 1, 11)}
    | {("2023", "pro", "B", "école 1 0"): (40, 10, 20)},
    (LEVELS[0],),
    ("counts",),
)


def test_two_groups_of_12_and_13_are_withheld_from_sums_though_they_hold_25_together():
    facts = stored([UNIVERSE])
    whole = rows([replace(UNIVERSE, levels=(LEVELS[1],))])
    told = whole.assign(reasons=withhold(whole, Level.REGION)["reasons"])

    assert narrowed(UNIVERSE, facts, lambda attack: attack.learn(told)) != []
    more = computed([UNIVERSE], facts)
    assert narrowed(UNIVERSE, facts, lambda attack: attack.learn(more)) == []


def test_what_the_sources_publish_may_pin_a_group_when_nothing_is_enforced():
    universe = replace(UNIVERSE, levels=(LEVELS[0], LEVELS[3]), gives=("counts", "counts"))

    assert pinned(universe, stored([universe])) != []
