"""Counts into shares, shares into ten people, value added into words."""

import pytest

from stats.rates import Expectation, expectation, others, share, tens


@pytest.mark.parametrize(
    ("count", "total", "percent"),
    [(0, 20, 0), (20, 20, 100), (1, 3, 33), (2, 3, 67), (1, 200, 0), (3, 200, 2), (5, 200, 2), (7, 200, 4)],
)
def test_share_rounds_half_to_even(count, total, percent):
    assert share(count, total) == percent


def test_share_of_nobody_is_none():
    assert share(0, 0) is None


def test_others_never_go_below_zero():
    assert others(31, 47) == 22
    assert others(51, 50) == 0


@pytest.mark.parametrize(
    ("shares", "people"),
    [
        ((31, 47, 22), (3, 5, 2)),
        ((98, 1, 1), (8, 1, 1)),
        ((97, 3, 0), (9, 1, 0)),
        ((100, 0, 0), (10, 0, 0)),
        ((33, 33, 33), (4, 3, 3)),
        ((0, 50, 49), (0, 5, 5)),
        ((5, 5, 90), (1, 1, 8)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_tens_of_shares(shares, people):
    assert tens(shares) == people


def test_tens_always_sum_to_ten_and_keep_everybody():
    for work in range(101):
        for study in range(101 - work):
            shares = (work, study, 100 - work - study)
            people = tens(shares)
            assert sum(people) == 10
            assert [bool(number) for number in people] == [bool(part) for part in shares]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (12, Expectation.BETTER),
        (3, Expectation.BETTER),
        (2, Expectation.SAME),
        (0, Expectation.SAME),
        (-2, Expectation.SAME),
        (-3, Expectation.WORSE),
    ],
)
def test_expectation_of_value_added(points, words):
    assert expectation(points) is words
