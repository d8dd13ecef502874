"""Columns without a name that follow one another: 6, 12, 18, then 24 months."""

import re
from collections.abc import Iterator, Mapping

from deliveries.columns.positions import place_name
from deliveries.reading import Table, header_key
from deliveries.source import Source

_NAMELESS = re.compile(r"(?:unnamed|colonne|column|col|champ|field)?_?\d*")
_MONTHS = re.compile(r"(.*_)(\d+)(_mois)?")


def by_place(
    table: Table, source: Source, positions: Mapping[str, int], free: list[int]
) -> Iterator[tuple[str, int, str, int]]:
    """(column, place, reason, strength) of nameless columns between two named ones of a series, or after its last one.

    Between two of them, only where there are as many of them as months are missing: else nothing tells which is which.
    """
    for months in _series(source):
        named = {month: positions[name] for month, name in months.items() if name in positions}
        for before, after in zip(sorted(named), sorted(named)[1:], strict=False):
            missing = [month for month in months if before < month < after]
            places = [
                place for place in range(named[before] + 1, named[after]) if _is_nameless(table, place, free)
            ]
            if missing and len(places) == len(missing):
                reason = (
                    f"elle est entre {place_name(table, named[before])} et {place_name(table, named[after])}"
                )
                for month, place in zip(missing, places, strict=True):
                    yield months[month], place, reason, 3
        if named:
            last = max(named)
            reason = f"elle suit {place_name(table, named[last])}"
            for rank, month in enumerate(month for month in months if month > last):
                place = named[last] + 1 + rank
                if not _is_nameless(table, place, free):
                    break
                yield months[month], place, reason, 2


def _series(source: Source) -> list[dict[int, str]]:
    """[{months: column}] of a source, in the order of the months, for what it measures at several dates."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for column in source.columns:
        if match := _MONTHS.fullmatch(column.name):
            found.setdefault((match[1], match[3] or ""), {})[int(match[2])] = column.name
    return [dict(sorted(months.items())) for months in found.values() if len(months) > 1]


def _is_nameless(table: Table, place: int, free: list[int]) -> bool:
    return place in free and is_nameless(table.header[place])


def is_nameless(cell: str) -> bool:
    """Whether a header cell names nothing: blank, or as spreadsheets and programs call a column without a name."""
    return bool(_NAMELESS.fullmatch(header_key(cell)))
