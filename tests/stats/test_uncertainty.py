"""Ranges, and what may be said of figures side by side."""

from functools import cache
from itertools import product
from math import sqrt

import numpy as np
import pytest

from stats.uncertainty import Measured, Standing, Verdict, standing, verdict, wilson


@pytest.mark.parametrize(
    ("value", "size", "low", "high"),
    [(50, 100, 40.4, 59.6), (0, 20, 0.0, 16.1), (100, 20, 83.9, 100.0), (30, 1000, 27.2, 32.9)],
)
def test_range_is_wilsons(value, size, low, high):
    assert wilson(value, size) == pytest.approx((low, high), abs=0.05)


def test_range_narrows_with_the_head_count():
    widths = [high - low for low, high in (wilson(40, size) for size in (20, 100, 1000))]

    assert widths == sorted(widths, reverse=True)


def test_large_difference_of_large_groups_is_told_apart():
    assert verdict(Measured(71, 80), Measured(42, 61)) is Verdict.MORE
    assert verdict(Measured(42, 61), Measured(71, 80)) is Verdict.LESS


@cache
def bounds(value, size):
    """Wilson's, as the two shares from which `value` is 1.96 of their own standard errors away."""
    share, squared = value / 100, 1.959964**2
    roots = np.roots([size + squared, -(2 * size * share + squared), size * share**2])
    return 100 * min(roots.real), 100 * max(roots.real)


@pytest.mark.parametrize("sizes", [*product((20, 61, 800), repeat=2)])
def test_figures_are_told_apart_when_newcombes_interval_leaves_out_zero(sizes):
    """Newcombe 1998, method 10; whole percentages side by side cross both ends of the interval."""
    for value, other in product((0, 7, 30, 50, 64, 100), range(101)):
        (low, high), (other_low, other_high) = bounds(value, sizes[0]), bounds(other, sizes[1])
        difference = value - other
        least = difference - sqrt((value - low) ** 2 + (other_high - other) ** 2)
        most = difference + sqrt((high - value) ** 2 + (other - other_low) ** 2)
        expected = Verdict.MORE if least > 0 else Verdict.LESS if most < 0 else Verdict.CHANCE
        assert verdict(Measured(value, sizes[0]), Measured(other, sizes[1])) is expected, (value, other)


def test_small_groups_cannot_be_told_apart():
    assert verdict(Measured(42, 61), Measured(35, 24)) is Verdict.CHANCE


def test_equal_figures_cannot_be_told_apart():
    assert verdict(Measured(50, 5000), Measured(50, 5000)) is Verdict.CHANCE


def test_unknown_head_counts_are_told_apart_only_when_groups_of_20_would_be():
    assert verdict(Measured(90, None), Measured(20, None)) is Verdict.MORE
    assert verdict(Measured(60, None), Measured(45, None)) is Verdict.SIZES_UNKNOWN


def test_order_is_given_only_between_those_told_apart():
    items = {"A": Measured(42, 61), "B": Measured(35, 24), "C": Measured(71, 80)}

    assert standing(items) == Standing(above=(("C", ("A", "B")),), together=((("A", "B"), Verdict.CHANCE),))


def test_item_between_two_others_may_be_like_both():
    items = {"A": Measured(30, 100), "B": Measured(40, 100), "C": Measured(50, 100)}
    result = standing(items)

    assert result.above == (("C", ("A",)),)
    assert [group for group, _ in result.together] == [("A", "B"), ("B", "C")]


def test_one_item_has_nothing_to_stand_beside():
    assert standing({"A": Measured(30, 100)}) == Standing((), ())


def test_group_with_an_unknown_head_count_says_so():
    items = {"A": Measured(40, 100), "B": Measured(42, None)}

    assert standing(items).together == ((("A", "B"), Verdict.SIZES_UNKNOWN),)
