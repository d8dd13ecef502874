"""Pages of figures: courses, schools, comparison and lists, each with its CSV."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from establishments.models import School
from formations.models import Diploma
from inserjeunes_portal.caching import public_page
from stats import exports, queries
from stats.addresses import asked_of, course_address, links_of, school_address
from stats.filters import CourseFilter, SchoolFilter
from stats.models import Showing
from stats.presenters.comparing import comparison
from stats.presenters.course_choices import Wishes
from stats.presenters.courses import course_page
from stats.presenters.schools import school_page
from stats.presenters.since import shared_address

ITEMS_A_PAGE = 20


@public_page
def course(request, code, slug=None):
    diploma = get_object_or_404(queries.diplomas(), pk=code.upper())
    if request.path != course_address(diploma):
        return _moved(request, course_address(diploma))
    duration = request.GET.get("duree", "")
    wishes = Wishes(
        route=request.GET.get("voie", ""),
        duration=int(duration) if duration.isdecimal() else None,
        region=request.GET.get("region", ""),
        mapped=request.GET.get("carte", ""),
        page=request.GET.get("page", 1),
        links=links_of(request),
    )
    return render(request, "stats/course.html", {"page": course_page(diploma, wishes)})


@public_page
def course_csv(request, code, slug=None):
    diploma = get_object_or_404(Diploma, pk=code.upper())
    rows = exports.showing_rows(Showing.objects.filter(diploma=diploma))
    return exports.csv_response(exports.SHOWING_COLUMNS, rows, f"formation-{diploma.pk}")


@public_page
def school(request, uai, slug=None):
    school = get_object_or_404(School.objects.select_related("region", "territory"), pk=uai.upper())
    if request.path != school_address(school):
        return _moved(request, school_address(school))
    return render(
        request,
        "stats/school.html",
        {"page": school_page(school, request.GET.get("page", 1), links_of(request))},
    )


@public_page
def school_csv(request, uai, slug=None):
    school = get_object_or_404(School, pk=uai.upper())
    rows = exports.showing_rows(Showing.objects.filter(school=school))
    return exports.csv_response(exports.SHOWING_COLUMNS, rows, f"etablissement-{school.pk}")


@public_page
def compare(request):
    return render(request, "stats/compare.html", {"page": comparison(asked_of(request))})


@public_page
def compare_csv(request):
    rows = exports.comparison_rows(comparison(asked_of(request)))
    return exports.csv_response(exports.COMPARISON_COLUMNS, rows, "comparaison")


@never_cache
def compare_share(request):
    """To the comparison whose address remembers the figures of today."""
    asked = asked_of(request)
    return redirect(shared_address(asked, comparison(asked).items, timezone.localdate()))


@public_page
def course_list(request):
    filters = CourseFilter(request.GET, queries.diplomas(), request=request)
    return _list(request, filters, "stats/course_list.html")


@public_page
def course_list_csv(request):
    filters = CourseFilter(request.GET, queries.diplomas(), request=request)
    return exports.csv_response(exports.COURSE_COLUMNS, exports.course_rows(filters.qs), "formations")


@public_page
def school_list(request):
    filters = SchoolFilter(request.GET, School.objects.select_related("region"), request=request)
    return _list(request, filters, "stats/school_list.html")


@public_page
def school_list_csv(request):
    filters = SchoolFilter(request.GET, School.objects.all(), request=request)
    return exports.csv_response(exports.SCHOOL_COLUMNS, exports.school_rows(filters.qs), "etablissements")


def _list(request, filters, template):
    parameters = request.GET.copy()
    parameters.pop("page", None)
    page = Paginator(filters.qs, ITEMS_A_PAGE).get_page(request.GET.get("page", 1))
    return render(request, template, {"filters": filters, "page": page, "query": parameters.urlencode()})


def _moved(request, address):
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)
