"""What published totals and parts let one deduce: certain, approached, nothing; contradictions set aside."""

import pandas as pd
import pytest

from stats.disclosure_control import clusters
from stats.disclosure_control.audit import audit_facts, cell_bounds
from stats.disclosure_control.cells import SIZE
from stats.disclosure_control.integer_solver import ConstraintSystem, Undecided
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.disclosure_control.sums import are_confidential
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from tests.stats.disclosure_control.test_sums import parts

PLACES = ({"a": "r", "b": "r", "c": "r"},)


def facts(groups, **columns):
    """{place: (final year, studying, employed)} as published rows of one course."""
    table = parts(*groups.values()).assign(place=list(groups), cohort="2023", course="C", **columns)
    return table.set_index(pd.Index([f"ligne {place}" for place in groups]))


def hide_counts(table, places):
    rows = table["place"].isin(places)
    table.loc[rows, [GROUP_SIZE, *COUNTS]] = pd.NA
    return table


def test_only_small_group_of_a_total_is_deduced_for_certain():
    found = audit_facts(facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)}), PLACES)

    assert (found.certain, found.approached, found.contradicted) == (1, 0, 0)
    [line] = found.deduced.to_dict("records")
    assert line == {"row": "ligne a", "total": "ligne r", "kind": "place", "together": 1, "is_certain": True}


def test_two_groups_that_are_20_together_are_not_deduced():
    found = audit_facts(
        facts({"a": (12, 3, 8), "b": (13, 1, 5), "c": (40, 10, 20), "r": (65, 14, 33)}), PLACES
    )

    assert (found.certain, found.approached) == (0, 0)


def test_groups_that_are_fewer_than_20_together_are_deduced_together():
    found = audit_facts(facts({"a": (5, 3, 1), "b": (6, 1, 2), "c": (40, 10, 20), "r": (51, 14, 23)}), PLACES)

    assert found.certain == 2
    assert set(found.deduced["together"]) == {2}


def test_small_group_of_a_total_published_as_percentages_is_approached():
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)})
    found = audit_facts(hide_counts(table, ["a", "b", "r"]), PLACES)

    assert (found.certain, found.approached) == (0, 1)


def test_total_that_is_not_the_sum_of_its_parts_tells_nothing_of_them():
    found = audit_facts(facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (50, 13, 28)}), PLACES)

    assert (found.certain, found.approached, found.contradicted) == (0, 0, 1)


def test_report_holds_no_outcome():
    found = audit_facts(facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)}), PLACES)

    assert set(found.deduced) == {"row", "total", "kind", "together", "is_certain"}


def test_rows_whose_figures_contradict_each_other_are_not_believed():
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)})
    table.loc["ligne r", "nb_poursuite_etudes"] = 60

    assert audit_facts(table, PLACES).certain == 0


def test_group_that_contradicts_itself_hides_nothing_of_the_others():
    """8 % of at least 20 pupils cannot study on where fewer than 20 leave, as the fifth round of bounds finds out.

    The small group is deduced later: only the last of eight totals, each a part of the next, is published.
    """
    levels = range(1, 9)
    totals = {f"r{n}": (12 + 40 * n, 3 + 10 * n, 8 + 20 * n) for n in levels}
    others = {f"b{n}": (40, 10, 20) for n in levels}
    table = facts({"a": (12, 3, 8), "z": (22, 3, 4)} | others | totals)
    table.loc[[f"ligne r{n}" for n in range(1, 8)] + ["ligne z"], [GROUP_SIZE, *COUNTS, *FIGURES]] = pd.NA
    table.loc["ligne z", "taux_poursuite_etudes"] = 8
    places = tuple({f"b{n}": f"r{n}", f"r{n - 1}" if n > 1 else "a": f"r{n}"} for n in levels)

    assert audit_facts(table, places).certain == 1


def test_year_that_was_revised_between_two_releases_hides_nothing_of_one():
    """60 pupils of 2022 cannot be part of the 52 of 2022 and 2023: these are still 12 and 40."""
    pool = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)}).assign(cohort="2022_2023")
    year = facts({"r": (60, 15, 30)}).rename(index=lambda name: f"{name} en 2022").assign(cohort="2022")

    found = audit_facts(pd.concat([pool, year]), PLACES)
    assert (found.certain, found.contradicted) == (1, 1)


def test_enforce_withholds_the_fewest_figures_and_those_of_the_fewest_people():
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)})
    found = apply_secondary_suppression(table, PLACES)

    assert found.suppressed["row"].tolist() == ["ligne b"]
    assert found.suppressed["protects"].tolist() == [("ligne a",)]
    assert audit_facts(found.facts, PLACES).certain == 0


@pytest.mark.parametrize(
    ("name", "value"), [("TRIES", 1), ("BUDGET", 5), *(("WORK", work) for work in range(0, 400, 50))]
)
def test_enforce_protects_whatever_the_work_that_it_is_allowed(monkeypatch, name, value):
    monkeypatch.setattr(clusters, name, value)
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20), "c": (41, 10, 20), "r": (93, 23, 48)})

    assert audit_facts(apply_secondary_suppression(table, PLACES).facts, PLACES).certain == 0


