"""The shapes of courses, schools and territories in the open JSON."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from establishments.models import School, Territory
from formations.models import CourseYear, Diploma, Job
from stats import links


def _figures_address(**query):
    ((name, value),) = query.items()
    return f"{reverse('api_outcomes')}?{name}={value}"


@extend_schema_serializer(component_name="Formation")
class CourseSerializer(serializers.ModelSerializer):
    code_formation = serializers.CharField(source="code", help_text="Code formation diplôme (CFD) ou SISE.")
    libelle = serializers.CharField(source="label", help_text="Nom pour les familles.")
    libelle_officiel = serializers.CharField(source="official_label")
    type_diplome = serializers.CharField(source="type.label", default=None, allow_null=True)
    niveau = serializers.IntegerField(
        source="type.level", default=None, allow_null=True, help_text="De 3 (CAP) à 8 (doctorat)."
    )
    specialite = serializers.CharField(source="speciality.label", default=None, allow_null=True)
    date_ouverture = serializers.DateField(source="opened_on", allow_null=True)
    date_fermeture = serializers.DateField(source="closed_on", allow_null=True)
    adresse = serializers.SerializerMethodField(help_text="Page du portail.")

    class Meta:
        model = Diploma
        fields = [
            "code_formation",
            "libelle",
            "libelle_officiel",
            "type_diplome",
            "niveau",
            "specialite",
            "date_ouverture",
            "date_fermeture",
            "adresse",
        ]

    def get_adresse(self, diploma) -> str:
        return links.course_address(diploma)


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

    class Meta(CourseSerializer.Meta):
        fields = [
            *CourseSerializer.Meta.fields,
            "domaines",
            "annees",
            "metiers",
            "remplace",
            "remplacee_par",
            "chiffres",
        ]

    def get_chiffres(self, diploma) -> str:
        return _figures_address(formation=diploma.pk)


@extend_schema_serializer(component_name="Etablissement")
class SchoolSerializer(serializers.ModelSerializer):
    uai = serializers.CharField()
    nom = serializers.CharField(source="name")
    nature = serializers.CharField(
        source="kind", help_text="«\u00a0Lycée professionnel\u00a0», «\u00a0CFA\u00a0»… ou vide."
    )
    secteur = serializers.CharField(
        source="sector", help_text="«\u00a0public\u00a0», «\u00a0prive\u00a0» ou vide."
    )
    internat = serializers.BooleanField(
        source="has_boarding", allow_null=True, help_text="null quand on ne le sait pas."
    )
    adresse_postale = serializers.CharField(source="address")
    code_postal = serializers.CharField(source="postal_code")
    ville = serializers.CharField(source="city")
    departement = serializers.SerializerMethodField(
        help_text="Code du département, null s’il n’est pas connu."
    )
    region = serializers.CharField(
        source="region.code", default=None, allow_null=True, help_text="Code INSEE."
    )
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    adresse = serializers.SerializerMethodField(help_text="Page du portail.")

    class Meta:
        model = School
        fields = [
            "uai",
            "nom",
            "nature",
            "secteur",
            "internat",
            "adresse_postale",
            "code_postal",
            "ville",
            "departement",
            "region",
            "latitude",
            "longitude",
            "adresse",
        ]

    def get_adresse(self, school) -> str:
        return links.school_address(school)

    def get_departement(self, school) -> str | None:
        place = school.territory
        return place.code if place and place.level == Territory.Level.DEPARTEMENT else None


@extend_schema_serializer(component_name="EtablissementComplet")
class SchoolDetailSerializer(SchoolSerializer):
    """A school with how to reach it."""

    telephone = serializers.CharField(source="phone")
    site = serializers.CharField(source="website")
    date_fermeture = serializers.DateField(source="closed_on", allow_null=True)
    chiffres = serializers.SerializerMethodField(help_text="Adresse de ses chiffres.")

    class Meta(SchoolSerializer.Meta):
        fields = [*SchoolSerializer.Meta.fields, "telephone", "site", "date_fermeture", "chiffres"]

    def get_chiffres(self, school) -> str:
        return _figures_address(etablissement=school.pk)


@extend_schema_serializer(component_name="Territoire")
class TerritorySerializer(serializers.ModelSerializer):
    cle = serializers.CharField(source="key", help_text="Par exemple region-11.")
    niveau_geographique = serializers.ChoiceField(source="level", choices=Territory.Level.choices)
    code = serializers.CharField()
    nom = serializers.CharField(source="name")
    parent = serializers.CharField(
        source="parent_id", allow_null=True, help_text="Clé du territoire qui le contient."
    )

    class Meta:
        model = Territory
        fields = ["cle", "niveau_geographique", "code", "nom", "parent"]
