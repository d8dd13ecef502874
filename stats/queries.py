"""Which rows each page reads: a fixed number of queries, whatever the number of rows."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Sum, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from establishments.models import School, Territory
from formations.models import (
    Diploma,
    DiplomaDomain,
    DiplomaJob,
    Renewal,
    TradeFamilyMember,
)
from stats.indicators import Route
from stats.models import Attribution, Delivery, Outcome, Teaching
from stats.substitution.kinds import OriginKind
from stats.totals import SUMMABLE, needed


def attributions():
    """What is shown for codes and places, with all that its presentation needs, but for years before the last."""
    return (
        Attribution.objects.exclude(kind=OriginKind.TERMINAL_YEAR)
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


def course_attributions(codes):
    """What is shown of courses in territories."""
    return attributions().filter(diploma__in=codes, territory__isnull=False)


def course_attributions_with_formers(code, formers, route):
    """What is shown of a course in territories by a route, and by all of them together, and what its former
    diplomas had of their own that it does not show itself."""
    shown_too = Attribution.objects.filter(
        diploma=code, territory=OuterRef("territory"), outcome=OuterRef("outcome")
    )
    formers_own = Q(diploma__in=formers, kind=OriginKind.OWN) & ~Exists(shown_too)
    wanted = Q(diploma=code) | formers_own
    return attributions().filter(wanted, territory__isnull=False, route__in=(route, Route.ALL))


def shown_routes(code):
    """Routes by which something is shown of a course in territories."""
    return set(course_attributions([code]).order_by().values_list("route", flat=True).distinct())


@dataclass(frozen=True)
class GroupAround:
    """A course, route, cohort and duration of which something is shown, and in how many places.

    GroupAround(cohort="2022_2023", last_year=2023, first_year=2022, route="pro", course="50022139", duration=2,
    is_common=False, places=17, published=14); is_common: what is shown is that of the courses that follow a common
    year; published: in how many of these places the share employed is there.
    """

    cohort: str
    last_year: int
    first_year: int
    route: str
    course: str
    duration: int | None
    is_common: bool
    places: int
    published: int


def groups_of(attributions):
    """[`GroupAround`] of these attributions; the courses of a common year have no duration of their own."""
    is_common = Q(kind=OriginKind.COMMON_YEAR)
    years = Coalesce(NullIf("course_year__duration", 0), "course_year__year")
    rows = (
        attributions.order_by()
        .annotate(is_common=Case(When(is_common, then=True), default=False))
        .annotate(years=Case(When(is_common, then=None), default=years))
        .values_list(
            "cohort",
            "cohort__last_year",
            "cohort__first_year",
            "route",
            "diploma",
            "years",
            "is_common",
        )
        .annotate(places=Count("pk"), published=Count("outcome__taux_en_emploi_6_mois"))
    )
    return [GroupAround(*row) for row in rows]


def renewals(diploma):
    """[Renewal] that this diploma came from or led to."""
    return list(
        Renewal.objects.filter(Q(former=diploma) | Q(new=diploma))
        .select_related("former", "new")
        .order_by("pk")
    )


def related_diplomas(diploma, codes, shown):
    """Diplomas that one can enter, of a level next to this one, with what each shares with it.

    codes: its own and those of its chain. shown: attributions. Annotated: shares_job, shares_family, shares_domain, and
    has_figures where one of `shown` is of the diploma and holds its situations.
    """
    level = diploma.type.level if diploma.type else None
    if not level:
        return Diploma.objects.none()

    def shares(link, name):
        theirs = link.objects.filter(**{f"{name}__in": link.objects.filter(diploma__in=codes).values(name)})
        return Exists(theirs.filter(diploma=OuterRef("pk")))

    return (
        diplomas()
        .filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))
        .filter(kind=diploma.kind, type__level__gte=level - 1, type__level__lte=level + 1)
        .exclude(pk__in=codes)
        .annotate(
            shares_job=shares(DiplomaJob, "job"),
            shares_family=shares(TradeFamilyMember, "family"),
            shares_domain=shares(DiplomaDomain, "domain"),
            has_figures=Exists(
                shown.order_by().filter(diploma=OuterRef("pk"), outcome__taux_en_emploi_6_mois__isnull=False)
            ),
        )
        .filter(
            Q(shares_job=True)
            | Q(shares_family=True)
            | Q(shares_domain=True)
            | Q(speciality=diploma.speciality_id, speciality__isnull=False)
        )
        .order_by("label", "code")
    )


def around(codes):
    """The same as `course_attributions` for pages that read many of them: what rows share is read apart."""
    deliveries = Prefetch("outcome__delivery", Delivery.objects.defer("report"))
    return (
        course_attributions(codes)
        .select_related(None)
        .select_related("outcome")
        .prefetch_related("cohort", "course_year", "outcome__diploma", deliveries)
        .order_by("pk")
    )


def school_attributions(schools, codes):
    """What is shown of these schools: all courses together, and these diplomas."""
    return attributions().filter(Q(diploma=None) | Q(diploma__in=codes), school__in=schools)


def routes_of(codes):
    """Routes by which a source says that one of these diplomas is taught, or for which figures of one are shown."""
    taught, shown = (
        model.objects.filter(diploma__in=codes).order_by().values_list("route", flat=True)
        for model in (Teaching, Attribution)
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
        for model in (Teaching, Attribution)
    )
    found = School.objects.filter(Q(pk__in=taught) | Q(pk__in=shown))
    if region:
        found = found.filter(region=region)
    return found.select_related("region").order_by("name", "uai")


def places_told(codes, route):
    """(UAI, diploma, year, places, first wishes, key of the region) of each teaching whose places a source tells."""
    return Teaching.objects.filter(diploma__in=codes, route=route, places__isnull=False).values_list(
        "school", "diploma", "year", "places", "first_wishes", "school__region"
    )


def diplomas_taught(school):
    """Diplomas that a source says the school teaches, or for which it shows figures.

    A former diploma is left out beside the one that replaced it, which shows its figures; so is one that shows
    nothing but the figures of others that the school teaches.
    """
    shown = Attribution.objects.filter(school=school, kind__in=(OriginKind.OWN, OriginKind.FORMER))
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
        for model in (Teaching, Attribution)
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
