"""The table of courses."""

from dataclasses import replace

from formations.models import Diploma
from stats.tables.columns import Column, Table, Type, page_address
from stats.tables.common_columns import COURSE_CODE, PAGE

COURSES = Table(
    "formations",
    "Formations",
    "Les diplômes professionnels.",
    Diploma,
    (
        replace(COURSE_CODE, source="code", openapi="Code formation diplôme (CFD) ou SISE."),
        Column(
            "libelle",
            Type.TEXT,
            "label",
            "Nom de la formation.",
            openapi="Nom pour les familles.",
            is_free=True,
            is_repeated=False,
        ),
        Column(
            "libelle_officiel",
            Type.TEXT,
            "official_label",
            "Libellé de la nomenclature.",
            openapi="",
            is_free=True,
            is_repeated=False,
        ),
        Column(
            "type_diplome",
            Type.TEXT,
            "type__label",
            "Type de diplôme.",
            openapi="",
            is_nullable=True,
            is_free=True,
        ),
        Column(
            "niveau",
            Type.INTEGER,
            "type__level",
            "Niveau de qualification, de 3 (CAP) à 8 (doctorat).",
            openapi="De 3 (CAP) à 8 (doctorat).",
            is_nullable=True,
        ),
        Column(
            "specialite",
            Type.TEXT,
            "speciality__label",
            "Spécialité de formation (NSF).",
            openapi="",
            is_nullable=True,
            is_free=True,
        ),
        Column(
            "date_ouverture",
            Type.DATE,
            "opened_on",
            "Ouverture du diplôme.",
            openapi="",
            is_nullable=True,
        ),
        Column(
            "date_fermeture",
            Type.DATE,
            "closed_on",
            "Fermeture du diplôme, vide s’il est ouvert.",
            openapi="",
            is_nullable=True,
        ),
        replace(PAGE, source=page_address("course", "code", "formation")),
    ),
)
