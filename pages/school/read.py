"""What the page of a school reads from the database: a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from establishments.models import School, SchoolLink
from formations.models import Diploma, DiplomaType, Renewal
from formations.renewals import Chain, chains, replaced_by
from pages.figures.fallback import FallbackFinder, RegionalFallbacks
from pages.figures.national import COUNTRY
from pages.figures.outcome import nearest_situations
from pages.figures.partial import tells_something
from pages.figures.too_new import too_new
from pages.figures.type_totals import TypeTotals, type_totals
from stats.models import Attribution, Teaching, attach_related_rows
from stats.substitution.kinds import OriginKind

COURSES_A_PAGE = 20


@dataclass(frozen=True)
class SchoolData:
    """What is known of a school and of one page of its courses.

    courses: page of `Diploma`s. chains: {code: its `Chain`}. taught: what `courses_taught` returns. known_as: {code: former
    diplomas, which no longer exist, for which the school is known}. too_new: those that replaced several diplomas, and
    that nobody can have left yet. successors: {code of a diploma that no longer exists: those that replaced it}.
    attributions: those of the school for all courses together and for these diplomas and their chains. routes_taught:
    {code under which the school is known: routes}. teaching_years: those of the lists that say what the school teaches. types: {route: diploma types that
    the school prepares, lowest level first}. type_totals: what `type_totals.type_totals` returns. links: schools that depend on
    it, or on which it depends. features: what is particular to it, in the words of the official list.
    """

    school: School
    courses: Page
    chains: dict[str, Chain]
    taught: dict[str, list[str]]
    known_as: dict[str, list[Diploma]]
    too_new: set[str]
    successors: dict[str, list[Diploma]]
    attributions: list[Attribution]
    routes_taught: dict[str, set[str]]
    teaching_years: list[int]
    types: dict[str, list[DiplomaType]]
    type_totals: TypeTotals
    links: list[SchoolLink]
    features: list[str]


def read_school(school, page_number):
    """The `SchoolData` of a school joined with its region."""
    # Codes, routes and years of what sources say that it teaches.
    teachings = list(school.teachings.order_by().values_list("diploma_id", "route", "year").distinct())
    taught = courses_taught(school, {code for code, _route, _year in teachings})
    page = Paginator(_diplomas(taught), COURSES_A_PAGE).get_page(page_number)
    courses = Page(list(page.object_list), page.number, page.paginator)
    codes = [diploma.pk for diploma in courses.object_list]
    chain_of = chains(codes)
    known_as = _known_as(codes, taught)
    rows = Attribution.objects.for_pages().at_schools([school.pk], _codes_of(chain_of, known_as))
    attributions = list(rows.without_joins())
    attach_related_rows(attributions)
    return SchoolData(
        school=school,
        courses=courses,
        chains=chain_of,
        taught=taught,
        known_as=known_as,
        too_new=too_new([diploma for diploma in courses.object_list if chain_of[diploma.pk].merged]),
        successors=_successors(courses.object_list),
        attributions=attributions,
        routes_taught=_routes_taught(teachings),
        teaching_years=sorted({year for _code, _route, year in teachings}, reverse=True),
        types=_types_prepared(school),
        type_totals=type_totals(),
        links=_links(school),
        features=list(school.features.values_list("label", flat=True)),
    )


def _links(school):
    links = SchoolLink.objects.filter(Q(daughter=school) | Q(mother=school))
    return list(links.select_related("daughter", "mother").order_by("daughter__name", "mother__name", "pk"))


def read_fallbacks(data, selection):
    """The `FallbackFinder` of the page: all that it needs for what the page shows is read.

    Regions are read one cohort at a time: most pages need one cohort of six, and reading them all would take several
    times as long as the rest of the page. Each group is therefore searched once here.
    """
    school = data.school
    formers = {former.pk for known in data.known_as.values() for former in known}
    rows = Attribution.objects.for_pages().of_courses({*data.chains, *formers}).in_territories()
    rows = rows.without_joins().order_by("pk")
    wider = list(rows.filter(territory__in=(COUNTRY, school.region_id)))
    attach_related_rows(wider, data.attributions)
    attached = [*data.attributions, *wider]

    def read_cohort(cohort):
        of_cohort = list(rows.filter(cohort=cohort))
        attach_related_rows(of_cohort, attached)
        return of_cohort

    names = {school.pk: school.name, COUNTRY: _("France")}
    if school.region:
        names[school.region_id] = school.region.name
    codes = _codes_of(data.chains, data.known_as)
    fallbacks = FallbackFinder(
        [*data.attributions, *wider],
        regions={school.pk: school.region_id or ""},
        names=names,
        formers={code: chain.formers for code, chain in data.chains.items()},
        labels=dict(Diploma.objects.filter(pk__in=codes).values_list("pk", "label")),
        other_regions=RegionalFallbacks(rows.groups(), read_cohort),
    )
    for groups in selection.by_course.values():
        for group in groups:
            _search(fallbacks, group)
    return fallbacks


def _search(fallbacks, group):
    """Look once for what stands beside a group or in for it, so that `fallbacks` has read it."""
    if group.attribution:
        list(fallbacks.wider(group.attribution))
    if not group.attribution or not tells_something(group.attribution.outcome):
        nearest_situations(fallbacks.of_group(group.attribution, group.code, group.key))


def _codes_of(chain_of, known_as):
    formers = {former.pk for known in known_as.values() for former in known}
    return formers | {code for chain in chain_of.values() for code in chain.codes}


def courses_taught(school, named):
    """{code: codes under which the school is known to teach it}, as a source says or attributions show.

    named: codes that sources name.

    Sources are some years old: they name diplomas that no longer exist. The diploma that replaced one stands for it,
    where there is only one; where there are several, the former one stays unless the school is known for one of them.
    Left out: a diploma that shows nothing but the figures of others that the school teaches.
    """
    shown = Attribution.objects.filter(school=school, kind__in=(OriginKind.OWN, OriginKind.FORMER))
    known = Diploma.objects.filter(Q(pk__in=named) | Q(pk__in=shown.diploma_codes()))
    closed_on = dict(known.order_by("pk").values_list("pk", "closed_on"))
    today = timezone.localdate()
    closed = [code for code, closing in closed_on.items() if closing and closing <= today]
    news = Renewal.objects.new_of(closed)
    newest = replaced_by() if closed else {}
    taught = defaultdict(list)
    for code in closed_on:
        if code not in closed:
            taught[code].append(code)
        elif code in newest:
            taught[newest[code]].append(code)
        elif not closed_on.keys() & set(news.get(code, ())):
            taught[code].append(code)
    return dict(taught)


def _diplomas(taught):
    return (
        Diploma.objects.with_type()
        .filter(pk__in=taught)
        .order_by(F("type__level").asc(nulls_last=True), "label", "code")
    )


def _known_as(codes, taught):
    formers_of = {code: [known for known in taught[code] if known != code] for code in codes}
    by_code = Diploma.objects.in_bulk({former for formers in formers_of.values() for former in formers})
    return {code: [by_code[former] for former in formers] for code, formers in formers_of.items()}


def _successors(diplomas):
    closed = [diploma.pk for diploma in diplomas if diploma.is_closed]
    news = Renewal.objects.new_of(closed)
    by_code = Diploma.objects.in_bulk({code for of_former in news.values() for code in of_former})
    return {former: [by_code[code] for code in of_former] for former, of_former in news.items()}


def _routes_taught(teachings):
    """{code under which the school is known: routes}."""
    routes = defaultdict(set)
    for code, route, _year in teachings:
        routes[code].add(route)
    return routes


def _types_prepared(school):
    """{route: types of the diplomas that the school prepares by it, as a source says or attributions show}."""
    taught, shown = (
        model.objects.filter(school=school).routes_and_types() for model in (Teaching, Attribution)
    )
    pairs = set(taught.union(shown))
    types = DiplomaType.objects.in_bulk({code for _route, code in pairs})
    by_route = defaultdict(list)
    for route, code in pairs:
        by_route[route].append(types[code])
    return {
        route: sorted(of_route, key=lambda kind: (kind.level or 0, kind.pk))
        for route, of_route in by_route.items()
    }
