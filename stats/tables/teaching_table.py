"""The table of what schools teach."""

from stats.models import Teaching
from stats.tables import common_columns
from stats.tables.columns import Column, Table, Type

TEACHINGS = Table(
    "enseignements",
    "Enseignements",
    "Qui enseigne quoi, par quelle voie, d’après chaque source.",
    Teaching,
    (
        common_columns.UAI,
        common_columns.SCHOOL_NAME,
        common_columns.COURSE_CODE,
        common_columns.COURSE_NAME,
        common_columns.COURSE_YEAR,
        common_columns.ROUTE,
        Column("rentree", Type.INTEGER, "year", "Rentrée scolaire que décrit la source."),
        Column("places", Type.INTEGER, "places", "Places offertes, si la source le dit.", is_nullable=True),
        Column(
            "premiers_voeux",
            Type.INTEGER,
            "first_wishes",
            "Premiers vœux des élèves, si la source le dit.",
            is_nullable=True,
            unit="élèves",
        ),
        common_columns.SOURCE_FILE,
    ),
)
