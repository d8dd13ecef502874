"""Addresses of the portal, and what `bench.api` compares them with: a constant view, a list by DRF alone."""

from django.http import HttpResponse
from django.urls import path
from rest_framework.generics import ListAPIView
from rest_framework.serializers import CharField, IntegerField, ModelSerializer

from inserjeunes_portal.urls import urlpatterns as portal
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Attribution

ROWS = 1_000
_FIGURES = (GROUP_SIZE, *COUNTS, *FIGURES)


def constant(request):
    return HttpResponse('{"statut":"ok"}', content_type="application/json")


def _of_outcome(name):
    return IntegerField(source=f"outcome.{name}")


class AttributionSerializer(ModelSerializer):
    """The rows of the list of the Exposition API, as DRF would write them."""

    locals().update({name: _of_outcome(name) for name in _FIGURES})
    libelle = CharField(source="diploma.official_label")
    diplome = CharField(source="diploma.type.short_label")
    region = CharField(source="territory.name")

    class Meta:
        model = Attribution
        fields = (
            "cohort",
            "route",
            "kind",
            "diploma",
            "course_year",
            "libelle",
            "diplome",
            "region",
            *_FIGURES,
        )


class AttributionList(ListAPIView):
    serializer_class = AttributionSerializer
    pagination_class = None
    throttle_classes = ()
    filter_backends = ()

    def get_queryset(self):
        shown = Attribution.objects.filter(is_first=True, diploma__isnull=False, territory__level="region")
        shown = shown.filter(cohort=self.kwargs["cohort"]).select_related(
            "outcome", "diploma__type", "territory"
        )
        return shown.order_by("pk")[:ROWS]


urlpatterns = [
    path("constante", constant),
    path("liste-drf/<slug:cohort>", AttributionList.as_view()),
    *portal,
]
