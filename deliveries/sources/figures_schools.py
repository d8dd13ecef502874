"""Figures of a school, all its courses together, as the DEPP publishes them: one cohort per file.

The cohort is in the file name only, the header changes at each release and the first ones have blank
cells, left by merged cells of a spreadsheet.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

import pandas as pd

from deliveries.columns import relations
from deliveries.reading import Table, header_key
from deliveries.source import Reference, Tables
from deliveries.sources import figures, perimeters
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, Level, Route

# The first releases leave the header of these columns blank.
_AFTER_SIX_MONTHS = tuple(
    name for name in EMPLOYMENT_RATES if (BY_NAME[name].months or 0) > 6 and not BY_NAME[name].since
)


def _header(table: Table, has_perimeter: bool) -> tuple[str, ...] | None:
    """The header with its blank cells named; None for a file that gives cohorts, or of the other route."""
    keys = [header_key(cell) for cell in table.header]
    if {figures.COHORT.name, *figures.COHORT.aliases} & set(keys):
        return None
    if "taux" not in keys and not any(
        key.startswith("taux_emploi") or key.startswith("taux_d_emploi") for key in keys
    ):
        return None
    perimeter = next((i for i in range(len(table.header)) if perimeters.is_column(table.cells[i])), None)
    if (perimeter is not None) != has_perimeter:
        return None
    names = list(table.header)
    if perimeter is not None:
        names[perimeter] = "perimetre"
    if "taux" in keys:
        blank_before = ("taux_poursuite_etudes", "taux_rupture_contrats")[: 1 if has_perimeter else 2]
        before = range(keys.index("taux") - 1, -1, -1)
        _name_blanks([place for place in before if place != perimeter], blank_before, names, keys)
        _name_blanks(_last_blanks(table, keys), _AFTER_SIX_MONTHS, names, keys)
    return tuple(names)


def _name_blanks(places: Iterable[int], known: tuple[str, ...], names: list[str], keys: list[str]) -> None:
    """Give these names, but those that the header has, to the first of these places that are blank, up to one that is not."""
    absent = [name for name in known if not {name, *BY_NAME[name].sources} & set(keys)]
    blank = takewhile(lambda place: not keys[place], places)
    for place, name in zip(blank, absent, strict=False):
        names[place] = name


def _last_blanks(table: Table, keys: list[str]) -> range:
    """The places of the blank cells at the end of the header: however many, they are 12, 18, then 24 months.

    None after a column of another name, nor where one of them makes with others what another figure should: nothing tells then
    where the series begins.
    """
    places = range(max(place for place, key in enumerate(keys) if key) + 1, len(keys))
    known, missing = {}, []
    for column in _COLUMNS:
        named = [keys.index(key) for key in (column.name, *column.aliases) if key in keys]
        if named:
            known[column.name] = named[0]
        else:
            missing.append(column)
    follows_a_known_one = places.start - 1 in known.values()
    is_another_figure = any(relations.by_sum(table, missing, known, list(places)))
    return places if follows_a_known_one and not is_another_figure else range(0)


def _convert(rows: pd.DataFrame, reference: Reference) -> Tables:
    rows = rows.assign(cohort_id=rows["annee"], school_id=rows["uai"])
    return {"outcome": figures.outcomes(rows, Level.SCHOOL)}


def convert_school_route(rows: pd.DataFrame, reference: Reference) -> Tables:
    return _convert(rows.assign(route=perimeters.routes(rows)), reference)


def convert_apprenticeship(rows: pd.DataFrame, reference: Reference) -> Tables:
    return _convert(rows.assign(route=Route.APPRENTICESHIP.value), reference)


_COLUMNS = figures.with_later(
    Level.SCHOOL,
    replace(figures.COHORT, required=False),
    figures.UAI,
    figures.SCHOOL_NAME,
    figures.REGION_NAME,
    figures.figure_column("taux_poursuite_etudes"),
    figures.figure_column("taux_emploi_6_mois", aliases=("taux", "taux_d_emploi", "taux_emploi")),
    figures.figure_column(
        "taux_emploi_6_mois_attendu", aliases=("taux_d_emploi_attendu", "taux_emploi_attendu")
    ),
    figures.figure_column("valeur_ajoutee_6_mois", aliases=("valeur_ajoutee_du_taux_d_emploi",)),
    *(figures.figure_column(name, required=False) for name in _AFTER_SIX_MONTHS),
    figures.figure_column("taux_en_formation", required=False),
    figures.figure_column("taux_en_emploi_6_mois", required=False),
    figures.figure_column("taux_autres_6_mois", required=False),
)


SOURCES = (
    figures.school_source(
        "depp_etablissements_pro",
        "DEPP, lycées professionnels, tous diplômes ensemble",
        (*_COLUMNS, perimeters.COLUMN),
        ("annee", "uai", "perimetre"),
        convert_school_route,
        rank=2,
        header_of=lambda table: _header(table, has_perimeter=True),
    ),
    figures.school_source(
        "depp_etablissements_apprentissage",
        "DEPP, centres d’apprentissage, tous diplômes ensemble",
        (*_COLUMNS, figures.figure_column("taux_rupture_contrats", required=False)),
        ("annee", "uai"),
        convert_apprenticeship,
        rank=2,
        header_of=lambda table: _header(table, has_perimeter=False),
    ),
)
