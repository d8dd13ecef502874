"""Which rows each page reads: a fixed number of queries, whatever the number of rows."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from establishments.models import School, Territory
from formations.models import Diploma, Renewal
from stats.models import Outcome, Teaching


def outcomes():
    """Published rows with what every presentation of them needs, without the reports of deliveries."""
    return (
        Outcome.objects.published()
        .select_related("cohort", "course_year", "delivery")
        .defer("delivery__report")
        .order_by("-cohort__last_year", "-cohort__first_year", "route", "pk")
    )


def diplomas():
    return Diploma.objects.select_related("type", "speciality")


def course_outcomes(codes):
    """Rows of courses in territories."""
    return outcomes().filter(diploma__in=codes, territory__isnull=False).select_related("territory")


def routes_taught(codes):
    return set(
        Teaching.objects.filter(diploma__in=codes).order_by().values_list("route", flat=True).distinct()
    )


def schools_teaching(codes, routes=(), region=None):
    """Schools that a source says teach one of these diplomas, or that have figures for one."""
    wanted = Q(diploma__in=codes)
    if routes:
        wanted &= Q(route__in=routes)
    found = School.objects.filter(
        Q(pk__in=Teaching.objects.filter(wanted).order_by().values("school"))
        | Q(
            pk__in=Outcome.objects.published()
            .filter(wanted, school__isnull=False)
            .order_by()
            .values("school")
        )
    )
    if region:
        found = found.filter(region=region)
    return found.select_related("region").order_by("name", "uai")


def diplomas_taught(school):
    """Diplomas that a source says the school teaches, or for which it has figures.

    A former diploma is left out beside the one that replaced it, which shows its figures.
    """
    replaced = Renewal.objects.filter(
        Exists(Teaching.objects.filter(school=school, diploma=OuterRef("new")))
        | Exists(Outcome.objects.filter(school=school, diploma=OuterRef("new"))),
        former=OuterRef("pk"),
    )
    return (
        diplomas()
        .exclude(Exists(replaced), closed_on__lte=timezone.localdate())
        .filter(
            Q(pk__in=Teaching.objects.filter(school=school).order_by().values("diploma"))
            | Q(
                pk__in=Outcome.objects.published()
                .filter(school=school, diploma__isnull=False)
                .order_by()
                .values("diploma")
            )
        )
        .order_by("type__level", "label", "code")
    )


def school_outcomes(schools, codes):
    """Rows of these schools: those of all courses, and those of these diplomas."""
    return outcomes().filter(Q(diploma=None) | Q(diploma__in=codes), school__in=schools)


def regions():
    return Territory.objects.filter(level=Territory.Level.REGION).order_by("name")
