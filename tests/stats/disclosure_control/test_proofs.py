"""What the report says is deduced: what several figures tell only together, with a smallest set of figures that tells it."""

import pandas as pd
import pytest

from stats.disclosure_control import clusters, proofs
from stats.disclosure_control.audit import audit_facts, published_tables
from stats.disclosure_control.proofs import SolvedSystems, prove
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE
from stats.reasons import Reason
from tests.stats.disclosure_control.test_audit import PLACES, facts


def school(pupils, apprentices):
    """A school route, its few apprentices and both, as percentages without any head-count: (size, studying, employed)."""
    both = tuple(map(sum, zip(pupils, apprentices, strict=True)))
    routes = {"pro": pupils, "apprentissage": apprentices, "ensemble": both}
    tables = [facts({"s": n}, route=route).rename(index={"ligne s": route}) for route, n in routes.items()]
    table = pd.concat(tables).assign(course="")
    table[[GROUP_SIZE, *COUNTS]] = pd.NA
    return table


# 96 and 4 % of the pupils, 97 and 3 % of all: none of the 1 to 19 apprentices works.
SCHOOL = school((25, 24, 1), (7, 7, 0))


def test_apprentices_that_a_school_and_its_pupils_leave_are_deduced_though_bounds_say_nothing():
    found = prove(published_tables(SCHOOL))

    assert audit_facts(SCHOOL).certain == 0
    assert found.certain == {"apprentissage"}
    assert (found.undecided, found.approached) == ((), ())


def only(figures):
    """The school with these of its figures alone: {route: names}. Nothing tells why the others are not there."""
    table = SCHOOL.copy()
    for label in ("pro", "ensemble"):
        hidden = [name for name in FIGURES if pd.notna(table.at[label, name]) and name not in figures[label]]
        letters = list(table.at[label, "reasons"])
        for name in hidden:
            letters[BY_NAME[name].position] = Reason.PROTECTS_OTHERS.value
        table.loc[label, hidden] = pd.NA
        table.loc[label, "reasons"] = "".join(letters)
    return table


def test_the_figures_that_tell_are_enough_and_all_needed():
    [deduction] = prove(published_tables(SCHOOL)).deductions
    figures = dict(deduction.figures)

    assert figures.keys() == {"ensemble", "pro"}
    assert prove(published_tables(only(figures))).certain == {"apprentissage"}
    for label in figures:
        assert prove(published_tables(only(figures | {label: ()}))).certain == set()


def test_the_report_names_the_groups_that_enforce_protects():
    protected = apply_secondary_suppression(SCHOOL).suppressed["protects"].explode()

    assert set(protected) == prove(published_tables(SCHOOL)).certain


def test_group_with_two_possible_outcomes_is_only_approached():
    found = prove(published_tables(school((100, 50, 30), (8, 4, 2))))

    assert (found.deductions, found.undecided, found.approached) == ((), (), ("apprentissage",))


def test_groups_that_are_fewer_than_20_together_are_one_deduction():
    table = facts({"a": (5, 3, 1), "b": (6, 1, 2), "c": (40, 10, 20), "r": (51, 14, 23)})
    [deduction] = prove(published_tables(table, PLACES)).deductions

    assert set(deduction.rows) == {"ligne a", "ligne b"}
    assert {label for label, _names in deduction.figures} == {"ligne c", "ligne r"}


@pytest.mark.parametrize(("module", "name", "value"), [(proofs, "WORK", -1), (clusters, "BUDGET", 0)])
def test_what_the_work_allowed_does_not_prove_is_said_undecided(monkeypatch, module, name, value):
    monkeypatch.setattr(module, name, value)
    found = prove(published_tables(SCHOOL))

    assert (found.deductions, found.undecided) == ((), ("apprentissage",))


@pytest.mark.parametrize("size", [0, 1])
def test_what_bounds_tell_in_a_cluster_too_large_for_the_proof_is_told(monkeypatch, size):
    monkeypatch.setattr(clusters, "LARGEST_CLUSTER", size)
    table = facts({"a": (12, 3, 8), "b": (40, 10, 20), "r": (52, 13, 28)})
    [deduction] = prove(published_tables(table, PLACES)).deductions

    assert deduction.rows == ("ligne a",)
    assert {label for label, _names in deduction.figures} == {"ligne b", "ligne r"}


def test_what_a_former_proof_solved_is_not_solved_again():
    tables = published_tables(SCHOOL)
    former = SolvedSystems()
    found = prove(tables, former)

    assert prove(tables, SolvedSystems(known=former.used)) == found
    # Were anything solved again, something would be deduced.
    nothing = SolvedSystems(known={digest: (work, []) for digest, (work, _) in former.used.items()})
    assert prove(tables, nothing).certain == set()
