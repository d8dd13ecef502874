"""Serializers of figures in the open JSON: each with its label, its denominator, and its value or the reason of its absence."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from api.open.serializers import column_field
from stats.exports import reason_cells
from stats.indicators import COUNTS, GROUP_SIZE, INDICATORS, Denominator, Unit
from stats.reasons import Reason
from stats.substitution.kinds import OriginKind
from stats.tables.figure_table import identity_columns, origin_columns
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
        choices=[denominator.value for denominator in Denominator],
        help_text="De qui le chiffre est une part.",
    )
    denominateur_libelle = serializers.CharField()
    effectif = serializers.IntegerField(
        allow_null=True, help_text="Leur nombre, null quand il n’est pas publié."
    )
    fourchette = RangeSerializer(
        allow_null=True,
        help_text="Où se situe la tendance de fond d’un pourcentage de cet effectif (Wilson, 95\u00a0%)\u00a0; "
        "null quand l’effectif n’est pas publié ou que le chiffre n’est pas une part observée.",
    )
    raison = ReasonSerializer(
        allow_null=True, help_text="Pourquoi le chiffre n’est pas montré, null quand il l’est."
    )
    contestation = serializers.CharField(
        allow_null=True,
        help_text="Phrase à montrer à côté d’un chiffre que l’établissement conteste, null s’il ne l’est pas.",
    )


class _HeadCounts(serializers.Serializer):
    def get_fields(self):
        return {name: serializers.IntegerField(allow_null=True) for name in (GROUP_SIZE, *COUNTS)}


HeadCountsSerializer = extend_schema_serializer(component_name="Effectifs")(_HeadCounts)


@extend_schema_serializer(component_name="Groupe")
class AttributionSerializer(serializers.Serializer):
    """The figures shown for a group, and whose they are."""

    def get_fields(self):
        fields = {}
        for column in identity_columns():
            fields[column.name] = column_field(column)
            if column.name == "niveau_geographique":
                fields["territoire"] = serializers.CharField(
                    allow_null=True, help_text="Clé du territoire, null pour un établissement."
                )
        fields |= {"effectifs": HeadCountsSerializer(), "chiffres": FigureSerializer(many=True)}
        for column in origin_columns():
            fields[column.name] = column_field(column)
            if column.name == "origine":
                fields["origine_libelle"] = serializers.CharField()
        return fields

    def to_representation(self, attribution):
        outcome = attribution.outcome
        counts = outcome.open_counts
        content = {column.name: getattr(attribution, column.attribute) for column in self._identity}
        content["territoire"] = attribution.territory_id
        content["effectifs"] = counts
        content["chiffres"] = [self._figure(outcome, counts, *frame) for frame in self._frames]
        for column in self._origin:
            content[column.name] = getattr(attribution, column.attribute)
            if column.name == "origine":
                content["origine_libelle"] = _(OriginKind(attribution.kind).label)
        return content

    @cached_property
    def _identity(self):
        return identity_columns()

    @cached_property
    def _origin(self):
        return origin_columns()

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
        value, note = getattr(outcome, indicator.name), outcome.note(indicator.name)
        reason = self._reasons[outcome.reason(indicator.name)]
        head_count = counts.get(counted)
        return {
            **frame,
            "valeur": value,
            "effectif": head_count,
            "fourchette": _range(indicator, value, head_count),
            "raison": reason | {"phrase": _(note)} if reason and note else reason,
            "contestation": _(note) if note and not reason else None,
        }


def _range(indicator, value, head_count):
    """Only for what people were observed to do: an expected rate is a computation."""
    if value is None or not head_count or not indicator.is_share_of_people:
        return None
    low, high = wilson(value, head_count)
    return {"bas": round(max(0.0, low), 1), "haut": round(min(100.0, high), 1)}
