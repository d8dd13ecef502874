"""The page of a school: its figures by route, its courses with theirs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import School
from formations.models import Diploma, DiplomaType
from formations.renewals import chains
from pages.figures import selection
from pages.figures.benchmarks import Beside, beside, references, wider
from pages.figures.fallback import FallbackFinder, RegionalFallbacks
from pages.figures.group import group_of
from pages.figures.national import COUNTRY
from pages.figures.outcome import Outlook, Situations, no_situations, one_a_reason, outlook, situations
from pages.figures.trend import Trend, trend
from pages.figures.type_totals import type_totals
from pages.school.embeds import embed, picture_address
from pages.school.read import diplomas_taught, types_prepared
from stats import comparison_tokens
from stats.bulk_reading import Rows
from stats.indicators import Level
from stats.links import NO_COMPARISON, Links, school_address
from stats.models import Attribution
from stats.wording import duration_label, route_label

COURSES_A_PAGE = 20


@dataclass(frozen=True)
class RouteBlock:
    """The school as a whole by one route: RouteBlock(route="pro", label="au lycée", outlook=Outlook(…), beside=Beside(…)
    or None, trend=Trend(…) or None, compare="/comparer/?e=…")."""

    route: str
    label: str
    outlook: Outlook
    beside: Beside | None
    trend: Trend | None
    compare: str

    @property
    def trend_id(self):
        return f"{self.route}-evolution"


@dataclass(frozen=True)
class CourseGroup:
    """Figures of one course by one route and duration: CourseGroup(course="", route="pro", duration=2,
    situations=Situations(…), beside=Beside(…) or None, compare="/comparer/?e=…", picture="/api/…svg"); `course` names
    those that follow a common year; `picture`: address of the one that the school may show, "" for none."""

    course: str
    route: str
    duration: int | None
    situations: Situations
    beside: Beside | None
    compare: str
    picture: str

    @property
    def label(self):
        """ "au lycée, en 2 ans" """
        return ", ".join(filter(None, (self.course, route_label(self.route), duration_label(self.duration))))


@dataclass(frozen=True)
class CourseCard:
    """A course of the school: CourseCard(diploma=Diploma, address="/formations/…/", groups=(CourseGroup(…),))."""

    diploma: Diploma
    address: str
    groups: tuple[CourseGroup, ...]

    @property
    def is_closed(self):
        return bool(self.diploma.closed_on and self.diploma.closed_on <= date.today())


@dataclass(frozen=True)
class SchoolPage:
    """Everything that the page of a school shows.

    SchoolPage(school=School, address="/etablissements/…/", blocks=(RouteBlock(…),), hole=Situations(…) or None,
    courses=Page of CourseCard, compare="/comparer/?e=…"). `hole` is there when there is no block.
    """

    school: School
    address: str
    blocks: tuple[RouteBlock, ...]
    hole: Situations | None
    courses: object
    compare: str
    links: Links

    @property
    def title(self):
        """Names the page apart from any other: two schools may have the same name in the same town."""
        return ", ".join(filter(None, (self.school.name, self.school.city, self.school.pk)))

    @property
    def description(self):
        return _(
            "%(name)s, %(city)s (%(uai)s)\u00a0: ce que deviennent ses élèves, ses formations et leurs chiffres."
        ) % {"name": self.school.name, "city": self.school.city, "uai": self.school.pk}

    @property
    def where(self):
        region = self.school.region.name if self.school.region else ""
        return " · ".join(filter(None, (selection.school_words(self.school), region)))

    @property
    def is_closed(self):
        return bool(self.school.closed_on and self.school.closed_on <= date.today())

    @property
    def report_subject(self):
        """What a letter about this page is about."""
        return _("Erreur sur la page «\u00a0%(title)s\u00a0»") % {"title": self.title}

    @property
    def crumbs(self):
        return [(_("Établissements"), reverse("school_list"))]

    @property
    def holes(self):
        return one_a_reason(self.courses.object_list)

    @property
    def embeds(self):
        return [
            embed(f"{card.diploma.label}, {group.label}", self.school, group.picture)
            for card in self.courses.object_list
            for group in card.groups
            if group.picture
        ]

    @property
    def csv(self):
        return school_address(self.school, "school_csv")


def school_page(school, page=1, links=NO_COMPARISON):
    """The `SchoolPage` of a school, at the page asked for of its courses; `links` carry the comparison being made."""
    paginator = Paginator(diplomas_taught(school), COURSES_A_PAGE)
    courses = paginator.get_page(page)
    diplomas = list(courses.object_list)
    read = _read(school, diplomas)
    courses.object_list = [_course_card(read, diploma, links) for diploma in diplomas]
    whole = selection.rows_of_all_courses(read.shown)
    blocks = tuple(
        _block(read, route, rows, links)
        for route in selection.ROUTE_ORDER
        if (rows := whole.get(selection.Key(route, None, school.pk)))
    )
    hole = None if blocks else no_situations(near=read.fallbacks.of_school(school.pk), level=Level.SCHOOL)
    return SchoolPage(
        school=school,
        address=school_address(school),
        blocks=blocks,
        hole=hole,
        courses=courses,
        compare=links.compare(comparison_tokens.token(uai=school.pk)),
        links=links,
    )


@dataclass(frozen=True)
class _Read:
    """What the page reads in bulk.

    shown: attributions of the school. taught: {diploma: routes}. types: {route: diploma types prepared}.
    totals: what `types.type_totals` returns.
    """

    school: School
    shown: list
    fallbacks: FallbackFinder
    taught: dict
    types: dict
    totals: dict


def _read(school, diplomas):
    codes = [diploma.pk for diploma in diplomas]
    chain_of = chains(codes)
    every = {code for chain in chain_of.values() for code in chain.codes}
    labels = dict(Diploma.objects.filter(pk__in=every).values_list("pk", "label"))
    rows = Rows()
    shown = rows.read(Attribution.objects.for_pages().at_schools([school.pk], every))
    around = Attribution.objects.for_pages().of_courses(codes).in_territories().order_by("pk")
    near = rows.read(around.filter(territory__in=(COUNTRY, school.region_id)))
    names = {school.pk: school.name, COUNTRY: _("France")}
    if school.region:
        names[school.region_id] = school.region.name
    fallbacks = FallbackFinder(
        [*shown, *near],
        regions={school.pk: school.region_id or ""},
        names=names,
        formers={code: chain.formers for code, chain in chain_of.items()},
        labels=labels,
        other_regions=RegionalFallbacks(
            around.groups(), lambda cohort: rows.read(around.filter(cohort=cohort))
        ),
    )
    taught = defaultdict(set)
    pairs = school.teachings.filter(diploma__in=codes).values_list("diploma_id", "route").distinct()
    for code, route in pairs:
        taught[code].add(route)
    return _Read(school, shown, fallbacks, taught, _types(school), type_totals())


def _types(school):
    """{route: types of the diplomas that the school prepares by it}, in the order of levels."""
    pairs = types_prepared(school)
    types = DiplomaType.objects.in_bulk({code for _route, code in pairs})
    found = defaultdict(list)
    for route, code in pairs:
        found[route].append(types[code])
    return {
        route: sorted(of_route, key=lambda item: (item.level or 0, item.pk))
        for route, of_route in found.items()
    }


def _block(read, route, rows, links):
    school = read.school
    types = read.types.get(route, ())
    groups = wider(rows[0], read.fallbacks, types, read.totals, school.region)
    mixes = _(
        "Cet établissement prépare plusieurs types de diplôme\u00a0: aucun de ces repères ne vaut pour tous."
    )
    return RouteBlock(
        route=route,
        label=route_label(route),
        outlook=outlook(
            rows[0],
            school.name,
            read.fallbacks.of_row(rows[0]),
            references=lambda name: references(groups, name),
        ),
        beside=beside(rows[0], school.name, groups, mixes if len(types) > 1 else "", len(types) == 1),
        trend=trend(rows, read.fallbacks),
        compare=links.compare(comparison_tokens.token(uai=school.pk, route=route)),
    )


def _course_card(read, diploma, links):
    by_key = selection.rows_of_course(read.shown, diploma.pk)
    groups = [_course_group(read, diploma, key, rows, links) for key, rows in by_key.items()]
    for course, keys in selection.rows_of_family(read.shown, diploma.pk).items():
        groups += [_course_group(read, diploma, key, rows, links, course.label) for key, rows in keys.items()]
    known = {group.route for group in groups}
    for route in selection.in_route_order(read.taught[diploma.pk] - known):
        groups.append(_course_group(read, diploma, selection.Key(route, None, read.school.pk), [], links))
    return CourseCard(diploma, links.course(diploma), tuple(groups))


def _course_group(read, diploma, key, rows, links, course=""):
    school = read.school
    if rows:
        shown = situations(rows[0], group_of(rows[0], school.name), read.fallbacks.of_row(rows[0]))
    else:
        near = read.fallbacks.of_course(school.pk, key.route, diploma.pk, key.duration)
        shown = no_situations(near=near)
    return CourseGroup(
        course=course,
        route=key.route,
        duration=key.duration,
        situations=shown,
        beside=beside(rows[0], school.name, wider(rows[0], read.fallbacks)) if rows else None,
        compare=links.compare(comparison_tokens.token(diploma.pk, route=key.route, uai=school.pk)),
        picture=picture_address(rows[0], school.pk) if rows and not shown.hole else "",
    )
