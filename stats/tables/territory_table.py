"""The table of territories. Its texts have no translation: the OpenAPI document alone shows them."""

from establishments.models import Territory
from stats.tables.columns import Column, Table, Type

TERRITORIES = Table(
    "territoires",
    "Territoires",
    "Pays, régions, académies et départements.",
    Territory,
    (
        Column("cle", Type.TEXT, "key", "Par exemple region-11."),
        Column(
            "niveau_geographique",
            Type.TEXT,
            "level",
            "Niveau du territoire.",
            openapi="",
            choices=tuple(Territory.Level.choices),
            values=dict(Territory.Level.choices),
        ),
        Column("code", Type.TEXT, "code", "Code INSEE, ou code de l’académie.", openapi=""),
        Column("nom", Type.TEXT, "name", "Nom du territoire.", openapi=""),
        Column("parent", Type.TEXT, "parent_id", "Clé du territoire qui le contient.", is_nullable=True),
    ),
    is_in_files=False,
)
