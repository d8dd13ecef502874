"""Exact tests of proportions: the chance of what was seen, or of anything further out, when nothing differs.

Two-sided: twice the smaller tail, so that an error in either direction has half of the chance.
"""

from collections.abc import Callable, Iterator
from math import exp, lgamma, log

# Terms of a tail that weigh less than this, beside the first one, are left out.
_NEGLIGIBLE = 1e-12


def same_proportion(first: int, size: int, second: int, other_size: int) -> float:
    """The chance of a difference as large between `first` of `size` and `second` of `other_size` people alike.

    Fisher, "Statistical Methods for Research Workers", 1934, § 21.02: given how many there are in all, the first group
    holds so many of them.
    """
    total, people = first + second, size + other_size
    rest = other_size - total

    def further(count: int) -> float:
        return (total - count) * (size - count) / ((count + 1) * (rest + count + 1))

    def nearer(count: int) -> float:
        return count * (rest + count) / ((total - count + 1) * (size - count + 1))

    chance = _log_choose(size, first) + _log_choose(other_size, second) - _log_choose(people, total)
    return _twice_the_tail(first, chance, (nearer, further), is_above=first * people > total * size)


def same_as_expected(count: int, size: int, expected: float) -> float:
    """The chance that `count` of `size` people is as far from the share `expected`, between 0 and 1 without them."""
    odds = expected / (1 - expected)

    def further(k: int) -> float:
        return (size - k) / (k + 1) * odds

    def nearer(k: int) -> float:
        return k / (size - k + 1) / odds

    chance = _log_choose(size, count) + count * log(expected) + (size - count) * log(1 - expected)
    return _twice_the_tail(count, chance, (nearer, further), is_above=count > size * expected)


def _twice_the_tail(
    count: int, log_chance: float, steps: tuple[Callable[[int], float], ...], is_above: bool
) -> float:
    """steps: by what the chance of a count is multiplied to give that of the count before, and of the one after."""
    step, by = (steps[1], 1) if is_above else (steps[0], -1)
    return min(1.0, 2 * exp(log_chance) * sum(_terms(count, step, by)))


def _terms(count: int, step: Callable[[int], float], by: int) -> Iterator[float]:
    """What each count from here outwards weighs, the first being 1."""
    term = 1.0
    while term > _NEGLIGIBLE:
        yield term
        term *= step(count)
        count += by


def _log_choose(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)
