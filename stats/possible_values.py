"""What a figure that a group does not publish can be, from the figures that it does publish.

The figure of another group never stands for one that these bounds make impossible: where 92 % study on, at most 8 % work.
"""

from typing import Any

from stats.indicators import BY_NAME, FIGURES, SITUATIONS, STUDYING, Denominator, Indicator

_EMPLOYED, _STUDYING, _OTHERS = SITUATIONS
# Sources round each figure to a whole percentage.
_ROUNDING = 0.5


def is_possible(name: str, value: int, published: Any) -> bool:
    """Whether a group can have this value; published: an object with the columns of the facts table as attributes.

    What is no share of people has no bounds.
    """
    known = {figure: shown for figure in FIGURES if (shown := getattr(published, figure)) is not None}
    low, high = bounds(name, known)
    return low - _ROUNDING <= value <= high + _ROUNDING


def bounds(name: str, known: dict[str, int]) -> tuple[float, float]:
    """(lowest, highest) value, in percent, that {figure: value} leaves possible, before it is rounded itself.

    A rate of leavers has none: the shares would give it, for too few leavers for it to be relied on.
    """
    indicator = BY_NAME[name]
    if name in known:
        return known[name], known[name]
    if not indicator.is_share_of_people:
        return float("-inf"), float("inf")
    if indicator.denominator is Denominator.LEAVERS:
        return 0.0, 100.0
    return _of_share(indicator, known)


def _of_share(indicator: Indicator, known: dict[str, int]) -> tuple[float, float]:
    """Those who work, study and do something else are 100 of 100; nobody works who has not left."""
    if indicator.count == STUDYING:
        apart = [known[other] for other in (_EMPLOYED, _OTHERS) if other in known]
        return _what_is_left(apart, is_all=len(apart) == 2)
    others = _others_of(indicator)
    apart = [known[other] for other in (*others, _STUDYING) if other in known]
    if _STUDYING not in known and "taux_poursuite_etudes" in known:
        apart.append(known["taux_poursuite_etudes"])
    return _what_is_left(apart, is_all=len(apart) == 2)


def _others_of(indicator: Indicator) -> tuple[str, ...]:
    """The other figure of those who left, at the same date."""
    if indicator.rest_of:
        return (indicator.rest_of[0],)
    return tuple(
        other.name for other in BY_NAME.values() if other.rest_of and other.rest_of[0] == indicator.name
    )


def _what_is_left(apart: list[int], is_all: bool) -> tuple[float, float]:
    margin = _ROUNDING * len(apart)
    high = 100 - sum(apart) + margin
    return max(0.0, high - 2 * margin if is_all else 0.0), max(0.0, min(100.0, high))
