"""The table of schools."""

from dataclasses import replace

from django.db.models import Case, F, Q, When

from establishments.models import School, Territory
from stats.tables import common_columns
from stats.tables.columns import Column, Table, Type, page_address

_DEPARTEMENT = Case(When(Q(territory__level=Territory.Level.DEPARTEMENT.value), then=F("territory__code")))

SCHOOLS = Table(
    "etablissements",
    "Établissements",
    "Lycées, centres de formation d’apprentis et lieux de formation.",
    School,
    (
        replace(common_columns.UAI, source="uai"),
        Column(
            "nom",
            Type.TEXT,
            "name",
            "Nom de l’établissement.",
            openapi="",
            is_free=True,
            is_repeated=False,
        ),
        Column(
            "nature",
            Type.TEXT,
            "kind",
            "Nature de l’établissement : lycée professionnel, CFA…",
            openapi="«\u00a0Lycée professionnel\u00a0», «\u00a0CFA\u00a0»… ou vide.",
            is_free=True,
        ),
        Column(
            "secteur",
            Type.TEXT,
            "sector",
            "Secteur, vide s’il est inconnu.",
            openapi="«\u00a0public\u00a0», «\u00a0prive\u00a0» ou vide.",
            values=dict(School.Sector.choices),
        ),
        Column(
            "internat",
            Type.BOOLEAN,
            "has_boarding",
            "Internat, vide quand on ne le sait pas.",
            openapi="null quand on ne le sait pas.",
            is_nullable=True,
            values={"oui": "avec un internat", "non": "sans internat"},
        ),
        Column(
            "adresse_postale",
            Type.TEXT,
            "address",
            "Numéro et rue.",
            openapi="",
            is_free=True,
            is_repeated=False,
        ),
        Column("code_postal", Type.TEXT, "postal_code", "Code postal.", openapi=""),
        Column("ville", Type.TEXT, "city", "Ville.", openapi="", is_free=True),
        Column(
            "departement",
            Type.TEXT,
            _DEPARTEMENT,
            "Code du département, sur trois caractères.",
            openapi="Code du département, null s’il n’est pas connu.",
            is_nullable=True,
        ),
        common_columns.REGION,
        Column(
            "latitude",
            Type.NUMBER,
            "latitude",
            "Latitude (WGS 84).",
            openapi="",
            is_nullable=True,
            unit="degrés",
        ),
        Column(
            "longitude",
            Type.NUMBER,
            "longitude",
            "Longitude (WGS 84).",
            openapi="",
            is_nullable=True,
            unit="degrés",
        ),
        replace(common_columns.PAGE, source=page_address("school", "uai", "etablissement")),
    ),
)
