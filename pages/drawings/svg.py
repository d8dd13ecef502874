"""Drawings of figures as SVG text that pages put in as they are. Pure: no Django.

Three looks that survive colour blindness, print and photocopies: solid, hatched, outlined. Presentation
attributes only, since the content security policy refuses style attributes.
"""

from dataclasses import dataclass
from enum import StrEnum
from html import escape

# The pattern that templates/components/situation_motif.html holds once a page.
HATCH = "hachures"
PERSON = "M12 13c-5 0-8 2.6-8 6.5V29h3.200v13h4V30.5h1.600V42h4V29H20v-9.5C20 15.600 17 13 12 13z"


class Drawing(str):
    """SVG text made here from numbers and escaped texts: templates insert it without escaping."""

    __slots__ = ()

    def __html__(self):
        return str(self)


class Look(StrEnum):
    SOLID = "plein"
    HATCHED = "hachure"
    OUTLINED = "contour"


_PAINT = {
    Look.SOLID: 'fill="#000091"',
    Look.HATCHED: f'fill="url(#{HATCH})" stroke="#6a6af4"',
    Look.OUTLINED: 'fill="#fff" stroke="#6b6b6b"',
}
_STROKE = {Look.SOLID: "#000091", Look.HATCHED: "#6a6af4", Look.OUTLINED: "#6b6b6b"}
_DASHES = {Look.SOLID: "", Look.HATCHED: ' stroke-dasharray="6 4"', Look.OUTLINED: ' stroke-dasharray="2 3"'}


def people(numbers, looks, text):
    """A row of people, `numbers` of each look; `text` says the same to who cannot see it."""
    each = [look for number, look in zip(numbers, looks, strict=True) for _ in range(number)]
    figures = "".join(
        f'<g transform="translate({28 * place + 2} 2)" {_PAINT[look]} stroke-width="1.5">'
        f'<circle cx="12" cy="6" r="5.5"/><path d="{PERSON}"/></g>'
        for place, look in enumerate(each)
    )
    return Drawing(
        f'<svg class="drawing-people" viewBox="0 0 {28 * len(each)} 48" role="img" '
        f'aria-label="{escape(text)}">{figures}</svg>'
    )


def bar(percent, look=Look.SOLID):
    """A bar on a track from 0 to 100; the number beside it carries the meaning."""
    return Drawing(
        '<svg class="drawing-bar" width="100%" height="18" aria-hidden="true" focusable="false">'
        '<rect width="100%" height="18" fill="#eee"/>'
        f'<rect width="{int(percent)}%" height="18" {_PAINT[look]}/></svg>'
    )


def stack(shares, looks):
    """Shares end to end on one bar; they are scaled to fill it when roundings make them 99 or 101."""
    total = sum(shares) or 1
    parts, start = [], 0
    for part, look in zip(shares, looks, strict=True):
        width = 100 * part / total
        if part:
            parts.append(f'<rect x="{start:.2f}%" y="1" width="{width:.2f}%" height="12" {_PAINT[look]}/>')
        start += width
    return Drawing(
        '<svg class="drawing-stack" width="100%" height="14" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def swatch(look):
    """The look alone, before the words that it stands for."""
    return Drawing(
        '<svg class="drawing-swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" '
        f'focusable="false"><circle cx="9" cy="9" r="7" {_PAINT[look]} stroke-width="1.5"/></svg>'
    )


@dataclass(frozen=True)
class Series:
    """One line of a trend: a value or None at each place of the axis."""

    look: Look
    values: tuple[int | None, ...]


_LEFT, _TOP, _HEIGHT, _STEP = 34, 10, 120, 70


def trend(series, labels, breaks, text):
    """Values over cohorts, always from 0 to 100; a line stops at holes and at the places in `breaks`."""
    width = _LEFT + _STEP * len(labels)
    content = [*_grid(width), *_axis(labels), *(_break(place) for place in sorted(breaks))]
    for line in series:
        content.extend(_line(line, breaks))
    return Drawing(
        f'<svg class="drawing-trend" viewBox="0 0 {width} {_TOP + _HEIGHT + 24}" role="img" '
        f'aria-label="{escape(text)}">{"".join(content)}</svg>'
    )


def _x(place):
    return _LEFT + _STEP * place + _STEP // 2


def _y(value):
    return _TOP + _HEIGHT - _HEIGHT * value / 100


def _grid(width):
    for value in (0, 50, 100):
        yield f'<line x1="{_LEFT}" x2="{width}" y1="{_y(value):g}" y2="{_y(value):g}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{_y(value) + 4:g}" text-anchor="end">{value}</text>'


def _axis(labels):
    for place, label in enumerate(labels):
        yield f'<text x="{_x(place)}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{escape(label)}</text>'


def _break(place):
    x = _x(place) - _STEP // 2
    return (
        f'<line x1="{x}" x2="{x}" y1="{_TOP}" y2="{_TOP + _HEIGHT}" stroke="#3a3a3a" stroke-dasharray="3 3"/>'
    )


def _line(line, breaks):
    run = []
    for place, value in enumerate(line.values):
        if value is None or place in breaks:
            yield from _stroke(run, line.look)
            run = []
        if value is not None:
            run.append(f"{_x(place)},{_y(value):g}")
    yield from _stroke(run, line.look)
    for place, value in enumerate(line.values):
        if value is not None:
            yield f'<circle cx="{_x(place)}" cy="{_y(value):g}" r="5" {_PAINT[line.look]} stroke-width="1.5"/>'


def _stroke(points, look):
    if len(points) > 1:
        yield (
            f'<polyline points="{" ".join(points)}" fill="none" stroke="{_STROKE[look]}" '
            f'stroke-width="2"{_DASHES[look]}/>'
        )
