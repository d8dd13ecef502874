"""Columns that several tables have. Each table replaces their source, and says whether they may be null."""

from stats.indicators import Route
from stats.tables.columns import Column, Type

UAI = Column("uai", Type.TEXT, "school_id", "Code UAI de l’établissement.", openapi="")
SCHOOL_NAME = Column(
    "etablissement",
    Type.TEXT,
    "school__name",
    "Nom de l’établissement.",
    openapi="",
    is_free=True,
)
COURSE_CODE = Column(
    "code_formation",
    Type.TEXT,
    "diploma_id",
    "Code formation diplôme (CFD) ou code SISE ; vide pour toutes les formations ensemble.",
    openapi="null pour toutes les formations ensemble.",
)
COURSE_NAME = Column(
    "formation",
    Type.TEXT,
    "diploma__label",
    "Libellé de la formation.",
    openapi="",
    is_free=True,
)
COURSE_YEAR = Column(
    "mefstat11",
    Type.TEXT,
    "course_year_id",
    "Année de formation, voie scolaire (MEFSTAT11).",
    openapi="",
    is_nullable=True,
)
ROUTE = Column(
    "voie",
    Type.TEXT,
    "route",
    "Voie de formation.",
    openapi="Jamais additionner deux voies.",
    values={route.value: route.label for route in Route},
)
REGION = Column(
    "region",
    Type.TEXT,
    "region__code",
    "Code INSEE de la région, ou de celle de l’établissement.",
    openapi="Code INSEE.",
    is_nullable=True,
)
# `api.files.dictionary` adds what its codes mean: the sources belong to `deliveries`, which `stats` may not import.
SOURCE_FILE = Column(
    "fichier_source", Type.TEXT, "source", "Fichier officiel dont vient la ligne.", openapi=""
)
# Each table gives the source: the address of the page of its rows.
PAGE = Column(
    "adresse",
    Type.TEXT,
    "",
    "Adresse de la page, après le nom du site.",
    openapi="Page du portail.",
    is_repeated=False,
)
