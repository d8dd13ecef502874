"""Serializers of courses, schools and territories in the open JSON; their columns follow `stats.tables`."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from formations.models import CourseYear, Diploma, Job
from stats.tables import COURSES, SCHOOLS, TERRITORIES
from stats.tables.columns import Type

_FIELDS = {
    Type.TEXT: serializers.CharField,
    Type.INTEGER: serializers.IntegerField,
    Type.NUMBER: serializers.FloatField,
    Type.DATE: serializers.DateField,
    Type.BOOLEAN: serializers.BooleanField,
}


def column_field(column, **options):
    """The serializer field of a described column, on a row that `Table.annotated` gives."""
    description = column.meaning if column.openapi is None else column.openapi
    options = {"source": column.attribute, "help_text": description or None} | options
    if column.is_nullable:
        options["allow_null"] = True
    if column.choices:
        return serializers.ChoiceField(choices=column.choices, **options)
    return _FIELDS[column.type](**options)


# A docstring would be published in the OpenAPI document.
class _TableSerializer(serializers.Serializer):
    # Its exported columns come first, then the declared fields.
    table = None

    def get_fields(self):
        columns = {column.name: column_field(column, **_presence(column)) for column in self.table.exported}
        return columns | super().get_fields()


def _presence(column):
    """Options that the OpenAPI document has published from the start: a computed column is read-only, and one of a
    related row is not required."""
    if not isinstance(column.source, str):
        return {"read_only": True}
    return {"default": None} if "__" in column.source else {}


def _figures_address(**query):
    ((name, value),) = query.items()
    return f"{reverse('api_outcomes')}?{name}={value}"


@extend_schema_serializer(component_name="Formation")
class CourseSerializer(_TableSerializer):
    table = COURSES


@extend_schema_serializer(component_name="AnneeDeFormation")
class CourseYearSerializer(serializers.ModelSerializer):
    mefstat11 = serializers.CharField(source="code")
    annee = serializers.IntegerField(source="year", allow_null=True, help_text="Année dans la formation.")
    duree = serializers.IntegerField(source="duration", allow_null=True, help_text="En années.")

    class Meta:
        model = CourseYear
        fields = ["mefstat11", "annee", "duree"]


@extend_schema_serializer(component_name="Metier")
class JobSerializer(serializers.ModelSerializer):
    rome = serializers.CharField(source="code")
    libelle = serializers.CharField(source="label")

    class Meta:
        model = Job
        fields = ["rome", "libelle"]


@extend_schema_serializer(component_name="FormationComplete")
class CourseDetailSerializer(CourseSerializer):
    """A course with what surrounds it."""

    domaines = serializers.SlugRelatedField(source="domains", slug_field="label", many=True, read_only=True)
    annees = CourseYearSerializer(source="course_years", many=True)
    metiers = JobSerializer(source="jobs", many=True)
    remplace = serializers.SlugRelatedField(
        source="renews",
        slug_field="former_id",
        many=True,
        read_only=True,
        help_text="Codes des anciens diplômes.",
    )
    remplacee_par = serializers.SlugRelatedField(
        source="renewed_by",
        slug_field="new_id",
        many=True,
        read_only=True,
        help_text="Codes des nouveaux diplômes.",
    )
    chiffres = serializers.SerializerMethodField(help_text="Adresse de ses chiffres.")

    class Meta:
        model = Diploma

    def get_chiffres(self, diploma) -> str:
        return _figures_address(formation=diploma.pk)


@extend_schema_serializer(component_name="Etablissement")
class SchoolSerializer(_TableSerializer):
    table = SCHOOLS


@extend_schema_serializer(component_name="EtablissementComplet")
class SchoolDetailSerializer(SchoolSerializer):
    """A school with how to reach it."""

    telephone = serializers.CharField(source="phone")
    site = serializers.CharField(source="website")
    date_fermeture = serializers.DateField(source="closed_on", allow_null=True)
    chiffres = serializers.SerializerMethodField(help_text="Adresse de ses chiffres.")

    def get_chiffres(self, school) -> str:
        return _figures_address(etablissement=school.pk)


@extend_schema_serializer(component_name="Territoire")
class TerritorySerializer(_TableSerializer):
    table = TERRITORIES
