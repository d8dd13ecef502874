"""A solver attacks small universes with everything that the portal publishes of them (see `tests.attack`)."""

import os
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stats.disclosure_control import clusters
from stats.disclosure_control.audit import published_tables
from stats.disclosure_control.groups import IDENTITY
from stats.disclosure_control.primary import suppress
from stats.disclosure_control.proofs import prove
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.indicators import BY_NAME, Level
from stats.totals import total
from tests.attack import (
    AT_ONCE,
    LEAVES,
    LEVELS,
    PLACES,
    Attack,
    Universe,
    computed,
    narrowed,
    of,
    pinned,
    rows,
    stored,
    unmasked,
    widened,
)

GIVES = ("counts", "counts", "sizes", "percentages")
UNIVERSES = 300 if os.environ.get("TESTS_LONG") == "1" else 30
PROFILE = settings(
    max_examples=UNIVERSES // AT_ONCE,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


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
def test_the_portal_adds_no_disclosure_of_its_own_by_sums(several):
    facts = stored(several)
    more = computed(several, unmasked(several, facts))
    for universe in several:
        assert (
            narrowed(universe, of(universe, facts), lambda attack, u=universe: attack.learn(of(u, more)))
            == []
        )


@settings(PROFILE, max_examples=UNIVERSES // 15)
@given(WORLDS)
def test_the_portal_adds_no_disclosure_of_its_own_by_references(several):
    facts = stored(several)
    wrong = unmasked(several, facts)
    for universe in several:
        some, read = of(universe, facts), of(universe, wrong)
        assert narrowed(universe, some, lambda attack, f=read: learn_references(attack, f)) == []


@PROFILE
@given(WORLDS)
def test_enforce_leaves_no_confidential_group_pinned(several):
    facts = apply_secondary_suppression(stored(several), PLACES).facts
    for universe in several:
        assert pinned(universe, of(universe, facts)) == []


@pytest.mark.parametrize(
    ("name", "value"), [("LARGEST_CLUSTER", 0), ("TRIES", 1), ("WORK", 0), ("WORK", 300), ("WORK", 3_000)]
)
@settings(PROFILE, max_examples=4)
@given(WORLDS)
def test_enforce_leaves_no_confidential_group_pinned_when_it_cannot_search_for_the_fewest(
    name, value, several
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, name, value)
        facts = apply_secondary_suppression(stored(several), PLACES).facts
    for universe in several:
        assert pinned(universe, of(universe, facts)) == []


@settings(PROFILE, max_examples=UNIVERSES // 15)
@given(WORLDS)
def test_report_lists_what_a_solver_can_deduce_and_nothing_else(several):
    facts = stored(several)
    found = prove(published_tables(facts, PLACES))
    for universe in several:
        attack, own = Attack(universe.leaves), of(universe, facts).index
        listed, undecided = (
            {tuple(attack.inside(tuple(facts.loc[row, list(IDENTITY)]))) for row in rows if row in own}
            for rows in ((d.rows[0] for d in found.deductions if len(d.rows) == 1), found.undecided)
        )
        deduced = {secret for secret, _number in pinned(universe, of(universe, facts))}
        assert listed <= deduced <= listed | undecided


UNIVERSE = Universe(
    {("2023", "pro", "A", "école 1 0"): (12, 3, 9), ("2023", "pro", "A", "école 2 0"): (13, 1, 11)}
    | {("2023", "pro", "B", "école 1 0"): (40, 10, 20)},
    (LEVELS[0],),
    ("counts",),
)


def test_two_groups_of_12_and_13_are_withheld_from_sums_though_they_hold_25_together():
    facts = stored([UNIVERSE])
    whole = rows([replace(UNIVERSE, levels=(LEVELS[1],))])
    told = whole.assign(reasons=suppress(whole, Level.REGION)["reasons"])

    assert narrowed(UNIVERSE, facts, lambda attack: attack.learn(told)) != []
    more = computed([UNIVERSE], unmasked([UNIVERSE], facts))
    assert narrowed(UNIVERSE, facts, lambda attack: attack.learn(more)) == []


def test_what_the_sources_publish_pins_a_group_unless_it_is_enforced():
    universe = replace(UNIVERSE, levels=(LEVELS[0], LEVELS[3]), gives=("counts", "counts"))
    facts = stored([universe])

    assert pinned(universe, facts) != []
    assert pinned(universe, apply_secondary_suppression(facts, PLACES).facts) == []
