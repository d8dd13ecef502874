"""Which column of a file may be one that its header does not tell: by its name, its place, its values. Each says why."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from deliveries.columns import relations, series
from deliveries.columns.natures import look_of, looks, may_hold
from deliveries.columns.positions import place_name
from deliveries.reading import Table, header_key
from deliveries.source import Column, Source

_ALIKE, _NEARLY_THE_SAME = 0.72, 0.92
# {column of the source: keys of the headers under which somebody named it in former files}.
Former = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Suggestion:
    """A column of the file that may be one of the source, and why, in French.

    strength: 3 where nothing else explains it, 2 where a name or a series tells, 1 where others are as likely.
    """

    place: int
    reason: str
    strength: int


def settle(
    table: Table, source: Source, positions: Mapping[str, int], former: Former | None = None
) -> tuple[dict[str, list[Suggestion]], dict[str, int]]:
    """(what may be each column that has no place, the place of those for which one is likelier than any other).

    What nothing else explains is settled first, then what is likely: both leave fewer places for the others, and say more of
    them.
    """
    found: dict[str, list[Suggestion]] = {}
    chosen: dict[str, int] = {}
    while True:
        suggestions = suggest(table, source, {**positions, **chosen}, former)
        found |= suggestions
        likely = preselected(suggestions)
        certain = {name: place for name, place in likely.items() if suggestions[name][0].strength > 2}
        if not likely:
            return found, chosen
        chosen |= certain or likely


def suggest(
    table: Table, source: Source, positions: Mapping[str, int], former: Former | None = None
) -> dict[str, list[Suggestion]]:
    """{column of the source that has no place: what may be it, the likeliest first}.

    positions: the columns whose place is known. Only columns of the file that are not one of them, and hold something, are
    suggested.
    """
    used = set(positions.values())
    free = [
        place for place in range(len(table.header)) if place not in used and (table.cells[place] != "").any()
    ]
    missing = [column for column in source.columns if column.name not in positions]
    found: dict[str, list[Suggestion]] = {column.name: [] for column in missing}
    seen = {place: looks(table.cells[place]) for place in free}
    held = {
        column.name: [place for place in free if may_hold(column, table.cells[place], seen[place])]
        for column in missing
    }
    for suggestions in (
        _by_former_name(table, missing, free, former or {}),
        _by_name(table, missing, free),
        series.by_place(table, source, positions, free),
        relations.by_sum(table, missing, positions, free),
        _by_values(seen, missing, held),
    ):
        for name, place, reason, strength in suggestions:
            if place in held.get(name, ()):
                found[name].append(Suggestion(place, reason, strength))
    _add_the_only_one(table, missing, free, held, found)
    return {name: _merged(suggestions) for name, suggestions in found.items()}


def _add_the_only_one(
    table: Table,
    missing: list[Column],
    free: list[int],
    held: Mapping[str, list[int]],
    found: dict[str, list[Suggestion]],
) -> None:
    """Where one required column is missing, and one column of the file has no name, or is not read: it is that one."""
    required = [column for column in missing if column.required]
    nameless = [place for place in free if series.is_nameless(table.header[place])]
    for places, words in (
        (nameless, "c’est la seule colonne sans nom, et il n’en manque qu’une"),
        (free, "c’est la seule colonne qui n’est pas lue, et il n’en manque qu’une"),
    ):
        if len(required) == len(places) == 1 and places[0] in held[required[0].name]:
            own = found[required[0].name]
            # Not where something else says that it may be another one.
            own.append(Suggestion(places[0], words, 2 if {one.place for one in own} <= {places[0]} else 1))
            return


def _merged(suggestions: list[Suggestion]) -> list[Suggestion]:
    """One suggestion a place, with all its reasons: two reasons that agree are stronger than one."""
    by_place: dict[int, list[Suggestion]] = {}
    for suggestion in suggestions:
        by_place.setdefault(suggestion.place, []).append(suggestion)
    merged = [
        Suggestion(
            place,
            "\u00a0; ".join(one.reason for one in own),
            max(max(one.strength for one in own), min(3, sum(one.strength for one in own) - 1)),
        )
        for place, own in by_place.items()
    ]
    return sorted(merged, key=lambda one: (-one.strength, one.place))


def preselected(suggestions: Mapping[str, list[Suggestion]]) -> dict[str, int]:
    """{column: the place suggested for it}, where one place is likelier than any other and no other column has as much
    claim to it.
    """
    claims: dict[int, list[tuple[int, str]]] = {}
    for name, own in suggestions.items():
        if own and own[0].strength > 1 and (len(own) == 1 or own[0].strength > own[1].strength):
            claims.setdefault(own[0].place, []).append((own[0].strength, name))
    chosen = {}
    for place, claimed in claims.items():
        best = max(strength for strength, _ in claimed)
        names = [name for strength, name in claimed if strength == best]
        if len(names) == 1:
            chosen[names[0]] = place
    return chosen


Found = Iterable[tuple[str, int, str, int]]


def _by_former_name(table: Table, missing: list[Column], free: list[int], former: Former) -> Found:
    for column in missing:
        for place in free:
            key = header_key(table.header[place])
            if key and key in former.get(column.name, ()):
                yield column.name, place, f"«\u00a0{table.header[place]}\u00a0» a déjà été nommée ainsi", 3


def _by_name(table: Table, missing: list[Column], free: list[int]) -> Found:
    """Headers written nearly like a name of the column; the months in them have to be the same."""
    for column in missing:
        names = (column.name, *column.aliases)
        for place in free:
            key = header_key(table.header[place])
            if series.is_nameless(table.header[place]):
                continue
            near = max(
                (name for name in names if _numbers(name) == _numbers(key)),
                key=lambda name: _likeness(name, key),
                default="",
            )
            likeness = _likeness(near, key)
            if near and likeness >= _ALIKE:
                words = "elle a ce nom" if near == key else f"son nom ressemble à «\u00a0{near}\u00a0»"
                yield column.name, place, words, 1 + (likeness >= _NEARLY_THE_SAME) + (near == key)


def _likeness(name: str, key: str) -> float:
    """From 0 to 1, by the letters or by the words."""
    return max(difflib.SequenceMatcher(None, name, key).ratio(), _words_in_common(name, key))


_SMALL_WORDS = {"d", "de", "du", "des", "l", "la", "le", "les", "en", "a", "et", "n", "apres", "part"}


def _words_in_common(name: str, key: str) -> float:
    """Share of the words of both that both have, in any order and whether plural or not."""
    one, other = ({word.rstrip("s") for word in text.split("_")} - _SMALL_WORDS for text in (name, key))
    return len(one & other) / len(one | other) if one | other else 0.0


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _by_values(
    seen: Mapping[int, Mapping[str, tuple[int, int]]], missing: list[Column], held: Mapping[str, list[int]]
) -> Found:
    """Columns whose cells have the form of those of the source; likely only where one column and one form go together."""
    for column in missing:
        look = look_of(column)
        fitting = [place for place in held[column.name] if look and look in seen[place]]
        for place in fitting:
            rivals = [other for other in missing if place in held[other.name] and look_of(other)]
            count, given = seen[place][look]
            reason = f"ses valeurs sont {look} ({count} sur {given})"
            yield column.name, place, reason, 2 if len(fitting) == len(rivals) == 1 else 1


def first_values(table: Table, place: int, number: int = 3) -> list[str]:
    """The first cells of a column that say something."""
    cells: pd.Series = table.cells[place]
    return cells[cells != ""].iloc[:number].tolist()


def described(table: Table, place: int) -> str:
    """A column of the file for a list of choices: "n° 4 « Taux » : 67, 62, 70"."""
    name = place_name(table, place) if table.header[place] else f"n°\u00a0{place + 1} (sans nom)"
    values = ", ".join(value[:30] for value in first_values(table, place))
    return f"{name}\u00a0: {values}" if values else f"{name}\u00a0: vide"
