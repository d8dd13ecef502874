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
from stats.confidentiality import Reason
from stats.models import Cohort
from stats.presenters import choices
from stats.presenters.course_schools import school_cards
from stats.presenters.figures import SOURCE, Origin, group_of, route_label
from stats.presenters.national import Beside, beside, national
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
class RegionRow:
    """A region in the table of all: RegionRow(name="Bretagne", address="?region=53", situations=Situations(…))."""

    name: str
    address: str
    situations: Situations


@dataclass(frozen=True)
class CoursePage:
    """Everything that the page of a course shows.

    CoursePage(diploma=Diploma, title="CAP Cuisine", address="/formations/cap-cuisine-50022146/", routes=(Choice,…),
    durations=(Choice,…), route="pro", duration=2, regions=[Territory,…], region=Territory or None,
    outlook=Outlook(…) or None, hole=Situations(…) or None, beside=Beside(…) or None, region_rows=(RegionRow,…), trend=Trend(…) or None,
    origin=Origin(…) or None, successors=[Diploma,…], is_closed=False, schools=Page of SchoolCard, …)
    One of `outlook` and `hole` is there.
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
    region_rows: tuple[RegionRow, ...]
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
            "%(name)s (code %(code)s) : combien travaillent, combien étudient encore 6 mois après, région par région, "
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
    rows = choices.rows_of_course(queries.course_outcomes(chain.codes), chain)
    routes = choices.in_route_order({key.route for key in rows} | queries.routes_taught(chain.codes))
    route = wishes.route if wishes.route in routes else _best_route(routes, rows)
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
    shown = _place_rows(found, region)
    whole = None if region or shown else national(_newest_cohort(found))
    origin = choices.origin_of(shown[0], chain, labels) if shown else _origin_anywhere(found, chain, labels)
    return CoursePage(
        diploma=diploma,
        address=course_address(diploma),
        routes=tuple(
            Choice(
                _first_capital(route_label(item)),
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
        outlook=_outlook(shown, whole, region, origin),
        hole=None if shown or whole else no_situations(_reason_of_absence(diploma, found)),
        beside=beside(shown[0], _newest_cohort(found, shown[0].cohort)) if region and shown else None,
        region_rows=() if region else _region_rows(diploma, asked, regions, found),
        trend=trend([(row, choices.origin_of(row, chain, labels)) for row in shown]),
        origin=origin,
        successors=list(Diploma.objects.filter(renews__former=diploma).order_by("label", "code")),
        schools=school_cards(chain, asked.route, duration, region, asked.page, asked.links),
        compare=asked.links.compare(comparisons.token(diploma.pk, route=route, region=asked.region)),
        links=asked.links,
        query=urlsplit(_address(diploma, asked)).query,
    )


def _best_route(routes, rows):
    """The first route that has figures, else the first."""
    with_figures = {key.route for key in rows}
    return next((route for route in routes if route in with_figures), routes[0] if routes else "")


def _most_common(durations):
    """The duration with the most figures, the longer of two."""
    return max(durations, key=lambda item: (durations[item], item or 0), default=None)


def _place_rows(found, region):
    """Rows of the region asked for, else of the whole country; [] without any."""
    if region:
        return found.get(region.pk, [])
    return next((rows for rows in found.values() if rows[0].territory.level == Territory.Level.COUNTRY), [])


def _outlook(shown, whole, region, origin):
    if shown:
        return outlook(shown[0], _place_name(region), older(shown[1:]), origin=origin)
    return outlook(whole.row, whole.label, origin=origin, note=whole.note) if whole else None


def _newest_cohort(found, cohort=None):
    """One row a region, for this cohort, else for the newest one that a region has."""
    rows = [
        row
        for regional in found.values()
        for row in regional
        if row.territory.level == Territory.Level.REGION
    ]
    newest = choices.newest_first(rows)
    if newest and cohort is None:
        cohort = newest[0].cohort
    return [row for row in newest if row.cohort == cohort]


def _place_name(region):
    return region.name if region else _("France")


def _origin_anywhere(found, chain, labels):
    """The origin of the figures of the regions, when none of them is of the course itself."""
    origins = {choices.origin_of(rows[0], chain, labels) for rows in found.values()}
    return None if None in origins or not origins else sorted(origins, key=lambda origin: origin.code)[-1]


def _reason_of_absence(diploma, found):
    newest = Cohort.objects.order_by("-last_year").first()
    is_new = diploma.opened_on and newest and diploma.opened_on.year >= newest.last_year
    return Reason.TOO_NEW if is_new and not found else Reason.NO_FIGURES


def _first_capital(text):
    return text[:1].upper() + text[1:]


def _address(diploma, wishes, **changes):
    wishes = replace(wishes, **changes)
    return wishes.links.course(diploma, voie=wishes.route, duree=wishes.duration, region=wishes.region)


def _duration_choices(diploma, asked, durations, current):
    if len(durations) < 2:
        return ()
    return tuple(
        Choice(
            choices.duration_label(item) or _("durée non précisée"),
            _address(diploma, asked, duration=item),
            item == current,
        )
        for item in sorted(durations, key=lambda item: item or 0)
    )


def _region_rows(diploma, asked, regions, found):
    return tuple(
        RegionRow(
            region.name,
            _address(diploma, asked, region=region.code),
            situations(rows[0], group_of(rows[0], region.name), older(rows[1:])),
        )
        for region in regions
        if (rows := found.get(region.pk))
    )
