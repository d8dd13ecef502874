"""Geometry of the drawings of figures: templates/drawings/ draws what these classes place.

Three looks that survive colour blindness, print and photocopies: solid, hatched, outlined; dashes stand for those of
whom nothing is published. Lengths are in the units of
the drawing's own view box, or in percents of its width. Those that may have decimals are texts with a point, so that
no language writes them with a comma.
"""

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    SOLID = "solid"
    HATCHED = "hatched"
    OUTLINED = "outlined"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Person:
    """A person at `x`: Person(x=2, look=Look.SOLID)."""

    x: int
    look: Look


@dataclass(frozen=True)
class PeopleRow:
    """People side by side: PeopleRow(text="Sur 10 élèves…", width=280, people=(Person(…), …)).

    `text` says the same to those who cannot see it.
    """

    text: str
    width: int
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Bar:
    """A bar on a track from 0 to 100: Bar(percent=31, look=Look.SOLID). The number beside it carries the meaning."""

    percent: int
    look: Look


@dataclass(frozen=True)
class Segment:
    """A part of a stacked bar, in percents of its width: Segment(x="31.00", width="47.00", look=Look.HATCHED)."""

    x: str
    width: str
    look: Look


@dataclass(frozen=True)
class StackedBar:
    """Shares end to end: StackedBar(segments=(Segment(…), …)). Empty shares have no segment."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Series:
    """One line of a trend: Series(look=Look.SOLID, values=(31, None, 35)), a value or None at each place of the axis."""

    look: Look
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class GridLine:
    """A horizontal line and its value on the left: GridLine(y="70", label_y="74", value=50)."""

    y: str
    label_y: str
    value: int


@dataclass(frozen=True)
class AxisLabel:
    """A text under the axis: AxisLabel(x=69, text="2021-2022")."""

    x: int
    text: str


@dataclass(frozen=True)
class Point:
    """A value of a line: Point(x=69, y="92.8")."""

    x: int
    y: str


@dataclass(frozen=True)
class TrendLine:
    """A series, drawn as runs of joined points: TrendLine(look=Look.SOLID, runs=("69,92.8 139,88",), points=(Point(…), …)).

    A point alone between two holes belongs to no run.
    """

    look: Look
    runs: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class TrendChart:
    """Values over cohorts, always from 0 to 100: TrendChart(text="Évolution…", width=174, grid=(GridLine(…), …),
    labels=(AxisLabel(…), …), breaks=(104,), lines=(TrendLine(…), …)). `breaks`: where vertical lines cut the axis."""

    text: str
    width: int
    grid: tuple[GridLine, ...]
    labels: tuple[AxisLabel, ...]
    breaks: tuple[int, ...]
    lines: tuple[TrendLine, ...]


# Width of a person and of the space before the first one.
_PERSON, _MARGIN = 28, 2
# Space on the left and above the grid, its height and the width of a place; templates/drawings/trend.svg repeats them.
_LEFT, _TOP, _HEIGHT, _STEP = 34, 10, 120, 70


def people_row(numbers, looks, text):
    """The `PeopleRow` that has `numbers` of people of each look."""
    each = [look for number, look in zip(numbers, looks, strict=True) for _ in range(number)]
    people = tuple(Person(_PERSON * place + _MARGIN, look) for place, look in enumerate(each))
    return PeopleRow(text, _PERSON * len(each), people)


def stacked_bar(shares, looks):
    """The `StackedBar` of these shares, scaled to fill it when roundings make them sum to 99 or 101."""
    total = sum(shares) or 1
    segments, start = [], 0
    for share, look in zip(shares, looks, strict=True):
        width = 100 * share / total
        if share:
            segments.append(Segment(f"{start:.2f}", f"{width:.2f}", look))
        start += width
    return StackedBar(tuple(segments))


def trend_chart(series, labels, breaks, text):
    """The `TrendChart` of these `Series`; a line stops at holes and before the places in `breaks`."""
    return TrendChart(
        text=text,
        width=_LEFT + _STEP * len(labels),
        grid=tuple(GridLine(f"{_y(value):g}", f"{_y(value) + 4:g}", value) for value in (0, 50, 100)),
        labels=tuple(AxisLabel(_x(place), label) for place, label in enumerate(labels)),
        breaks=tuple(_x(place) - _STEP // 2 for place in sorted(breaks)),
        lines=tuple(_line(one, breaks) for one in series),
    )


def _x(place):
    return _LEFT + _STEP * place + _STEP // 2


def _y(value):
    return _TOP + _HEIGHT - _HEIGHT * value / 100


def _line(series, breaks):
    runs, points = [[]], []
    for place, value in enumerate(series.values):
        if value is None or place in breaks:
            runs.append([])
        if value is not None:
            point = Point(_x(place), f"{_y(value):g}")
            points.append(point)
            runs[-1].append(f"{point.x},{point.y}")
    return TrendLine(series.look, tuple(" ".join(run) for run in runs if len(run) > 1), tuple(points))
