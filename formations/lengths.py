"""How long courses last, and when the first of their pupils leave."""

from collections.abc import Iterable
from datetime import date

# A longer one is the code of the nomenclature for a length that it does not tell.
_LONGEST = 5


def known_lengths(durations: Iterable[int | None]) -> tuple[int, ...]:
    """The different lengths in years among those of the nomenclature, shortest first: (1, 2)."""
    return tuple(sorted({years for years in durations if years and years <= _LONGEST}))


def is_too_new(opened_on: date | None, durations: Iterable[int | None], last_leavers: int | None) -> bool:
    """Whether the pupils of a course cannot have left it yet.

    A course that opens in 2022 and lasts three years has its first leavers in 2025. durations: the lengths in years in
    which it is taught; one year where none is known, so that nobody is said not to have left who may have.
    last_leavers: the year in which the newest pupils of whom figures are published left; None without any.
    """
    if not opened_on or not last_leavers:
        return False
    return opened_on.year + min(known_lengths(durations), default=1) > last_leavers
