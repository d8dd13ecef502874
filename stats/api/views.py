"""Read-only lists of courses, schools and figures, with the filters of their pages."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from rest_framework.generics import ListAPIView
from rest_framework.pagination import LimitOffsetPagination

from establishments.models import School
from inserjeunes_portal.caching import public_page
from stats import exports, queries
from stats.api.serializers import CourseSerializer, SchoolSerializer, ShowingSerializer
from stats.filters import CourseFilter, SchoolFilter, ShowingFilter
from stats.models import Showing


class Pages(LimitOffsetPagination):
    default_limit = 100
    max_limit = 1_000


@method_decorator(public_page, name="dispatch")
class OpenList(ListAPIView):
    pagination_class = Pages


class CourseList(OpenList):
    """Formations, dans l’ordre de leur nom ; les mêmes filtres que la page et que le CSV."""

    queryset = queries.diplomas()
    serializer_class = CourseSerializer
    filterset_class = CourseFilter


class SchoolList(OpenList):
    """Établissements, dans l’ordre de leur nom ; les mêmes filtres que la page et que le CSV."""

    queryset = School.objects.select_related("region")
    serializer_class = SchoolSerializer
    filterset_class = SchoolFilter


class ShowingList(OpenList):
    """Chiffres d’un groupe (cohorte × voie × formation × établissement ou territoire), chacun avec sa valeur ou la raison de son absence, et d’où ils viennent."""

    queryset = exports.with_labels(Showing.objects.all())
    serializer_class = ShowingSerializer
    filterset_class = ShowingFilter


@public_page
def documentation(request):
    """The operations of the description, in plain HTML."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    operations = [
        {
            "path": path,
            "summary": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
        }
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    return render(
        request, "stats/api_documentation.html", {"operations": operations, "schema": reverse("api_schema")}
    )
