"""ACCE's side tables: mother and daughter schools, what is particular to a school, the zones that it is in.

Each row of the tables of mothers and daughters describes the other school as the main table does.
"""

from collections.abc import Callable

import pandas as pd

from deliveries.reading import Table, header_key
from deliveries.source import CellType, Column, Convert, Reference, Source, Stage, Tables
from deliveries.sources.school_kinds import link_table
from deliveries.sources.schools import ACCE_COLUMNS, convert_acce, locate_acce
from formations.labels import capitalised, typographic

_FOUND = "numero_uai_trouve"
# The only zone that tells a family something: where its information and orientation centre is.
_ORIENTATION = "44"


def _of_links(daughter: str, mother: str) -> Convert:
    def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
        links = link_table(rows[daughter], rows[mother], rows["type_rattachement"])
        return convert_acce(rows.drop_duplicates("numero_uai"), reference) | {"school_link": links}

    return convert


def convert_features(rows: pd.DataFrame, reference: Reference) -> Tables:
    """What a school still has: a row with a date of closing is a thing of the past."""
    return _features(rows[rows["date_fermeture"].isna()], "specificite_uai", "specificite_uai_libe")


def convert_zones(rows: pd.DataFrame, reference: Reference) -> Tables:
    is_kept = (rows["type_zone_uai"] == _ORIENTATION) & rows["date_fermeture"].isna()
    return _features(
        rows[is_kept], "type_zone_uai", "zone_libe", "Centre d’information et d’orientation\u00a0: "
    )


def _features(rows: pd.DataFrame, code: str, label: str, before: str = "") -> Tables:
    labels = [capitalised(typographic(before + text)) for text in rows[label]]
    return {
        "school_feature": pd.DataFrame({"school": rows["numero_uai"], "code": rows[code], "label": labels})
    }


def _with(name: str) -> Callable[[Table], tuple[str, ...] | None]:
    """The header of the table that has this column, None for any other."""
    return lambda table: table.header if name in map(header_key, table.header) else None


def _links_source(name: str, label: str, other: str, convert: Convert) -> Source:
    return Source(
        name=name,
        label=label,
        stage=Stage.SCHOOLS,
        columns=(
            Column(_FOUND, (), CellType.UAI),
            Column("numero_uai", (other,), CellType.UAI),
            Column("type_rattachement"),
            *ACCE_COLUMNS,
        ),
        key=(_FOUND, "numero_uai", "type_rattachement"),
        convert=convert,
        resolve=locate_acce,
        rank=-4,
        header_of=_with(other),
    )


def _details_source(name: str, label: str, code: str, *columns: Column, convert: Convert) -> Source:
    return Source(
        name=name,
        label=label,
        stage=Stage.SCHOOLS,
        columns=(
            Column("numero_uai", (), CellType.UAI),
            *columns,
            Column("date_ouverture", (), CellType.DATE, required=False),
            Column("date_fermeture", (), CellType.DATE),
        ),
        key=(),
        convert=convert,
        header_of=_with(code),
    )


SOURCES = (
    _links_source(
        "acce_uai_fille",
        "ACCE, sections et annexes de chaque établissement",
        "numero_uai_fille",
        _of_links("numero_uai", _FOUND),
    ),
    _links_source(
        "acce_uai_mere",
        "ACCE, établissement dont chaque section ou annexe dépend",
        "numero_uai_mere",
        _of_links(_FOUND, "numero_uai"),
    ),
    _details_source(
        "acce_uai_spec",
        "ACCE, particularités des établissements",
        "specificite_uai",
        Column("specificite_uai", fits="establishments.SchoolFeature.code"),
        Column("specificite_uai_libe"),
        convert=convert_features,
    ),
    _details_source(
        "acce_uai_zone",
        "ACCE, zones des établissements",
        "type_zone_uai",
        Column("type_zone_uai", fits="establishments.SchoolFeature.code"),
        Column("type_zone_uai_libe"),
        Column("zone"),
        Column("zone_libe"),
        convert=convert_zones,
    ),
)
