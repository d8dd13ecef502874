"""Recognise the source of a file, then turn its texts into typed rows, with a finding for each wrong cell."""

import difflib
from collections.abc import Sequence

import pandas as pd

from deliveries.cells import NUMBERS, converted, signs
from deliveries.columns.positions import (
    NOTHING_SAID,
    Said,
    as_said,
    by_header,
    doubled,
    is_whole,
    place_name,
    renamed,
)
from deliveries.encodings import CONTROLS, DAMAGED
from deliveries.findings import Refusal
from deliveries.quoting import is_number
from deliveries.reading import Score, Table, header_key
from deliveries.report import Report
from deliveries.source import Bounds, CellType, Column, Reference, Source
from stats.disclosure_control.absence import sign_column
from stats.indicators import FIGURES

# Accents lost on one row in so many are those of the file, not of a cell.
_MANY = 20


def recognise(
    table: Table, sources: Sequence[Source], name: str = "", said: Said = NOTHING_SAID
) -> tuple[Source, dict[str, int]]:
    """(source of a table, {name of a column: its position in the file}).

    name: the only source to try, "" for all. said: what somebody said of its columns, which only goes with a name. Raises
    Refusal when none fits.
    """
    candidates = [source for source in sources if not name or source.name == name]
    if said:
        [source] = candidates
        return source, as_said(table, source, said)
    if best := _best(table, candidates):
        return best[1:]
    if name:
        positions = by_header(table, candidates[0]) or {}
        absent = [column.name for column in candidates[0].lacking(positions)]
        raise Refusal(
            "autre_source",
            line=table.header_line,
            value=", ".join(f"«\u00a0{n}\u00a0»" for n in absent),
            expected=candidates[0].label,
        )
    names = " ; ".join(table.header)[:120]
    if any(map(is_number, table.header)):
        names = "des nombres y sont à la place des noms de colonnes"
    raise Refusal("fichier_inconnu", line=table.header_line, value=names)


def scoring(sources: Sequence[Source], name: str = "") -> Score:
    """How well one of these sources, or the one that is named, understands a table: `reading.read_table` asks it."""
    candidates = [source for source in sources if not name or source.name == name]

    def score(table: Table) -> tuple[int, int] | None:
        best = _best(table, candidates)
        return best[0] if best else None

    return score


def _best(table: Table, sources: Sequence[Source]) -> tuple[tuple[int, int], Source, dict[str, int]] | None:
    """((minus the required columns that are missing, columns found), source, positions) of the source that fits best."""
    best = None
    for source in sources:
        positions = by_header(table, source)
        if positions is None:
            continue
        required = [column for column in source.columns if column.required]
        missing = len(source.lacking(positions))
        is_close = missing * 4 <= len(required) and len(required) - missing >= 2
        if (missing == 0 or is_close) and (best is None or (-missing, len(positions)) > best[0]):
            best = (-missing, len(positions)), source, positions
    return best


def number_headers(table: Table, source: Source, positions: dict[str, int]) -> frozenset[str] | None:
    """Names and headers of the columns of numbers of a file of figures, None for any other file."""
    if not source.has_cohorts:
        return None
    names = {column.name for column in source.columns if column.kind in NUMBERS}
    return frozenset(names | {table.header[place] for name, place in positions.items() if name in names})


def check_header(
    table: Table, source: Source, positions: dict[str, int], report: Report, said: Said = NOTHING_SAID
) -> None:
    """Add findings on columns that are absent, at two places, unnamed or unknown, and on those that somebody named."""
    _check_places(table, source, positions, report, said)
    _tell_naming(table, source, positions, report, said)
    used = set(positions.values())
    spare = [cell for position, cell in enumerate(table.header) if position not in used and cell]
    for column in source.lacking(positions):
        near = difflib.get_close_matches(column.name, {header_key(c): c for c in spare}, n=1, cutoff=0.6)
        alike = next((c for c in spare if near and header_key(c) == near[0]), "")
        report.add("colonne_absente", line=table.header_line, column=column.name, value=alike)
    is_ignored_knowingly = is_whole(source, said)
    for position, cell in enumerate(table.header):
        if position in used:
            continue
        number = f"n° {position + 1}"
        if cell or is_ignored_knowingly:
            name = number if not cell or is_number(cell) else cell
            report.add("colonne_inconnue", line=table.header_line, column=name)
        elif (table.cells[position] != "").any():
            report.add("entete_vide", line=table.header_line, column=number)


def _check_places(
    table: Table, source: Source, positions: dict[str, int], report: Report, said: Said
) -> None:
    """Add the columns that have the same name as another, unless somebody said which one is which."""
    by_name = {name: place for name, place in positions.items() if name not in said}
    for own in {tuple(own) for own in doubled(renamed(table, said), source, by_name).values()}:
        places = " et ".join(f"n°\u00a0{place + 1}" for place in own)
        report.add("colonne_en_double", table.header_line, table.header[own[0]], value=places)


