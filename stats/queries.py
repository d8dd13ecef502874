"""Which rows each page reads: a fixed number of queries, whatever the number of rows."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils import timezone

from establishments.models import School, Territory
from formations.models import Diploma, Renewal
from stats.derivation.kinds import Kind
from stats.models import Delivery, Outcome, Showing, Teaching
from stats.references import SUMMABLE, needed


def showings():
    """What is shown for codes and places, with all that its presentation needs, but for years before the last."""
    return (
        Showing.objects.exclude(kind=Kind.TERMINAL_YEAR)
        .select_related(
            "cohort",
            "course_year",
            "outcome__delivery",
            "outcome__diploma",
            "outcome__school",
        )
        .defer("outcome__delivery__report", "trainers", "managers")
        .order_by("-cohort__last_year", "-cohort__first_year", "route", "course_year", "pk")
    )


def diplomas():
    return Diploma.objects.select_related("type", "speciality")


def course_showings(codes):
    """What is shown of courses in territories."""
    return showings().filter(diploma__in=codes, territory__isnull=False)


def around(codes):
    """The same for pages that read many of them: what rows share is read apart."""
    deliveries = Prefetch("outcome__delivery", Delivery.objects.defer("report"))
    return (
        course_showings(codes)
        .select_related(None)
        .select_related("outcome")
        .prefetch_related("cohort", "course_year", "outcome__diploma", deliveries)
        .order_by("pk")
    )


def school_showings(schools, codes):
    """What is shown of these schools: all courses together, and these diplomas."""
    return showings().filter(Q(diploma=None) | Q(diploma__in=codes), school__in=schools)


def routes_of(codes):
    """Routes by which a source says that one of these diplomas is taught, or for which figures of one are shown."""
    taught, shown = (
        model.objects.filter(diploma__in=codes).order_by().values_list("route", flat=True)
        for model in (Teaching, Showing)
    )
    return set(taught.union(shown))


def schools_teaching(codes, routes=(), region=None):
    """Schools that a source says teach one of these diplomas, or for which figures of one are shown.

    Sites that show the figures of their trainer or manager are among them.
    """
    wanted = Q(diploma__in=codes)
    if routes:
        wanted &= Q(route__in=routes)
    taught, shown = (
        model.objects.filter(wanted, school__isnull=False).order_by().values("school")
        for model in (Teaching, Showing)
    )
    found = School.objects.filter(Q(pk__in=taught) | Q(pk__in=shown))
    if region:
        found = found.filter(region=region)
    return found.select_related("region").order_by("name", "uai")


def diplomas_taught(school):
    """Diplomas that a source says the school teaches, or for which it shows figures.

    A former diploma is left out beside the one that replaced it, which shows its figures; so is one that shows
    nothing but the figures of others that the school teaches.
    """
    shown = Showing.objects.filter(school=school, kind__in=(Kind.OWN, Kind.FORMER))
    replaced = Renewal.objects.filter(
        Exists(Teaching.objects.filter(school=school, diploma=OuterRef("new")))
        | Exists(shown.filter(diploma=OuterRef("new"))),
        former=OuterRef("pk"),
    )
    return (
        diplomas()
        .exclude(Exists(replaced), closed_on__lte=timezone.localdate())
        .filter(
            Q(pk__in=Teaching.objects.filter(school=school).order_by().values("diploma"))
            | Q(pk__in=shown.filter(diploma__isnull=False).order_by().values("diploma"))
        )
        .order_by("type__level", "label", "code")
    )


def types_prepared(school):
    """Pairs (route, code of a diploma type) of what a source says the school teaches, or for which it shows figures."""
    taught, shown = (
        model.objects.filter(school=school, diploma__type__isnull=False)
        .order_by()
        .values_list("route", "diploma__type")
        for model in (Teaching, Showing)
    )
    return set(taught.union(shown))


def regions():
    return Territory.objects.filter(level=Territory.Level.REGION).order_by("name")


def sums_by_type():
    """Sums over the published courses of each diploma type, one row a cohort, route, type and region.

    {"cohort": "2022_2023", "route": "pro", "diploma__type": "500", "territory": "region-53", "parts": 41,
    "taux_emploi_6_mois": covered, "taux_emploi_6_mois_count": …, "taux_emploi_6_mois_size": …, …}: for each figure
    that can be summed, how many courses publish it and its counts, with the same conditions as `references.total`.
    """
    sums = {"parts": Count("pk")}
    for name in SUMMABLE:
        figures, counts, size = needed(name)
        published = Q(**{f"{column}__isnull": False for column in (*figures, *counts, size)})
        sums[f"{name}_covered"] = Count("pk", filter=published)
        sums[f"{name}_size"] = Sum(size, filter=published)
        for place, column in enumerate(counts):
            sums[f"{name}_count_{place}"] = Sum(column, filter=published)
    return (
        Outcome.objects.published()
        .filter(territory__level=Territory.Level.REGION, diploma__type__isnull=False)
        .order_by()
        .values("cohort", "route", "diploma__type", "territory")
        .annotate(**sums)
    )
