"""At which place of a file each column of its source is: as the header says, and as somebody said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from deliveries.findings import Refusal
from deliveries.quoting import is_number
from deliveries.reading import Table, header_key
from deliveries.source import Source

# {column of the source: its place in the file from 0, None where the file does not have it}, as somebody said. A column
# that is not there is where the header says.
Said = Mapping[str, int | None]
NOTHING_SAID: Said = {}


def keys_of(table: Table, source: Source) -> list[str] | None:
    """The keys of the header as the source understands it, None where it is not its header."""
    header = table.header if source.header_of is None else source.header_of(table)
    return None if header is None else [header_key(cell) for cell in header]


def by_header(table: Table, source: Source) -> dict[str, int] | None:
    """{column of the source: its place}, None where it is not its header."""
    keys = keys_of(table, source)
    return None if keys is None else _matched(keys, source)


def by_names(table: Table, source: Source) -> dict[str, int]:
    """The same, also where it is not its header: what its names alone say."""
    found = by_header(table, source)
    return _matched(_written(table), source) if found is None else found


def _written(table: Table) -> list[str]:
    return [header_key(cell) for cell in table.header]


def _matched(keys: list[str], source: Source) -> dict[str, int]:
    positions = {}
    for column in source.columns:
        for key in (column.name, *column.aliases):
            if key in keys:
                positions[column.name] = keys.index(key)
                break
    return positions


def as_said(table: Table, source: Source, said: Said) -> dict[str, int]:
    """{column of the source: its place}, where somebody said some of them.

    What is said takes the place of what the header says. Raises Refusal where it does not fit the file, or where what the
    file holds is of another source all the same.
    """
    _check_said(table, source, said)
    found = by_header(renamed(table, said), source)
    if found is None:
        raise Refusal("source_contredite", line=table.header_line, expected=source.label)
    told = {name: place for name, place in said.items() if place is not None}
    places = set(told.values())
    kept = {name: place for name, place in found.items() if name not in said and place not in places}
    return kept | told


def doubled(table: Table, source: Source, positions: Mapping[str, int]) -> dict[str, list[int]]:
    """{column of the source whose name is at several places of the header: these places}."""
    keys = keys_of(table, source) or _written(table)
    places = {
        name: [at for at, key in enumerate(keys) if key == keys[place]] for name, place in positions.items()
    }
    return {name: own for name, own in places.items() if len(own) > 1}


def renamed(table: Table, said: Said) -> Table:
    """The table as if its header had the names that were said, for what reads headers."""
    header = list(table.header)
    for name, place in said.items():
        if place is not None:
            header[place] = name
    return replace(table, header=tuple(header))


def is_whole(source: Source, said: Said) -> bool:
    """Whether every column of the source is said: whoever did saw the columns that are left."""
    return all(column.name in said for column in source.columns)


def _check_said(table: Table, source: Source, said: Said) -> None:
    if fault := fault_of(said, source, len(table.header)):
        raise Refusal("colonnes_indiquees", line=table.header_line, value=fault)


def fault_of(said: Said, source: Source, width: int) -> str:
    """Why what is said cannot be of a file of so many columns, in French, "" where it can."""
    names = {column.name for column in source.columns}
    if strange := sorted(set(said) - names):
        return f"la source «\u00a0{source.label}\u00a0» n’a pas de colonne «\u00a0{strange[0]}\u00a0»"
    places = {name: place for name, place in said.items() if place is not None}
    for name, place in places.items():
        if not 0 <= place < width:
            return f"«\u00a0{name}\u00a0» est indiquée à la place n°\u00a0{place + 1}, et le fichier n’a que {width} colonnes"
    for place, number in Counter(places.values()).items():
        if number > 1:
            both = " et ".join(f"«\u00a0{name}\u00a0»" for name in places if places[name] == place)
            return f"la colonne n°\u00a0{place + 1} est indiquée pour {both}"
    return ""


def place_name(table: Table, place: int) -> str:
    """A column of the file in words: "n° 4 « Taux »", or "n° 4" where it has no name, or a number in its place."""
    cell = table.header[place]
    number = f"n°\u00a0{place + 1}"
    return number if not cell or is_number(cell) else f"{number} «\u00a0{cell}\u00a0»"
