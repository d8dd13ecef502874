"""The regions as tiles, one each, placed as on a map of France, overseas ones below; templates/drawings/tile_map.svg
draws them.

A tile tells in words and by its look where the region stands beside France; the table beside says the same. No
shade from pale to dark: it would order regions that cannot be told apart.
"""

from dataclasses import dataclass
from enum import StrEnum

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

    MORE = "more"
    LESS = "less"
    SAME = "same"
    PARTLY = "partly"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Tile:
    """A region to place: Tile(code="53", name="Bretagne", value="31 %", standing=Standing.SAME,
    address="?region=53"). `value` is "" where the figure is not shown; `address` may be ""."""

    code: str
    name: str
    value: str
    standing: Standing
    address: str = ""

    @property
    def label(self):
        """What the tile says to those who cannot see it."""
        return f"{self.name}, {self.value}" if self.value else self.name


@dataclass(frozen=True)
class PlacedTile:
    """A tile on the map: PlacedTile(tile=Tile(…), short_name="BRE", x=2, y=130, middle=30, name_y=153, value_y=174).

    x, y: corner of the square; middle: where its two texts are centred; name_y, value_y: where they stand.
    """

    tile: Tile
    short_name: str
    x: int
    y: int
    middle: int
    name_y: int
    value_y: int


@dataclass(frozen=True)
class TileMap:
    """TileMap(text="Travaillent 6 mois après, région par région", width=320, height=334, tiles=(PlacedTile(…), …)).

    Tiles go from top to bottom, as they are read.
    """

    text: str
    width: int
    height: int
    tiles: tuple[PlacedTile, ...]


def tile_map(tiles, text):
    """The `TileMap` of these regions, each once; `text` says what the map shows."""
    cells = _cells(tiles)
    rows = max((row for _column, row, _short, _tile in cells), default=0) + 1
    return TileMap(text, _x(_COLUMNS), _y(rows), tuple(_placed(*cell) for cell in cells))


def _cells(tiles):
    """(column, row, short name, tile), top to bottom as they are read; regions that no map places come last."""
    known = [(*PLACES[tile.code], tile) for tile in tiles if tile.code in PLACES]
    others = [tile for tile in tiles if tile.code not in PLACES]
    below = max((row for _column, row, *_ in known), default=-1) + 1
    known += [
        (number % _COLUMNS, below + number // _COLUMNS, tile.name[:3].upper(), tile)
        for number, tile in enumerate(others)
    ]
    return sorted(known, key=lambda cell: (cell[1], cell[0]))


def _placed(column, row, short_name, tile):
    left, top = _x(column), _y(row)
    return PlacedTile(tile, short_name, left + 2, top + 2, left + _SIDE // 2, top + 25, top + 46)


def _x(column):
    return column * (_SIDE + _GAP)


def _y(row):
    return row * (_SIDE + _GAP) + (_APART if row >= _APART_FROM else 0)
