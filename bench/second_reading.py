"""A second reading of the official figures, short and apart from the portal's: the standard library and plain SQL.

    python -m bench.second_reading ../shared/data/inserjeunes

It reads the files by the place of their columns and decides what may be shown, and why the rest is not, from the rules of
docs/donnees.md alone; then it compares group by group, number by number and reason by reason with the published tables,
both ways. `differences` is what tests/test_real_files.py expects to be empty.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field

from bench.official_cells import (
    COUNTS,
    EMPLOYED,
    FIGURES,
    LEAVERS,
    OF_APPRENTICES,
    OF_COUNTRY,
    OF_SCHOOLS,
    RATES,
    SIZE,
    STUDYING,
    read,
)

LEAST = 20
ON_LEAVERS = (*RATES, *OF_SCHOOLS)
LATER = (*RATES[1:], *FIGURES[11:])
_HIDDEN = {"nd", "n.d.", "ns", "-", "."}


def decide(groups):
    """Fill `shown` and `reasons` of the groups, as the table of docs/donnees.md says."""
    blocks = defaultdict(list)
    for group in groups:
        blocks[group.key[:3]].append(group)
    for block in blocks.values():
        measured = {
            name: any(group.number(name) is not None or group.sign(name) in _HIDDEN for group in block)
            for name in FIGURES
        }
        for group in block:
            _decide(group, measured)
    _settle(groups)
    return groups


def _thresholds(group):
    """(few people, few leavers) of a group; a source that gives head-counts leaves blank those under the threshold."""
    size, studying, leavers = (group.number(name) for name in (SIZE, STUDYING, LEAVERS))
    employed = [number for name in EMPLOYED.values() if (number := group.number(name)) is not None]
    if size is None and None not in (studying, leavers):
        size = studying + leavers
    if leavers is None and None not in (size, studying):
        leavers = max(0, size - studying)
    known = [number for number in (studying, leavers, *employed) if number is not None]
    is_counted = SIZE in group.cells
    few_people = size < LEAST if size is not None else is_counted and max(known, default=0) < LEAST
    few_leavers = leavers < LEAST if leavers is not None else is_counted and max(employed, default=0) < LEAST
    return few_people, few_leavers and not few_people


def _decide(group, measured):
    _source, _cohort, route, place, course = group.key
    few_people, few_leavers = _thresholds(group)
    absent = {
        *OF_COUNTRY,
        *(OF_SCHOOLS if course or "-" in place else ()),
        *(OF_APPRENTICES if route != "apprentissage" else ()),
    }
    hidden = {*absent, *(FIGURES if few_people else ()), *(ON_LEAVERS if few_leavers else ())}
    shown = {name: None if name in hidden else group.number(name) for name in FIGURES}
    counts = {name: None if few_people and name != SIZE else group.number(name) for name in COUNTS}
    group.shown = shown | counts
    on_people = [name for name in FIGURES if name not in OF_APPRENTICES]
    is_hidden_whole = all(shown[name] is None for name in on_people) and not any(
        number is not None for number in counts.values()
    )
    is_confidential = few_people or (is_hidden_whole and any(measured[name] for name in on_people))
    hides_leavers = few_leavers or (
        all(shown[name] is None for name in RATES)
        and group.sign(RATES[0]) != "-"
        and counts[LEAVERS] is None
        and measured[RATES[0]]
    )
    for name in FIGURES:
        if shown[name] is not None:
            letter = "."
        elif name in absent or group.sign(name) == "na":
            letter = "A"
        elif is_confidential:
            letter = "P"
        elif name in ON_LEAVERS and hides_leavers:
            letter = "L"
        elif (
            name in FIGURES[11:17]
            and measured[FIGURES[0]]
            and shown[FIGURES[0]] is None
            or group.sign(name)
            or measured[name]
        ):
            letter = "S"
        else:
            letter = "Y" if name in LATER and name in group.cells else "C"
        group.reasons[name] = letter


def _settle(groups):
    """Not measured yet, only after the newest cohort that any source of the same level has at that date."""
    newest = defaultdict(int)
    for group in groups:
        for name in LATER:
            if group.reasons[name] == ".":
                level = (name, bool(group.key[4]))
                newest[level] = max(newest[level], int(group.key[1][-4:]))
    for group in groups:
        for name in LATER:
            measured = newest.get((name, bool(group.key[4])))
            if measured and group.reasons[name] in "YC":
                group.reasons[name] = "Y" if int(group.key[1][-4:]) > measured else "C"


_SQL = (
    "SELECT source, cohort_id, route, COALESCE(school_id, territory_id), COALESCE(course_year_id, diploma_id, ''), "
    f"reasons, {', '.join((*COUNTS, *FIGURES))} FROM stats_outcome WHERE level = '' AND source IN ({{}})"
)


def published(cursor, sources):
    """{key: (reasons, {name: number})} of the published rows of these sources. cursor: of any database driver."""
    marks = ", ".join(f"'{source}'" for source in sorted(sources))
    cursor.execute(_SQL.format(marks))
    return {
        tuple(row[:5]): (row[5], dict(zip((*COUNTS, *FIGURES), row[6:], strict=True)))
        for row in cursor.fetchall()
    }


@dataclass
class Comparison:
    """How many groups, numbers and holes were compared, and a sentence for each difference."""

    groups: int = 0
    numbers: int = 0
    holes: int = 0
    differences: list[str] = field(default_factory=list)


def compare(groups, rows):
    """The `Comparison` of the groups of the files with the published rows, both ways."""
    comparison, by_key = Comparison(len(groups)), {group.key: group for group in groups}
    found = comparison.differences
    found += [f"twice in the files: {len(groups) - len(by_key)}"] if len(by_key) != len(groups) else []
    found += [f"published, in no file: {key}" for key in rows.keys() - by_key.keys()]
    for key, group in by_key.items():
        if key not in rows:
            found.append(f"{group.place}: in the file, not published")
            continue
        reasons, numbers = rows[key]
        for name, number in group.shown.items():
            comparison.numbers += number is not None
            if number != numbers[name]:
                found.append(f"{key}: {name} differs")
        for position, name in enumerate(FIGURES):
            comparison.holes += group.reasons[name] != "."
            if reasons[position : position + 1] != group.reasons[name]:
                found.append(f"{key}: {name} {reasons[position : position + 1]} for {group.reasons[name]}")
    return comparison


def check(folder, cursor):
    """The `Comparison` of a directory of files with the published tables."""
    groups = decide(list(read(folder)))
    return compare(groups, published(cursor, {group.key[0] for group in groups}))


def main(folder):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inserjeunes_portal.settings")
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        comparison = check(folder, cursor)
    print(f"{comparison.groups} groups, {comparison.numbers} numbers, {comparison.holes} holes: ", end="")
    print(f"{len(comparison.differences)} differences")
    print(*comparison.differences[:20], sep="\n")
    return bool(comparison.differences)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