def _tell_naming(table: Table, source: Source, positions: dict[str, int], report: Report, said: Said) -> None:
    """Tell which columns are not read as the header says, and which ones have no name but a known place."""
    header = by_header(table, source) or {}
    for name, place in said.items():
        if place == header.get(name):
            continue
        told = place_name(table, place) if place is not None else ""
        report.add("colonne_indiquee" if told else "colonne_ecartee", table.header_line, name, told)
    for name, place in positions.items():
        if name not in said and not table.header[place]:
            report.add("colonne_par_sa_place", table.header_line, f"n° {place + 1}", expected=name)


class _Headers(dict[str, str]):
    """Read, never changed: pandas copies the attributes of a table, deeply, at each operation on it."""

    def __deepcopy__(self, _memo: object) -> "_Headers":
        return self


def typed_rows(
    table: Table, source: Source, positions: dict[str, int], report: Report, reference: Reference
) -> pd.DataFrame:
    """The rows whose cells all hold what the source declares, indexed by line; the others get findings.

    Texts and codes are str, numbers Float64, dates datetime64. An optional column that the file lacks is filled with
    missing values, except a percentage, which stays absent: the file does not measure it. The signs that stand in place of
    figures ("nd", "na") are kept in columns of their own (`absence.sign_column`). `attrs["headers"]` is {name of a column:
    its header in the file}.
    """
    rows = pd.DataFrame(index=table.cells.index)
    faulty: set[int] = set()
    damaged: set[int] = set()
    for column in source.columns:
        if column.name not in positions:
            if column.kind is not CellType.PERCENT:
                rows[column.name] = _absent(column, table.cells.index)
            continue
        header = table.header[positions[column.name]] or column.name
        cells = table.cells[positions[column.name]]
        bounds = reference.bounds.get(column.fits, Bounds())
        if table.is_suspect:
            _check_characters(cells, header, report, faulty)
            if column.kind is CellType.TEXT:
                damaged |= _damaged_lines(cells, header, report)
        rows[column.name] = converted(cells, column, header, report, faulty, bounds)
        if column.name in FIGURES and (found := signs(cells)).any():
            rows[sign_column(column.name)] = found
        if _identifies(column, source):
            blank = rows[column.name][rows[column.name] == ""]
            report.add_all("code_vide", header, blank)
            faulty.update(blank.index)
        if column.refers in reference.known:
            known = reference.known[column.refers]
            unknown = rows[column.name][(rows[column.name] != "") & ~rows[column.name].isin(known)]
            report.add_all("code_inconnu", header, unknown, _NOMENCLATURES[column.refers])
            faulty.update(unknown.index)
    if len(damaged) * _MANY > len(rows):
        report.add("textes_abimes", value=len(damaged), expected=len(rows))
    rows = rows.drop(index=list(faulty))
    rows.attrs["headers"] = _Headers((name, table.header[place] or name) for name, place in positions.items())
    return _without_duplicates(rows, source, report)


def _identifies(column: Column, source: Source) -> bool:
    """Whether a row is nothing without this cell."""
    is_in_key = column.name in source.key and column.required and not column.may_be_blank
    return is_in_key and column.kind in {CellType.TEXT, CellType.CODE}


def _check_characters(cells: pd.Series, header: str, report: Report, faulty: set[int]) -> None:
    """Findings for the cells that hold a character that no database keeps, or none that is seen."""
    found = cells.str.extract(f"({CONTROLS})", expand=False).dropna()
    report.add_all("caractere_interdit", header, found.map(lambda character: f"U+{ord(character):04X}"))
    faulty.update(found.index)


def _damaged_lines(cells: pd.Series, header: str, report: Report) -> set[int]:
    """Lines of the texts that lost their accents, each with a finding."""
    damaged = cells[cells.map(lambda cell: bool(DAMAGED.search(cell))).astype(bool)]
    report.add_all("texte_abime", header, damaged)
    return set(damaged.index)


_NOMENCLATURES = {
    "diploma": "la nomenclature des diplômes (N_FORMATION_DIPLOME, V_FORMATION_DIPLOME)",
    "course_year": "la nomenclature des années de formation (N_MEF)",
    "course_label": "les libellés des années de formation (N_MEF)",
    "school": "les listes d’établissements",
    "region": "la liste des régions",
    "departement": "la liste des départements",
    "commune": "la liste des communes",
    "job": "la nomenclature ROME",
}


def _absent(column: Column, index: pd.Index) -> pd.Series:
    if column.kind in NUMBERS:
        return pd.Series(pd.NA, index=index, dtype="Float64")
    if column.kind is CellType.DATE:
        return pd.Series(pd.NaT, index=index)
    return pd.Series("", index=index, dtype="str")


def _without_duplicates(rows: pd.DataFrame, source: Source, report: Report) -> pd.DataFrame:
    if not source.key or rows.empty:
        return rows
    key = list(source.key)
    repeated = rows.duplicated(key, keep="first")
    first_lines: dict[tuple, int] = {}
    for line, *values in rows[key].itertuples(name=None) if repeated.any() else ():
        first = first_lines.setdefault(tuple(values), line)
        if first != line:
            report.add(
                "cle_en_double",
                line=line,
                column=rows.attrs["headers"].get(key[-1], key[-1]),
                value=" ; ".join(map(str, values)),
                expected=first,
            )
    return rows[~repeated]
