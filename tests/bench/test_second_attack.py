"""The second attack deduces what percentages leave a single value to, and nothing else."""

import pytest

from bench.second_attack import Published, deduced, numbers_of


def published(studying, share, rate, has_few=False):
    return Published(studying, {6: share}, {6: rate}, has_few)


@pytest.mark.parametrize(
    ("whole", "part", "outcomes"),
    [
        # 28 pupils of whom none studies on, and 16 apprentices of whom all do.
        (published(36, 59, 93), published(0, 93, 93), ["studying"]),
        (published(50, 25, 50), published(50, 25, 50), []),
        (published(50, None, None), published(50, 25, 50), []),
    ],
)
def test_an_outcome_is_deduced_where_it_takes_one_value_only(whole, part, outcomes):
    assert deduced(whole, part) == outcomes


@pytest.mark.parametrize("whole", [1, 7, 20, 33, 200, 999])
def test_rounded_percentages_hold_the_number_they_are_made_from(whole):
    for part in range(whole + 1):
        fewest, most = numbers_of(round(100 * part / whole), whole)
        assert fewest <= part <= most