def test_enforce_of_a_cluster_too_large_withholds_every_group_that_may_hold_a_pupil_of_the_small_one(
    monkeypatch,
):
    monkeypatch.setattr(clusters, "LARGEST_CLUSTER", 0)
    table = facts({"r": (12, 3, 8), "a": (25, 6, 10), "b": (27, 7, 18)})
    courses = facts({"r": (40, 10, 20)}).assign(course="D").rename(index={"ligne r": "autre formation"})
    whole = facts({"r": (52, 13, 28)}).assign(course="").rename(index={"ligne r": "toutes"})
    table.loc[["ligne a", "ligne b"], "course"] = ""
    found = apply_secondary_suppression(pd.concat([table, courses, whole]), PLACES)

    assert set(found.suppressed["row"]) == {"toutes", "ligne a", "ligne b"}


def test_enforce_protects_a_group_in_several_totals_at_once():
    places = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)})
    routes = [
        facts({"a": numbers}, route=route).rename(index={"ligne a": route})
        for route, numbers in (("apprentissage", (50, 13, 20)), ("ensemble", (62, 16, 28)))
    ]
    courses = [
        facts({"a": numbers}).assign(course=course).rename(index={"ligne a": f"formation {course}"})
        for course, numbers in (("D", (60, 20, 30)), ("", (72, 23, 38)))
    ]
    table = pd.concat([places, *routes, *courses])
    found = apply_secondary_suppression(table, PLACES)

    assert audit_facts(table, PLACES).certain == 1
    assert audit_facts(found.facts, PLACES).certain == 0
    assert set(found.suppressed["row"]) == {"formation D", "apprentissage", "ligne b"}


def test_enforce_protects_a_group_beside_parts_published_as_percentages():
    table = hide_counts(facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)}), ["b"])
    found = apply_secondary_suppression(table, PLACES)

    assert found.suppressed["row"].tolist() == ["ligne b"]


def test_enforce_sees_through_a_total_that_nobody_publishes():
    """Nobody of the small group studies on, nor of 2022: the pool of both years says so, though no year is whole."""
    routes = [
        facts({"a": numbers}, route=route).rename(index={"ligne a": route}).assign(cohort="2021")
        for route, numbers in (("pro", (30, 5, 15)), ("apprentissage", (12, 0, 8)))
    ]
    pools = [
        facts({"a": numbers}, route="ensemble").rename(index={"ligne a": pool}).assign(cohort=pool)
        for pool, numbers in (("2021_2022", (52, 5, 23)), ("2022_2023", (80, 10, 30)))
    ]
    table = pd.concat([*routes, *pools])

    assert audit_facts(table, PLACES).certain == 1
    assert audit_facts(apply_secondary_suppression(table, PLACES).facts, PLACES).certain == 0


def test_enforce_says_the_same_twice_and_in_any_order():
    table = facts({"a": (12, 3, 8), "b": (13, 1, 11), "c": (40, 10, 20), "r": (65, 14, 39)})
    first, second = (
        apply_secondary_suppression(table, PLACES),
        apply_secondary_suppression(table.iloc[::-1], PLACES),
    )

    assert first.facts["reasons"].to_dict() == second.facts["reasons"].to_dict()


def test_enforce_leaves_alone_what_tells_nothing():
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20)})
    found = apply_secondary_suppression(table, PLACES)

    assert found.suppressed.empty
    assert found.facts.equals(table)
    assert are_confidential(found.facts).sum() == 1


def test_system_without_a_solution_has_none():
    system = ConstraintSystem()
    system.add_constraint({system.add_variable(0, 1): 2}, 1, 1)

    assert system.find_solution() is None
    assert system.is_some_sum_fixed([(0,)])


def test_system_with_two_solutions_has_no_constant():
    system = ConstraintSystem()
    one, other = system.add_variable(0, 5), system.add_variable(0, 5)
    system.add_constraint({one: 1, other: 1}, 5, 5)

    assert not system.is_some_sum_fixed([(one,), (other,)])
    assert system.is_some_sum_fixed([(one, other)])


def test_system_says_when_its_work_is_spent():
    system = ConstraintSystem(budget=0)
    system.add_constraint({system.add_variable(0, 1): 1}, 1, 1)

    with pytest.raises(Undecided):
        system.find_solution()


def test_every_figure_that_enforce_withholds_has_its_reason():
    found = apply_secondary_suppression(
        facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)}), PLACES
    ).facts

    holes = found[list(FIGURES)].isna().to_numpy()
    letters = [[letter != "." for letter in text] for text in found["reasons"]]
    assert holes.tolist() == letters


def test_figure_published_without_a_head_count_is_known_to_stand_for_20_people_and_no_more():
    table = hide_counts(facts({"a": (250, 40, 30), "b": (12, 3, 8)}), ["a", "b"])
    found = cell_bounds(table)

    assert found.low[:, SIZE].tolist() == [20, 1]
    assert found.high[0, SIZE] > 250
    assert found.high[1, SIZE] == 19
