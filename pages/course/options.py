"""What the address of the page of a course asks for, and the links that ask for something else."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pages.course.region_map import FIGURES
from stats.indicators import BY_NAME
from stats.links import Links, links_of
from stats.wording import duration_label, first_capital, route_label


@dataclass(frozen=True)
class Choice:
    """A link that changes what the page shows: Choice(label="Au lycée", address="?voie=pro", is_current=True)."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class CourseOptions:
    """What the address of the page asks for; what it does not ask for is "" or None.

    CourseOptions(route="pro", duration=2, region="11", mapped="etudes", page=1, links=Links())
    mapped: a key of `region_map.FIGURES`. page: of the list of schools. links: those that carry the comparison that
    is being made.
    """

    route: str = ""
    duration: int | None = None
    region: str = ""
    mapped: str = ""
    page: int | str = 1
    links: Links = Links()

    def address(self, diploma, **changes):
        """Address of the page of a diploma with the same options, except for `changes`."""
        options = replace(self, **changes)
        return options.links.course(
            diploma,
            voie=options.route,
            duree=options.duration,
            region=options.region,
            carte=options.mapped,
        )


def options_of(request):
    """The `CourseOptions` of a request, as its visitor wrote them: the course may have no such route or region."""
    duration = request.GET.get("duree", "")
    return CourseOptions(
        route=request.GET.get("voie", ""),
        duration=int(duration) if duration.isdecimal() else None,
        region=request.GET.get("region", ""),
        mapped=request.GET.get("carte", ""),
        page=request.GET.get("page", 1),
        links=links_of(request),
    )


def route_choices(diploma, options, routes):
    return tuple(
        Choice(
            first_capital(route_label(route)),
            options.address(diploma, route=route, duration=None),
            route == options.route,
        )
        for route in routes
    )


def duration_choices(diploma, options, durations, current):
    """One `Choice` a duration, shortest first; () where there is nothing to choose."""
    if len(durations) < 2:
        return ()
    return tuple(
        Choice(
            duration_label(duration) or _("durée non précisée"),
            options.address(diploma, duration=duration),
            duration == current,
        )
        for duration in sorted(durations, key=lambda years: years or 0)
    )


def map_choices(diploma, options, region_map):
    """One `Choice` a figure that has a map; () without any. region_map: the `RegionMap` that is shown."""
    if region_map is None:
        return ()
    return tuple(
        Choice(
            _(BY_NAME[name].short_label),
            options.address(diploma, mapped=mapped) + "#carte",
            mapped == region_map.mapped,
        )
        for mapped, name in FIGURES.items()
        if mapped in region_map.available
    )
