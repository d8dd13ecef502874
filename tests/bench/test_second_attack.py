"""The second attack deduces what percentages leave a single value to, and nothing else."""

import pytest

from bench.second_attack import Pool, Published, deduced, deduced_pools, numbers_of


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


def pool(studying=None, size=60, is_withheld=False):
    return Pool(is_withheld, size, (studying, None, None, None, None))


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        ({2019: pool(0), 2020: pool(size=12, is_withheld=True), 2021: pool(0)}, {2020: 0}),
        # Nobody in 2018 and 2019, so that the seven of the next pool are all of 2020; and the four of the last are of 2021.
        (
            {
                2018: pool(0),
                2019: pool(7),
                2020: pool(size=12, is_withheld=True),
                2021: pool(4),
                2022: pool(0),
            },
            {2020: 11},
        ),
        # As many as it may hold.
        ({2018: pool(0), 2019: pool(12), 2020: pool(size=12, is_withheld=True)}, {2020: 12}),
        ({2019: pool(7), 2020: pool(size=12, is_withheld=True), 2021: pool(4)}, {}),
        ({2018: pool(0), 2019: pool((6, 7)), 2020: pool(size=12, is_withheld=True), 2021: pool(0)}, {}),
        ({2019: pool(0), 2020: pool(size=0, is_withheld=True), 2021: pool(0)}, {}),
        ({2020: pool(size=12, is_withheld=True)}, {}),
    ],
)
def test_pools_tell_of_one_another_along_the_years(chain, told):
    found = deduced_pools(chain)
    assert {year: numbers["nb_poursuite_etudes"] for year, numbers in found.items()} == told
