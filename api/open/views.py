"""Views of the open API: courses, schools, territories and figures, with the filters of their pages, and OpenAPI documents."""

from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from api.documentation import documentation_page, exposition_schema, open_schema
from api.open.base_views import OpenItem, OpenList, OpenView
from api.open.figure_serializers import AttributionSerializer
from api.open.formats import FILE_FORMATS
from api.open.openapi import described_file, described_item, described_list
from api.open.pagination import VersionPages
from api.open.parameters import REQUESTED_FIGURES
from api.open.serializers import (
    CourseDetailSerializer,
    CourseSerializer,
    SchoolDetailSerializer,
    SchoolSerializer,
    TerritorySerializer,
)
from establishments.models import School, Territory
from formations.models import Diploma
from stats.caching import public_page
from stats.filters import AttributionFilter, CourseFilter, SchoolFilter, TerritoryFilter
from stats.indicators import BY_NAME, FIGURES, INDICATORS
from stats.models import Attribution
from stats.tables import COURSES, FIGURE_ROWS, SCHOOLS, TERRITORIES


@described_list("formations", CourseSerializer)
class CourseList(OpenList):
    """Formations, dans l’ordre de leur code\u00a0; les mêmes filtres que la page et que le CSV."""

    queryset = Diploma.objects.all()
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    table = COURSES


@described_list("etablissements", SchoolSerializer)
class SchoolList(OpenList):
    """Établissements, dans l’ordre de leur UAI\u00a0; les mêmes filtres que la page et que le CSV."""

    queryset = School.objects.all()
    serializer_class = SchoolSerializer
    filterset_class = SchoolFilter
    table = SCHOOLS


@described_list("territoires", TerritorySerializer)
class TerritoryList(OpenList):
    """Territoires, dans l’ordre de leur clé\u00a0: pays, régions, académies, départements."""

    queryset = Territory.objects.all()
    serializer_class = TerritorySerializer
    filterset_class = TerritoryFilter
    table = TERRITORIES


@described_list("chiffres", AttributionSerializer)
class AttributionList(OpenList):
    """Chiffres d’un groupe (cohorte × voie × formation × établissement ou territoire), chacun avec sa valeur ou la raison de son absence, et d’où ils viennent."""

    queryset = Attribution.objects.select_related("outcome")
    serializer_class = AttributionSerializer
    filterset_class = AttributionFilter
    pagination_class = VersionPages
    table = FIGURE_ROWS
    own_parameters = (REQUESTED_FIGURES,)

    def get_serializer_context(self):
        requested_figures = self.requested.get(REQUESTED_FIGURES.name) if hasattr(self, "requested") else None
        indicators = [BY_NAME[name] for name in requested_figures] if requested_figures else INDICATORS
        return super().get_serializer_context() | {"indicators": indicators}

    def file_columns(self):
        requested_figures = self.requested.get(REQUESTED_FIGURES.name, FIGURES)
        return tuple(
            column
            for column in self.table.exported
            if not column.figure or column.figure in requested_figures
        )


def _file_of(view):
    """The same list as a whole file, whose format the suffix of its address tells."""
    options = {"renderer_classes": FILE_FORMATS, "pagination_class": None, "__doc__": view.__doc__}
    return described_file(view.table.name)(type(f"{view.__name__}File", (view,), options))


CourseFile, SchoolFile, TerritoryFile, AttributionFile = map(
    _file_of, (CourseList, SchoolList, TerritoryList, AttributionList)
)


@described_item("formation", CourseDetailSerializer)
class CourseItem(OpenItem):
    """Une formation, par son code."""

    queryset = Diploma.objects.prefetch_related("domains", "course_years", "jobs", "renews", "renewed_by")
    serializer_class = CourseDetailSerializer
    table = COURSES


@described_item("etablissement", SchoolDetailSerializer)
class SchoolItem(OpenItem):
    """Un établissement, par son UAI."""

    queryset = School.objects.all()
    serializer_class = SchoolDetailSerializer
    table = SCHOOLS


@described_item("territoire", TerritorySerializer)
class TerritoryItem(OpenItem):
    """Un territoire, par sa clé."""

    has_capitals = False
    queryset = Territory.objects.all()
    serializer_class = TerritorySerializer
    table = TERRITORIES


class UnknownAddress(OpenView):
    """Any other address under /api/v1/: redirects one with a final slash too many, else 404."""

    schema = None

    def check(self):
        path = self.request.path_info.rstrip("/")
        try:
            is_known = resolve(path).func.view_class is not UnknownAddress
        except Resolver404:
            is_known = False
        if not is_known:
            raise Http404

    def answer(self):
        query = self.request.META.get("QUERY_STRING", "")
        address = self.request.path.rstrip("/")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


@public_page
def schema(request):
    return JsonResponse(open_schema(), json_dumps_params={"ensure_ascii": False})


@public_page
def schema_of_exposition(request):
    return JsonResponse(exposition_schema(), json_dumps_params={"ensure_ascii": False})


@public_page
def documentation(request):
    root = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/documentation.html", {"page": documentation_page(root)})
