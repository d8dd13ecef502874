"""The first page of a preview: how many figures change, of what and where, and how much pages cover before and after."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from deliveries.preview.compare import Changes, Status
from deliveries.preview.kept import COURSE, PLACE, Filter, Lines
from deliveries.preview.labels import TABLES, Labels
from deliveries.preview.shown import parts_of
from stats.indicators import FIGURES

# Lines that each part of the page shows before the others are asked for.
FIRST_LINES = 10
BY = ("indicateur", "region", "etablissement", "formation")


def counts_by(lines: Lines, by: str, table: pd.DataFrame | None = None) -> list[tuple[str, list[int]]]:
    """[(code, [how many of each Status])], what changes most first. by: one of BY. table: some of the lines, those of
    `Filter()` by default."""
    found = Filter().of(lines) if table is None else table
    if by == "indicateur":
        codes = np.array(FIGURES, dtype="object")[found["indicator"].to_numpy()]
    else:
        of_groups = {"region": lines.regions, "etablissement": _schools(lines), "formation": lines.courses}
        codes = of_groups[by][found["group"].to_numpy()]
    known = codes != ""
    numbers = pd.crosstab(codes[known], found["status"].to_numpy()[known])
    numbers = numbers.reindex(columns=list(Status), fill_value=0)
    order = numbers.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return [(str(code), [int(number) for number in numbers.loc[code]]) for code in order]


def _schools(lines: Lines) -> np.ndarray:
    is_school = [lines.labels.place(place).level == "etablissement" for place in lines.places]
    return np.where(is_school, lines.places, "")


def summarise(changes: Changes, lines: Lines, labels: Labels) -> dict[str, Any]:
    """What the first page says but the lines themselves, for a column of JSON.

    {"nombres": [of each Status], "anciennes": [alike, of former cohorts], "reprises": [alike, of figures that stand in for others], "inhabituels": 3,
    "reculs": 2 (moves to a cohort that is older than the one that was shown),
    "motifs": {status: {letter: number}}, "par": {one of BY: [[code, [of each Status]]]}, the first ones, "en_tout": {one of BY: how many},
    "couverture": [[table, region, before, after]]}
    """
    table, first = lines.table, Filter().of(lines)
    by = {name: counts_by(lines, name, first) for name in BY}
    return {
        "nombres": _of_each(first),
        "anciennes": _of_each(table[~table["is_first"] & ~table["is_repeat"]]),
        "reprises": _of_each(table[table["is_repeat"]]),
        "inhabituels": int(first["is_unusual"].sum()),
        "reculs": int(_are_older(first, lines.cohorts).sum()),
        "motifs": {
            str(status.value): dict(
                Counter(first.loc[first["status"].eq(status), "reason"].tolist()).most_common()
            )
            for status in (Status.VANISHED, Status.WITHHELD)
        },
        "par": {name: [list(row) for row in rows[:FIRST_LINES]] for name, rows in by.items()},
        "en_tout": {name: len(rows) for name, rows in by.items()},
        "couverture": coverage(changes, labels),
    }


def _are_older(table: pd.DataFrame, cohorts: list[str]) -> np.ndarray:
    """Whether each move leads to the figure of an older cohort, as where the newest one has no row any more."""
    moved = table[table["status"].eq(Status.MOVED)]
    ranks = np.array([int(cohort[-4:] + cohort[:4]) for cohort in cohorts], dtype="int64")
    return ranks[moved["after_cohort"].to_numpy()] < ranks[moved["before_cohort"].to_numpy()]


def _of_each(table: pd.DataFrame) -> list[int]:
    return [int((table["status"] == status).sum()) for status in Status]


def coverage(changes: Changes, labels: Labels) -> list[list]:
    """[[table of `labels.TABLES`, region or "", groups that show something before, after]], in the order of the tables."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for group, *shows in zip(changes.groups, changes.shows["before"], changes.shows["after"], strict=True):
        parts = parts_of(group)
        table, region = labels.table(parts[PLACE], parts[COURSE]), labels.place(parts[PLACE]).region
        for side, shown in enumerate(shows):
            counts[table, region, side] += int(shown)
    order = list(TABLES)
    found = sorted({key[:2] for key in counts}, key=lambda key: (order.index(key[0]), key[1]))
    return [[table, region, counts[table, region, 0], counts[table, region, 1]] for table, region in found]


def coverage_by_table(rows: list[list]) -> list[tuple[str, int, int]]:
    """[(table, before, after)] over all regions, of what `coverage` returns."""
    sums: dict[str, list[int]] = {}
    for table, _region, before, after in rows:
        one = sums.setdefault(table, [0, 0])
        one[0], one[1] = one[0] + before, one[1] + after
    return [(table, before, after) for table, (before, after) in sums.items()]


def most_changed(summary: Mapping[str, Any], number: int) -> list[tuple[str, str]]:
    """[("formation" or "etablissement", code)]: the courses and schools whose pages change most, so many of each."""
    return [(kind, code) for kind in BY[2:][::-1] for code, _ in summary["par"][kind][:number]]
