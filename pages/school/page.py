"""The page of a school: its figures by route, its courses with theirs."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import School
from formations.models import Diploma
from pages.figures.benchmarks import Benchmark, benchmark, references, wider_groups
from pages.figures.group import group_of
from pages.figures.outcome import Outlook, Situations, no_situations, one_a_reason, outlook, situations
from pages.figures.selection import school_words
from pages.figures.trend import Trend, trend
from pages.school.embeds import embed, picture_address
from pages.school.read import read_fallbacks, read_school
from pages.school.select import select
from stats import comparison_tokens
from stats.indicators import Level
from stats.links import NO_COMPARISON, Links, report_address, school_address
from stats.wording import duration_label, first_capital, route_label, years_sentence


@dataclass(frozen=True)
class RouteBlock:
    """The school as a whole by one route: RouteBlock(route="pro", label="au lycée", outlook=Outlook(…), benchmark=Benchmark(…)
    or None, trend=Trend(…) or None, compare="/comparer/?e=…", report="/signaler-une-erreur/?page=…")."""

    route: str
    label: str
    outlook: Outlook
    benchmark: Benchmark | None
    trend: Trend | None
    compare: str
    report: str

    @property
    def trend_id(self):
        return f"{self.route}-evolution"


@dataclass(frozen=True)
class CourseGroup:
    """Figures of one course by one route and duration: CourseGroup(course="", route="pro", duration=2,
    situations=Situations(…), benchmark=Benchmark(…) or None, token=Token(…), compare="/comparer/?e=…",
    report="/signaler-une-erreur/?page=…", picture="/api/…svg"); `course` names
    those that follow a common year; `picture`: address of the one that the school may show, "" for none."""

    course: str
    route: str
    duration: int | None
    situations: Situations
    benchmark: Benchmark | None
    token: comparison_tokens.Token
    compare: str
    report: str
    picture: str

    @property
    def label(self):
        """ "au lycée, en 2 ans" """
        words = (first_capital(self.course), route_label(self.route), duration_label(self.duration))
        return ", ".join(filter(None, words))


@dataclass(frozen=True)
class CourseCard:
    """A course of the school: CourseCard(diploma=Diploma, address="/formations/…/", known_as="CAP Cuisine (code 50022139)",
    successors=(("CAP Cuisine", "/formations/…/"),), groups=(CourseGroup(…),)).

    known_as: the former diplomas for which the school is known, "" where it is known for this one. successors: of one
    that no longer exists.
    """

    diploma: Diploma
    address: str
    known_as: str
    successors: tuple[tuple[str, str], ...]
    groups: tuple[CourseGroup, ...]


@dataclass(frozen=True)
class SchoolPage:
    """Everything that the page of a school shows.

    SchoolPage(school=School, address="/etablissements/…/", blocks=(RouteBlock(…),), hole=Situations(…) or None,
    courses=Page of CourseCard, years=(2021, 2020), compare="/comparer/?e=…"). `hole` is there when there is no block.
    years: of the lists that say what the school teaches. mothers, daughters: (name, address) of the schools on which it
    depends, and of those that depend on it. features: what is particular to it.
    """

    school: School
    address: str
    blocks: tuple[RouteBlock, ...]
    hole: Situations | None
    courses: Page
    years: tuple[int, ...]
    compare: str
    links: Links
    mothers: tuple[tuple[str, str], ...]
    daughters: tuple[tuple[str, str], ...]
    features: tuple[str, ...]

    @property
    def years_sentence(self):
        """Which year the list of courses is of."""
        return years_sentence(self.years)

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
        return " · ".join(filter(None, (school_words(self.school), region)))

    @property
    def is_closed(self):
        return bool(self.school.closed_on and self.school.closed_on <= date.today())

    @property
    def report(self):
        """Address by which an error of this page is reported."""
        return report_address(self.address)

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


def school_page(school, page_number=1, links=NO_COMPARISON):
    """The `SchoolPage` of a school joined with its region.

    page_number: of the list of its courses. links: those that carry the comparison that is being made.
    """
    data = read_school(school, page_number)
    selection = select(data)
    return present(data, selection, read_fallbacks(data, selection), links)


def present(data, selection, fallbacks, links):
    """The `SchoolPage` of what was read and chosen. Queries nothing."""
    school = data.school
    cards = [_card(data, selection, diploma, fallbacks, links) for diploma in data.courses.object_list]
    blocks = tuple(_block(data, route, rows, fallbacks, links) for route, rows in selection.by_route.items())
    hole = None if blocks else no_situations(fallbacks=fallbacks.of_school(school.pk), level=Level.SCHOOL)
    return SchoolPage(
        school=school,
        address=school_address(school),
        blocks=blocks,
        hole=hole,
        courses=Page(cards, data.courses.number, data.courses.paginator),
        years=tuple(data.teaching_years),
        compare=links.compare(comparison_tokens.token(uai=school.pk)),
        links=links,
        mothers=tuple(_named(link.mother, links) for link in data.links if link.daughter_id == school.pk),
        daughters=tuple(_named(link.daughter, links) for link in data.links if link.mother_id == school.pk),
        features=tuple(data.features),
    )


def _named(school, links):
    return school.name, links.school(school)


def _block(data, route, rows, fallbacks, links):
    """The `RouteBlock` of a route; rows: attributions of the school as a whole, newest first."""
    school, newest = data.school, rows[0]
    types = data.types.get(route, ())
    groups = wider_groups(newest, fallbacks, types, data.type_totals, school.region)
    mixes = _(
        "Cet établissement prépare plusieurs types de diplôme\u00a0: aucun de ces repères ne vaut pour tous."
    )
    return RouteBlock(
        route=route,
        label=route_label(route),
        outlook=outlook(
            newest,
            school.name,
            fallbacks.of_row(newest),
            references=lambda name: references(groups, name),
        ),
        benchmark=benchmark(newest, school.name, groups, mixes if len(types) > 1 else "", len(types) == 1),
        trend=trend(rows, fallbacks),
        compare=links.compare(comparison_tokens.token(uai=school.pk, route=route)),
        report=report_address(school_address(school), voie=route),
    )


def _card(data, selection, diploma, fallbacks, links):
    groups = selection.by_course[diploma.pk]
    return CourseCard(
        diploma=diploma,
        address=links.course(diploma),
        known_as=_known_as(data, diploma),
        successors=tuple((new.label, links.course(new)) for new in data.successors.get(diploma.pk, ())),
        groups=tuple(_group(data.school, group, fallbacks, links) for group in groups),
    )


def _known_as(data, diploma):
    if diploma.pk in data.taught[diploma.pk]:
        return ""
    formers = ({"label": former.label, "code": former.pk} for former in data.known_as[diploma.pk])
    return ", ".join(_("%(label)s (code %(code)s)") % former for former in formers)


def _group(school, group, fallbacks, links):
    """The `CourseGroup` of a `SelectedGroup`."""
    newest, key = group.attribution, group.key
    token = comparison_tokens.token(group.code, route=key.route, uai=school.pk)
    near = fallbacks.of_group(newest, group.code, key)
    shown = (
        situations(newest, group_of(newest, school.name), near) if newest else no_situations(fallbacks=near)
    )
    return CourseGroup(
        course=group.course,
        route=key.route,
        duration=key.duration,
        situations=shown,
        benchmark=benchmark(newest, school.name, wider_groups(newest, fallbacks)) if newest else None,
        token=token,
        compare=links.compare(token),
        report=report_address(school_address(school), formation=group.code, voie=key.route),
        picture=picture_address(newest, school.pk) if shown.has_situation else "",
    )
