"""Recognise the source of a file, then turn its texts into typed rows, with a finding for each wrong cell."""

import difflib
from collections.abc import Sequence

import pandas as pd

from deliveries.cells import CONVERTERS
from deliveries.findings import Refusal
from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import CellType, Column, Reference, Source


def recognise(table: Table, sources: Sequence[Source], name: str = "") -> tuple[Source, dict[str, int]]:
    """(source of a table, {name of a column: its position in the file}).

    name: the only source to try, "" for all. Raises Refusal when none fits.
    """
    candidates = [source for source in sources if not name or source.name == name]
    best, best_score = None, (0, 0)
    for source in candidates:
        positions = _positions(table, source)
        if positions is None:
            continue
        required = [column for column in source.columns if column.required]
        missing = sum(column.name not in positions for column in required)
        is_close = missing * 4 <= len(required) and len(required) - missing >= 2
        if (missing == 0 or is_close) and (score := (-missing, len(positions))) > (
            best_score if best else (-99, 0)
        ):
            best, best_score = (source, positions), score
    if best:
        return best
    if name:
        positions = _positions(table, candidates[0]) or {}
        absent = [
            column.name
            for column in candidates[0].columns
            if column.required and column.name not in positions
        ]
        raise Refusal(
            "autre_source",
            line=1,
            value=", ".join(f"«\u00a0{n}\u00a0»" for n in absent),
            expected=candidates[0].label,
        )
    raise Refusal("fichier_inconnu", line=1, value=" ; ".join(table.header)[:120])


def _positions(table: Table, source: Source) -> dict[str, int] | None:
    header = table.header if source.header_of is None else source.header_of(table)
    if header is None:
        return None
    keys = [header_key(cell) for cell in header]
    positions = {}
    for column in source.columns:
        for key in (column.name, *column.aliases):
            if key in keys:
                positions[column.name] = keys.index(key)
                break
    return positions


def check_header(table: Table, source: Source, positions: dict[str, int], report: Report) -> None:
    """Add findings on columns that are absent, unnamed or unknown."""
    used = set(positions.values())
    spare = [cell for position, cell in enumerate(table.header) if position not in used and cell]
    for column in source.columns:
        if column.required and column.name not in positions:
            near = difflib.get_close_matches(column.name, {header_key(c): c for c in spare}, n=1, cutoff=0.6)
            alike = next((c for c in spare if near and header_key(c) == near[0]), "")
            report.add("colonne_absente", line=1, column=column.name, value=alike)
    for position, cell in enumerate(table.header):
        if position in used:
            continue
        if cell:
            report.add("colonne_inconnue", line=1, column=cell)
        elif (table.cells[position] != "").any():
            report.add("entete_vide", line=1, column=f"n° {position + 1}")


def typed_rows(
    table: Table, source: Source, positions: dict[str, int], report: Report, reference: Reference
) -> pd.DataFrame:
    """The rows whose cells all hold what the source declares, indexed by line; the others get findings.

    Texts and codes are str, numbers Float64, dates datetime64. An optional column that the file lacks is filled with
    missing values, except a percentage, which stays absent: the file does not measure it. `attrs["headers"]` is
    {name of a column: its header in the file}.
    """
    rows = pd.DataFrame(index=table.cells.index)
    faulty: set[int] = set()
    for column in source.columns:
        if column.name not in positions:
            if column.kind is not CellType.PERCENT:
                rows[column.name] = _absent(column, table.cells.index)
            continue
        header = table.header[positions[column.name]] or column.name
        cells = table.cells[positions[column.name]]
        rows[column.name] = CONVERTERS[column.kind](cells, column, header, report, faulty)
        if column.refers:
            known = reference.known[column.refers]
            unknown = rows[column.name][(rows[column.name] != "") & ~rows[column.name].isin(known)]
            report.add_all("code_inconnu", header, unknown, _NOMENCLATURES[column.refers])
            faulty.update(unknown.index)
    rows = rows.drop(index=list(faulty))
    rows.attrs["headers"] = {name: table.header[place] or name for name, place in positions.items()}
    return _without_duplicates(rows, source, report)


_NOMENCLATURES = {
    "diploma": "la nomenclature des diplômes (N_FORMATION_DIPLOME, V_FORMATION_DIPLOME)",
    "course_year": "la nomenclature des années de formation (N_MEF)",
    "school": "les listes d’établissements",
    "region": "la liste des régions",
    "departement": "la liste des départements",
    "commune": "la liste des communes",
    "job": "la nomenclature ROME",
}


def _absent(column: Column, index: pd.Index) -> pd.Series:
    if column.kind in {CellType.INTEGER, CellType.NUMBER, CellType.PERCENT}:
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
