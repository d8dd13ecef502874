"""The shape of figures in the open JSON: each with its label, its denominator, its value or why there is none."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from stats.exports import group_cells, origin_cells, reason_cells
from stats.indicators import COUNTS, GROUP_SIZE, INDICATORS, Denominator, Unit
from stats.reasons import Reason
from stats.substitution.kinds import OriginKind
from stats.uncertainty import wilson
from stats.wording import REASON_CODES

_HEAD_COUNTS = {Denominator.FINAL_YEAR: GROUP_SIZE, Denominator.LEAVERS: "nb_sortant"}


@extend_schema_serializer(component_name="Raison")
class ReasonSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=sorted(REASON_CODES.values()))
    titre = serializers.CharField()
    phrase = serializers.CharField()


@extend_schema_serializer(component_name="Fourchette")
class RangeSerializer(serializers.Serializer):
    bas = serializers.FloatField()
    haut = serializers.FloatField()


@extend_schema_serializer(component_name="Chiffre")
class FigureSerializer(serializers.Serializer):
    indicateur = serializers.ChoiceField(
        choices=[(indicator.name, indicator.label) for indicator in INDICATORS],
        help_text="Nom de l’indicateur, par exemple taux_emploi_6_mois.",
    )
    libelle = serializers.CharField()
    valeur = serializers.IntegerField(allow_null=True, help_text="null quand le chiffre n’est pas montré.")
    unite = serializers.ChoiceField(choices=[unit.value for unit in Unit])
    denominateur = serializers.ChoiceField(
        choices=[each.value for each in Denominator], help_text="De qui le chiffre est une part."
    )
    denominateur_libelle = serializers.CharField()
    effectif = serializers.IntegerField(
        allow_null=True, help_text="Leur nombre, null quand il n’est pas publié."
    )
    fourchette = RangeSerializer(
        allow_null=True,
        help_text="Entre quelles valeurs le hasard fait varier un pourcentage de cet effectif (Wilson, 95\u00a0%)\u00a0; "
        "null quand l’effectif n’est pas publié ou que le chiffre n’est pas une part observée.",
    )
    raison = ReasonSerializer(
        allow_null=True, help_text="Pourquoi le chiffre n’est pas montré, null quand il l’est."
    )


class _HeadCounts(serializers.Serializer):
    def get_fields(self):
        return {name: serializers.IntegerField(allow_null=True) for name in (GROUP_SIZE, *COUNTS)}


HeadCountsSerializer = extend_schema_serializer(component_name="Effectifs")(_HeadCounts)


@extend_schema_serializer(component_name="Groupe")
class AttributionSerializer(serializers.Serializer):
    """The figures shown for a group, and whose they are."""

    millesime = serializers.CharField(
        help_text="«\u00a02023\u00a0» pour une année, «\u00a02022_2023\u00a0» pour deux ensemble."
    )
    voie = serializers.CharField(help_text="Jamais additionner deux voies.")
    niveau_geographique = serializers.CharField(
        help_text="«\u00a0etablissement\u00a0», ou le niveau du territoire."
    )
    territoire = serializers.CharField(
        allow_null=True, help_text="Clé du territoire, null pour un établissement."
    )
    region = serializers.CharField(allow_null=True, help_text="Code INSEE, aussi pour un établissement.")
    uai = serializers.CharField(allow_null=True)
    etablissement = serializers.CharField(allow_null=True)
    code_formation = serializers.CharField(
        allow_null=True, help_text="null pour toutes les formations ensemble."
    )
    mefstat11 = serializers.CharField(allow_null=True)
    formation = serializers.CharField()
    effectifs = HeadCountsSerializer()
    chiffres = FigureSerializer(many=True)
    origine = serializers.ChoiceField(
        choices=[kind.value for kind in OriginKind],
        help_text="«\u00a0self\u00a0»\u00a0: chiffres de la formation elle-même\u00a0; sinon ceux d’un ancien ou d’un nouveau diplôme, "
        "ou d’années terminales. Ne pas additionner les lignes dont les chiffres sont ceux d’autres.",
    )
    origine_libelle = serializers.CharField()
    code_origine = serializers.CharField(allow_null=True)
    etablissement_origine = serializers.CharField(allow_null=True)
    role_origine = serializers.CharField(allow_null=True)
    source = serializers.CharField()
    fichier_source = serializers.CharField()
    date_livraison = serializers.DateField()

    def to_representation(self, attribution):
        outcome = attribution.outcome
        counts = outcome.open_counts
        origin = origin_cells(attribution)
        return {
            **group_cells(attribution),
            "territoire": attribution.territory_id,
            "effectifs": counts,
            "chiffres": [self._figure(outcome, counts, *frame) for frame in self._frames],
            "origine": origin.pop("origine"),
            "origine_libelle": _(OriginKind(attribution.kind).label),
            **origin,
        }

    @cached_property
    def _frames(self):
        """(indicator, column of its head-count, what is the same in every group) of each indicator wanted."""
        return [
            (
                indicator,
                _HEAD_COUNTS.get(indicator.denominator),
                {
                    "indicateur": indicator.name,
                    "libelle": _(indicator.label),
                    "unite": indicator.unit.value,
                    "denominateur": indicator.denominator.value,
                    "denominateur_libelle": _(indicator.denominator.label),
                },
            )
            for indicator in self.context.get("indicators", INDICATORS)
        ]

    @cached_property
    def _reasons(self):
        """{reason: what is said of it}, None for a figure that is shown."""
        names = ("code", "titre", "phrase")
        return {None: None} | {
            reason: dict(zip(names, reason_cells(reason), strict=True)) for reason in Reason
        }

    def _figure(self, outcome, counts, indicator, counted, frame):
        value = getattr(outcome, indicator.name)
        head_count = counts.get(counted)
        return {
            **frame,
            "valeur": value,
            "effectif": head_count,
            "fourchette": _range(indicator, value, head_count),
            "raison": self._reasons[outcome.reason(indicator.name)],
        }


def _range(indicator, value, head_count):
    """Only for what people were observed to do: an expected rate is a computation."""
    if value is None or not head_count or not indicator.is_share_of_people:
        return None
    low, high = wilson(value, head_count)
    return {"bas": round(max(0.0, low), 1), "haut": round(min(100.0, high), 1)}
