"""The page of a course: routes, durations, regions, figures, schools that teach it, jobs."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from establishments.models import Territory
from formations.chains import chains
from formations.models import Diploma, TradeFamily
from stats import comparisons, queries
from stats.addresses import Links, course_address
from stats.presenters import choices
from stats.presenters.beside import Beside
from stats.presenters.course_here import here, rows_of
from stats.presenters.course_places import PlaceTable, family_table, region_table, school_cards
from stats.presenters.groups import Origin
from stats.presenters.national import COUNTRY
from stats.presenters.nearby import Nearby
from stats.presenters.outcomes import Outlook, Situations
from stats.presenters.trends import Trend, trend
from stats.presenters.words import SOURCE, duration_label, first_capital, route_label


@dataclass(frozen=True)
class Choice:
    """A link that changes what the page shows: Choice(label="Au lycée", address="?voie=pro", is_current=True)."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Wishes:
    """What the address of the page asks for; anything unknown is "" or None.

    Wishes(route="pro", duration=2, region="11", page=1, links=Links()); `links` carry the comparison being made.
    """

    route: str = ""
    duration: int | None = None
    region: str = ""
    page: int | str = 1
    links: Links = Links()


@dataclass(frozen=True)
class CoursePage:
    """Everything that the page of a course shows.

    CoursePage(diploma=Diploma, title="CAP Cuisine", address="/formations/cap-cuisine-50022146/", routes=(Choice,…),
    durations=(Choice,…), route="pro", duration=2, regions=[Territory,…], region=Territory or None,
    outlook=Outlook(…) or None, hole=Situations(…) or None, beside=Beside(…) or None, region_table=PlaceTable(…),
    family_table=PlaceTable(…), trend=Trend(…) or None, origin=Origin(…) or None, successors=[Diploma,…],
    is_closed=False, schools=Page of SchoolCard, …)
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
            "%(name)s (code %(code)s) : combien travaillent, combien étudient encore 6 mois après, région par région, "
            "et les établissements qui y forment."
        ) % {"name": self.diploma.label, "code": self.diploma.pk}

    @property
    def crumbs(self):
        return [(_("Formations"), reverse("course_list"))]

    @property
    def csv(self):
        return course_address(self.diploma, "course_csv")

    @property
    def source_label(self):
        return SOURCE

    @property
    def course_years(self):
        return list(self.diploma.course_years.all())

    @property
    def route_label(self):
        return route_label(self.route) if self.route else ""

    @property
    def is_closed(self):
        return bool(self.diploma.closed_on and self.diploma.closed_on <= date.today())

    @property
    def domains(self):
        return list(self.diploma.domains.all())

    @property
    def families(self):
        return list(TradeFamily.objects.filter(diplomas=self.diploma).prefetch_related("diplomas"))

    @property
    def jobs(self):
        return list(self.diploma.jobs.all())


def course_page(diploma, wishes):
    """The `CoursePage` of a diploma, for what the address asks."""
    chain = chains([diploma.pk])[diploma.pk]
    labels = dict(Diploma.objects.filter(pk__in=chain.codes).values_list("pk", "label"))
    shown = list(queries.course_showings(chain.codes))
    rows, family = choices.rows_of_course(shown, diploma.pk), choices.rows_of_family(shown, diploma.pk)
    keys = {*rows, *(key for by_key in family.values() for key in by_key)}
    routes = choices.in_route_order(queries.routes_of(chain.codes))
    route = wishes.route if wishes.route in routes else _best_route(routes, keys)
    durations = Counter(key.duration for key in rows if key.route == route)
    duration = wishes.duration if wishes.duration in durations else _most_common(durations)
    regions = list(queries.regions())
    region = next((item for item in regions if item.code == wishes.region), None)
    asked = replace(
        wishes,
        route=route,
        duration=duration if len(durations) > 1 else None,
        region=region.code if region else "",
    )
    found = {
        key.place: value for key, value in rows.items() if (key.route, key.duration) == (route, duration)
    }
    nearby = Nearby(
        shown,
        names={COUNTRY: _("France")} | {item.pk: item.name for item in regions},
        formers={diploma.pk: chain.formers},
        labels=labels,
    )
    table = _family_table(family, route, region, wishes.links, nearby)
    shown_here = here(diploma, found, region, nearby, (route, duration))
    return CoursePage(
        diploma=diploma,
        address=course_address(diploma),
        routes=tuple(
            Choice(
                first_capital(route_label(item)),
                _address(diploma, asked, route=item, duration=None),
                item == route,
            )
            for item in routes
        ),
        durations=_duration_choices(diploma, asked, durations, duration),
        route=route,
        duration=asked.duration,
        regions=regions,
        region=region,
        outlook=shown_here.outlook,
        hole=None if table.rows else shown_here.hole,
        beside=shown_here.beside,
        region_table=PlaceTable(())
        if region
        else region_table(regions, found, nearby, lambda item: _address(diploma, asked, region=item.code)),
        family_table=table,
        trend=trend(rows_of(found, region), nearby),
        origin=shown_here.origin,
        successors=list(Diploma.objects.filter(renews__former=diploma).order_by("label", "code")),
        schools=school_cards(
            diploma, chain.codes, (asked.route, duration, region, asked.page), nearby, asked.links
        ),
        compare=asked.links.compare(comparisons.token(diploma.pk, route=route, region=asked.region)),
        links=asked.links,
        query=urlsplit(_address(diploma, asked)).query,
    )


def _best_route(routes, keys):
    """The first route that has figures, else the first."""
    with_figures = {key.route for key in keys}
    return next((route for route in routes if route in with_figures), routes[0] if routes else "")


def _most_common(durations):
    """The duration with the most figures, the longer of two."""
    return max(durations, key=lambda item: (durations[item], item or 0), default=None)


def _family_table(family, route, region, links, nearby):
    place, name = (region.pk, region.name) if region else ("", "")
    return family_table(family, route, place, name, links.course, nearby)


def _address(diploma, wishes, **changes):
    wishes = replace(wishes, **changes)
    return wishes.links.course(diploma, voie=wishes.route, duree=wishes.duration, region=wishes.region)


def _duration_choices(diploma, asked, durations, current):
    if len(durations) < 2:
        return ()
    return tuple(
        Choice(
            duration_label(item) or _("durée non précisée"),
            _address(diploma, asked, duration=item),
            item == current,
        )
        for item in sorted(durations, key=lambda item: item or 0)
    )
