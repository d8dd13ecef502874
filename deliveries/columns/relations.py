"""Columns of figures that others give: the three situations make 100, the value added is a difference of two rates."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from deliveries.columns.positions import place_name
from deliveries.reading import Table
from deliveries.source import Column
from stats.indicators import INDICATORS, SITUATIONS

# Of rounded numbers, two of three may be one off.
_OFF = 1
_MOST, _FEWEST = 0.9, 3
_ROWS = 2_000


def by_sum(
    table: Table, missing: list[Column], positions: Mapping[str, int], free: list[int]
) -> Iterator[tuple[str, int, str, int]]:
    """(column, place, reason, strength) of the columns that make, with two that are known, what they should."""
    numbers = {place: _numbers(table.cells[place]) for place in free}
    for column in missing:
        for (one, other), expected, words in _expected(column.name, table, positions):
            reason = words.format(one=place_name(table, one), other=place_name(table, other))
            for place, values in numbers.items():
                off = (values - expected).abs()
                known = off.dropna()
                if len(known) >= _FEWEST and values.nunique() > 1 and (known <= _OFF).mean() >= _MOST:
                    yield column.name, place, reason, 3


def _expected(
    name: str, table: Table, positions: Mapping[str, int]
) -> Iterator[tuple[tuple[int, int], pd.Series, str]]:
    """((places of the two others), what they say that the column holds, in which words) for each relation it is in."""
    others = tuple(other for other in SITUATIONS if other != name)
    if name in SITUATIONS and set(others) <= set(positions):
        one, other = (positions[part] for part in others)
        yield (
            (one, other),
            100 - _numbers(table.cells[one]) - _numbers(table.cells[other]),
            ("avec {one} et {other}, elle fait 100"),
        )
    for difference in (indicator for indicator in INDICATORS if indicator.difference_of):
        trio = (difference.name, *difference.difference_of)
        if name not in trio or not set(trio) - {name} <= set(positions):
            continue
        value = {part: _numbers(table.cells[positions[part]]) for part in trio if part != name}
        own, high, low = trio
        one, other = (positions[part] for part in trio if part != name)
        if name == own:
            yield (one, other), value[high] - value[low], "elle est {one} moins {other}"
        elif name == high:
            yield (one, other), value[low] + value[own], "elle est la somme de {one} et {other}"
        else:
            yield (one, other), value[high] - value[own], "elle est la différence de {other} et {one}"


def _numbers(cells: pd.Series) -> pd.Series:
    texts = cells.iloc[:_ROWS].str.replace(",", ".", regex=False).str.rstrip(" %")
    return pd.to_numeric(texts, errors="coerce").replace([np.inf, -np.inf], np.nan)
