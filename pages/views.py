"""Pages for people: home, jobs, explanations; courses, schools, comparison and lists, each with its CSV."""

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from establishments.models import School
from formations.models import Diploma, DiplomaType, Job
from pages.comparison.export import COMPARISON_COLUMNS, comparison_rows
from pages.comparison.page import comparison_page
from pages.comparison.snapshot_changes import shared_address
from pages.course.options import options_of
from pages.course.page import course_page
from pages.job.page import job_fields, job_page
from pages.methodology import glossary as glossary_terms
from pages.methodology import reasons, sections
from pages.school.page import school_page
from search.engine import searches
from search.request import read_request, town_text
from search.results import RADII
from stats import exports
from stats.caching import data_version, is_demo, public_page
from stats.filters import CourseFilter, SchoolFilter
from stats.links import comparison_state, course_address, job_address, links_of, school_address
from stats.models import Attribution
from stats.tables import COURSES, FIGURE_ROWS, SCHOOLS

EXAMPLES = ("CAP Cuisine", "coiffure", "mécanique auto", "petite enfance", "électricien")
REAL_TOWN, DEMONSTRATION_TOWN = "Rennes", "Exempleville"
ITEMS_A_PAGE = 20


@public_page
def home(request):
    town = DEMONSTRATION_TOWN if is_demo(data_version(request)) else REAL_TOWN
    return render(request, "pages/home.html", {"examples": (*EXAMPLES, town)})


@public_page
def job(request, rome, slug=None):
    job = get_object_or_404(Job, pk=rome.upper())
    if request.path != job_address(job):
        return _moved(request, job_address(job))
    search = searches(data_version(request))
    search_request, unknown_town = read_request(request.GET, search.places)
    context = {
        "page": job_page(job, search_request, search.courses.index, search.attributes),
        "links": links_of(request),
        "town": town_text(request.GET, search_request.place, search.places),
        "unknown_town": unknown_town,
        "radii": RADII,
    }
    return render(request, "pages/job/page.html", context)


@public_page
def job_list(request):
    context = {
        "fields": job_fields(searches(data_version(request)).courses.index),
        "links": links_of(request),
    }
    return render(request, "pages/job/list.html", context)


@public_page
def methodology(request):
    context = {"sections": sections(), "reasons": reasons()}
    return render(request, "pages/methodology.html", context)


@public_page
def glossary(request):
    context = {"terms": glossary_terms(), "reasons": reasons()}
    return render(request, "pages/glossary.html", context)


@public_page
def site_map(request):
    return render(request, "pages/site_map.html", {"types": list(DiplomaType.objects.taught())})


@public_page
def course(request, code, slug=None):
    diploma = get_object_or_404(Diploma.objects.with_type().with_page(), pk=code.upper())
    if request.path != course_address(diploma):
        return _moved(request, course_address(diploma))
    return render(request, "pages/course/page.html", {"page": course_page(diploma, options_of(request))})


@public_page
def course_csv(request, code, slug=None):
    diploma = get_object_or_404(Diploma.objects.with_page(), pk=code.upper())
    return _figures_csv(Attribution.objects.filter(diploma=diploma), f"formation-{diploma.pk}")


@public_page
def school(request, uai, slug=None):
    school = get_object_or_404(School.objects.select_related("region", "territory"), pk=uai.upper())
    if request.path != school_address(school):
        return _moved(request, school_address(school))
    return render(
        request,
        "pages/school/page.html",
        {"page": school_page(school, request.GET.get("page", 1), links_of(request))},
    )


@public_page
def school_csv(request, uai, slug=None):
    school = get_object_or_404(School, pk=uai.upper())
    return _figures_csv(Attribution.objects.filter(school=school), f"etablissement-{school.pk}")


@public_page
def compare(request):
    return render(request, "pages/comparison/page.html", {"page": comparison_page(comparison_state(request))})


@public_page
def compare_csv(request):
    rows = comparison_rows(comparison_page(comparison_state(request)))
    return exports.csv_response(COMPARISON_COLUMNS, rows, "comparaison")


@never_cache
def compare_share(request):
    """Lead to the address that carries a snapshot of today; it depends on the day, hence no shared cache."""
    state = comparison_state(request)
    return redirect(shared_address(state, comparison_page(state).items, timezone.localdate()))


@public_page
def course_list(request):
    filters = CourseFilter(request.GET, Diploma.objects.with_type().with_page(), request=request)
    return _list(request, filters, "pages/course/list.html")


@public_page
def course_list_csv(request):
    filters = CourseFilter(request.GET, Diploma.objects.with_type().with_page(), request=request)
    return exports.table_csv(COURSES, filters.qs, "formations")


@public_page
def school_list(request):
    filters = SchoolFilter(request.GET, School.objects.select_related("region"), request=request)
    return _list(request, filters, "pages/school/list.html")


@public_page
def school_list_csv(request):
    filters = SchoolFilter(request.GET, School.objects.all(), request=request)
    return exports.table_csv(SCHOOLS, filters.qs, "etablissements")


def _figures_csv(attributions, name):
    return exports.table_csv(FIGURE_ROWS, attributions.order_by("pk"), name)


def _list(request, filters, template):
    """A page of the list that a filter set keeps, with all that its template needs already read."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    page = Paginator(filters.qs, ITEMS_A_PAGE).get_page(request.GET.get("page", 1))
    context = {
        "fields": filters.fields(),
        "page": Page(list(page.object_list), page.number, page.paginator),
        "query": parameters.urlencode(),
    }
    return render(request, template, context)


def _moved(request, address):
    """Lead for good to the one address of a thing, with the parameters of the request."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)
