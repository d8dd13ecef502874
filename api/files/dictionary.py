"""The data dictionary: each column of the whole-data files, for people and for programs by the same words."""

from dataclasses import replace

from deliveries.sources import ALL
from stats.indicators import INDICATORS
from stats.tables import PUBLISHED_TABLES
from stats.tables.common_columns import SOURCE_FILE


def file_tables():
    """The `Table`s of the whole-data files, in the order of the page that lists them."""
    return tuple(
        replace(table, columns=tuple(map(_with_source_labels, table.columns)))
        for table in PUBLISHED_TABLES
        if table.is_in_files
    )


def _with_source_labels(column):
    """The names of the sources belong to `deliveries`, which the description of the tables may not import."""
    if column.name != SOURCE_FILE.name:
        return column
    return replace(column, values={source.name: source.label for source in ALL})


def as_dict():
    """The dictionary as the JSON file gives it."""
    return {
        "tables": [
            {
                "nom": table.name,
                "titre": table.title,
                "description": table.description,
                "colonnes": [_column(column) for column in table.columns],
            }
            for table in file_tables()
        ],
        "indicateurs": [indicator.name for indicator in INDICATORS],
    }


def _column(column):
    return {
        "nom": column.name,
        "type": column.cell_type.value,
        "signification": column.meaning,
        "precaution": column.caution or None,
        "unite": column.unit or None,
        "denominateur": column.denominator or None,
        "valeurs": {code: str(meaning) for code, meaning in column.values.items()} or None,
    }
