"""The regions as tiles, one each, placed as on a map of France, overseas ones below. Pure: no Django.

A tile tells in words and by its look where the region stands beside France; the table beside says the same. No
shade from pale to dark: it would order regions that cannot be told apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from html import escape

from pages.drawings.svg import HATCH, Drawing

# INSEE code → (column, row, what is written on the tile).
PLACES = {
    "32": (2, 0, "HDF"),
    "28": (1, 1, "NOR"),
    "11": (2, 1, "IDF"),
    "44": (3, 1, "GES"),
    "53": (0, 2, "BRE"),
    "52": (1, 2, "PDL"),
    "24": (2, 2, "CVL"),
    "27": (3, 2, "BFC"),
    "75": (1, 3, "NAQ"),
    "84": (2, 3, "ARA"),
    "76": (1, 4, "OCC"),
    "93": (2, 4, "PAC"),
    "94": (3, 4, "COR"),
    "01": (0, 5, "GUA"),
    "02": (1, 5, "MTQ"),
    "03": (2, 5, "GUY"),
    "04": (3, 5, "REU"),
    "06": (4, 5, "MAY"),
}
_SIDE, _GAP, _COLUMNS = 60, 4, 5
# Overseas regions, and those that no map places, stand apart from the others.
_APART, _APART_FROM = 14, 5


class Standing(StrEnum):
    """What a region is beside France."""

    MORE = "plus"
    LESS = "moins"
    SAME = "pareil"
    HIDDEN = "absent"


_PAINT = {
    Standing.MORE: 'fill="#000091"',
    Standing.LESS: 'fill="#fff" stroke="#000091" stroke-width="3"',
    Standing.SAME: 'fill="#e3e3fd"',
    Standing.HIDDEN: f'fill="url(#{HATCH}-gris)" stroke="#929292"',
}
_INK = {Standing.MORE: "#fff", Standing.LESS: "#000091", Standing.SAME: "#161616", Standing.HIDDEN: "#161616"}


@dataclass(frozen=True)
class Tile:
    """A region on the map: Tile(code="53", name="Bretagne", value="31 %", standing=Standing.SAME,
    address="?region=53"). `value` is "" where the figure is not shown; `address` may be ""."""

    code: str
    name: str
    value: str
    standing: Standing
    address: str = ""


def tile_map(tiles, text):
    """The `Drawing` of these regions, each once; `text` says what the map shows."""
    placed = _placed(tiles)
    rows = max((row for _column, row, _short, _tile in placed), default=0) + 1
    height = _y(rows)
    drawn = "".join(_drawn(*each) for each in placed)
    return Drawing(
        f'<svg class="drawing-tiles" viewBox="0 0 {_x(_COLUMNS)} {height}" role="group" '
        f'aria-label="{escape(text)}">{_HATCH}{drawn}</svg>'
    )


# Its own pattern: the one of the page is blue, as the people who study.
_HATCH = (
    f'<pattern id="{HATCH}-gris" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" fill="#fff"/><rect width="2" height="8" fill="#ddd"/></pattern>'
)


def key(standing):
    """The look alone, before the words that it stands for, on the page of the map, which holds the hatching."""
    return Drawing(
        f'<svg class="drawing-swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" '
        f'focusable="false"><rect x="2" y="2" width="14" height="14" {_PAINT[standing]}/></svg>'
    )


def _placed(tiles):
    """(column, row, short name, tile), top to bottom as they are read; regions that no map places come last."""
    known = [(*PLACES[tile.code], tile) for tile in tiles if tile.code in PLACES]
    others = [tile for tile in tiles if tile.code not in PLACES]
    below = max((row for _column, row, *_ in known), default=-1) + 1
    known += [
        (number % _COLUMNS, below + number // _COLUMNS, tile.name[:3].upper(), tile)
        for number, tile in enumerate(others)
    ]
    return sorted(known, key=lambda each: (each[1], each[0]))


def _x(column):
    return column * (_SIDE + _GAP)


def _y(row):
    return row * (_SIDE + _GAP) + (_APART if row >= _APART_FROM else 0)


def _drawn(column, row, short, tile):
    said = f"{tile.name}, {tile.value}" if tile.value else tile.name
    ink = _INK[tile.standing]
    content = (
        f"<title>{escape(said)}</title>"
        f'<rect x="{_x(column) + 2}" y="{_y(row) + 2}" width="{_SIDE - 4}" height="{_SIDE - 4}" '
        f"{_PAINT[tile.standing]}/>"
        f'<text x="{_x(column) + _SIDE // 2}" y="{_y(row) + 25}" text-anchor="middle" font-size="14" '
        f'fill="{ink}" aria-hidden="true">{escape(short)}</text>'
        f'<text x="{_x(column) + _SIDE // 2}" y="{_y(row) + 46}" text-anchor="middle" font-size="17" '
        f'font-weight="700" fill="{ink}" aria-hidden="true">{escape(tile.value or "–")}</text>'
    )
    if not tile.address:
        return f'<g role="img" aria-label="{escape(said)}">{content}</g>'
    return f'<a href="{escape(tile.address)}" aria-label="{escape(said)}">{content}</a>'
