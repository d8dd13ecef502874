"""Find the table of a workbook: on which sheet it is, and on which of its first lines its header."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from deliveries.findings import Refusal
from deliveries.workbooks import Sheet

# Titles, dates and notes stand above the header of official workbooks.
_LINES_BEFORE = 20
# Some headers are told by what stands under them.
_LINES_TRIED = 200
_FAR_SHORTER = 10
# (minus the number of columns that are missing, number of columns that are there), None where it is no header.
Score = tuple[int, int] | None
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Place:
    """Where a table is. header: its cells, without the empty ones at its end. line: of the header, from 1; last_line: of
    the last one that it takes. left_out: names of sheets that have a header of the same kind, and are not read.
    """

    sheet: Sheet
    header: tuple[str, ...]
    line: int
    last_line: int
    left_out: tuple[str, ...] = ()

    def rows(self, lines: Sequence[list[str]]) -> Rows:
        """(line, cells) of the rows under the header, of its width and not empty, among the first lines of the sheet."""
        return list(self._rows_of(iter(lines)))

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        return self._rows_of(self.sheet.rows())

    def _rows_of(self, lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        for line, cells in enumerate(lines, 1):
            if line > self.last_line and any(cells[:width]):
                yield line, cells[:width] + [""] * (width - len(cells))


def find(sheets: Sequence[Sheet], score: Callable[[tuple[str, ...], Rows, int], Score]) -> Place:
    """The place of the table: the sheet whose header is understood best, else the longest sheet.

    score: (header, first rows under it, its line) → how well it is understood. Raises Refusal where two sheets are
    understood as well.
    """
    if not sheets:
        raise Refusal("fichier_vide")
    found: list[tuple[tuple[int, int], Place]] = []
    for sheet in sheets:
        lines = list(sheet.rows(_LINES_BEFORE + _LINES_TRIED))
        scored = []
        for place in _places(sheet, lines):
            rows = place.rows(lines)
            if rows and (understood := score(place.header, rows, place.line)):
                scored.append((understood, place))
        if scored:
            # The first one among equals.
            found.append(max(scored, key=lambda pair: pair[0]))
    if not found:
        return _widest(max(sheets, key=lambda sheet: sheet.length))
    fewest = max(understood[0] for understood, _ in found)
    places = [place for understood, place in found if understood[0] == fewest]
    best = max(places, key=lambda place: place.sheet.length)
    others = [place for place in places if place is not best]
    if rivals := [place for place in others if _is_rival(place, best)]:
        names = [place.sheet.name for place in places if place is best or place in rivals]
        raise Refusal("feuilles_en_double", value=", ".join(f"«\u00a0{name}\u00a0»" for name in names))
    return replace(best, left_out=tuple(place.sheet.name for place in others))


def _is_rival(place: Place, best: Place) -> bool:
    """Whether another sheet may be the table: not one that has other columns and is far shorter, such as a list of
    corrections.
    """
    return place.header == best.header or place.sheet.length * _FAR_SHORTER > best.sheet.length


def _places(sheet: Sheet, lines: list[list[str]]) -> Iterator[Place]:
    """Every line that may be the header, with those that merged cells join to it, then alone."""
    for number, cells in enumerate(lines[:_LINES_BEFORE]):
        if sum(map(bool, cells)) < 2:
            continue
        last = max((end[0] for start, end in sheet.merged if start[0] == number), default=number)
        merged_above = any(start[0] == number and end[1] > start[1] for start, end in sheet.merged)
        last = max(last, number + 1) if merged_above else last
        if number < last < len(lines) and last - number < 4:
            yield _place(sheet, _joined(sheet, lines, number, last), number, last)
        yield _place(sheet, cells, number, number)


def _place(sheet, cells, first, last):
    """A place, of its width without the empty cells at its end; a blank name may stand above values, within it."""
    width = max(place for place, cell in enumerate(cells) if cell) + 1
    return Place(sheet, tuple(cells[:width]), first + 1, last + 1)


def _joined(sheet, lines, first, last):
    """The names of columns over several lines, a merged cell being that of all its columns: "Taux d’emploi 6 mois"."""
    spread = [list(line) for line in lines[first : last + 1]]
    for start, end in sheet.merged:
        if first <= start[0] and end[0] <= last:
            for place in range(start[1], min(end[1] + 1, len(lines[first]))):
                spread[start[0] - first][place] = lines[start[0]][start[1]]
    return [" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*spread, strict=False)]


def _widest(sheet: Sheet) -> Place:
    """The first line, among those at its top, that has the most cells, so that the refusal can quote the header."""
    lines = list(sheet.rows(_LINES_BEFORE))
    number = max(range(len(lines)), key=lambda place: (sum(map(bool, lines[place])), -place))
    if not any(lines[number]):
        raise Refusal("fichier_vide")
    return _place(sheet, lines[number], number, number)
