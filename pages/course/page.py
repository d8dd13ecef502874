"""The page of a course: routes, durations, regions, figures, schools that teach it, jobs."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import Territory
from formations.models import CourseYear, Diploma, Domain, TradeFamily
from pages.course.about import About, about_course, by_label
from pages.course.headline import CourseHeadline, course_headline
from pages.course.open_day_questions import OpenDayQuestion, open_day_questions
from pages.course.options import Choice, CourseOptions, duration_choices, map_choices, route_choices
from pages.course.places import PlaceTable, family_table, region_table, replaced_table
from pages.course.read import read_course, read_surroundings
from pages.course.region_map import RegionMap, region_map
from pages.course.schools import SchoolList, school_list
from pages.course.select import select
from pages.course.similar import Similar, similar_courses
from pages.figures.figure import Figure, figure
from pages.figures.group import group_of
from pages.figures.national import COUNTRY
from pages.figures.trend import Trend, trend
from stats import comparison_tokens
from stats.links import course_address, report_address
from stats.wording import route_label, source_of

SALARIES = ("salaire_12_mois_q1", "salaire_12_mois_q2", "salaire_12_mois_q3")


@dataclass(frozen=True)
class CourseIdentity:
    """What a course is called and belongs to: CourseIdentity(diploma=Diploma, domains=[Domain], families=[TradeFamily
    with its diplomas], course_years=[CourseYear], successors=[Diploma])."""

    diploma: Diploma
    domains: list[Domain]
    families: list[TradeFamily]
    course_years: list[CourseYear]
    successors: list[Diploma]


@dataclass(frozen=True)
class CourseChoices:
    """What a reader can choose on the page; routes, durations and maps are `Choice`s, regions are all of them."""

    routes: tuple[Choice, ...]
    durations: tuple[Choice, ...]
    maps: tuple[Choice, ...]
    regions: list[Territory]


@dataclass(frozen=True)
class CoursePage:
    """Everything that the page of a course shows; each part has its own docstring.

    CoursePage(identity=CourseIdentity(…), options=CourseOptions(…), choices=CourseChoices(…), region=Territory or None,
    headline=CourseHeadline(…), family_table=PlaceTable(…), replaced_table=PlaceTable(…), region_table=PlaceTable(…), map=RegionMap(…) or None,
    trend=Trend(…) or None, salaries=(Figure, Figure, Figure) or (), schools=SchoolList(…), questions=[OpenDayQuestion],
    about=About(…), similar=Similar(…))
    family_table: the courses that follow a common year; empty for other courses. replaced_table: the former diplomas
    that it replaced together with others; empty where it has figures. questions: none of a course that is closed.
    """

    identity: CourseIdentity
    options: CourseOptions
    choices: CourseChoices
    region: Territory | None
    headline: CourseHeadline
    family_table: PlaceTable
    replaced_table: PlaceTable
    region_table: PlaceTable
    map: RegionMap | None
    trend: Trend | None
    salaries: tuple[Figure, ...]
    schools: SchoolList
    questions: list[OpenDayQuestion]
    about: About
    similar: Similar

    @property
    def diploma(self):
        return self.identity.diploma

    @property
    def links(self):
        return self.options.links

    @property
    def address(self):
        return course_address(self.diploma)

    @property
    def query(self):
        """The query of the address that asks for the same route, duration, region and map."""
        return urlsplit(self.options.address(self.diploma)).query

    @property
    def token(self):
        """This course in this place, as comparisons and plans name it."""
        return comparison_tokens.token(self.diploma.pk, route=self.options.route, region=self.options.region)

    @property
    def compare(self):
        """Address of the comparison with this course in this place."""
        return self.links.compare(self.token)

    @property
    def title(self):
        """Names the page apart from any other: two diplomas may have the same name."""
        parts = [
            self.diploma.label,
            self.route_label if len(self.choices.routes) > 1 else "",
            self.region and self.region.name,
        ]
        return _("%(name)s (code %(code)s)") % {
            "name": ", ".join(filter(None, parts)),
            "code": self.diploma.pk,
        }

    @property
    def description(self):
        return _(
            "%(name)s (code %(code)s)\u00a0: combien travaillent, combien étudient encore 6\u00a0mois après, région par région, "
            "et les établissements qui y forment."
        ) % {"name": self.diploma.label, "code": self.diploma.pk}

    @property
    def report(self):
        """Address by which an error of this page is reported."""
        region = self.region.code if self.region else ""
        return report_address(course_address(self.diploma, voie=self.options.route, region=region))

    @property
    def crumbs(self):
        return [(_("Formations"), reverse("course_list"))]

    @property
    def csv(self):
        return course_address(self.diploma, "course_csv")

    @property
    def source_label(self):
        return source_of(self.options.route)

    @property
    def without_row(self):
        """Names of the regions for which no source has a row, where others have one."""
        rows = {row.name for row in self.region_table.rows}
        return [region.name for region in self.choices.regions if rows and region.name not in rows]

    @property
    def route_label(self):
        return route_label(self.options.route) if self.options.route else ""


def course_page(diploma, options):
    """The `CoursePage` of a diploma joined with its type, for the `CourseOptions` of an address."""
    course = read_course(diploma, options.route)
    selection = select(course, options)
    return present(course, selection, read_surroundings(course, selection))


def present(course, selection, surroundings):
    """The `CoursePage` of what was read and chosen. Queries nothing."""
    diploma, options, region = course.diploma, selection.options, selection.region
    family = family_table(
        selection.by_course,
        course.route,
        region.pk if region else "",
        region.name if region else "",
        options.links.course,
        selection.fallbacks,
    )
    replaced = replaced_table(course, selection)
    headline = course_headline(course, selection, bool(family.rows), bool(replaced.rows))
    shown_map = region_map(course, selection)
    return CoursePage(
        identity=_identity(course),
        options=options,
        choices=CourseChoices(
            routes=route_choices(diploma, options, course.routes),
            durations=duration_choices(diploma, options, selection.durations, selection.duration),
            maps=map_choices(diploma, options, shown_map),
            regions=course.regions,
        ),
        region=region,
        headline=headline,
        family_table=family,
        replaced_table=replaced,
        region_table=region_table(course, selection),
        map=shown_map,
        trend=trend(selection.rows_here, selection.fallbacks),
        salaries=_salaries(selection.by_place),
        schools=school_list(course, selection, surroundings),
        questions=[] if course.is_closed else open_day_questions(headline, course.route),
        about=about_course(course),
        similar=similar_courses(course, selection, surroundings),
    )


def _identity(course):
    diploma = course.diploma
    return CourseIdentity(
        diploma=diploma,
        domains=course.domains,
        families=course.families,
        course_years=course.course_years,
        successors=by_label(renewal.new for renewal in course.renewals if renewal.former_id == diploma.pk),
    )


def _salaries(by_place):
    """Quartiles of the newest national row that has them; () where none has."""
    for row in by_place.get(COUNTRY, ()):
        quartiles = tuple(figure(row, name, group_of(row, _("France"))) for name in SALARIES)
        if all(item.is_shown for item in quartiles):
            return quartiles
    return ()
