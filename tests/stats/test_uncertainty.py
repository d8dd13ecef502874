"""Ranges, and what may be said of figures side by side."""

import numpy as np
import pytest

from stats.exact_tests import same_as_expected, same_proportion
from stats.uncertainty import (
    Expectation,
    Measured,
    Standing,
    Verdict,
    beside_the_rest,
    expectation,
    standing,
    standings,
    verdict,
    verdicts,
    wilson,
)


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


@pytest.mark.parametrize(
    ("first", "size", "second", "other_size", "chance"),
    # Twice the smaller tail of scipy.stats.hypergeom; Fisher's tea is 3 of 4 cups told and 1 of 4 mistaken.
    [
        (3, 4, 1, 4, 0.485714),
        (26, 61, 57, 80, 0.001121),
        (0, 20, 300, 5000, 0.581766),
        (7, 7, 0, 9, 0.000175),
    ],
)
def test_chance_of_a_difference_is_fishers(first, size, second, other_size, chance):
    assert same_proportion(first, size, second, other_size) == pytest.approx(chance, abs=1e-6)
    assert same_proportion(second, other_size, first, size) == pytest.approx(chance, abs=1e-6)


def test_chance_of_a_number_beside_what_is_expected_is_the_binomial_one():
    assert same_as_expected(10, 10, 0.5) == pytest.approx(2 / 2**10)
    assert same_as_expected(59, 100, 0.5) == pytest.approx(0.088627, abs=1e-6)
    assert same_as_expected(50, 100, 0.5) == 1


def test_exact_counts_decide_where_they_are_known():
    """36 % of 300 people are 107, 108 or 109."""
    other = Measured(30, 2000, 600)

    assert verdict(Measured(36, 300, 109), other) is Verdict.MORE
    assert verdict(Measured(36, 300, 107), other) is Verdict.CHANCE
    assert verdict(Measured(36, 300), other) is Verdict.CHANCE


def test_what_is_decided_together_is_decided_more_strictly():
    pair = (Measured(60, 100, 60), Measured(45, 100, 45))
    alike = (Measured(50, 100, 50), Measured(50, 100, 50))

    assert verdicts([pair]) == [Verdict.MORE]
    assert verdicts([pair, alike]) == [Verdict.CHANCE, Verdict.CHANCE]
    clear = (Measured(90, 100, 90), Measured(20, 100, 20))
    assert verdicts([clear, pair]) == [Verdict.MORE, Verdict.MORE]


def map_of_equal_regions(random):
    counts = random.binomial(60, 0.4, 12)
    return {str(place): Measured(round(100 * n / 60), 60, int(n)) for place, n in enumerate(counts)}


def test_one_map_of_equal_regions_in_twenty_at_most_shows_one_apart():
    """Without deciding together, 41 % of such maps would."""
    random = np.random.default_rng(11)
    maps = [set(beside_the_rest(map_of_equal_regions(random)).values()) for _ in range(300)]

    assert sum(told != {Verdict.CHANCE} for told in maps) / len(maps) <= 0.05


def test_region_is_set_beside_the_others_and_not_beside_a_whole_that_holds_it():
    """80 % of 400 people and 70 % of 200: the whole, at 76.7 %, would hide it."""
    parts = {"large": Measured(80, 400, 320), "small": Measured(70, 200, 140)}

    assert verdict(parts["large"], Measured(77, 600, 460)) is Verdict.CHANCE
    assert beside_the_rest(parts) == {"large": Verdict.MORE, "small": Verdict.LESS}
    assert beside_the_rest({"alone": Measured(80, 400, 320), "unknown": Measured(70, None)}) == {}


def test_figures_of_a_comparison_are_decided_together_and_the_same_one_counts_once():
    close = {"A": Measured(60, 100, 60), "B": Measured(45, 100, 45)}
    others = {"A": Measured(50, 100, 50), "B": Measured(50, 100, 50)}

    assert standings({"study": close, "study again": close})["study"].above == (("A", ("B",)),)
    assert standings({"study": close, "work": others})["study"].above == ()


def test_part_of_a_whole_is_compared_with_the_rest_of_it():
    items = {"region": Measured(80, 400, 320), "country": Measured(77, 600, 460)}

    assert standing(items).above == ()
    assert standings({"": items}, [("region", "country")])[""].above == (("region", ("country",)),)
    back = dict(reversed(items.items()))
    assert standings({"": back}, [("region", "country")])[""].above == (("region", ("country",)),)


@pytest.mark.parametrize(
    ("points", "size", "words"),
    [
        (12, 200, Expectation.BETTER),
        (8, 200, Expectation.BETTER),
        (8, 60, Expectation.SAME),
        (12, None, Expectation.SAME),
        (2, 9000, Expectation.SAME),
        (-2, 9000, Expectation.SAME),
        (-8, 200, Expectation.WORSE),
        (-12, 40, Expectation.SAME),
    ],
)
def test_value_added_is_told_from_what_is_expected_only_where_chance_does_not_explain_it(points, size, words):
    assert expectation(Measured(points, size, expected=50)) is words


def test_value_added_is_compared_by_the_same_rule():
    one, other = Measured(12, 400, expected=50), Measured(-12, 400, expected=60)

    assert verdict(one, other) is Verdict.MORE
    assert verdict(other, one) is Verdict.LESS
    assert verdict(Measured(12, None, expected=50), Measured(-2, None, expected=60)) is Verdict.SIZES_UNKNOWN
    assert verdict(Measured(3, 400, expected=50), Measured(1, 400, expected=60)) is Verdict.CHANCE


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
