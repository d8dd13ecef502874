"""What a reader may ask of the page of a course, and the links that ask for it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pages.course.region_map import FIGURES
from stats.indicators import BY_NAME
from stats.links import Links
from stats.wording import duration_label, first_capital, route_label


@dataclass(frozen=True)
class Choice:
    """A link that changes what the page shows: Choice(label="Au lycée", address="?voie=pro", is_current=True)."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Wishes:
    """What the address of the page asks for; anything unknown is "" or None.

    Wishes(route="pro", duration=2, region="11", mapped="etudes", page=1, links=Links()); `links` carry the comparison
    being made; mapped: a key of `course_map.FIGURES`.
    """

    route: str = ""
    duration: int | None = None
    region: str = ""
    mapped: str = ""
    page: int | str = 1
    links: Links = Links()


def address(diploma, wishes, **changes):
    wishes = replace(wishes, **changes)
    return wishes.links.course(
        diploma, voie=wishes.route, duree=wishes.duration, region=wishes.region, carte=wishes.mapped
    )


def route_choices(diploma, asked, routes):
    return tuple(
        Choice(
            first_capital(route_label(item)),
            address(diploma, asked, route=item, duration=None),
            item == asked.route,
        )
        for item in routes
    )


def duration_choices(diploma, asked, durations, current):
    if len(durations) < 2:
        return ()
    return tuple(
        Choice(
            duration_label(item) or _("durée non précisée"),
            address(diploma, asked, duration=item),
            item == current,
        )
        for item in sorted(durations, key=lambda item: item or 0)
    )


def map_choices(diploma, asked):
    return tuple(
        Choice(
            _(BY_NAME[name].short_label),
            address(diploma, asked, mapped=mapped) + "#carte",
            mapped == asked.mapped,
        )
        for mapped, name in FIGURES.items()
    )
