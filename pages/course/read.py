"""What the page of a course reads from the database: a fixed number of queries, whatever the number of rows."""

from django.db.models import Q

from establishments.models import School
from stats.models import Attribution, Teaching


def routes_of(codes):
    """Routes by which a source says that one of these diplomas is taught, or for which it has attributions."""
    taught, shown = (model.objects.of_courses(codes).routes() for model in (Teaching, Attribution))
    return set(taught.union(shown))


def shown_routes(code):
    """Routes by which a course has attributions in territories."""
    return set(Attribution.objects.for_pages().of_courses([code]).in_territories().routes())


def schools_teaching(codes, routes=(), region=None):
    """Schools that a source says teach one of these diplomas, or that have attributions for one.

    Teaching sites that show the figures of their trainer or manager are among them.
    """
    by_route = Q(route__in=routes) if routes else Q()
    taught, shown = (
        model.objects.of_courses(codes).filter(by_route).school_codes() for model in (Teaching, Attribution)
    )
    schools = School.objects.filter(Q(pk__in=taught) | Q(pk__in=shown))
    if region:
        schools = schools.filter(region=region)
    return schools.select_related("region").order_by("name", "uai")
