"""Figures of a course place by place: every region, the courses after a common year, or the diplomas it replaced."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.figures import selection as attribution_selection
from pages.figures.national import COUNTRY, national
from pages.figures.outcome import Holes, Situations, holes_of, no_situations, situations_at
from stats.indicators import Level


@dataclass(frozen=True)
class PlaceRow:
    """A row of a table: PlaceRow(name="Bretagne", address="?region=53", situations=Situations(…)); a region, a
    course of the family of a common year, or a former diploma."""

    name: str
    address: str
    situations: Situations


@dataclass(frozen=True)
class PlaceTable:
    """Rows, and under them what stands for their holes: PlaceTable(rows=(PlaceRow(…),))."""

    rows: tuple[PlaceRow, ...]

    @property
    def holes(self) -> list[Holes]:
        """Holes by reason; where they all have the same next best figure, it is told once."""
        labelled = [(row.name, row.situations.hole) for row in self.rows if row.situations.hole]
        names = {}
        for name, hole in labelled:
            names.setdefault((hole.reason, hole.next_best), []).append(name)
        return holes_of([(", ".join(names[hole.reason, hole.next_best]), hole) for _name, hole in labelled])

    @property
    def origins(self):
        """Sentences that say whose figures these are, where some are another's."""
        sentences = (row.situations.origin_sentence for row in self.rows)
        return list(dict.fromkeys(filter(None, sentences)))

    @property
    def has_several_origins(self):
        return len({row.situations.origin_sentence for row in self.rows if not row.situations.hole}) > 1


def region_table(course, selection):
    """The `PlaceTable` of the regions that have attributions; empty where the page shows one region."""
    if selection.region:
        return PlaceTable(())
    rows = [
        PlaceRow(
            region.name,
            selection.options.address(course.diploma, region=region.code),
            situations_at(rows[0], region.name, selection.fallbacks),
        )
        for region in course.regions
        if (rows := selection.by_place.get(region.pk))
    ]
    return PlaceTable(tuple(rows))


def replaced_table(course, selection):
    """The `PlaceTable` of the former diplomas that the course does not renew one-to-one, in the region or in France.

    Each one has its row, with its own figures or what is known of its hole; empty where the course has figures.
    """
    if selection.headline or not any(selection.of_replaced.values()):
        return PlaceTable(())
    place = selection.region.pk if selection.region else COUNTRY
    return PlaceTable(
        tuple(
            PlaceRow(
                _("%(label)s (code %(code)s)") % {"label": former.label, "code": former.pk},
                selection.options.address(former),
                _situations_of(former, by_place, place, course.route, selection),
            )
            for former, by_place in selection.of_replaced.items()
        )
    )


def _situations_of(former, by_place, place, route, selection):
    fallbacks = selection.fallbacks
    if rows := by_place.get(place):
        return situations_at(rows[0], fallbacks.names[place], fallbacks)
    if place == COUNTRY:
        regional = [row for rows in by_place.values() for row in rows]
        if total := national(attribution_selection.newest_cohort(regional)):
            return situations_at(total.attribution, total.label, fallbacks)
    level = Level.COUNTRY if place == COUNTRY else Level.REGION
    return no_situations(fallbacks=fallbacks.of_course(place, route, former.pk), level=level)


def family_table(by_course, route, place, place_name, address, fallbacks):
    """The `PlaceTable` of the courses that follow a common year, each with its own figures, by this route.

    by_course: what `selection.rows_of_family` returns. place: UAI or key of a territory, "" for France as the sum of
    its regions. address: function that gives the address of a diploma.
    """
    table = []
    for course, by_key in by_course.items():
        by_place = {key.place: rows for key, rows in by_key.items() if key.route == route}
        shown, name = by_place.get(place, [None])[0], place_name
        if not place:
            regional = [row for rows in by_place.values() for row in rows if row.territory_id]
            total = national(attribution_selection.newest_cohort(regional))
            shown, name = (total.attribution, total.label) if total else (None, "")
        if shown:
            table.append(PlaceRow(course.label, address(course), situations_at(shown, name, fallbacks)))
    return PlaceTable(tuple(table))
