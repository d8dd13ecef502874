"""What the page of a course reads from the database: a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from establishments.models import School, Territory
from formations.lengths import is_too_new
from formations.models import CourseYear, Diploma, Domain, Job, Renewal, TradeFamily
from formations.renewals import Chain, chains
from pages.course.capacity import CapacityRow
from pages.course.default_route import default_route
from pages.course.similar import nearest
from pages.figures.selection import in_route_order
from pages.figures.type_totals import TypeTotals, type_totals
from stats.models import Attribution, Cohort, Teaching, attach_related_rows
from stats.substitution.kinds import OriginKind

SCHOOLS_A_PAGE = 10


@dataclass(frozen=True)
class CourseData:
    """What is known of a course by one route, wherever it is taught.

    routes: those by which it is taught, in the order of pages. route: the one that the address asks for, else the
    first that has figures; "" without any. attributions: those of the course and of its former diplomas in
    territories, by this route and by all routes together, newest cohort first. replaced: the former diplomas that it
    does not renew one-to-one. of_replaced: their attributions, alike. labels: {code: name} of all these diplomas.
    teaching_years: those of the lists that say where it is taught by this route, newest first. is_too_new: nobody can
    have left it with the newest cohort. type_totals: what `type_totals.type_totals` returns.
    """

    diploma: Diploma
    chain: Chain
    labels: dict[str, str]
    routes: list[str]
    route: str
    attributions: list[Attribution]
    replaced: list[Diploma]
    of_replaced: list[Attribution]
    regions: list[Territory]
    teaching_years: list[int]
    capacities: list[CapacityRow]
    course_years: list[CourseYear]
    renewals: list[Renewal]
    domains: list[Domain]
    families: list[TradeFamily]
    jobs: list[Job]
    is_too_new: bool
    type_totals: TypeTotals

    @property
    def is_closed(self):
        return self.diploma.is_closed


def read_course(diploma, requested_route):
    """The `CourseData` of a diploma joined with its type."""
    chain = chains([diploma.pk])[diploma.pk]
    replaced = _replaced(chain)
    routes = in_route_order(_routes_of((*chain.taught_codes, *chain.split)))
    route = requested_route if requested_route in routes else default_route(chain, routes)
    rows = Attribution.objects.for_pages().of_course_or_formers(diploma.pk, chain.formers)
    attributions = list(rows.by_route(route).without_joins())
    of_replaced = _of_replaced(replaced, route)
    attach_related_rows([*attributions, *of_replaced])
    teachings = Teaching.objects.of_courses(chain.taught_codes).filter(route=route)
    taught = [CapacityRow(*row) for row in teachings.values_list(*CapacityRow.COLUMNS)]
    course_years = list(diploma.course_years.all())
    return CourseData(
        diploma=diploma,
        chain=chain,
        labels=_labels(diploma, chain),
        routes=routes,
        route=route,
        attributions=attributions,
        replaced=replaced,
        of_replaced=of_replaced,
        regions=list(Territory.objects.regions()),
        teaching_years=sorted({row.year for row in taught}, reverse=True),
        capacities=[row for row in taught if row.places is not None and row.diploma in chain.codes],
        course_years=course_years,
        renewals=list(Renewal.objects.touching(diploma)),
        domains=list(diploma.domains.all()),
        families=list(TradeFamily.objects.filter(diplomas=diploma).prefetch_related("diplomas")),
        jobs=list(diploma.jobs.all()),
        is_too_new=_is_too_new(diploma, course_years),
        type_totals=type_totals() if diploma.type and attributions else TypeTotals(),
    )


def _routes_of(codes):
    """Routes by which a source says that one of these diplomas is taught, or for which it has attributions."""
    taught, shown = (model.objects.of_courses(codes).routes() for model in (Teaching, Attribution))
    return set(taught.union(shown))


def _replaced(chain):
    """The former diplomas that are not renewed one-to-one, in the order of their names; most diplomas have none."""
    codes = (*chain.merged, *chain.split)
    return list(Diploma.objects.filter(pk__in=codes).order_by("label", "code")) if codes else []


def _of_replaced(replaced, route):
    if not replaced:
        return []
    rows = Attribution.objects.for_pages().of_courses([diploma.pk for diploma in replaced])
    return list(rows.in_territories().by_route(route).without_joins())


def _labels(diploma, chain):
    """{code: name} of a chain of renewals; most diplomas are alone in theirs."""
    if len(chain.codes) == 1:
        return {diploma.pk: diploma.label}
    return dict(Diploma.objects.filter(pk__in=chain.codes).values_list("pk", "label"))


def _is_too_new(diploma, course_years):
    newest = Cohort.objects.first()
    durations = [year.duration for year in course_years]
    return is_too_new(diploma.opened_on, durations, newest.last_year if newest else None)


@dataclass(frozen=True)
class CourseSurroundings:
    """What stands around the figures that the page shows: which ones must be known before it is read.

    schools: one page of those that teach the course by its route, in its region. at_schools: what they show for the
    course and for all their courses together. merged_at: {UAI: codes of the merged former diplomas that it teaches}, as a
    source says or attributions show. related: every diploma that is near this one, annotated with has_figures
    for the same place, route and cohort, and is_covered by any source. of_related: what is shown there of the nearest ones.
    """

    schools: Page
    at_schools: list[Attribution]
    merged_at: dict[str, set[str]]
    related: list[Diploma]
    of_related: list[Attribution]


def read_surroundings(course, selection):
    """The `CourseSurroundings` of what the page shows."""
    codes, taught_codes = course.chain.codes, course.chain.taught_codes
    schools = _page_of_schools(taught_codes, course.route, selection.region, selection.options.page)
    places = [school.pk for school in schools]
    at_schools = list(Attribution.objects.for_pages().at_schools(places, taught_codes).without_joins())
    alike = _shown_alike(course.route, selection.region, selection.cohort)
    with_figures = alike.filter(diploma=OuterRef("pk"), outcome__taux_en_emploi_6_mois__isnull=False)
    related = list(
        Diploma.objects.related_to(course.diploma, codes).annotate(
            has_figures=Exists(with_figures.order_by()), is_covered=_is_covered()
        )
    )
    shown_codes = [diploma.pk for diploma in nearest(related, course.diploma)]
    of_related = list(alike.of_courses(shown_codes).without_joins())
    attach_related_rows([*at_schools, *of_related])
    merged_at = _merged_at(places, course.chain.merged, course.route)
    return CourseSurroundings(schools, at_schools, merged_at, related, of_related)


def _is_covered():
    """Whether a source gives figures of a diploma or of one that it replaced, or says where it is taught."""
    renewals = Renewal.objects.filter(_covers("former"), new=OuterRef("pk"))
    return _covers("pk") | Q(Exists(renewals))


def _covers(code):
    """Whether a teaching or an attribution is of the diploma that the field `code` of the outer row holds."""
    taught, shown = (
        model.objects.filter(diploma=OuterRef(code)).order_by() for model in (Teaching, Attribution)
    )
    return Q(Exists(taught)) | Q(Exists(shown))


def _merged_at(schools, codes, route):
    found = defaultdict(set)
    if codes:
        taught, shown = (
            model.objects.of_courses(codes).filter(school__in=schools, route=route).order_by()
            for model in (Teaching, Attribution)
        )
        columns = ("school", "diploma")
        for uai, code in taught.values_list(*columns).union(shown.values_list(*columns)):
            found[uai].add(code)
    return dict(found)


def _page_of_schools(codes, route, region, number):
    """Schools that a source says teach one of these diplomas, or that have attributions for one, by name.

    Teaching sites that show the figures of their trainer or manager are among them.
    """
    by_route = Q(route=route) if route else Q()
    taught, shown = (
        model.objects.of_courses(codes).filter(by_route).school_codes() for model in (Teaching, Attribution)
    )
    schools = School.objects.filter(Q(pk__in=taught) | Q(pk__in=shown))
    if region:
        schools = schools.filter(region=region)
    schools = schools.select_related("region").order_by("name", "uai")
    page = Paginator(schools, SCHOOLS_A_PAGE).get_page(number)
    return Page(list(page.object_list), page.number, page.paginator)


def _shown_alike(route, region, cohort):
    """Attributions of any course by this route, for this cohort if any, in this region or in all territories.

    All territories: France may be the sum of its regions.
    """
    rows = Attribution.objects.for_pages().filter(route=route).exclude(kind=OriginKind.COMMON_YEAR)
    if cohort:
        rows = rows.filter(cohort=cohort)
    return rows.filter(territory=region) if region else rows.in_territories()
