"""What the page of the columns of a file shows: the source, which column is what, why it may be, the first lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliveries.checks import recognise, scoring
from deliveries.columns.positions import Said, by_names, doubled, place_name
from deliveries.columns.suggestions import Former, Suggestion, described, settle
from deliveries.findings import Refusal
from deliveries.reading import Table, read_sample
from deliveries.source import SLICES, Column, Source
from deliveries.sources import ALL
from stats.indicators import BY_NAME

BY_SOURCE = {source.name: source for source in ALL}
# Lines of the file that are shown, and sources that are said to be near.
_LINES, _NEAREST, _FEW = 6, 5, 3
ABSENT = "absente"


@dataclass(frozen=True)
class SourceOption:
    """A source to choose: ("inserjeunes_cfa", "InserJeunes, …", "12 colonnes reconnues sur 14, 1 nécessaire manque")."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Option:
    """A column of the file in a list of choices; its value is its place, ABSENT, or "" where nothing is chosen yet."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True)
class ColumnView:
    """A column of the source, and what may be it. note: why it may be absent, "" where it may not; suggestions: sentences."""

    name: str
    label: str
    is_required: bool
    note: str
    options: list[Option]
    suggestions: list[str]


@dataclass(frozen=True)
class ColumnsPage:
    """The page. sources: the near ones first; others: the rest. columns: of the chosen source, [] before one is chosen.

    header: [("n° 1", "UAI")]; lines: the first ones. unused: columns of the file that nothing uses, as it is chosen now.
    """

    source: str
    sources: list[SourceOption]
    others: list[SourceOption]
    columns: list[ColumnView]
    header: list[tuple[str, str]]
    lines: list[list[str]]
    unused: list[str]


def read_table_for(name: str, content: bytes, source: str) -> Table:
    """The first lines of a file, as the checks read it. source: "" where nobody chose it. Raises Refusal."""
    return read_sample(name, content, scoring(ALL, source))


def columns_page(
    table: Table, source: str, said: Said, former: Former, chosen: Mapping[str, str] | None = None
) -> ColumnsPage:
    """The page of a file. said: what is kept of its columns for that source. chosen: what a form that was not right holds."""
    near, others = _sources(table)
    known = BY_SOURCE.get(source)
    columns = _columns(table, known, said, former, chosen) if known else []
    selected = {option.value for column in columns for option in column.options if option.is_selected}
    return ColumnsPage(
        source=source,
        sources=near,
        others=others,
        columns=columns,
        header=[(f"n°\u00a0{place + 1}", cell) for place, cell in enumerate(table.header)],
        lines=table.cells.iloc[:_LINES].to_numpy().tolist(),
        unused=[
            place_name(table, place)
            for place in range(len(table.header))
            if known and str(place) not in selected
        ],
    )


def recognised(table: Table) -> str:
    """The source that the header tells, as the checks read it, "" where it tells none."""
    try:
        return recognise(table, ALL)[0].name
    except Refusal:
        return ""


def _sources(table: Table) -> tuple[list[SourceOption], list[SourceOption]]:
    nearness = {source.name: _nearness(table, source) for source in ALL}
    order = sorted(ALL, key=lambda source: nearness[source.name], reverse=True)
    near = [source for source in order[:_NEAREST] if nearness[source.name][2]]
    options = [
        SourceOption(source.name, source.label, _hint(source, *nearness[source.name][1:])) for source in near
    ]
    rest = sorted((source for source in ALL if source not in near), key=lambda source: source.label)
    return options, [SourceOption(source.name, source.label) for source in rest]


def _nearness(table: Table, source: Source) -> tuple[float, int, int]:
    """(share of the required columns that are there, minus those that are missing, columns found)."""
    found = by_names(table, source)
    required = [column for column in source.columns if column.required]
    missing = len(source.lacking(found))
    return (1 - missing / max(1, len(required)) if found else -1.0), -missing, len(found)


def _hint(source: Source, missing: int, found: int) -> str:
    lacks = f", il en manque {-missing} nécessaires" if missing < -1 else ", il en manque une nécessaire"
    return f"{found} colonnes reconnues sur {len(source.columns)}{lacks if missing else ''}"


def _columns(
    table: Table, source: Source, said: Said, former: Former, chosen: Mapping[str, str] | None
) -> list[ColumnView]:
    header = by_names(table, source)
    clear = {name: place for name, place in header.items() if name not in doubled(table, source, header)}
    suggestions, likely = settle(table, source, clear, former)
    places = likely | clear
    values = {name: str(place) for name, place in places.items()}
    values |= {name: ABSENT if place is None else str(place) for name, place in said.items()}
    if chosen is not None:
        values = dict(chosen)
    views = []
    for column in source.columns:
        may_be_absent = not column.required or bool(_note(column, source))
        value = values.get(column.name, ABSENT if may_be_absent else "")
        options = _options(table, value, may_be_absent)
        reasons = [
            f"{place_name(table, one.place)}\u00a0: {one.reason}." for one in _told(column, suggestions)
        ]
        if column.name in clear and not table.header[clear[column.name]] and column.name not in said:
            reasons = [
                f"{place_name(table, clear[column.name])}\u00a0: sa place, ou ce qu’elle contient, le dit."
            ]
        label = BY_NAME[column.name].label if column.name in BY_NAME else ""
        views.append(ColumnView(column.name, label, column.required, _note(column, source), options, reasons))
    return views


def _told(column: Column, suggestions: Mapping[str, list[Suggestion]]) -> list[Suggestion]:
    """The suggestions that help: the likely ones, else a few others where the file cannot go without the column."""
    own = suggestions.get(column.name, [])
    return [one for one in own if one.strength > 1] or (own[:_FEW] if column.required else [])


def _options(table: Table, value: str, may_be_absent: bool) -> list[Option]:
    first = Option(ABSENT, "Pas dans le fichier", value == ABSENT)
    if value == "" or not may_be_absent:
        first = Option("", "À choisir", value == "")
    return [first] + [
        Option(str(place), described(table, place), value == str(place)) for place in range(len(table.header))
    ]


def _note(column: Column, source: Source) -> str:
    """What else may tell a column, and what its cells hold."""
    for deduction in source.deductions:
        if deduction.column == column.name:
            return f"sinon déduite de «\u00a0{deduction.origin}\u00a0» par {deduction.table}"
    return "sinon dite par le nom du fichier, ou à indiquer avec lui" if column.kind in SLICES else ""


def said_by(source: Source, chosen: Mapping[str, str]) -> dict[str, int | None]:
    """What a form says of every column of a source; a place that is no number is none of the file (−1)."""
    said: dict[str, int | None] = {}
    for column in source.columns:
        value = chosen.get(column.name, ABSENT)
        said[column.name] = None if value in {"", ABSENT} else int(value) if value.isdecimal() else -1
    return said


def fault_in(source: Source, said: Said) -> str:
    """The sentence about the required columns that nobody chose, and that nothing else tells; "" where none is."""
    found = [name for name, place in said.items() if place is not None]
    names = ", ".join(f"«\u00a0{column.name}\u00a0»" for column in source.lacking(found))
    return (
        f"Dites quelle colonne du fichier est {names}\u00a0: la source ne peut pas s’en passer."
        if names
        else ""
    )
