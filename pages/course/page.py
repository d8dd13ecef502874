"""The page of a course: routes, durations, regions, figures, schools that teach it, jobs."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import Territory
from formations.models import CourseYear, Diploma, Renewal, TradeFamily
from formations.renewals import chains
from pages.course.about import About, about_course
from pages.course.capacity import Intake, intakes
from pages.course.headline import here, rows_of
from pages.course.open_day_questions import ToAsk, to_ask
from pages.course.options import Choice, address, duration_choices, map_choices, route_choices
from pages.course.places import PlaceTable, family_table, region_table, school_cards
from pages.course.read import routes_of, shown_routes
from pages.course.region_map import FIGURES as MAPPED
from pages.course.region_map import RegionMap, region_map
from pages.course.similar import Place, Similar, similar
from pages.figures import selection
from pages.figures.benchmarks import Beside
from pages.figures.fallback import FallbackFinder
from pages.figures.figure import Figure, figure
from pages.figures.group import Origin, group_of
from pages.figures.national import COUNTRY
from pages.figures.outcome import Outlook, Situations, one_a_reason
from pages.figures.trend import Trend, trend
from stats import comparison_tokens
from stats.bulk_reading import Rows
from stats.links import Links, course_address
from stats.models import Attribution
from stats.wording import SOURCE, route_label

SALARIES = ("salaire_12_mois_q1", "salaire_12_mois_q2", "salaire_12_mois_q3")


@dataclass(frozen=True)
class CoursePage:
    """Everything that the page of a course shows.

    CoursePage(diploma=Diploma, title="CAP Cuisine", address="/formations/cap-cuisine-50022146/", routes=(Choice,…),
    durations=(Choice,…), route="pro", duration=2, regions=[Territory,…], region=Territory or None,
    outlook=Outlook(…) or None, hole=Situations(…) or None, beside=Beside(…) or None, region_table=PlaceTable(…),
    family_table=PlaceTable(…), trend=Trend(…) or None, origin=Origin(…) or None, successors=[Diploma,…],
    is_closed=False, schools=Page of SchoolCard, intake=Intake(…) or None, map=RegionMap(…) or None,
    maps=(Choice,…), salaries=(Figure(…),), to_ask=[ToAsk(…),], about=About(…), similar=Similar(…), …)
    One of `outlook` and `hole` is there, but for a common year: then `family_table` has the courses that follow it.
    """

    diploma: Diploma
    address: str
    routes: tuple[Choice, ...]
    durations: tuple[Choice, ...]
    route: str
    duration: int | None
    regions: list[Territory]
    region: Territory | None
    outlook: Outlook | None
    hole: Situations | None
    beside: Beside | None
    region_table: PlaceTable
    family_table: PlaceTable
    trend: Trend | None
    origin: Origin | None
    successors: list[Diploma]
    schools: object
    intake: Intake | None
    map: RegionMap | None
    maps: tuple[Choice, ...]
    salaries: tuple[Figure, ...]
    to_ask: list[ToAsk]
    about: About
    course_years: list[CourseYear]
    similar: Similar
    compare: str
    links: Links
    query: str

    @property
    def title(self):
        """Names the page apart from any other: two diplomas may have the same name."""
        parts = [
            self.diploma.label,
            self.route_label if len(self.routes) > 1 else "",
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
    def report_subject(self):
        """What a letter about this page is about."""
        return _("Erreur sur la page «\u00a0%(title)s\u00a0»") % {"title": self.title}

    @property
    def crumbs(self):
        return [(_("Formations"), reverse("course_list"))]

    @property
    def everywhere(self):
        """Address of the schools of every region."""
        return self.links.course(self.diploma, voie=self.route, duree=self.duration) + "#etablissements"

    @property
    def holes(self):
        return one_a_reason(self.schools.object_list)

    @property
    def csv(self):
        return course_address(self.diploma, "course_csv")

    @property
    def source_label(self):
        return SOURCE

    @property
    def without_row(self):
        """Names of the regions for which no source has a row, where others have one."""
        rows = {row.name for row in self.region_table.rows}
        return [region.name for region in self.regions if rows and region.name not in rows]

    @property
    def route_label(self):
        return route_label(self.route) if self.route else ""

    @property
    def is_closed(self):
        return bool(self.diploma.closed_on and self.diploma.closed_on <= date.today())

    @cached_property
    def domains(self):
        return list(self.diploma.domains.all())

    @cached_property
    def families(self):
        return list(TradeFamily.objects.filter(diplomas=self.diploma).prefetch_related("diplomas"))

    @cached_property
    def jobs(self):
        return list(self.diploma.jobs.all())


def course_page(diploma, wishes):
    """The `CoursePage` of a diploma, for what the address asks."""
    chain = chains([diploma.pk])[diploma.pk]
    labels = dict(Diploma.objects.filter(pk__in=chain.codes).values_list("pk", "label"))
    routes = selection.in_route_order(routes_of(chain.codes))
    route = wishes.route if wishes.route in routes else _best_route(routes, shown_routes(diploma.pk))
    read = Rows()
    shown = read.read(
        Attribution.objects.for_pages().of_course_or_formers(diploma.pk, chain.formers).by_route(route)
    )
    rows, family = selection.rows_of_course(shown, diploma.pk), selection.rows_of_family(shown, diploma.pk)
    durations = Counter(key.duration for key in rows if key.route == route)
    duration = wishes.duration if wishes.duration in durations else _most_common(durations)
    regions = list(Territory.objects.regions())
    region = next((item for item in regions if item.code == wishes.region), None)
    asked = replace(
        wishes,
        route=route,
        duration=duration if len(durations) > 1 else None,
        region=region.code if region else "",
        mapped=wishes.mapped if wishes.mapped in MAPPED else "",
    )

    def of_region(item):
        return address(diploma, asked, region=item.code)

    found = {
        key.place: value for key, value in rows.items() if (key.route, key.duration) == (route, duration)
    }
    fallbacks = FallbackFinder(
        shown,
        names={COUNTRY: _("France")} | {item.pk: item.name for item in regions},
        formers={diploma.pk: chain.formers},
        labels=labels,
    )
    table = _family_table(family, route, region, wishes.links, fallbacks)
    shown_here = here(diploma, found, region, fallbacks, (route, duration))
    places, intake = intakes(chain.codes, route, region)
    course_years = list(diploma.course_years.all())
    renewals = list(Renewal.objects.touching(diploma))
    formers = _by_label(renewal.former for renewal in renewals if renewal.new_id == diploma.pk)
    return CoursePage(
        diploma=diploma,
        address=course_address(diploma),
        routes=route_choices(diploma, asked, routes),
        durations=duration_choices(diploma, asked, durations, duration),
        route=route,
        duration=asked.duration,
        regions=regions,
        region=region,
        outlook=shown_here.outlook,
        hole=None if table.rows else shown_here.hole,
        beside=shown_here.beside,
        region_table=PlaceTable(()) if region else region_table(regions, found, fallbacks, of_region),
        family_table=table,
        trend=trend(rows_of(found, region), fallbacks),
        origin=shown_here.origin,
        successors=_by_label(renewal.new for renewal in renewals if renewal.former_id == diploma.pk),
        schools=school_cards(
            diploma,
            chain.codes,
            (asked.route, duration, region, asked.page),
            fallbacks,
            asked.links,
            places,
            read,
        ),
        intake=intake,
        map=None if region else region_map(regions, found, fallbacks, MAPPED[asked.mapped], of_region),
        maps=map_choices(diploma, asked),
        salaries=_salaries(found),
        to_ask=_to_ask(shown_here, route, is_common=bool(table.rows)),
        about=about_course(diploma, course_years, routes, formers),
        course_years=course_years,
        similar=similar(
            diploma, chain.codes, Place(route, region, _cohort(shown_here, shown)), read, asked.links
        ),
        compare=asked.links.compare(comparison_tokens.token(diploma.pk, route=route, region=asked.region)),
        links=asked.links,
        query=urlsplit(address(diploma, asked)).query,
    )


def _by_label(diplomas):
    return sorted(diplomas, key=lambda item: (item.label, item.pk))


def _cohort(shown_here, shown):
    """Code of the cohort that the page tells of, "" where it tells of none."""
    if shown_here.outlook:
        return shown_here.outlook.group.cohort_code
    newest = selection.newest_cohort(shown)
    return newest[0].cohort_id if newest else ""


def _salaries(found):
    """Quartiles of the newest national row that has them; () where none has."""
    for row in found.get(COUNTRY, ()):
        quartiles = tuple(figure(row, name, group_of(row, _("France"))) for name in SALARIES)
        if all(item.is_shown for item in quartiles):
            return quartiles
    return ()


def _to_ask(shown_here, route, is_common):
    """Questions from what the page shows, or does not; a common year has no figures to ask about."""
    if shown_here.outlook:
        origin = shown_here.outlook.group.origin
        return to_ask(shown_here.outlook.every, route, shown_here.outlook.title, is_stand_in=bool(origin))
    return to_ask(() if is_common else (shown_here.hole.hole,), route)


def _best_route(routes, with_figures):
    """The first route that has figures, else the first."""
    return next((route for route in routes if route in with_figures), routes[0] if routes else "")


def _most_common(durations):
    """The duration with the most figures, the longer of two."""
    return max(durations, key=lambda item: (durations[item], item or 0), default=None)


def _family_table(family, route, region, links, fallbacks):
    place, name = (region.pk, region.name) if region else ("", "")
    return family_table(family, route, place, name, links.course, fallbacks)
