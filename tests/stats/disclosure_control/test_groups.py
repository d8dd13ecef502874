"""Groups as numbers, and the constraints between them."""

import numpy as np
import pandas as pd
import pytest

from stats.disclosure_control.groups import COHORT, PLACE, Groups, are_among, distinct
from stats.disclosure_control.hierarchies import with_additivity_constraints
from stats.indicators import INDICATORS, Route
from stats.reasons import SHOWN

PLACES = ({"lycee": "region", "cfa": "region"}, {"region": "france"})
APPRENTICES, ALL = Route.APPRENTICESHIP.value, Route.ALL.value


def facts(*identities):
    rows = pd.DataFrame(identities, columns=["cohort", "route", "course", "place"], dtype="object")
    return rows.assign(reasons=SHOWN * len(INDICATORS))


def test_numbers_are_in_the_order_of_the_texts_and_give_them_back():
    table = facts(
        ("2022", "pro", "b", "lycee"), ("2021_2022", ALL, "", "france"), ("2022", "pro", "a", "cfa")
    )
    groups = Groups.of(table, PLACES)
    keys = groups.keys(table)

    assert np.argsort(keys).tolist() == [1, 2, 0]
    assert groups.identities(keys).equals(table[["cohort", "route", "course", "place"]])


def test_a_group_is_widened_in_one_part_of_its_identity():
    table = facts(("2022", "pro", "b", "lycee"), ("2021_2022", "pro", "b", "ailleurs"))
    groups = Groups.of(table, PLACES)
    [_kind, axis, region_of] = groups.ways[0]
    inside, wider = groups.widened(groups.keys(table), axis, region_of)

    assert (axis, inside.tolist()) == (PLACE, [0])
    assert groups.identities(wider).to_numpy().tolist() == [["2022", "pro", "b", "region"]]
    assert groups.texts[COHORT].tolist() == ["2021", "2021_2022", "2022"]


def test_constraints_go_through_groups_that_nobody_publishes():
    """The school is in a region of which nothing is published, itself in the country of which all routes are."""
    table, constraints = with_additivity_constraints(
        facts(("2022", APPRENTICES, "b", "cfa"), ("2022", ALL, "b", "france")), PLACES
    )
    keys = [tuple(key) for key in table[["route", "place"]].to_numpy()]
    ties = {
        (kind, keys[constraints.totals[number]], keys[part])
        for part, number in zip(constraints.parts, constraints.constraint_of_part, strict=True)
        for kind in [constraints.kinds[number]]
    }

    assert table["row"].dropna().tolist() == [0, 1]
    assert ties == {
        ("place", (APPRENTICES, "region"), (APPRENTICES, "cfa")),
        ("place", (APPRENTICES, "france"), (APPRENTICES, "region")),
        ("route", (ALL, "france"), (APPRENTICES, "france")),
    }


def test_two_rows_of_one_group_are_refused():
    with pytest.raises(ValueError, match="one group"):
        with_additivity_constraints(facts(*[("2022", "pro", "b", "cfa")] * 2))


def test_sorted_numbers():
    assert distinct(np.array([3, 1]), np.array([3, 2])).tolist() == [1, 2, 3]
    assert are_among(np.array([3, 0, 9]), np.array([1, 3])).tolist() == [True, False, False]
    assert not are_among(np.array([3]), np.array([])).any()
