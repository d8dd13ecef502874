"""The shapes of the open JSON; every figure travels with its cohort, its denominators and its source."""

from rest_framework import serializers

from establishments.models import School
from formations.models import Diploma
from stats import addresses
from stats.exports import group_cells, origin_cells, reason_cells
from stats.indicators import GROUP_SIZE, INDICATORS, Denominator
from stats.models import Showing

_HEAD_COUNTS = {Denominator.FINAL_YEAR: GROUP_SIZE, Denominator.LEAVERS: "nb_sortant"}


class CourseSerializer(serializers.ModelSerializer):
    code_formation = serializers.CharField(source="code")
    libelle = serializers.CharField(source="label")
    libelle_officiel = serializers.CharField(source="official_label")
    type_diplome = serializers.CharField(source="type.label", default=None)
    niveau = serializers.IntegerField(source="type.level", default=None)
    specialite = serializers.CharField(source="speciality.label", default=None)
    date_ouverture = serializers.DateField(source="opened_on")
    date_fermeture = serializers.DateField(source="closed_on")
    adresse = serializers.SerializerMethodField()

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
        return addresses.course_address(diploma)


class SchoolSerializer(serializers.ModelSerializer):
    nom = serializers.CharField(source="name")
    nature = serializers.CharField(source="kind")
    secteur = serializers.CharField(source="sector")
    adresse_postale = serializers.CharField(source="address")
    code_postal = serializers.CharField(source="postal_code")
    ville = serializers.CharField(source="city")
    region = serializers.CharField(source="region.code", default=None)
    adresse = serializers.SerializerMethodField()

    class Meta:
        model = School
        fields = [
            "uai",
            "nom",
            "nature",
            "secteur",
            "adresse_postale",
            "code_postal",
            "ville",
            "region",
            "latitude",
            "longitude",
            "adresse",
        ]

    def get_adresse(self, school) -> str:
        return addresses.school_address(school)


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Par exemple trop_peu_d_eleves.")
    titre = serializers.CharField()
    phrase = serializers.CharField()


class FigureSerializer(serializers.Serializer):
    indicateur = serializers.CharField(help_text="Nom de l’indicateur, par exemple taux_emploi_6_mois.")
    valeur = serializers.IntegerField(allow_null=True, help_text="null quand le chiffre n’est pas montré.")
    unite = serializers.CharField()
    denominateur = serializers.CharField(help_text="De qui le chiffre est une part.")
    effectif = serializers.IntegerField(
        allow_null=True, help_text="Leur nombre, null quand il n’est pas publié."
    )
    raison = ReasonSerializer(
        allow_null=True, help_text="Pourquoi le chiffre n’est pas montré ; null quand il l’est."
    )


class ShowingSerializer(serializers.Serializer):
    """All the figures shown for a group, and whose they are."""

    millesime = serializers.CharField()
    voie = serializers.CharField()
    niveau_geographique = serializers.CharField()
    region = serializers.CharField(allow_null=True)
    uai = serializers.CharField(allow_null=True)
    etablissement = serializers.CharField(allow_null=True)
    code_formation = serializers.CharField(allow_null=True)
    mefstat11 = serializers.CharField(allow_null=True)
    formation = serializers.CharField()
    effectifs = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    chiffres = FigureSerializer(many=True)
    origine = serializers.CharField(
        help_text="« self » : chiffres de la formation elle-même ; sinon ceux d’un ancien ou d’un nouveau diplôme, "
        "ou d’années terminales. Ne pas additionner les lignes dont les chiffres sont ceux d’autres."
    )
    code_origine = serializers.CharField(allow_null=True)
    etablissement_origine = serializers.CharField(allow_null=True)
    role_origine = serializers.CharField(allow_null=True)
    source = serializers.CharField()
    fichier_source = serializers.CharField()
    date_livraison = serializers.DateField()

    class Meta:
        model = Showing

    def to_representation(self, showing):
        outcome = showing.outcome
        return {
            **group_cells(showing),
            "effectifs": outcome.open_counts,
            "chiffres": [_figure(outcome, indicator) for indicator in INDICATORS],
            **origin_cells(showing),
        }


def _figure(outcome, indicator):
    reason = reason_cells(outcome.reason(indicator.name))
    head_count = _HEAD_COUNTS.get(indicator.denominator)
    return {
        "indicateur": indicator.name,
        "valeur": getattr(outcome, indicator.name),
        "unite": indicator.unit.value,
        "denominateur": indicator.denominator.value,
        "effectif": outcome.open_counts.get(head_count),
        "raison": dict(zip(("code", "titre", "phrase"), reason, strict=True)) if reason else None,
    }
