"""What the page of a school reads from the database: a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from establishments.models import School
from formations.models import Diploma, DiplomaType, Renewal
from formations.renewals import Chain, chains
from pages.figures.fallback import FallbackFinder, RegionalFallbacks
from pages.figures.national import COUNTRY
from pages.figures.outcome import nearest_situations
from pages.figures.partial import tells_something
from pages.figures.type_totals import type_totals
from stats.models import Attribution, Teaching, attach_related_rows
from stats.substitution.kinds import OriginKind

COURSES_A_PAGE = 20


@dataclass(frozen=True)
class SchoolData:
    """What is known of a school and of one page of its courses.

    courses: page of `Diploma`s. chains: {code: its `Chain`}. attributions: those of the school for all courses together
    and for these diplomas and their chains. routes_taught: {code: routes}. types: {route: diploma types that the school
    prepares, lowest level first}. type_totals: what `type_totals.type_totals` returns.
    """

    school: School
    courses: Page
    chains: dict[str, Chain]
    attributions: list[Attribution]
    routes_taught: dict[str, set[str]]
    types: dict[str, list[DiplomaType]]
    type_totals: dict


def read_school(school, page_number):
    """The `SchoolData` of a school joined with its region."""
    page = Paginator(_diplomas_taught(school), COURSES_A_PAGE).get_page(page_number)
    courses = Page(list(page.object_list), page.number, page.paginator)
    codes = [diploma.pk for diploma in courses.object_list]
    chain_of = chains(codes)
    rows = Attribution.objects.for_pages().at_schools([school.pk], _codes_of(chain_of))
    attributions = list(rows.without_joins())
    attach_related_rows(attributions)
    routes_taught = defaultdict(set)
    teachings = school.teachings.of_courses(codes).values_list("diploma_id", "route").distinct()
    for code, route in teachings:
        routes_taught[code].add(route)
    return SchoolData(
        school=school,
        courses=courses,
        chains=chain_of,
        attributions=attributions,
        routes_taught=routes_taught,
        types=_types_prepared(school),
        type_totals=type_totals(),
    )


def read_fallbacks(data, selection):
    """The `FallbackFinder` of the page: all that it needs for what the page shows is read.

    Regions are read one cohort at a time: most pages need one cohort of six, and reading them all would take several
    times as long as the rest of the page. Each group is therefore searched once here.
    """
    school = data.school
    rows = Attribution.objects.for_pages().of_courses(list(data.chains)).in_territories()
    rows = rows.without_joins().order_by("pk")
    wider = list(rows.filter(territory__in=(COUNTRY, school.region_id)))
    attach_related_rows(wider)

    def read_cohort(cohort):
        of_cohort = list(rows.filter(cohort=cohort))
        attach_related_rows(of_cohort)
        return of_cohort

    names = {school.pk: school.name, COUNTRY: _("France")}
    if school.region:
        names[school.region_id] = school.region.name
    codes = _codes_of(data.chains)
    fallbacks = FallbackFinder(
        [*data.attributions, *wider],
        regions={school.pk: school.region_id or ""},
        names=names,
        formers={code: chain.formers for code, chain in data.chains.items()},
        labels=dict(Diploma.objects.filter(pk__in=codes).values_list("pk", "label")),
        other_regions=RegionalFallbacks(rows.groups(), read_cohort),
    )
    for code, groups in selection.by_course.items():
        for group in groups:
            _search(fallbacks, code, group)
    return fallbacks


def _search(fallbacks, code, group):
    """Look once for what stands beside a group or in for it, so that `fallbacks` has read it."""
    if group.attribution:
        list(fallbacks.wider(group.attribution))
    if not group.attribution or not tells_something(group.attribution.outcome):
        nearest_situations(fallbacks.of_group(group.attribution, code, group.key))


def _codes_of(chain_of):
    return {code for chain in chain_of.values() for code in chain.codes}


def _diplomas_taught(school):
    """Diplomas that a source says the school teaches, or for which it has attributions.

    Left out: a former diploma beside the one that replaced it, which shows its figures; a diploma that shows nothing
    but the figures of others that the school teaches.
    """
    teachings = Teaching.objects.filter(school=school)
    shown = Attribution.objects.filter(school=school, kind__in=(OriginKind.OWN, OriginKind.FORMER))
    replaced = Renewal.objects.filter(
        Exists(teachings.filter(diploma=OuterRef("new"))) | Exists(shown.filter(diploma=OuterRef("new"))),
        former=OuterRef("pk"),
    )
    return (
        Diploma.objects.with_type()
        .exclude(Exists(replaced), closed_on__lte=timezone.localdate())
        .filter(Q(pk__in=teachings.diploma_codes()) | Q(pk__in=shown.diploma_codes()))
        .order_by("type__level", "label", "code")
    )


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
