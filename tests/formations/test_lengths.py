"""When the first pupils of a course leave it."""

from datetime import date

import pytest

from formations.lengths import is_too_new, known_lengths


@pytest.mark.parametrize(
    ("opened", "durations", "last_leavers", "expected"),
    [
        (2022, (3, 3, 3), 2023, True),
        (2022, (3, 3, 3), 2024, True),
        (2022, (3, 3, 3), 2025, False),
        (2022, (1, 2), 2023, False),
        (2023, (2,), 2023, True),
        (2022, (), 2022, True),
        (2022, (9, None), 2023, False),
        (2022, (3,), None, False),
    ],
)
def test_course_is_too_new_until_it_has_lasted(opened, durations, last_leavers, expected):
    assert is_too_new(date(opened, 9, 1), durations, last_leavers) is expected


def test_course_without_an_opening_is_never_too_new():
    assert not is_too_new(None, (3,), 2023)


def test_code_of_an_unknown_length_is_no_length():
    assert known_lengths([2, 9, None, 1, 2]) == (1, 2)
