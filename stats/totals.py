"""The same figure for a wider group, made only from what is published of its parts.

A part whose figure is withheld stays out, and the total says how many parts and people it covers: it holds nothing that the
published parts do not, so that nothing can be subtracted from it.

Parts where few leave publish further study and nothing else. Leaving them out would keep the parts where many leave, and
tell that fewer study than do. So further study counts every part that publishes it; what became of leavers is told only where
the parts that publish it hold nearly all the people known, and is carried over to the leavers of all parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stats.disclosure_control.primary import is_confidential
from stats.indicators import BY_NAME, GROUP_SIZE, INDICATORS, LEAVERS, STUDYING, Denominator, Indicator
from stats.rates import others, share

# A total of which less is known stands for the part that is known, not for the whole: it is not shown.
LEAST_COVERED_PERCENT = 85
STUDYING_SHARE = "taux_en_formation"
SUMMABLE = tuple(i.name for i in INDICATORS if i.count or i.rest_of)


@dataclass(frozen=True)
class Total:
    """A figure over several groups.

    Total(value=34, size=4100, covered=14, parts=17, people=4100, known=4300): whole percentage, people it is a share of, how
    many groups publish it and how many there are, final-year pupils of the groups that publish it and of all those whose
    head-count is known. `value` is None where no group can be counted, or too few of the people known.
    """

    value: int | None
    size: int
    covered: int
    parts: int
    people: int
    known: int

    @property
    def is_whole(self) -> bool:
        return self.covered == self.parts


@dataclass(frozen=True)
class Counted:
    """The parts that publish one figure with its head-count.

    Counted(parts=14, people=4100, size=2300, number=1200, studying=1800): how many parts, their final-year pupils, those of
    whom the figure is a share, those whom it counts, and those of the final-year pupils who study on (0 where
    the total does not need them).
    """

    parts: int = 0
    people: int = 0
    size: int = 0
    number: int = 0
    studying: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(*(getattr(self, field) + getattr(other, field) for field in self.__dataclass_fields__))


@dataclass(frozen=True)
class Sums:
    """Sums over some parts: Sums(parts=17, known=4300, counted={"taux_emploi_6_mois": Counted(…), …}); known: final-year
    pupils of the parts whose head-count is known. counted: one for each figure of COUNTED."""

    parts: int
    known: int
    counted: Mapping[str, Counted]

    def __add__(self, other: "Sums") -> "Sums":
        counted = {name: self.counted[name] + other.counted[name] for name in self.counted}
        return Sums(self.parts + other.parts, self.known + other.known, counted)


# Figures that are counted; the others among SUMMABLE follow from them.
COUNTED = tuple(name for name in SUMMABLE if BY_NAME[name].count)


def published_columns(name: str) -> tuple[str, ...]:
    """The columns without which a row stays out of the total of a figure of COUNTED."""
    indicator = BY_NAME[name]
    if indicator.denominator is Denominator.LEAVERS:
        return (name, indicator.count, LEAVERS, GROUP_SIZE)
    if indicator.count == STUDYING:
        return (name, GROUP_SIZE)
    return (name, STUDYING_SHARE, GROUP_SIZE)


def needs_studying(name: str) -> bool:
    """Whether the total of a figure of COUNTED is carried over to those who leave the other parts."""
    return STUDYING_SHARE in published_columns(name)[1:]


def sums_of(rows: Iterable[Any]) -> Sums:
    """The `Sums` of rows, objects with the columns of the facts table as attributes."""
    rows = list(rows)
    known = sum(getattr(row, GROUP_SIZE) or 0 for row in rows)
    counted = {name: sum((_counted(name, row) for row in rows), Counted()) for name in COUNTED}
    return Sums(len(rows), known, counted)


def _counted(name: str, row: Any) -> Counted:
    if any(getattr(row, column) is None for column in published_columns(name)):
        return Counted()
    indicator, people = BY_NAME[name], getattr(row, GROUP_SIZE)
    return Counted(
        parts=1,
        people=people,
        size=getattr(row, indicator.denominator.value),
        number=_number(indicator, row),
        studying=_number(BY_NAME[STUDYING_SHARE], row) if needs_studying(name) else 0,
    )


def _number(indicator: Indicator, row: Any) -> int:
    """How many a figure counts: the head-count, else the one that the percentage tells.

    Head-counts where few leave, or nobody says how many, may be stored and are not shown (`Outcome.open_counts`): a sum holds nothing of them.
    """
    if not _is_of_final_year(indicator):
        return getattr(row, indicator.count)
    leavers, number = getattr(row, LEAVERS), getattr(row, indicator.count)
    if number is None or leavers is None or is_confidential(leavers):
        return (getattr(row, indicator.name) * getattr(row, GROUP_SIZE) + 50) // 100
    return number


def _is_of_final_year(indicator: Indicator) -> bool:
    return indicator.denominator is Denominator.FINAL_YEAR


def totals(sums: Sequence[Sums]) -> dict[str, Total]:
    """{figure: `Total`} of every figure of SUMMABLE over the parts of all these sums.

    The other figures (value added, expected rate, broken contracts, salaries) are never averaged.
    """
    together = sum(sums[1:], sums[0]) if sums else sums_of(())
    found = {name: _total(name, together) for name in COUNTED}
    rests = {name: _rest(name, found) for name in SUMMABLE if BY_NAME[name].rest_of}
    return found | rests


def total(name: str, rows: Iterable[Any]) -> Total:
    """The `Total` of one figure over rows; without a value where it is no count out of a head-count."""
    sums = sums_of(rows)
    nothing = Total(None, 0, 0, sums.parts, 0, sums.known)
    return totals([sums]).get(name, nothing)


def _total(name: str, sums: Sums) -> Total:
    indicator, counted = BY_NAME[name], sums.counted[name]
    value: int | None = share(counted.number, counted.size)
    if indicator.count != STUDYING:
        is_enough = 100 * counted.people >= LEAST_COVERED_PERCENT * sums.known
        if not is_enough:
            value = None
        elif needs_studying(name):
            value = _share_of_everybody(counted, sums.counted[STUDYING_SHARE])
    size = counted.size
    if value is None:
        return Total(None, 0, 0, sums.parts, counted.people, sums.known)
    return Total(value, size, counted.parts, sums.parts, counted.people, sums.known)


def _share_of_everybody(counted: Counted, everybody: Counted) -> int | None:
    """The share of all final-year pupils, where some parts publish only who studies on.

    counted: the parts that publish the figure. everybody: those that publish further study. Leavers of the other parts are
    taken to be like those who are counted: the share and further study are then of the same people, and the share cannot
    exceed the leavers whom the other parts have.
    """
    leavers, all_leavers = counted.people - counted.studying, everybody.people - everybody.number
    if not leavers:
        return share(counted.number, counted.people)
    return share(min(counted.number, leavers) * all_leavers, leavers * everybody.people)


def _rest(name: str, found: Mapping[str, Total]) -> Total:
    """Other situations are what employment and studies leave."""
    employed, studying = (found[part] for part in BY_NAME[name].rest_of)
    if employed.value is None or studying.value is None:
        return Total(None, 0, 0, employed.parts, employed.people, employed.known)
    return Total(
        others(employed.value, studying.value),
        employed.size,
        employed.covered,
        employed.parts,
        employed.people,
        employed.known,
    )
