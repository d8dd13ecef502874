"""Checks of a header beside the columns that its source may have."""

import difflib

from deliveries.columns.positions import NOTHING_SAID, Said
from deliveries.reading import Table, header_key
from deliveries.report import Report
from deliveries.source import Source
from stats.indicators import MONTHS

_ALIKE = 0.87


def check(
    table: Table, source: Source, positions: dict[str, int], report: Report, said: Said = NOTHING_SAID
) -> None:
    """Add the columns that were perhaps renamed, but for those of which somebody said that the file lacks them, and the months
    that a series lacks.
    """
    _check_series(source, positions, report)
    used = set(positions.values())
    absent = {
        key: column.name
        for column in source.columns
        if not column.required and column.name not in positions and column.name not in said
        for key in (column.name, *column.aliases)
    }
    for place, cell in enumerate(table.header):
        if (
            place not in used
            and cell
            and (near := difflib.get_close_matches(header_key(cell), absent, 1, _ALIKE))
        ):
            report.add("colonne_renommee", table.header_line, cell, expected=absent[near[0]], subject=cell)


def _check_series(source: Source, positions: dict[str, int], report: Report) -> None:
    names = {column.name for column in source.columns}
    for series in ("taux_emploi_{}_mois", "nb_en_emploi_{}_mois"):
        declared = [months for months in MONTHS if series.format(months) in names]
        given = [months for months in declared if series.format(months) in positions]
        missing = [months for months in declared if months not in given and given and months < max(given)]
        if missing:
            report.add(
                "serie_incomplete",
                value=", ".join(map(str, given)),
                expected=", ".join(map(str, missing)),
                subject=series.format("x"),
            )
