"""The page of a school: its figures by route, its courses with theirs."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import School
from formations.chains import chains
from formations.models import Diploma
from stats import comparisons, queries
from stats.addresses import NO_COMPARISON, Links, school_address
from stats.indicators import Route
from stats.presenters import choices
from stats.presenters.figures import Origin, group_of, route_label
from stats.presenters.outcomes import (
    Outlook,
    Situations,
    Trend,
    no_situations,
    older,
    outlook,
    situations,
    trend,
)

COURSES_A_PAGE = 20
# A total of both routes, where a school publishes one, comes after its parts.
ALL_COURSES = (Route.SCHOOL, Route.APPRENTICESHIP, Route.AGRICULTURAL, Route.HIGHER, Route.ALL)


@dataclass(frozen=True)
class RouteBlock:
    """The school as a whole by one route: RouteBlock(route="pro", label="au lycée", outlook=Outlook(…), trend=Trend(…)
    or None, compare="/comparer/?e=…")."""

    route: str
    label: str
    outlook: Outlook
    trend: Trend | None
    compare: str

    @property
    def trend_id(self):
        return f"{self.route}-evolution"


@dataclass(frozen=True)
class CourseGroup:
    """Figures of one course by one route and duration: CourseGroup(route_label="au lycée", duration=2,
    situations=Situations(…), origin=Origin(…) or None, compare="/comparer/?e=…")."""

    route_label: str
    duration: int | None
    situations: Situations
    origin: Origin | None
    compare: str

    @property
    def label(self):
        """ "au lycée, en 2 ans" """
        return ", ".join(filter(None, (self.route_label, choices.duration_label(self.duration))))


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
            "%(name)s, %(city)s (%(uai)s) : ce que deviennent ses élèves, ses formations et leurs chiffres."
        ) % {"name": self.school.name, "city": self.school.city, "uai": self.school.pk}

    @property
    def where(self):
        region = self.school.region.name if self.school.region else ""
        return " · ".join(filter(None, (choices.school_words(self.school), region)))

    @property
    def postal_address(self):
        town = " ".join(filter(None, (self.school.postal_code, self.school.city)))
        return ", ".join(filter(None, (self.school.address, town)))

    @property
    def is_closed(self):
        return bool(self.school.closed_on and self.school.closed_on <= date.today())

    @property
    def crumbs(self):
        return [(_("Établissements"), reverse("school_list"))]

    @property
    def csv(self):
        return school_address(self.school, "school_csv")


def school_page(school, page=1, links=NO_COMPARISON):
    """The `SchoolPage` of a school, at the page asked for of its courses; `links` carry the comparison being made."""
    paginator = Paginator(queries.diplomas_taught(school), COURSES_A_PAGE)
    courses = paginator.get_page(page)
    diplomas = list(courses.object_list)
    chain_of = chains([diploma.pk for diploma in diplomas])
    codes = {code for chain in chain_of.values() for code in chain.codes}
    labels = dict(Diploma.objects.filter(pk__in=codes).values_list("pk", "label"))
    outcomes = list(queries.school_outcomes([school.pk], codes))
    whole = choices.rows_of_all_courses(outcomes)
    taught = _routes_taught(school, [diploma.pk for diploma in diplomas])
    courses.object_list = [
        _course_card(
            school,
            diploma,
            chain_of[diploma.pk],
            labels,
            outcomes,
            whole,
            taught.get(diploma.pk, set()),
            links,
        )
        for diploma in diplomas
    ]
    blocks = tuple(
        _block(school, route, rows, links) for route in ALL_COURSES if (rows := _rows(whole, school, route))
    )
    return SchoolPage(
        school=school,
        address=school_address(school),
        blocks=blocks,
        hole=None if blocks else no_situations(),
        courses=courses,
        compare=links.compare(comparisons.token(uai=school.pk)),
        links=links,
    )


def _rows(whole, school, route):
    return whole.get(choices.Key(route, None, school.pk), [])


def _routes_taught(school, codes):
    routes = {}
    for code, route in (
        school.teachings.filter(diploma__in=codes).values_list("diploma_id", "route").distinct()
    ):
        routes.setdefault(code, set()).add(route)
    return routes


def _block(school, route, rows, links):
    return RouteBlock(
        route=route,
        label=route_label(route),
        outlook=outlook(rows[0], school.name, older(rows[1:])),
        trend=trend([(row, None) for row in rows]),
        compare=links.compare(comparisons.token(uai=school.pk, route=route)),
    )


def _course_card(school, diploma, chain, labels, outcomes, whole, routes_taught, links):
    by_key = choices.rows_of_course(outcomes, chain)
    groups = [
        _course_group(school, chain, labels, key.route, key.duration, rows, whole, links)
        for key, rows in by_key.items()
    ]
    for route in choices.in_route_order(routes_taught - {key.route for key in by_key}):
        groups.append(_course_group(school, chain, labels, route, None, [], whole, links))
    return CourseCard(diploma, links.course(diploma), tuple(groups))


def _course_group(school, chain, labels, route, duration, rows, whole, links):
    others = older(rows[1:]) + choices.whole_school_labels(choices.whole_school(whole, school.pk, route)[:1])
    origin = choices.origin_of(rows[0], chain, labels) if rows else None
    return CourseGroup(
        route_label=route_label(route),
        duration=duration,
        situations=situations(rows[0], group_of(rows[0], school.name, origin), others)
        if rows
        else no_situations(others=others),
        origin=origin,
        compare=links.compare(comparisons.token(chain.code, route=route, uai=school.pk)),
    )
